"""Small marks that tell an answer without colour: tick, half, cross and dash."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


class Mark(StrEnum):
    """What is drawn in front of a choice that is taken, so that it is told by more than its ground."""

    TICK = "tick"
    HALF = "half"
    CROSS = "cross"
    DASH = "dash"


def draw_mark(painter: QPainter, area: QRectF, mark: Mark, colour: QColor) -> None:
    """Draw a mark to fill a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(1.5, area.width() * 0.17))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)

    def at(x: float, y: float) -> QPointF:
        return QPointF(area.x() + x * area.width(), area.y() + y * area.height())

    if mark is Mark.TICK:
        painter.drawPolyline(QPolygonF([at(0.1, 0.55), at(0.4, 0.85), at(0.92, 0.2)]))
    elif mark is Mark.CROSS:
        painter.drawLine(at(0.15, 0.15), at(0.85, 0.85))
        painter.drawLine(at(0.85, 0.15), at(0.15, 0.85))
    elif mark is Mark.DASH:
        painter.drawLine(at(0.1, 0.5), at(0.9, 0.5))
    else:
        circle = area.adjusted(
            area.width() * 0.06, area.width() * 0.06, -area.width() * 0.06, -area.width() * 0.06
        )
        painter.drawEllipse(circle)
        painter.setBrush(colour)
        painter.drawPie(circle, 90 * 16, 180 * 16)
    painter.restore()
