"""Notices that nobody has touched the window for a while, so that it can lock itself."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from audit_app.ui.preferences import Preferences

_CHECK_EVERY = 5_000  # milliseconds
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Emits ``idle`` when no key or mouse has been used for as long as the preferences say.

    ``clock`` gives seconds. It is the wall clock: a laptop that slept past the time locks when it wakes, and
    one whose clock was put back waits for no more than the time from then.
    """

    idle = Signal()

    def __init__(
        self,
        app: QApplication,
        preferences: Preferences,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._preferences = preferences
        self._clock = clock
        self._touched = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_EVERY)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Begin to watch, from now."""
        self.touch()
        self._app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody, or work they are waiting for, is there."""
        self._touched = self._clock()

    @Slot()
    def check(self) -> None:
        """Emit ``idle`` when it is time."""
        self._touched = min(self._touched, self._clock())
        if self._clock() - self._touched >= self._preferences.lock_minutes * 60:
            self.touch()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._clock()
        return False
