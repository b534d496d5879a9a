"""Grading one audit: every answer durable when its method returns, undo across all of it, submit and take
back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from audit_app.core.audit import (
    Audit,
    AuditState,
    Missing,
    check_can_edit,
    check_can_submit,
    check_can_take_back,
    missing,
    suggested_overall,
    unsafe_and_nobody_told,
)
from audit_app.core.changes import NOTHING, Changes, Kind
from audit_app.core.errors import NotAllowed
from audit_app.core.fields import Field
from audit_app.core.form import Form
from audit_app.services.forms_kept import FormsKept
from audit_app.services.programmes import Programmes
from audit_app.services.undo import Edit, UndoStack
from audit_app.services.values import checked, checked_cohort
from audit_app.storage import audit_store, case_store, history, settling
from audit_app.storage.audit_store import COHORT, Caches
from audit_app.storage.connection import Database
from audit_app.storage.history import NewLine
from audit_app.storage.workspace import Workspace

# What lists show of an audit; an edit of anything else does not ask them to reload.
_IN_LISTS = frozenset({*audit_store.HEADER_COLUMNS, COHORT})
_IN_UNSAFE = "safe."
_FRESH_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo or redo put back: the first field and its value, and every field that it touched."""

    key: str
    value: str
    changes: Changes
    all_keys: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    """An audit being worked on."""

    row: int
    audit: Audit  # as it was when opened; its answers now are in ``answers``
    form: Form
    fields: Mapping[str, Field]
    answers: dict[str, str]
    caches: Caches
    stack: UndoStack = field(default_factory=UndoStack)


