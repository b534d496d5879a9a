"""A dialog of a few lines: a heading, what it holds, a row of buttons; as wide and high as its words need."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.ui.roles import TextRole, set_text_role


class PlainDialog(QDialog):
    """Add what it holds to ``column``; ``letters`` is how wide that is, so that it grows with the text."""

    def __init__(
        self, title: str, parent: QWidget | None = None, heading: str = "", letters: int = 60
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._letters = letters
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.setSpacing(16)
        if heading:
            outer.addWidget(set_text_role(QLabel(heading), TextRole.HEADING))
        outer.addLayout(self.column, 1)
        outer.addLayout(self.buttons)

    def add_close(self, text: str = "&Close") -> QPushButton:
        """Add the button that ends the dialog."""
        close = QPushButton(text)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
        return close

    def showEvent(self, event: QShowEvent) -> None:
        """Fit it to its words: Qt alone would cut lines that wrap."""
        super().showEvent(event)
        layout = self.layout()
        if layout is None:
            return
        width = max(self._letters * self.fontMetrics().averageCharWidth(), layout.sizeHint().width())
        room = self.screen().availableSize()
        width = min(width, room.width() - 80)
        height = max(layout.totalHeightForWidth(width), layout.sizeHint().height())
        self.resize(width, min(height, room.height() - 80))
