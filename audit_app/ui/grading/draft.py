"""The audit on the screen: its answers as they stand, whether typed just now, written or undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from audit_app.core.audit import Audit, AuditState, Missing, missing, suggested_overall
from audit_app.core.errors import CannotWrite
from audit_app.core.fields import Field, all_fields
from audit_app.core.form import Form
from audit_app.ui.change_bus import ChangeBus
from audit_app.ui.grading.typing_steps import TypingSteps
from audit_app.ui.grading.writer import Writer

if TYPE_CHECKING:
    from audit_app.services.audits import Audits
    from audit_app.services.grading import Grading, Undone


class AuditDraft(QObject):
    """One audit's answers, and everything that is done to them.

    ``changed`` gives the keys whose answer is another now; ``opened`` says that everything is (another audit,
    another state); ``steps_changed`` that something else can be undone or redone.
    """

    changed = Signal(object)  # frozenset[str]
    opened = Signal()
    steps_changed = Signal()

    def __init__(
        self, grading: Grading, audits: Audits, bus: ChangeBus, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._grading = grading
        self._audits = audits
        self._audit: Audit | None = None
        self._form: Form | None = None
        self._fields: dict[str, Field] = {}
        self._answers: dict[str, str] = {}
        self._unread: dict[str, str] = {}
        self._typing = TypingSteps()
        self.writer = Writer(grading, bus, self)
        self.writer.published.connect(self.steps_changed)

    # -- What there is -----------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether there is an audit."""
        return self._audit is not None

    @property
    def audit(self) -> Audit:
        """The audit as it was last read; for its answers ask ``value``."""
        assert self._audit is not None
        return self._audit

    @property
    def form(self) -> Form:
        """The form it was made on."""
        assert self._form is not None
        return self._form

    @property
    def fields(self) -> Mapping[str, Field]:
        """Every field of the form by key, in reading order."""
        return self._fields

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers as they stand on the screen; blank ones are absent."""
        return self._answers

    @property
    def unread(self) -> Mapping[str, str]:
        """What was typed into date fields and is no date, by key."""
        return self._unread

    @property
    def read_only(self) -> bool:
        """Whether it cannot be edited."""
        return self.audit.state is not AuditState.DRAFT

    def value(self, key: str) -> str:
        """The answer to a field, blank when there is none."""
        return self._answers.get(key, "")

    def missing(self) -> tuple[Missing, ...]:
        """What must still be done before it can be submitted."""
        return missing(self.form, self._answers)

    def suggested(self) -> str | None:
        """The overall grade that the form's rule suggests."""
        return suggested_overall(self.form, self._answers)

    # -- Opening -----------------------------------------------------------------------------------

    def open(self, audit_id: str) -> None:
        """Show another audit; NotFound when there is none with this id."""
        self.settle()
        self._read(audit_id)
        self._unread.clear()
        self.opened.emit()
        self.steps_changed.emit()

    def reload(self) -> None:
        """Read the audit again, which something else has changed; what is not on the disk yet is kept."""
        pending = dict(self.writer.pending)
        self._read(self.audit.id)
        if pending:
            self._keep(pending)
            self.writer.add(pending)
        self.opened.emit()
        self.steps_changed.emit()

    def close(self) -> None:
        """Let go of the audit, which is on the disk or no longer exists."""
        self.writer.turn_to("")
        self._audit = None

    def _read(self, audit_id: str) -> None:
        audit = self._grading.open(audit_id)
        form = self._audits.form_of(audit)
        self.writer.turn_to(audit_id)
        self._typing.clear()
        if self._form is None or form.ref != self._form.ref:
            self._fields = all_fields(form)
        self._audit, self._form = audit, form
        self._answers = {key: value for key, value in audit.answers.items() if value}

    # -- Answering ---------------------------------------------------------------------------------

    def type(self, key: str, value: str) -> None:
        """Take what stands in a field now; it is on the disk within half a second."""
        before = self.value(key)
        if value == before or self.read_only:
            return
        if self._fields[key].kind.is_free_text:
            self._typing.note(key, before, value, monotonic())
        else:
            self._typing.clear()
        self._take(key, value)

    def choose(self, key: str, value: str) -> None:
        """Take a grade or a choice; it is on the disk when this returns."""
        if value != self.value(key) and not self.read_only:
            self.type(key, value)
            self.writer.flush()

    def choose_many(self, values: Mapping[str, str]) -> None:
        """Take several answers as one step that can be undone."""
        different = {key: value for key, value in values.items() if value != self.value(key)}
        if different and not self.read_only:
            self._typing.clear()
            self._keep(different)
            self.writer.write_together(different)
            self.changed.emit(frozenset(different))

    def say_unread(self, key: str, typed: str) -> None:
        """Note what was typed into a date field and is no date; blank when that is mended."""
        if self._unread.get(key, "") == typed:
            return
        if typed:
            self._unread[key] = typed
        else:
            self._unread.pop(key, None)
        self.changed.emit(frozenset((key,)))

    def settle(self, key: str | None = None) -> None:
        """A field is left, or the screen: write what was typed, and its version into the history."""
        if self._audit is not None:
            if key in (None, self._typing.key):
                self._typing.clear()
            self.writer.settle(key)

    def _take(self, key: str, value: str) -> None:
        is_first = not self.writer.pending
        self._keep({key: value})
        self.writer.add({key: value})
        if is_first:
            self.steps_changed.emit()
        self.changed.emit(frozenset((key,)))

    def _keep(self, values: Mapping[str, str]) -> None:
        for key, value in values.items():
            if value.strip():
                self._answers[key] = value
            else:
                self._answers.pop(key, None)

    # -- Undo --------------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        """Whether a step of this audit can be undone."""
        if self._audit is None or self.read_only:
            return False
        return bool(self.writer.pending) or self._grading.can_undo(self.audit.id)

    def can_redo(self) -> bool:
        """Whether a step can be done again."""
        if self._audit is None or self.read_only:
            return False
        return self._typing.can_go_forward or self._grading.can_redo(self.audit.id)

    def undo(self) -> str | None:
        """Undo the last step; the key of its field, or None when there was none. May raise AppError."""
        return self._step_in_text(self._typing.back) or self._step(self._grading.undo)

    def redo(self) -> str | None:
        """Do the step again that was undone last; the key of its field, or None when there was none."""
        return self._step_in_text(self._typing.forward) or self._step(self._grading.redo)

    def _step_in_text(self, step: Callable[[str], str | None]) -> str | None:
        """Within the text that is being typed, which is one step to the service until its field is left."""
        key = self._typing.key
        value = step(self.value(key)) if key and not self.read_only else None
        if value is None:
            return None
        self._take(key, value)
        self.writer.flush()
        return key

    def _step(self, step: Callable[[str], Undone | None]) -> str | None:
        self._typing.clear()
        undone = step(self.audit.id) if self.writer.flush() else None
        if undone is None:
            return None
        self.writer.note_settled()
        kept = self._grading.open(self.audit.id).answers
        self._answers = {key: value for key, value in kept.items() if value}
        self.writer.publish(undone.changes)
        self.changed.emit(frozenset(undone.all_keys))
        return undone.key

    # -- Submitting --------------------------------------------------------------------------------

    def submit(self) -> None:
        """Submit it; AppError says why that is refused."""
        self.settle()
        if self.writer.pending:
            raise CannotWrite(self.writer.sentence)
        self.writer.publish(self._grading.submit(self.audit.id))
        self.reload()

    def take_back(self) -> None:
        """Make it a draft again; AppError says why that is refused."""
        self.writer.publish(self._grading.take_back(self.audit.id))
        self.reload()
