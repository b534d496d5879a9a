"""A radio button that paints itself: the part that answers, grades and their keys have in common."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from audit_app.ui.theme import Theme

RING = 2.0  # the width of the focus ring; as wide again is the gap between it and the button
_RADIUS = 6.0


class PaintedRadio(QRadioButton):
    """A radio button to a screen reader, and a button to the eye.

    It answers to Space and Enter; arrows and letters go on to the row it stands in.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._read_only = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_read_only(self, read_only: bool) -> None:
        """Refuse to change, while it can still be reached and read."""
        self._read_only = read_only
        self.update()

    @property
    def read_only(self) -> bool:
        """Whether it refuses to change."""
        return self._read_only

    def paint_ground(
        self, painter: QPainter, fill: QColor | None, line: QColor, width: float = 1.0
    ) -> QRectF:
        """Paint the ring of the focus, the ground and the edge; what comes back is the room inside."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.hasFocus():
            ring = whole.adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.colours.accent), RING))
            painter.drawRoundedRect(ring, _RADIUS + RING, _RADIUS + RING)
        inset = 1.5 * RING + width / 2
        box = whole.adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(line, width))
        painter.setBrush(fill or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        return box

    # -- Qt's own ----------------------------------------------------------------------------------

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802
        """All of it can be pressed."""
        return self.rect().contains(pos)

    def nextCheckState(self) -> None:  # noqa: N802
        """Pressed: chosen, unless it is read-only."""
        if not self._read_only:
            super().nextCheckState()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose; everything else is the row's."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Nothing waits for a release."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


def move_focus(group: QButtonGroup, by: int) -> bool:
    """Move the focus to the next or previous button of a row; False when there is none that way."""
    buttons = group.buttons()
    now = next((index for index, button in enumerate(buttons) if button.hasFocus()), None)
    if now is None or not 0 <= now + by < len(buttons):
        return False
    reason = Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
    buttons[now + by].setFocus(reason)
    return True


def check_only(group: QButtonGroup, index: int | None) -> None:
    """Show one button of a row as chosen, or none, and let Tab stop there, or at the first."""
    buttons = group.buttons()
    group.setExclusive(False)
    for at, button in enumerate(buttons):
        button.setChecked(at == index)
        stops = at == (index or 0)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)
    group.setExclusive(True)
