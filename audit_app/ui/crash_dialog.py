"""Tells a person, once, that the program met a bug of its own; the details hold no case text."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from audit_app.ui.labelled import help_label, label_for
from audit_app.ui.roles import TextRole, set_text_role

_NOW = "Something went wrong in the program"
_NOW_WHAT = (
    "What you typed is kept up to the last pause. You can carry on, but it is safer to close the program and "
    "open it again."
)
_LAST_TIME = "The program stopped unexpectedly last time"
_LAST_TIME_WHAT = "What had been saved by then is kept. Nothing needs to be done."
_DETAILS_HELP = (
    "They say where in the program it happened, and hold nothing that you typed. Copy them for whoever looks "
    "after the program; they are not sent anywhere."
)


class CrashDialog(QDialog):
    """One sentence, what to do, and the details to copy."""

    def __init__(self, parent: QWidget | None, details: str, last_time: bool) -> None:
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
        title = set_text_role(QLabel(_LAST_TIME if last_time else _NOW), TextRole.HEADING)
        sentence = QLabel(_LAST_TIME_WHAT if last_time else _NOW_WHAT)
        sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(sentence)
        column.addSpacing(8)
        column.addWidget(label_for(self._details, "&Details", _DETAILS_HELP))
        column.addWidget(self._details)
        column.addWidget(help_label(_DETAILS_HELP))
        column.addSpacing(8)
        column.addLayout(buttons)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
        self._said.setText("Copied")
