"""Audit a case, from anywhere in the window."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from audit_app.ui.context import Context
from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.screen import Place
from audit_app.ui.widgets.start_audit import StartAudit


class AuditCaseDialog(PlainDialog):
    """Asks for a reference; ``place`` is where the audit is once it was accepted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Audit a case", parent, "Audit a case", letters=52)
        self.place: Place | None = None
        self._start = StartAudit(context)
        self._start.started.connect(self._on_started)
        self.column.addWidget(self._start)
        cancel = QPushButton("&Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.buttons.addWidget(cancel)
        self._start.setFocus()

    @classmethod
    def ask(cls, context: Context, parent: QWidget) -> Place | None:
        """Where the audit is that a person began, or None."""
        dialog = cls(context, parent)
        dialog.exec()
        place = dialog.place
        dialog.deleteLater()
        return place

    @Slot(object)
    def _on_started(self, place: Place) -> None:
        self.place = place
        self.accept()
