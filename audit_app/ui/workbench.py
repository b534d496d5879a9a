"""The unlocked window: navigation, the screen in the middle, the strip; and going from place to place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from audit_app.core.changes import NOTHING, Changes
from audit_app.core.errors import AppError
from audit_app.ui.catalogue import ScreenEntry
from audit_app.ui.context import Context
from audit_app.ui.navigation import Navigation
from audit_app.ui.places import SEARCH
from audit_app.ui.screen import Place, Screen
from audit_app.ui.snapshots.keeper import SnapshotKeeper
from audit_app.ui.strip import Strip

_MOST_BACK = 50


class Workbench(QWidget):
    """Holds the screens of one session.

    ``moved``: another place is in front, or undo became possible. ``elsewhere``: a Place that is none of
    these screens.
    """

    moved = Signal()
    elsewhere = Signal(object)

    def __init__(
        self, context: Context, entries: Sequence[ScreenEntry], path: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._entries = {entry.id: entry for entry in entries}
        self._screens: dict[str, Screen] = {}
        self._unseen: dict[str, Changes] = {}
        self._back: list[Place] = []
        self.navigation = Navigation(entries, context.theme)
        self.strip = Strip(path, context.bus, context.background)
        self._stack = QStackedWidget()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        self.navigation.chosen.connect(self._on_chosen)
        self.navigation.entered.connect(self.enter)
        context.bus.changed.connect(self._on_changed)
        self.snapshots = SnapshotKeeper(context, self)
        self.snapshots.said.connect(self.strip.say)

    # -- Where ---------------------------------------------------------------------------------------

    @property
    def screen_shown(self) -> Screen | None:
        """The screen in front."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._back)

    @property
    def can_search(self) -> bool:
        """Whether there is a screen that searches."""
        return self.has(SEARCH)

    def has(self, screen_id: str) -> bool:
        """Whether there is a screen with this id."""
        return screen_id in self._entries

    def place(self) -> Place | None:
        """Where the person is, to come back to after unlocking."""
        shown = self.screen_shown
        return shown.place() if shown else None

    @Slot(object)
    def go(self, place: Place) -> None:
        """Go to a place, and remember where the person was."""
        if not self.has(place.screen):
            self.elsewhere.emit(place)
            return
        here = self.place()
        if self._show(place) and here is not None and here != place:
            self._back = [*self._back, here][-_MOST_BACK:]
            self.moved.emit()

    @Slot()
    def back(self) -> None:
        """Go where the person was before."""
        if self._back and self._show(self._back[-1]):
            self._back.pop()
            self.moved.emit()

    def commit(self) -> None:
        """Write what was typed, on every screen. Raises AppError where that cannot be done."""
        for screen in self._screens.values():
            screen.commit()

    def _show(self, place: Place) -> bool:
        shown = self.screen_shown
        try:
            if shown is not None:
                shown.commit()
            screen = self._screen(place.screen)
            screen.refresh(self._unseen.pop(place.screen, NOTHING))
            screen.show_place(place)
        except AppError as error:
            self._context.messages.error(self, error)
            return False
        self._stack.setCurrentWidget(screen)
        entry = self._entries[place.screen]
        self.navigation.mark(entry.within or entry.id)
        self.moved.emit()
        return True

    def _screen(self, screen_id: str) -> Screen:
        if screen_id not in self._screens:
            made = self._entries[screen_id].make(self._context)
            made.go.connect(self.go)
            made.edit_state.connect(self.moved)
            self._screens[screen_id] = made
            self._stack.addWidget(made)
        return self._screens[screen_id]

    # -- Panes ---------------------------------------------------------------------------------------

    @Slot()
    def next_pane(self) -> None:
        """Move the focus to the next part of the window."""
        self._move_pane(1)

    @Slot()
    def previous_pane(self) -> None:
        """Move the focus to the part of the window before."""
        self._move_pane(-1)

    def _move_pane(self, step: int) -> None:
        shown = self.screen_shown
        panes: list[QWidget] = [self.navigation, *(shown.panes() if shown else ()), self.strip]
        panes = [pane for pane in panes if pane.isVisible() and first_focusable(pane) is not None]
        focus = QApplication.focusWidget()
        at = next((i for i, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -1)
        if panes:
            target = first_focusable(panes[(at + step) % len(panes)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)

    # -- What happens ----------------------------------------------------------------------------------

    @Slot(str)
    def _on_chosen(self, screen_id: str) -> None:
        shown = self.screen_shown
        if shown is None or shown.screen_id != screen_id:
            self.go(Place(screen_id))

    @Slot()
    def enter(self) -> None:
        """Put the focus into the screen, unless it is there already."""
        shown, focus = self.screen_shown, QApplication.focusWidget()
        if shown is not None and (focus is None or not shown.isAncestorOf(focus)):
            shown.setFocus()
            shown.focusNextChild()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        shown = self.screen_shown
        for screen_id, screen in self._screens.items():
            if screen is shown:
                screen.refresh(changes)
            else:
                self._unseen[screen_id] = self._unseen.get(screen_id, changes) | changes
        self.moved.emit()


def first_focusable(pane: QWidget) -> QWidget | None:
    """The first widget within that Tab would reach."""
    found: QWidget = pane
    while True:
        following = found.nextInFocusChain()
        if following is None or following is pane:
            return None
        found = following
        reachable = found.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reachable and found.isVisible() and found.isEnabled() and pane.isAncestorOf(found):
            return found
