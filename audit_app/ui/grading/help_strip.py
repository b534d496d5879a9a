"""What the form says to help with a field, shown on F1 above the grades for as long as it is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from audit_app.ui.grading.field_widget import FieldWidget
from audit_app.ui.grading.step_page import StepPage
from audit_app.ui.labelled import announce
from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role
from audit_app.ui.theme import Theme

NO_HELP = "The form says nothing more about this."


class HelpStrip(QFrame):
    """Follows the focus while it is shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, Surface.NOTICE)
        self._what = set_text_role(QLabel(), TextRole.STRONG)
        self._text = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(3), theme.space(1), theme.space(3), theme.space(1))
        column.setSpacing(theme.space(1))
        for label in (self._what, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, blank while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_for(self, field: FieldWidget | None, page: StepPage, *, aloud: bool) -> None:
        """Show the help for a field, or for the step where the focus is in none of its fields.

        ``aloud`` where the person asked for it just now.
        """
        if field is not None and field.key in page.fields:
            self._show(field.field.label, field.help_text, aloud)
        else:
            self._show(page.step.title, page.about, aloud)

    def _show(self, what: str, text: str, aloud: bool) -> None:
        self._what.setText(what)
        self._text.setText(text or NO_HELP)
        self.show()
        if aloud:
            announce(self, f"{what}. {self._text.text()}")
