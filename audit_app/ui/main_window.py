"""The window: the Open screen or the unlocked workbench, and the way from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget

from audit_app.core.errors import AppError
from audit_app.ui.commands import NAVIGATION_HIDDEN, Commands
from audit_app.ui.screens.open_screen import OpenScreen

# What is needed once a workspace is open is imported then: the first window does not wait for it.
if TYPE_CHECKING:
    from audit_app.services.session import Session
    from audit_app.ui.background import Progress
    from audit_app.ui.context import Context
    from audit_app.ui.idle import IdleWatch
    from audit_app.ui.opening.working import Reopened
    from audit_app.ui.parts import Parts
    from audit_app.ui.screen import Place
    from audit_app.ui.workbench import Workbench

_TITLE = "Audit App"
_SIZE = (1180, 720)
_GEOMETRY = "window/geometry"


class MainWindow(QMainWindow):
    """One window. ``unlocked`` and ``locked`` tell that a workspace was opened, or closed."""

    unlocked = Signal()
    locked = Signal()
    painted = Signal()  # once, when the window has been seen for the first time

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._context: Context | None = None
        self._bench: Workbench | None = None
        self.idle_watch: IdleWatch | None = None  # while a workspace is unlocked
        self._return_to: tuple[Path, Place] | None = None  # after unlocking
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.open_screen = OpenScreen(
            parts.recent, parts.workspaces, parts.background, parts.messages, parts.theme, parts.sample_folder
        )
        self._stack.addWidget(self.open_screen)
        self.open_screen.opened.connect(self._on_opened)
        self.commands = Commands(self, parts)
        self._was_painted = False
        self.setWindowTitle(_TITLE)
        self.resize(*_SIZE)
        if not parts.preferences.state(_GEOMETRY).isEmpty():
            self.restoreGeometry(parts.preferences.state(_GEOMETRY))
        self.commands.update()

    # -- What is open --------------------------------------------------------------------------------

    @property
    def workbench(self) -> Workbench | None:
        """What is shown while a workspace is unlocked."""
        return self._bench

    @property
    def context(self) -> Context | None:
        """The session and its helpers while a workspace is unlocked."""
        return self._context

    def start(self, path: Path | None) -> None:
        """Show the Open screen, with one workspace asking for its passphrase."""
        self.open_screen.choose(path)

    # -- Unlocking -----------------------------------------------------------------------------------

    @Slot(object)
    def _on_opened(self, session: Session) -> None:
        from audit_app.ui.catalogue import SCREENS
        from audit_app.ui.change_bus import ChangeBus
        from audit_app.ui.context import Context
        from audit_app.ui.idle import IdleWatch
        from audit_app.ui.importing.file_drop import FileDrop
        from audit_app.ui.places import HOME
        from audit_app.ui.screen import Place
        from audit_app.ui.workbench import Workbench

        parts = self._parts
        bus = ChangeBus(self)
        self._context = Context(
            session, parts.background, bus, parts.preferences, parts.messages, parts.theme
        )
        path = session.workspace.path
        self._bench = Workbench(self._context, SCREENS, path)
        self._bench.navigation.setVisible(not parts.preferences.flag(NAVIGATION_HIDDEN))
        self._bench.navigation.audit_case.connect(self.commands.audit_case)
        self._bench.navigation.lock.connect(self.lock)
        self._bench.moved.connect(self.commands.update)
        self._bench.elsewhere.connect(self._on_elsewhere)
        FileDrop(self._bench).dropped.connect(self._import)
        self._stack.addWidget(self._bench)
        self._stack.setCurrentWidget(self._bench)
        self.setWindowTitle(f"{path.stem} – {_TITLE}")
        place = self._return_to[1] if self._return_to and self._return_to[0] == path else Place(HOME)
        self._return_to = None
        self._bench.go(place)
        if self._bench.screen_shown is None:  # what was open is gone
            self._bench.go(Place(HOME))
        self._bench.enter()
        self.idle_watch = IdleWatch(parts.app, parts.preferences, parts.clock, self)
        self.idle_watch.idle.connect(self._on_idle)
        self.idle_watch.start()
        self.commands.update()
        self.unlocked.emit()

    # -- Locking -------------------------------------------------------------------------------------

    @Slot()
    def lock(self) -> None:
        """Write everything, close the workspace and ask for its passphrase."""
        if self._bench is not None:
            _close_what_is_in_front()
            # Later, so that a dialog that was open has returned to its caller before the session is closed.
            QTimer.singleShot(0, self._on_lock_now)

    @Slot()
    def _on_lock_now(self) -> None:
        bench, context = self._bench, self._context
        if bench is None or context is None:
            return
        place, path = bench.place(), context.session.workspace.path
        if self._leave_workspace():
            self._return_to = (path, place) if place else None
            self.open_screen.show_locked(path)
            self.locked.emit()

    def go_on_after(self, job: Callable[[Progress], Reopened], title: str, words: str) -> None:
        """Close the workspace, let ``job`` change its file, and go on at the same place in what it opens."""
        bench, context = self._bench, self._context
        if bench is None or context is None:
            return
        place, path = bench.place(), context.session.workspace.path
        if self._leave_workspace():
            self._return_to = (path, place) if place else None
            self.open_screen.work_on(path, job, title, words)
            self.locked.emit()

    @Slot()
    def _on_idle(self) -> None:
        if not self._parts.background.busy:  # somebody may be waiting for it
            self.lock()

    def _leave_workspace(self) -> bool:
        """Write what was typed, drop the screens, close the session; False where it cannot be written."""
        bench, context = self._bench, self._context
        if bench is None or context is None:
            return True
        try:
            bench.commit()
        except AppError as error:
            self._parts.messages.error(self, error)
            return False
        _close_what_is_in_front()
        if self.idle_watch is not None:
            self.idle_watch.stop()
            self.idle_watch.deleteLater()
            self.idle_watch = None
        self._parts.background.cancel_all()
        self._stack.setCurrentWidget(self.open_screen)
        self._stack.removeWidget(bench)
        bench.hide()
        bench.deleteLater()
        context.bus.deleteLater()
        self._bench = self._context = None
        context.session.close()
        self.setWindowTitle(_TITLE)
        self.commands.update()
        return True

    # -- Leaving -------------------------------------------------------------------------------------

    @Slot()
    def open_another(self) -> None:
        """Close this workspace and offer the others."""
        if self._leave_workspace():
            self._return_to = None
            self.open_screen.choose()
            self.locked.emit()

    @Slot(object)
    def _on_elsewhere(self, place: Place) -> None:
        from audit_app.ui.places import IMPORT, SAMPLE

        if place.screen == IMPORT:
            self._import(None)
        elif place.screen == SAMPLE and self._leave_workspace():
            self._return_to = None
            self.open_screen.choose()
            self.open_screen.open_sample()

    @Slot()
    def import_audits(self) -> None:
        """Import a spreadsheet that the person chooses."""
        self._import(None)

    @Slot(object)
    def _import(self, path: Path | None) -> None:
        """Import a spreadsheet: one that was dropped here, or one that the person chooses."""
        if self._context is None or QApplication.activeModalWidget() is not None:
            return
        from audit_app.ui.dialogs.import_dialog import ImportDialog

        place = ImportDialog.ask(self._context, self, path)
        if place is not None and self._bench is not None:
            self._bench.go(place)

    @Slot()
    def _on_painted(self) -> None:
        self.painted.emit()
        self._parts.theme.follow_system()
        self._parts.background.warm_up(self._parts.warm_up)
        self.setWindowIcon(self._parts.theme.icon("app", 64))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say when the window is there, so that what can wait begins only then."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._on_painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what was typed, stop the work in the background and close the workspace."""
        parts = self._parts
        if not self._leave_workspace() and not parts.messages.ask(
            self,
            "What you typed last could not be saved",
            "If the window is closed now, it is lost. Everything before it is kept.",
            "Close &without it",
            "&Go back",
            danger=True,
        ):
            event.ignore()
            return
        parts.background.stop()
        if self._context is not None:
            self._context.session.close()
        parts.preferences.set_state(_GEOMETRY, self.saveGeometry())
        parts.preferences.save()
        event.accept()


def _close_what_is_in_front() -> None:
    """Give up menus and dialogs, as Escape would."""
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
