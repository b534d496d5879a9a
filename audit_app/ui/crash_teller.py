"""Brings a bug of ours, met on whatever thread, to one window in the GUI thread."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from audit_app.core.errors import AppError
from audit_app.crash import CrashRecorder
from audit_app.ui.messages import Messages


class CrashTeller(QObject):
    """Brings what the recorder catches, on whatever thread, to a window in the GUI thread."""

    _met = Signal(object)  # BaseException

    def __init__(self, recorder: CrashRecorder, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._recorder = recorder
        self._messages = messages
        self._shown = False
        self._waiting: list[BaseException] = []
        self._met.connect(self._on_met)
        recorder.told = self.tell

    def tell(self, error: BaseException) -> None:
        """Record an error where it happened, and tell it in the GUI thread later; a bug is told once."""
        if not isinstance(error, AppError):
            self._recorder.record(error)
        self._met.emit(error)

    @Slot(object)
    def _on_met(self, error: BaseException) -> None:
        # Later: where the error was met, a paint or a model may be in the middle of its work.
        self._waiting.append(error)
        QTimer.singleShot(0, self._tell_next)

    @Slot()
    def _tell_next(self) -> None:
        error = self._waiting.pop(0)
        if isinstance(error, AppError):
            # A person's situation that no screen expected is still theirs to mend.
            self._messages.error(QApplication.activeWindow() or self._window, error)
        elif not self._shown:
            self._shown = True
            self._show(last_time=False)

    @Slot()
    def offer_last(self) -> None:
        """Offer what the last run left behind, if anything."""
        if self._recorder.waiting():
            self._show(last_time=True)

    def _show(self, last_time: bool) -> None:
        from audit_app.ui.crash_dialog import CrashDialog

        parent = QApplication.activeWindow() or self._window
        dialog = CrashDialog(parent, self._recorder.waiting(), last_time)
        self._recorder.forget()
        dialog.open()
