"""Retention: what is due, what a legal hold keeps, and deleting for good with a record of how much."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import NotAllowed
from audit_app.core.identity import new_id
from audit_app.core.retention import Due, Hold, what_is_due
from audit_app.core.stopping import Check, never
from audit_app.core.summary import Filters, Summary, Tally, summarise
from audit_app.core.words import plural
from audit_app.services.backups import Backups
from audit_app.services.forms_kept import FormsKept
from audit_app.services.grading import Grading
from audit_app.services.programmes import Programmes
from audit_app.storage import audit_store, history, purge, retention_store, summary_store
from audit_app.storage.connection import Database
from audit_app.storage.history import NewLine, Text
from audit_app.storage.retention_store import Deletion
from audit_app.storage.summary_store import Scope
from audit_app.storage.workspace import Workspace

__all__ = ["DELETED", "Deletion", "Purged", "Retention"]

MAX_REASON = 1_000
_LINE = "deleted_for_good"
DELETED = Changes(frozenset({Kind.AUDITS, Kind.CASES, Kind.PROGRAMMES, Kind.ANSWERS}))
"""What a purge changes."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted for good, and how many snapshots went because they held it."""

    deletions: tuple[Deletion, ...]
    snapshots: int
    changes: Changes

    @property
    def sentence(self) -> str:
        """What happened."""
        audits = sum(each.audits for each in self.deletions)
        gone = f"{plural(audits, 'audit')} {'was' if audits == 1 else 'were'} deleted for good"
        if not self.snapshots:
            return f"{gone}."
        held = "that held it" if audits == 1 else "that held them"
        return f"{gone}, with {plural(self.snapshots, 'snapshot')} {held}."


