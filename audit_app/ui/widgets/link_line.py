"""A sentence that leads somewhere, over as many lines as it needs, which a push button cannot do."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from audit_app.ui.theme import Theme

_FLAGS = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignVCenter.value


class LinkLine(QAbstractButton):
    """Pressed with the mouse, Space or Enter."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pad = theme.space(1) + 2
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self.setText(sentence.replace("&", "&&"))  # no letter of it is a mnemonic
        self.setAccessibleName(sentence)
        self.updateGeometry()

    # -- Qt's own ----------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Narrow is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines, and room for the ring of the focus."""
        inner = QRect(0, 0, width - 2 * self._pad, 100_000)
        return self.fontMetrics().boundingRect(inner, _FLAGS, self.accessibleName()).height() + 2 * self._pad

    def sizeHint(self) -> QSize:
        """All on one line."""
        words = self.fontMetrics().horizontalAdvance(self.accessibleName())
        return QSize(words + 2 * self._pad + 1, self.fontMetrics().height() + 2 * self._pad)

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(self.fontMetrics().averageCharWidth() * 16, self.fontMetrics().height() + 2 * self._pad)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words in the accent, underlined when pointed at, with a ring when it has the focus."""
        accent = QColor(self._theme.colours.accent)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        font = self.font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(accent)
        area = self.rect().adjusted(self._pad, self._pad, -self._pad, -self._pad)
        painter.drawText(area, _FLAGS, self.accessibleName())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
