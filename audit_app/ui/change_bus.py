"""Tells every screen what changed, and the strip at the bottom what is kept."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from audit_app.core.changes import Changes


@dataclass(frozen=True, slots=True)
class SaveState:
    """What is kept.

    ``at`` is when the last change was written; ``pending`` while typed text is not written yet; ``problem``
    says why it could not be.
    """

    at: datetime | None = None
    pending: bool = False
    problem: str = ""


class ChangeBus(QObject):
    """One place to say that something changed; screens connect to ``changed``, the strip to ``saving``."""

    changed = Signal(object)  # Changes
    saving = Signal(object)  # SaveState

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = SaveState()

    @property
    def state(self) -> SaveState:
        """What is kept now."""
        return self._state

    def publish(self, changes: Changes) -> None:
        """Say what a service changed; services return when it is on the disk, so this also says "saved"."""
        if changes:
            self.say_saved()
            self.changed.emit(changes)

    def say_pending(self) -> None:
        """Say that something was typed that is not written yet."""
        self._say(SaveState(self._state.at, pending=True))

    def say_saved(self) -> None:
        """Say that everything typed is on the disk, now."""
        self._say(SaveState(datetime.now().astimezone()))

    def say_not_saved(self, sentence: str) -> None:
        """Say that what was typed could not be written, and why."""
        self._say(SaveState(self._state.at, pending=True, problem=sentence))

    def _say(self, state: SaveState) -> None:
        self._state = state
        self.saving.emit(state)
