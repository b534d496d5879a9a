"""A line of words that is shortened where there is no room for it, and whole when pointed at."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

_LEAST = 8  # characters


class ElidedLabel(QLabel):
    """A label that may be narrower than its words."""

    def show_words(self, words: str) -> None:
        """Show other words, as they are: no letter of them is a mnemonic."""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.setToolTip(words)

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(self.fontMetrics().averageCharWidth() * _LEAST, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As many words as fit."""
        painter = QPainter(self)
        area = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, self.alignment(), words)
        painter.end()
