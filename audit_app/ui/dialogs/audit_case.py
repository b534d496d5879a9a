"""Audit a case, from anywhere in the window."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.ui.context import Context
from audit_app.ui.roles import TextRole, set_text_role
from audit_app.ui.screen import Place
from audit_app.ui.widgets.start_audit import StartAudit


class AuditCaseDialog(QDialog):
    """Asks for a reference; ``place`` is where the audit is once it was accepted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Audit a case")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.place: Place | None = None
        self._start = StartAudit(context)
        self._start.started.connect(self._on_started)
        cancel = QPushButton("&Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(set_text_role(QLabel("Audit a case"), TextRole.HEADING))
        column.addWidget(self._start)
        column.addLayout(row)
        self.setMinimumWidth(420)
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
