"""A sheet with a heading, and a banner with a sentence: the two surfaces that screens are built of."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.flow_layout import BesideLayout


class Card(QFrame):
    """A sheet; add what it holds to ``column``."""

    def __init__(self, theme: Theme, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, Surface.CARD)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        self.column.setSpacing(theme.space(2))
        if heading:
            self.column.addWidget(set_text_role(QLabel(heading), TextRole.HEADING))


class Banner(QFrame):
    """A sentence, and what to do about it: beside it, or beneath where there is no room."""

    def __init__(
        self, theme: Theme, surface: Surface, sentence: str, act: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_surface(self, surface)
        label = set_text_role(QLabel(sentence), TextRole.STRONG)
        label.setWordWrap(True)
        row = BesideLayout(theme.scaled(320), theme.space(3), self)
        row.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        row.addWidget(label)
        row.addWidget(act)
