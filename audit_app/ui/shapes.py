"""Draws the shape of each grade, sharp at any size; the fonts at hand do not all have them."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

from audit_app.core.form import Shape

GRADE_SHAPES = {
    "outstanding": Shape.STAR,
    "good": Shape.CIRCLE,
    "requires_improvement": Shape.TRIANGLE,
    "inadequate": Shape.SQUARE,
}


def draw_shape(painter: QPainter, area: QRectF, shape: Shape | None, colour: QColor) -> None:
    """Draw a shape to fill the square in the middle of ``area``; None (not graded) is a short line."""
    side = min(area.width(), area.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(area.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape is Shape.CIRCLE:
        inset = side * 0.06
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    elif shape is Shape.SQUARE:
        inset = side * 0.11
        painter.drawRect(box.adjusted(inset, inset, -inset, -inset))
    elif shape is Shape.TRIANGLE:
        painter.drawPolygon(_corners(box, (0.5, 0.06), (0.98, 0.92), (0.02, 0.92)))
    elif shape is Shape.STAR:
        painter.drawPolygon(_star(box))
    else:
        line = QRectF(0, 0, side * 0.7, max(1.5, side * 0.14))
        line.moveCenter(box.center())
        painter.drawRect(line)
    painter.restore()


def shape_icon(shape: Shape | None, colour: QColor, size: int) -> QIcon:
    """The shape as an icon of ``size`` logical pixels, drawn for screens of up to three pixels to one."""
    icon = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw_shape(painter, QRectF(0, 0, size, size), shape, colour)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _corners(box: QRectF, *at: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in at])


def _star(box: QRectF) -> QPolygonF:
    centre, outer = box.center(), box.width() / 2
    points = []
    for corner in range(10):
        radius = outer if corner % 2 == 0 else outer * 0.45
        angle = pi * corner / 5
        points.append(
            QPointF(centre.x() + radius * sin(angle), centre.y() + outer * 0.05 - radius * cos(angle))
        )
    return QPolygonF(points)
