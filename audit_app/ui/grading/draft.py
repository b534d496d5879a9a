"""The audit on the screen: what is typed is on the disk within half a second, or it says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from audit_app.core.audit import Audit, AuditState, Missing, missing, suggested_overall
from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import AppError, CannotWrite
from audit_app.core.fields import Field, all_fields
from audit_app.core.form import Form
from audit_app.ui.change_bus import ChangeBus

if TYPE_CHECKING:
    from audit_app.services.audits import Audits
    from audit_app.services.grading import Grading, Undone

# From the first keystroke that is not on the disk, not from the last: who never pauses loses no more.
COMMIT_AFTER_MS = 400
RETRY_AFTER_MS = 5_000


class AuditDraft(QObject):
    """One audit's answers as they stand on the screen, and their way to the disk and back.

    ``changed`` gives the keys whose answer is another now; ``opened`` says that everything is (another audit,
    another state); ``problem`` gives the sentence why something could not be written, blank when it was after
    all.
    """

    changed = Signal(object)  # frozenset[str]
    opened = Signal()
    problem = Signal(str)
    steps_changed = Signal()  # what can be undone or redone

    def __init__(
        self, grading: Grading, audits: Audits, bus: ChangeBus, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._grading = grading
        self._audits = audits
        self._bus = bus
        self._audit: Audit | None = None
        self._form: Form | None = None
        self._fields: dict[str, Field] = {}
        self._answers: dict[str, str] = {}
        self._pending: dict[str, str] = {}  # typed or chosen, not on the disk yet
        self._unsettled: set[str] = set()  # on the disk, without its version in the history
        self._unread: dict[str, str] = {}  # typed into a date field, and no date
        self._sentence = ""
        self._publishing = False
        self._commit = QTimer(self, singleShot=True, interval=COMMIT_AFTER_MS)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_AFTER_MS)
        self._commit.timeout.connect(self.flush)
        self._retry.timeout.connect(self.flush)

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

    @property
    def is_publishing(self) -> bool:
        """Whether the change being told about is this draft's own."""
        return self._publishing

    @property
    def sentence(self) -> str:
        """Why something could not be written, or blank."""
        return self._sentence

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
        self.settle_all()
        self._read(audit_id)
        self._unread.clear()
        self._tell_problem("")
        self.opened.emit()
        self.steps_changed.emit()

    def reload(self) -> None:
        """Read the audit again, which something else has changed; what is not on the disk yet is kept."""
        pending = dict(self._pending)
        self._read(self.audit.id)
        self._pending = pending
        for key, value in pending.items():
            self._keep(key, value)
        self.opened.emit()
        self.steps_changed.emit()

    def close(self) -> None:
        """Let go of the audit, which is on the disk or no longer exists."""
        self._stop()
        self._audit = None

    def _read(self, audit_id: str) -> None:
        audit = self._grading.open(audit_id)
        form = self._audits.form_of(audit)
        self._stop()
        if self._form is None or form.ref != self._form.ref:
            self._fields = all_fields(form)
        self._audit, self._form = audit, form
        self._answers = {key: value for key, value in audit.answers.items() if value}

    def _stop(self) -> None:
        self._commit.stop()
        self._retry.stop()
        self._pending.clear()
        self._unsettled.clear()

    # -- Answering ---------------------------------------------------------------------------------

    def type(self, key: str, value: str) -> None:
        """Take what stands in a field now; it is on the disk within half a second."""
        if value == self.value(key) or self.read_only:
            return
        is_first = not self._pending
        self._keep(key, value)
        self._pending[key] = value
        if is_first:
            self._bus.say_pending()
            self.steps_changed.emit()
        if not self._commit.isActive():
            self._commit.start()
        self.changed.emit(frozenset((key,)))

    def choose(self, key: str, value: str) -> None:
        """Take a grade or a choice; it is on the disk when this returns."""
        if value != self.value(key) and not self.read_only:
            self.type(key, value)
            self.flush()

    def choose_many(self, values: Mapping[str, str]) -> None:
        """Take several answers as one step that can be undone."""
        different = {key: value for key, value in values.items() if value != self.value(key)}
        if not different or self.read_only:
            return
        self.flush()
        for key, value in different.items():
            self._keep(key, value)
        audit_id = self.audit.id
        if self._pending or not self._written(partial(self._grading.set_many, audit_id, different)):
            self._pending.update(different)
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

    @Slot()
    def flush(self) -> bool:
        """Write what is not on the disk yet; False where that is refused: it is kept and tried again."""
        self._commit.stop()
        if not self._pending:
            return True
        audit_id = self.audit.id
        for key, value in list(self._pending.items()):
            if not self._written(partial(self._grading.set, audit_id, key, value)):
                return False
            del self._pending[key]
            if self._fields[key].kind.is_free_text:
                self._unsettled.add(key)
        self._tell_problem("")
        self._bus.say_saved()
        return True

    def settle(self, key: str) -> None:
        """A field is left: write it, and its version into the history."""
        if (key in self._pending or key in self._unsettled) and self.flush() and key in self._unsettled:
            audit_id = self.audit.id
            if self._written(partial(self._grading.settle, audit_id, key)):
                self._unsettled.discard(key)

    def settle_all(self) -> None:
        """The screen is left, closed or locked: write everything, and its versions into the history."""
        if self._audit is not None and self.flush() and self._unsettled:
            audit_id = self.audit.id
            if self._written(partial(self._grading.settle, audit_id, None)):
                self._unsettled.clear()

    # -- Undo --------------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        """Whether a step of this audit can be undone."""
        if self._audit is None or self.read_only:
            return False
        return bool(self._pending) or self._grading.can_undo(self.audit.id)

    def can_redo(self) -> bool:
        """Whether a step can be done again."""
        if self._audit is None or self.read_only:
            return False
        return not self._pending and self._grading.can_redo(self.audit.id)

    def undo(self) -> str | None:
        """Undo the last step; the key of its field, or None when there was none. May raise AppError."""
        return self._step(self._grading.undo)

    def redo(self) -> str | None:
        """Do the step again that was undone last; the key of its field, or None when there was none."""
        return self._step(self._grading.redo)

    def _step(self, step: Callable[[str], Undone | None]) -> str | None:
        if not self.flush():
            return None
        undone = step(self.audit.id)
        if undone is None:
            return None
        self._unsettled.clear()  # what is put back has its version already
        self._answers = {
            key: value for key, value in self._grading.open(self.audit.id).answers.items() if value
        }
        self._publish(undone.changes)
        self.changed.emit(frozenset(undone.all_keys))
        return undone.key

    # -- Submitting --------------------------------------------------------------------------------

    def submit(self) -> None:
        """Submit it; AppError says why that is refused."""
        self._settle_or_raise()
        self._publish(self._grading.submit(self.audit.id))
        self.reload()

    def take_back(self) -> None:
        """Make it a draft again; AppError says why that is refused."""
        self._publish(self._grading.take_back(self.audit.id))
        self.reload()

    def _settle_or_raise(self) -> None:
        self.settle_all()
        if self._pending:
            raise CannotWrite(self._sentence)

    # -- Inside ------------------------------------------------------------------------------------

    def _keep(self, key: str, value: str) -> None:
        if value.strip():
            self._answers[key] = value
        else:
            self._answers.pop(key, None)

    def _written(self, write: Callable[[], Changes | None]) -> bool:
        try:
            changes = write()
        except AppError as error:
            self._tell_problem(error.sentence)
            self._bus.say_not_saved(error.sentence)
            self._retry.start()
            return False
        self._publish(changes or Changes())
        return True

    def _publish(self, changes: Changes) -> None:
        self._publishing = True
        try:
            self._bus.publish(changes)
        finally:
            self._publishing = False
        if Kind.ANSWERS in changes.kinds:
            self.steps_changed.emit()

    def _tell_problem(self, sentence: str) -> None:
        if sentence != self._sentence:
            self._sentence = sentence
            self.problem.emit(sentence)