class Grading:
    """The only writer of answers. Meant for one thread at a time, the one in which a person types."""

    def __init__(self, workspace: Workspace, forms: FormsKept, programmes: Programmes) -> None:
        self._workspace = workspace
        self._forms = forms
        self._programmes = programmes
        self._open: dict[str, _Open] = {}
        self._marked = (0, 0.0)  # the audit last marked as changed, and when

    def open(self, audit_id: str) -> Audit:
        """The audit as it is now. Raises NotFound."""
        stack = self._open[audit_id].stack if audit_id in self._open else UndoStack()
        with self._workspace.read() as db:
            audit, row = audit_store.get(db, audit_id), audit_store.key_of(db, audit_id)
        form, fields = self._forms.form(audit.form), self._forms.fields(audit.form)
        answers = dict(audit.answers)
        self._open[audit_id] = _Open(row, audit, form, fields, answers, _caches(form, answers), stack)
        return audit

    def _audit(self, audit_id: str) -> _Open:
        if audit_id not in self._open:
            self.open(audit_id)
        return self._open[audit_id]

    # Answers

    def set(self, audit_id: str, key: str, value: str) -> Changes:
        """Set one field; blank is no answer. Durable on return; text typed on in one field is one undo step.

        Raises NotAllowed for a field the form lacks, a value the field does not take, or an audit submitted.
        """
        return self.set_many(audit_id, {key: value})

    def set_many(self, audit_id: str, values: Mapping[str, str]) -> Changes:
        """Set several fields in one transaction and one undo step; what is as it was stays untouched."""
        opened = self._audit(audit_id)
        check_can_edit(opened.audit.state)
        edits = {}
        for key, value in values.items():
            kept, before = self._checked(opened, key, value), opened.answers.get(key, "")
            if kept != before:
                edits[key] = (before, kept)
        if not edits:
            return NOTHING
        first = next(iter(edits))
        typed = first if len(edits) == 1 and opened.fields[first].kind.is_free_text else None
        changes = self._write(opened, [Edit(key, *pair) for key, pair in edits.items()])
        opened.stack.record(edits, typed)
        return changes

    def _checked(self, opened: _Open, key: str, value: str) -> str:
        found = opened.fields.get(key)
        if found is None:
            raise NotAllowed("This audit's form does not ask that.")
        if key == COHORT:
            return checked_cohort(self._programmes.get(opened.audit.programme_id).cohorts, value)
        return checked(found, value)

    def _write(self, opened: _Open, edits: Iterable[Edit], kind: str = "changed") -> Changes:
        edited = [(opened.fields[edit.key], edit) for edit in edits]
        answers = opened.answers | {edit.key: edit.after for _, edit in edited}
        answers = {key: value for key, value in answers.items() if value}
        caches = _caches(opened.form, answers)
        lines = [
            {"field": edit.key, "from": edit.before, "to": edit.after}
            for found, edit in edited
            if not found.kind.is_free_text
        ]
        texts = [edit.key for found, edit in edited if found.kind.is_free_text]
        marked = self._is_marked(opened)
        with self._workspace.write() as db:
            for found, edit in edited:
                audit_store.put(db, opened.row, found, edit.after)
            if caches != opened.caches or not marked:
                audit_store.touch(db, opened.row, caches, history.now())
            if kind != "changed":  # text put back by undo is settled at once
                self._settle(db, opened, texts, kind, lines)
            elif lines:
                line = NewLine(kind, opened.audit.id, {"changes": lines})
                history.append(db, self._workspace.owner.id, line)
        opened.answers, opened.caches = answers, caches
        if not marked:
            self._marked = (opened.row, monotonic())
        return _changes(opened.audit.id, [found for found, _ in edited])

    def _is_marked(self, opened: _Open) -> bool:
        """Whether this audit was the last to be marked as changed, under a minute ago: once is enough."""
        row, at = self._marked
        return row == opened.row and monotonic() - at < _FRESH_SECONDS

    def settle(self, audit_id: str, key: str | None = None) -> None:
        """Give typed text its line in the history: one field's when it is left, all before leaving."""
        opened = self._audit(audit_id)
        opened.stack.close_step(key)
        if opened.audit.state is not AuditState.DRAFT or self._workspace.read_only:
            return
        with self._workspace.read() as db:
            waiting = settling.unsettled_fields(db, opened.row)
        fields = [name for name in waiting if key in (None, name)]
        if fields:
            with self._workspace.write() as db:
                self._settle(db, opened, fields)

    def settle_all(self) -> None:
        """Settle every audit that was worked on; called before the workspace closes."""
        for audit_id in tuple(self._open):
            self.settle(audit_id)
        self._open.clear()

    def _settle(
        self,
        db: Database,
        opened: _Open,
        fields: Iterable[str],
        kind: str = "changed",
        lines: Iterable[Mapping[str, str]] = (),
    ) -> None:
        settling.settle(db, self._workspace.owner.id, opened.row, opened.audit.id, fields, kind, lines)

    # Undo

    def can_undo(self, audit_id: str) -> bool:
        """Whether there is an edit to take back."""
        return self._audit(audit_id).stack.can_undo

    def can_redo(self, audit_id: str) -> bool:
        """Whether an edit that was taken back can be done again."""
        return self._audit(audit_id).stack.can_redo

    def undo(self, audit_id: str) -> Undone | None:
        """Take back the last step, wherever in the audit it was; None when there is none."""
        opened = self._audit(audit_id)
        if not opened.stack.can_undo:
            return None
        edits = [Edit(edit.key, edit.after, edit.before) for edit in opened.stack.last_done()]
        undone = self._put_back(opened, edits, "undone")
        opened.stack.undo()
        return undone

    def redo(self, audit_id: str) -> Undone | None:
        """Do again the last step that was taken back; None when there is none."""
        opened = self._audit(audit_id)
        if not opened.stack.can_redo:
            return None
        undone = self._put_back(opened, opened.stack.last_undone(), "redone")
        opened.stack.redo()
        return undone

    def _put_back(self, opened: _Open, edits: Iterable[Edit], kind: str) -> Undone:
        check_can_edit(opened.audit.state)
        self.settle(opened.audit.id)
        step = tuple(edits)
        changes = self._write(opened, step, kind)
        return Undone(step[0].key, step[0].after, changes, tuple(edit.key for edit in step))

    # Submission

    def missing(self, audit_id: str) -> tuple[Missing, ...]:
        """What must still be done before it can be submitted, in the order of the steps."""
        opened = self._audit(audit_id)
        return missing(opened.form, opened.answers)

    def suggested(self, audit_id: str) -> str | None:
        """The overall grade that the form's rule suggests now; None when no domain is graded."""
        opened = self._audit(audit_id)
        return suggested_overall(opened.form, opened.answers)

    def submit(self, audit_id: str) -> Changes:
        """Make the audit count; from here on it is read-only. Raises NotAllowed while anything is missing."""
        opened = self._audit(audit_id)
        check_can_submit(opened.audit.state, self.missing(audit_id))
        self.settle(audit_id)
        at, audit = history.now(), opened.audit
        with self._workspace.write() as db:
            audit_store.set_state(db, opened.row, AuditState.SUBMITTED, at, at)
            place = [opened.answers.get(f"case.{part}", "") for part in ("service", "team", "worker")]
            case_store.update_place(db, audit.case_id, *place)
            detail = {"grades": audit_store.grades(opened.answers)}
            history.append(db, self._workspace.owner.id, NewLine("submitted", audit_id, detail))
        self._workspace.bear_witness()
        self.forget(audit_id)
        return Changes(frozenset({Kind.ANSWERS, Kind.AUDITS, Kind.CASES}), audit_id)

    def take_back(self, audit_id: str, reason: str = "") -> Changes:
        """Make a submitted audit a draft again. Raises NotAllowed for one that is imported or moderated."""
        self.open(audit_id)
        opened = self._audit(audit_id)
        check_can_take_back(opened.audit.state, opened.audit.imported)
        change, texts = history.text_change(None, "reason", reason.strip())
        detail = {"changes": [change]} if reason.strip() else {}
        with self._workspace.write() as db:
            audit_store.set_state(db, opened.row, AuditState.DRAFT, history.now(), None)
            line = NewLine("taken_back", audit_id, detail, texts if detail else ())
            history.append(db, self._workspace.owner.id, line)
        self._workspace.bear_witness()
        self.open(audit_id)
        return Changes(frozenset({Kind.ANSWERS, Kind.AUDITS}), audit_id)

    def forget(self, audit_id: str) -> None:
        """Drop what is held of an audit, its undo included."""
        self._open.pop(audit_id, None)


def _caches(form: Form, answers: Mapping[str, str]) -> Caches:
    return Caches(suggested_overall(form, answers), unsafe_and_nobody_told(answers))


def _changes(audit_id: str, fields: Iterable[Field]) -> Changes:
    kinds = {Kind.ANSWERS}
    if any(found.key in _IN_LISTS or found.key.startswith(_IN_UNSAFE) for found in fields):
        kinds.add(Kind.AUDITS)
    if any(found.key.endswith(".grade") for found in fields):
        kinds.add(Kind.AUDITS)  # whether the overall is an override follows from the domains
    return Changes(frozenset(kinds), audit_id)
