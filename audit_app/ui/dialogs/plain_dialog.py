"""A dialog of a few lines: a heading, what it holds, a row of buttons; as wide and high as its words need."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from audit_app.ui.roles import TextRole, set_text_role

_MARGIN = 80  # pixels of the screen left free, the frame of the window included
_BAR = 16  # room for a scroll bar


class PlainDialog(QDialog):
    """Add what it holds to ``column``; ``letters`` is how wide that is, so that it grows with the text."""

    def __init__(
        self, title: str, parent: QWidget | None = None, heading: str = "", letters: int = 60
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._letters = letters
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._content)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.setSpacing(16)
        if heading:
            outer.addWidget(set_text_role(QLabel(heading), TextRole.HEADING))
        outer.addWidget(self.area, 1)
        outer.addLayout(self.buttons)

    def add_close(self, text: str = "&Close") -> QPushButton:
        """Add the button that ends the dialog."""
        close = QPushButton(text)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
        return close

    def showEvent(self, event: QShowEvent) -> None:
        """Fit it to its words, as far as the screen allows: Qt alone would cut lines that wrap."""
        super().showEvent(event)
        letters = self._letters * self.fontMetrics().averageCharWidth()
        wide = max(letters, self.column.minimumSize().width())
        wraps = self.column.hasHeightForWidth()
        high = self.column.totalHeightForWidth(wide) if wraps else self.column.sizeHint().height()
        around = self.sizeHint() - self.area.sizeHint()
        room = self.screen().availableSize() - QSize(_MARGIN, _MARGIN)
        self.resize((QSize(wide + _BAR, high) + around).boundedTo(room))
