"""Asks why something is put on hold."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.labelled import help_label
from audit_app.ui.roles import ButtonRole, set_button_role
from audit_app.ui.widgets.form_field import FormField


class HoldDialog(PlainDialog):
    """``reason`` is what was typed, once the dialog was accepted."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__("Put on hold", parent, f"Put {what} on hold", letters=56)
        self.reason_edit = QLineEdit()
        self._reason = FormField(
            "&Reason", self.reason_edit, "For whoever looks at it later; with your name."
        )
        self.column.addWidget(
            help_label("What is on hold is kept, whatever its period, until it is released.")
        )
        self.column.addWidget(self._reason)
        cancel = QPushButton("&Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        hold = QPushButton("Put on &hold")
        set_button_role(hold, ButtonRole.PRIMARY)
        hold.setDefault(True)
        hold.clicked.connect(self._on_hold)
        self.buttons.addWidget(cancel)
        self.buttons.addWidget(hold)
        self.reason_edit.setFocus()

    @property
    def reason(self) -> str:
        """Why."""
        return self.reason_edit.text().strip()

    @classmethod
    def ask(cls, what: str, parent: QWidget) -> str | None:
        """The reason, or None where the person gave up."""
        dialog = cls(what, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        reason = dialog.reason
        dialog.deleteLater()
        return reason if accepted else None

    @Slot()
    def _on_hold(self) -> None:
        if not self.reason:
            self._reason.show_error("Say why it is kept: whoever looks at it later needs the reason.")
            return
        self.accept()
