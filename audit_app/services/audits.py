"""Audits as things: started, listed, opened, and drafts deleted or brought back."""

from dataclasses import replace
from datetime import UTC, date, datetime

from audit_app.core.audit import Audit, AuditState, suggested_overall, unsafe_and_nobody_told
from audit_app.core.audit_row import AuditRow
from audit_app.core.case import Case
from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import NotAllowed, NotFound
from audit_app.core.fields import FieldKind
from audit_app.core.form import Form
from audit_app.core.identity import case_id, new_id
from audit_app.core.programme import Programme
from audit_app.services.forms_kept import FormsKept
from audit_app.services.grading import Grading
from audit_app.services.programmes import Programmes
from audit_app.services.values import checked_reference
from audit_app.storage import (
    audit_rows,
    audit_store,
    case_store,
    history,
    meta_store,
    person_store,
    programme_store,
    retention_store,
    settling,
)
from audit_app.storage.audit_store import Caches
from audit_app.storage.connection import Database
from audit_app.storage.history import NewLine
from audit_app.storage.workspace import Workspace

__all__ = ["AuditRow", "Audits"]


class Audits:
    """The audits of this workspace."""

    def __init__(
        self, workspace: Workspace, forms: FormsKept, programmes: Programmes, grading: Grading
    ) -> None:
        self._workspace = workspace
        self._forms = forms
        self._programmes = programmes
        self._grading = grading
        self._deleted: dict[str, Audit] = {}

    def rows(self) -> tuple[AuditRow, ...]:
        """Every audit as lists show it, in the order in which they were made."""
        with self._workspace.read() as db:
            return audit_rows.all_of(db)

    def get(self, audit_id: str) -> Audit:
        """The audit with all its answers. Raises NotFound."""
        with self._workspace.read() as db:
            return audit_store.get(db, audit_id)

    def form_of(self, audit: Audit) -> Form:
        """The form it was made on, in the exact version."""
        return self._forms.form(audit.form)

    # Starting

    def start(self, reference: str, programme_id: str | None = None) -> tuple[str, Changes]:
        """Begin an audit of a case, which is made if it is new; returns the audit's id.

        Without a programme: the last one used, or the person's own. A draft of theirs of the same case in the
        same
        programme is returned instead of a second one. Raises NotAllowed for a reference that cannot be one.
        """
        tidy = checked_reference(reference)
        with self._workspace.write() as db:
            programme, kinds = self._programme_for(db, programme_id)
            case = case_store.by_reference(db, tidy)
            if case is None:
                case = Case(case_id(tidy), tidy)
                case_store.insert(db, case)
                kinds |= {Kind.CASES}
            meta_store.put(db, meta_store.LAST_PROGRAMME, programme.id)
            draft = audit_store.open_draft(db, case.id, programme.id, self._workspace.owner.id)
            if draft is not None:
                return draft, Changes(frozenset(kinds), draft)
            audit = self._blank(case, programme)
            self._insert(db, audit, "started")
        return audit.id, Changes(frozenset(kinds | {Kind.AUDITS}), audit.id)

    def _programme_for(self, db: Database, programme_id: str | None) -> tuple[Programme, set[Kind]]:
        if programme_id is not None:
            return self._programmes.get(programme_id), set()
        last = meta_store.get(db, meta_store.LAST_PROGRAMME)
        found = programme_store.get(db, last) if last else None
        if found is not None:
            return found, set()
        programme, is_new = self._programmes.own(db)
        return programme, {Kind.PROGRAMMES} if is_new else set()

    def _blank(self, case: Case, programme: Programme) -> Audit:
        """An audit with what is known before it begins: where the case is held now, and today."""
        known = {
            "case.service": case.service,
            "case.team": case.team,
            "case.worker": case.worker,
            "audit.date": date.today().isoformat(),
        }
        answers = {key: value for key, value in known.items() if value}
        return Audit(
            new_id(),
            programme.id,
            case.id,
            case.reference,
            self._workspace.owner,
            programme.form,
            AuditState.DRAFT,
            answers,
            started_at=datetime.now(UTC),
        )

    def _insert(self, db: Database, audit: Audit, kind: str) -> None:
        form, fields = self._forms.form(audit.form), self._forms.fields(audit.form)
        at = history.now()
        auditor = person_store.key_of(db, audit.auditor)
        row = audit_store.insert(db, audit, self._forms.keep(db, form), auditor, at)
        texts, changes = [], []
        for key, value in audit.answers.items():
            audit_store.put(db, row, fields[key], value)
            if fields[key].kind in (FieldKind.LINE, FieldKind.TEXT):
                texts.append(key)
            else:
                changes.append({"field": key, "from": "", "to": value})
        suggested = suggested_overall(form, audit.answers)
        audit_store.touch(db, row, Caches(suggested, unsafe_and_nobody_told(audit.answers)), at)
        settling.settle(db, self._workspace.owner.id, row, audit.id, texts, kind, changes)

    # Deleting

    def delete_draft(self, audit_id: str) -> Changes:
        """Remove a draft with its text, and its case if nothing else is about it. Raises NotAllowed
        otherwise.
        """
        with self._workspace.write() as db:
            audit = audit_store.get(db, audit_id)
            if audit.state is not AuditState.DRAFT:
                raise NotAllowed(
                    "This audit has been submitted, so it cannot be deleted. Take it back first."
                )
            if retention_store.is_held(db, audit.programme_id, audit.case_id):
                raise NotAllowed("This draft is on hold, so it cannot be deleted until the hold is released.")
            audit_store.delete(db, audit_store.key_of(db, audit_id), audit_id)
            case_store.delete_if_unused(db, audit.case_id)
            history.append(db, self._workspace.owner.id, NewLine("deleted", audit_id, {}))
        self._grading.forget(audit_id)
        self._deleted[audit_id] = audit
        return Changes(frozenset({Kind.AUDITS, Kind.CASES}), audit_id)

    def restore_draft(self, audit_id: str) -> Changes:
        """Bring back a draft that was deleted since the workspace was opened. Raises NotFound otherwise."""
        audit = self._deleted.get(audit_id)
        if audit is None:
            raise NotFound("That draft can no longer be brought back.")
        with self._workspace.write() as db:
            case = case_store.by_reference(db, audit.reference)
            if case is None:
                case_store.insert(db, Case(audit.case_id, audit.reference))
            self._insert(db, replace(audit, answers=dict(audit.answers)), "restored")
        del self._deleted[audit_id]
        return Changes(frozenset({Kind.AUDITS, Kind.CASES}), audit_id)
