"""One audit as a line in a table: only what lists show, filter and sort by."""

from dataclasses import dataclass
from datetime import date, datetime

from audit_app.core.audit import AuditState


@dataclass(slots=True, eq=False)
class AuditRow:
    """An audit in a list. Treat it as frozen: it is not, because 100,000 are made at once and that takes 5 ×
    as long.

    ``overall`` is the auditor's grade id, ``not_graded`` or None; ``supported`` is yes, no or None (not yet
    read);
    ``cohort`` is a title, blank for none; ``unsafe_open``: the child is not safe and it is not written who
    was told.
    """

    id: str
    reference: str
    programme: str
    programme_id: str
    cohort: str
    service: str
    team: str
    worker: str
    auditor: str
    audit_date: date | None
    due: date | None
    state: AuditState
    overall: str | None
    safe_now: str | None
    unsafe_open: bool
    overridden: bool
    supported: str | None
    changed_at: datetime
