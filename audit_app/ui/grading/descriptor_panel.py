"""What each grade means in this domain, to be read while writing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from audit_app.core.form import Domain, Form
from audit_app.ui.labelled import name
from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.grade_badge import GradeHeading


class DescriptorPanel(QScrollArea):
    """One card per grade, best first; the one that is given is marked."""

    def __init__(self, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll what does not fit
        self.viewport().setAutoFillBackground(False)
        sheet = QWidget()
        sheet.setAutoFillBackground(False)
        column = QVBoxLayout(sheet)
        gap = theme.space(3)
        column.setContentsMargins(theme.space(2), gap, theme.space(2), gap)
        column.setSpacing(theme.space(2))
        self._title = set_text_role(QLabel(), TextRole.HEADING)
        self._title.setWordWrap(True)
        column.addWidget(self._title)
        self._cards: dict[str, tuple[GradeHeading, QLabel]] = {}
        for grade in form.scale.grades:
            card = QFrame()
            set_surface(card, Surface.CARD)
            lines = QVBoxLayout(card)
            lines.setContentsMargins(theme.space(2), theme.space(2), theme.space(2), theme.space(2))
            lines.setSpacing(theme.space(1))
            heading = GradeHeading(grade, theme)
            text = QLabel()
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            lines.addWidget(heading)
            lines.addWidget(text)
            column.addWidget(card)
            self._cards[grade.id] = (heading, text)
        column.addStretch()
        self.setWidget(sheet)

    def show_domain(self, domain: Domain, grade_id: str) -> None:
        """Show another domain's descriptors, and which grade is given."""
        title = f"What the grades mean: {domain.title}"
        if title != self._title.text():
            self._title.setText(title)
            said = [
                f"{self._form.scale.grade(key).title}: {text}" for key, text in domain.descriptors.items()
            ]
            name(self, title, " ".join(said))
            self.verticalScrollBar().setValue(0)
            for key, (_heading, text) in self._cards.items():
                text.setText(domain.descriptors.get(key, ""))
        for key, (heading, _text) in self._cards.items():
            heading.set_given(key == grade_id)
