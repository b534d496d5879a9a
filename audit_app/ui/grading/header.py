"""The head of an audit: case, programme, form and state, and what can be shown beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.audit import Audit
from audit_app.core.form import Form
from audit_app.core.programme import Programme
from audit_app.ui.labelled import name_button
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.elided_label import ElidedLabel


class AuditHeader(QWidget):
    """One line, or a few where text is large."""

    history = Signal()
    descriptors = Signal()
    help = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reference = ElidedLabel()
        set_text_role(self._reference, TextRole.TITLE)
        self._about = set_text_role(QLabel(), TextRole.QUIET)
        self._about.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._reference)
        words.addWidget(self._about)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(1))
        row.setSpacing(theme.space(1))
        row.addLayout(words, 1)
        self._descriptors = self._tool("Descriptors", "Show or hide what the grades mean", "Ctrl+D")
        self._help = self._tool("Help", "Show or hide the help for each field", "F1")
        self._history = self._tool("History…", "Who changed what in this audit, and when", "")
        for button, signal in (
            (self._descriptors, self.descriptors),
            (self._help, self.help),
            (self._history, self.history),
        ):
            row.addWidget(button)
            button.clicked.connect(signal)
        self._descriptors.setCheckable(True)
        self._help.setCheckable(True)

    def show_audit(self, audit: Audit, programme: Programme, form: Form) -> None:
        """Show another audit, or the same in another state."""
        self._reference.show_words(audit.reference)
        state = "Imported" if audit.imported else audit.state.label
        parts = (programme.title, f"{form.title}, version {form.version}", audit.auditor.name, state)
        self._about.setText(" · ".join(part for part in parts if part))

    def show_descriptors(self, possible: bool, shown: bool) -> None:
        """Whether the step has descriptors, and whether they are shown."""
        self._descriptors.setEnabled(possible)
        self._descriptors.setChecked(possible and shown)

    def show_help(self, shown: bool) -> None:
        """Whether help is shown."""
        self._help.setChecked(shown)

    @staticmethod
    def _tool(words: str, tip: str, shortcut: str) -> QPushButton:
        button = QPushButton(words)
        set_button_role(button, ButtonRole.FLAT)
        name_button(button, words.rstrip("…"), tip, shortcut)
        return button