class Retention:
    """How long audits are kept in this workspace."""

    def __init__(
        self,
        workspace: Workspace,
        forms: FormsKept,
        programmes: Programmes,
        grading: Grading,
        backups: Backups,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._workspace = workspace
        self._forms = forms
        self._programmes = programmes
        self._grading = grading
        self._backups = backups
        self._today = today

    # What is due

    def due(self, programme_id: str | None = None) -> tuple[Due, ...]:
        """The audits whose period is over, of one programme or of all; those on hold say by what."""
        with self._workspace.read() as db:
            return self._due(db, programme_id)

    def every(self) -> tuple[Due, ...]:
        """All audits whose programme has a period, those included that are not due yet; soonest due first."""
        with self._workspace.read() as db:
            return self._due(db, today=date.max)

    def _due(
        self, db: Database, programme_id: str | None = None, today: date | None = None
    ) -> tuple[Due, ...]:
        audits = retention_store.audits_with_a_period(db)
        if programme_id is not None:
            audits = tuple(audit for audit in audits if audit.programme_id == programme_id)
        periods, holds = retention_store.periods(db), retention_store.holds(db)
        return what_is_due(audits, periods, holds, today or self._today())

    # Holds

    def holds(self) -> tuple[Hold, ...]:
        """Every hold there is, the earliest first."""
        with self._workspace.read() as db:
            return retention_store.holds(db)

    def hold_case(self, audit_id: str, reason: str) -> tuple[Hold, Changes]:
        """Keep every audit of an audit's case until it is released. Raises NotAllowed without a reason."""
        with self._workspace.write() as db:
            case_id = audit_store.get(db, audit_id).case_id
            return self._hold(db, None, case_id, reason)

    def hold_programme(self, programme_id: str, reason: str) -> tuple[Hold, Changes]:
        """Keep every audit of a programme until it is released. Raises NotAllowed without a reason."""
        with self._workspace.write() as db:
            return self._hold(db, self._programmes.get(programme_id).id, None, reason)

    def _hold(
        self, db: Database, programme_id: str | None, case_id: str | None, reason: str
    ) -> tuple[Hold, Changes]:
        words = " ".join(reason.split())
        if not words:
            raise NotAllowed("Say why it is kept: whoever looks at it later needs the reason.")
        if len(words) > MAX_REASON:
            raise NotAllowed(f"The reason has at most {MAX_REASON:,} characters. Shorten it.")
        owner = self._workspace.owner
        made = Hold(new_id(), programme_id, case_id, owner.name, datetime.now(UTC), words)
        text = Text.new("reason", "to", words)
        retention_store.hold(db, made, owner.id, text)
        # Not which case: its id can be worked out from its reference, and this line stays for ever.
        about = {"programme": programme_id} if programme_id else {"about": "case"}
        change = {"field": "reason", "from": "", "to": text.seal}
        history.append(db, owner.id, NewLine("held", made.id, {**about, "changes": [change]}))
        return made, Changes(frozenset({Kind.PROGRAMMES, Kind.CASES}))

    def release(self, hold_id: str) -> Changes:
        """End a hold. Raises NotFound."""
        with self._workspace.write() as db:
            retention_store.release(db, hold_id, history.now())
            history.append(db, self._workspace.owner.id, NewLine("released", hold_id, {}))
        return Changes(frozenset({Kind.PROGRAMMES, Kind.CASES}))

    # Deleting for good

    def purge(self, listed: Iterable[Due], check: Check = never) -> Purged:
        """Delete these audits for good: what was listed, and only if all of it may still go.

        ``check`` may raise to stop it before anything is deleted; once it is, the work is finished, now or
        when the workspace is opened next. Raises NotAllowed where the list is no longer right,
        WorkspaceInUse or CannotWrite where traces are left for the next opening to remove.
        """
        ids = tuple(each.audit.id for each in listed if each.goes)
        check()
        with self._workspace.write() as db:
            due = {each.audit.id: each for each in self._due(db) if each.goes}
            if not set(ids) <= set(due):
                raise NotAllowed(
                    "What is due has changed since it was listed, so nothing was deleted. Look at the list "
                    "again."
                )
            made = self._delete(db, tuple(due[audit_id] for audit_id in ids))
        for audit_id in ids:
            self._grading.forget(audit_id)
        snapshots = purge.finish(self._workspace)
        self._backups.keep()
        return Purged(made, snapshots, DELETED if ids else Changes())

    def _delete(self, db: Database, going: Sequence[Due]) -> tuple[Deletion, ...]:
        by_programme: dict[str, list[str]] = {}
        for each in going:
            by_programme.setdefault(each.audit.programme_id, []).append(each.audit.id)
        return tuple(
            self._delete_of(db, programme_id, tuple(ids)) for programme_id, ids in by_programme.items()
        )

    def _delete_of(self, db: Database, programme_id: str, ids: tuple[str, ...]) -> Deletion:
        programme, owner = self._programmes.get(programme_id), self._workspace.owner
        scope = Scope(programme_id, among=ids)
        made = Deletion(
            *(new_id(), datetime.now(UTC), owner.name, programme_id, programme.form),
            *(programme.retention_months or 0, self._today()),
            summary_store.counts(db, scope),
            summary_store.tallies(db, scope),
        )
        retention_store.add_deletion(db, made, owner.id)
        purge.erase(db, owner.id, ids, made.id)
        detail = {"programme": programme_id, "months": made.months, "day": made.day.isoformat()}
        line = NewLine(_LINE, made.id, {**detail, "audits": made.audits, "drafts": made.counts.unfinished})
        history.append(db, owner.id, line)
        return made

    # What is left of it

    def deletions(self) -> tuple[Deletion, ...]:
        """The records of what was deleted, the latest first."""
        with self._workspace.read() as db:
            return retention_store.deletions(db)

    def figures(self, deletion: Deletion) -> Summary:
        """The summary of the audits that one deletion took, made from the counts that were kept."""
        programme = replace(self._programmes.get(deletion.programme_id), form=deletion.form)
        cohorts = {cohort.id for cohort in programme.cohorts}
        held = Counter[tuple[str | None, str, str]]()
        for tally in deletion.tallies:  # a cohort may have been removed since
            cohort = tally.cohort_id if tally.cohort_id in cohorts else None
            held[cohort, tally.row, tally.grade] += tally.audits
        tallies = tuple(Tally(*key, audits) for key, audits in held.items())
        return summarise(programme, self._forms.form(deletion.form), Filters(), deletion.counts, tallies)
