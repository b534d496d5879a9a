"""What Home shows: what is unsafe and untold, what to go on with, what is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from audit_app.core.audit_row import AuditRow
from audit_app.storage import audit_rows
from audit_app.storage.workspace import Workspace

_SHOWN = 20
_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class HomeView:
    """The answer to "what now?".

    ``unsafe_open`` are audits that say the child is not safe without saying who was told, when and how;
    ``drafts``
    are the first 20 by due date, then the latest changed; ``overdue`` drafts were due before today,
    ``due_soon``
    ones are due today or within a week; ``is_new`` when the workspace holds no audits at all.
    """

    unsafe_open: tuple[AuditRow, ...]
    continue_with: AuditRow | None
    drafts: tuple[AuditRow, ...]
    overdue: int
    due_soon: int
    draft_count: int
    submitted_count: int

    @property
    def is_new(self) -> bool:
        """Whether there is nothing here yet."""
        return not self.draft_count and not self.submitted_count


class Home:
    """Gathers it in a few small queries."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def now(self, today: date | None = None) -> HomeView:
        """What Home shows now; ``today`` is this machine's date."""
        day = today or date.today()
        with self._workspace.read() as db:
            drafts, overdue, due_soon = audit_rows.draft_counts(db, day, day + _SOON)
            return HomeView(
                unsafe_open=audit_rows.unsafe_open(db),
                continue_with=audit_rows.last_changed_draft(db),
                drafts=audit_rows.drafts(db, _SHOWN),
                overdue=overdue,
                due_soon=due_soon,
                draft_count=drafts,
                submitted_count=audit_rows.count(db) - drafts,
            )
