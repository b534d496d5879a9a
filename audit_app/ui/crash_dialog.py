"""Tells a person, once, that the program met a bug of its own; the details hold no case text."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.errors import AppError
from audit_app.crash import CrashRecorder
from audit_app.ui.labelled import help_label, label_for
from audit_app.ui.messages import Messages
from audit_app.ui.roles import TextRole, set_text_role

NOW = "Something went wrong in the program"
NOW_WHAT = (
    "What you typed is kept up to the last pause. You can carry on, but it is safer to close the program and "
    "open it again."
)
LAST_TIME = "The program stopped unexpectedly last time"
LAST_TIME_WHAT = "What had been saved by then is kept. Nothing needs to be done."
DETAILS_HELP = (
    "They say where in the program it happened, and hold nothing that you typed. Copy them for whoever looks "
    "after the program; they are not sent anywhere."
)


class CrashDialog(QDialog):
    """One sentence, what to do, and the details to copy."""

    def __init__(self, parent: QWidget | None, heading: str, what: str, details: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Audit App")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setMinimumSize(460, 140)
        copy = QPushButton("C&opy details")
        copy.clicked.connect(self._copy)
        close = QPushButton("&Carry on")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self._said = QLabel("")
        set_text_role(self._said, TextRole.QUIET)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(self._said)
        buttons.addStretch()
        buttons.addWidget(close)
        title = set_text_role(QLabel(heading), TextRole.HEADING)
        sentence = QLabel(what)
        sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(sentence)
        column.addSpacing(8)
        column.addWidget(label_for(self._details, "&Details", DETAILS_HELP))
        column.addWidget(self._details)
        column.addWidget(help_label(DETAILS_HELP))
        column.addSpacing(8)
        column.addLayout(buttons)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
        self._said.setText("Copied")


class CrashTeller(QObject):
    """Brings what the recorder catches, on whatever thread, to a window in the GUI thread."""

    _met = Signal(object)  # BaseException

    def __init__(self, recorder: CrashRecorder, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self._messages = messages
        self._shown = False
        # Queued: where the error is met, a paint or a model may be in the middle of its work.
        self._met.connect(self._on_met, Qt.ConnectionType.QueuedConnection)
        recorder.told = self.tell

    def tell(self, error: BaseException) -> None:
        """Record an error where it happened, and tell it in the GUI thread later; a bug is told once."""
        if not isinstance(error, AppError):
            self._recorder.record(error)
        self._met.emit(error)

    @Slot(object)
    def _on_met(self, error: BaseException) -> None:
        if isinstance(error, AppError):
            # A person's situation that no screen expected is still theirs to mend.
            self._messages.error(QApplication.activeWindow(), error)
        elif not self._shown:
            self._shown = True
            self._show(NOW, NOW_WHAT)

    def offer_last(self, parent: QWidget) -> None:
        """Offer what the last run left behind, if anything."""
        if self._recorder.waiting():
            self._show(LAST_TIME, LAST_TIME_WHAT, parent)

    def _show(self, heading: str, what: str, parent: QWidget | None = None) -> None:
        details = self._recorder.waiting()
        dialog = CrashDialog(parent or QApplication.activeWindow(), heading, what, details)
        self._recorder.forget()
        dialog.open()
