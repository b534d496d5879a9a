"""Tells a person, once, that the program met a bug of its own; the details hold no case text."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from audit_app.ui.dialogs.plain_dialog import PlainDialog
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


class CrashDialog(PlainDialog):
    """One sentence, what to do, and the details to copy."""

    def __init__(self, parent: QWidget | None, details: str, last_time: bool) -> None:
        super().__init__("Audit App", parent, _LAST_TIME if last_time else _NOW, letters=76)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sentence = QLabel(_LAST_TIME_WHAT if last_time else _NOW_WHAT)
        sentence.setWordWrap(True)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        label = label_for(self._details, "&Details", _DETAILS_HELP)
        for widget in (sentence, label, self._details, help_label(_DETAILS_HELP)):
            self.column.addWidget(widget)
        copy = QPushButton("C&opy details")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        self._said = set_text_role(QLabel(), TextRole.QUIET)
        self.buttons.insertWidget(0, copy)
        self.buttons.insertWidget(1, self._said)
        self.add_close("&Carry on").setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
        self._said.setText("Copied")
