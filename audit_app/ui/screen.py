"""What every screen is: a widget that is shown a place, refreshed on changes and committed on leaving."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from audit_app.core.changes import Changes


@dataclass(frozen=True, slots=True)
class AuditSet:
    """Some audits to be shown together, and what they have in common: "4 audits with Good in Planning"."""

    words: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go, and where a person was: the screen, and what is shown or typed in there."""

    screen: str
    audit_id: str | None = None
    field: str | None = None
    cursor: int | None = None
    programme_id: str | None = None
    text: str | None = None  # what is typed into a filter or a search
    audits: AuditSet | None = None  # a list of audits shows these alone


class Screen(QWidget):
    """One screen in the middle of the window. The frame makes it once, when it is first shown."""

    screen_id: ClassVar[str]
    title: ClassVar[str]

    go = Signal(object)  # Place: ask the frame to go there
    edit_state = Signal()  # what can be undone or redone has changed

    def show_place(self, place: Place) -> None:
        """Show this place; called each time the screen comes to the front."""

    def refresh(self, changes: Changes) -> None:
        """Something changed, possibly by this screen; called while it is in front, or when it next is."""

    def commit(self) -> None:
        """Write and settle what was typed; called before leaving, closing and locking."""

    def place(self) -> Place:
        """Where the person is now, to come back to."""
        return Place(self.screen_id)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts of this screen that F6 moves between, in reading order."""
        return (self,)

    def can_undo(self) -> bool:
        """Whether Edit > Undo does something here."""
        return False

    def can_redo(self) -> bool:
        """Whether Edit > Redo does something here."""
        return False

    def undo(self) -> None:
        """Undo the last step."""

    def redo(self) -> None:
        """Redo what was undone."""
