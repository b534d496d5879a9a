"""A field of a short form: its label above, its help and its error beneath, all told to a screen reader."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from audit_app.ui.labelled import announce, help_label, label_for
from audit_app.ui.roles import TextRole, set_text_role, set_wrong


class FormField(QWidget):
    """Holds one control, with a place beside it for what was refused."""

    def __init__(
        self, text: str, control: QWidget, help_text: str = "", beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.control = control
        self._help = help_text
        self._error = set_text_role(QLabel(), TextRole.ERROR)
        self._error.setWordWrap(True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label_for(control, text, help_text))
        column.addWidget(beside or control)
        if help_text:
            column.addWidget(help_label(help_text))
        column.addWidget(self._error)

    @property
    def error(self) -> str:
        """What is refused now, or blank."""
        return self._error.text()

    def show_error(self, sentence: str) -> None:
        """Say beside the field what was refused, and go there; blank takes it back."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        set_wrong(self.control, bool(sentence))
        self.control.setAccessibleDescription(f"{sentence} {self._help}".strip())
        if sentence:
            self.control.setFocus()
            announce(self.control, sentence)
