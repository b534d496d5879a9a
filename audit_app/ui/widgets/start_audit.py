"""Begins an audit: asks for a case's reference and nothing else."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from audit_app.core.errors import AppError
from audit_app.ui.context import Context
from audit_app.ui.roles import ButtonRole, set_button_role
from audit_app.ui.screen import Place
from audit_app.ui.widgets.form_field import FormField


class StartAudit(QWidget):
    """``started`` carries the Place of the audit: a new one, or the person's draft of that case."""

    started = Signal(object)

    def __init__(self, context: Context, button: str = "&Start", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("For example 2024-0117")
        self._button = QPushButton(button)
        set_button_role(self._button, ButtonRole.PRIMARY)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(context.theme.space(2))
        row.addWidget(self._edit, 1)
        row.addWidget(self._button)
        self._field = FormField(
            "Case &reference", self._edit, "The authority’s reference. Never a name.", beside=beside
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        self.setFocusProxy(self._edit)
        self._edit.returnPressed.connect(self._start)
        self._edit.textEdited.connect(self._on_edited)
        self._button.clicked.connect(self._start)

    @Slot()
    def _start(self) -> None:
        if not self._edit.text().strip():
            self._field.show_error("Type the reference of the case.")
            return
        try:
            audit_id, changes = self._context.session.audits.start(self._edit.text())
        except AppError as error:
            self._field.show_error(error.sentence)
            return
        self._edit.clear()
        self._context.bus.publish(changes)
        self.started.emit(Place("grading", audit_id=audit_id))

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        if self._field.error:
            self._field.show_error("")
            self._edit.setFocus()
