"""The way of answers to the disk: soon or at once, tried again where it is refused, and told truthfully."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from audit_app.core.changes import Changes
from audit_app.core.errors import AppError
from audit_app.ui.change_bus import ChangeBus

if TYPE_CHECKING:
    from audit_app.services.grading import Grading

# From the first keystroke that is not on the disk, not from the last: who never pauses loses no more.
COMMIT_AFTER_MS = 400
RETRY_AFTER_MS = 5_000


class Writer(QObject):
    """Holds what is not on the disk yet, and writes it.

    ``problem`` gives the sentence why something could not be written, blank when it was after all;
    ``published`` tells that something was.
    """

    problem = Signal(str)
    published = Signal()

    def __init__(self, grading: Grading, bus: ChangeBus, parent: QObject) -> None:
        super().__init__(parent)
        self._grading = grading
        self._bus = bus
        self._audit_id = ""
        self._pending: dict[str, str] = {}
        self._unsettled: set[str] = set()  # on the disk, without a version in the history
        self._sentence = ""
        self._publishing = False
        self._commit = QTimer(self, singleShot=True, interval=COMMIT_AFTER_MS)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_AFTER_MS)
        self._commit.timeout.connect(self.flush)
        self._retry.timeout.connect(self.flush)

    # -- What there is -----------------------------------------------------------------------------

    @property
    def pending(self) -> Mapping[str, str]:
        """What is not on the disk yet, in the order in which it was given."""
        return self._pending

    @property
    def sentence(self) -> str:
        """Why something could not be written, or blank."""
        return self._sentence

    @property
    def is_publishing(self) -> bool:
        """Whether the change being told about was written here."""
        return self._publishing

    # -- Writing -----------------------------------------------------------------------------------

    def turn_to(self, audit_id: str) -> None:
        """Write for this audit from now on; what was waiting has been written, or is no longer wanted."""
        self._commit.stop()
        self._retry.stop()
        self._pending.clear()
        self._unsettled.clear()
        self._audit_id = audit_id

    def add(self, values: Mapping[str, str]) -> None:
        """Write these within half a second."""
        if not self._pending:
            self._bus.say_pending()
        self._pending.update(values)
        if not self._commit.isActive():
            self._commit.start()

    @Slot()
    def flush(self) -> bool:
        """Write what is not on the disk yet; False where that is refused: it is kept and tried again."""
        self._commit.stop()
        had = bool(self._pending)
        for key, value in list(self._pending.items()):
            if not self._written(partial(self._grading.set, self._audit_id, key, value)):
                return False
            del self._pending[key]
            self._unsettled.add(key)
        if had:
            self._bus.say_saved()  # also where everything had become what it was before
        self._tell("")
        return True

    def write_together(self, values: Mapping[str, str]) -> None:
        """Write several answers as one step that can be undone, or each for itself once that is possible."""
        if not self.flush() or not self._written(partial(self._grading.set_many, self._audit_id, values)):
            self._pending.update(values)

    def settle(self, key: str | None = None) -> None:
        """Write, and give typed text its version in the history: one field's that is left, or all."""
        waiting = self._pending.keys() | self._unsettled
        if not (waiting if key is None else key in waiting) or not self.flush():
            return
        if self._written(partial(self._grading.settle, self._audit_id, key)):
            self._unsettled = self._unsettled - {key} if key else set()

    def note_settled(self) -> None:
        """Everything has its version: undo sees to that itself."""
        self._unsettled.clear()

    def publish(self, changes: Changes) -> None:
        """Tell the window what was written."""
        self._publishing = True
        try:
            self._bus.publish(changes)
        finally:
            self._publishing = False
        self.published.emit()

    def _written(self, write: Callable[[], Changes | None]) -> bool:
        try:
            changes = write()
        except AppError as error:
            self._tell(error.sentence)
            self._bus.say_not_saved(error.sentence)
            self._retry.start()
            return False
        self._tell("")
        if changes:
            self.publish(changes)
        return True

    def _tell(self, sentence: str) -> None:
        if sentence != self._sentence:
            self._sentence = sentence
            self.problem.emit(sentence)
