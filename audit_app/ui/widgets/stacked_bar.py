"""Paints how a row's grades divide: a bar of segments, each with its grade's shape and count."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from audit_app.core.form import Shape
from audit_app.core.words import number
from audit_app.ui.shapes import draw_shape

_RADIUS = 3.0


@dataclass(frozen=True, slots=True)
class BarPart:
    """A segment: how many, and how its grade looks."""

    count: int
    shape: Shape
    fill: QColor
    ink: QColor


def paint_bar(painter: QPainter, area: QRectF, parts: Sequence[BarPart], line: QColor) -> None:
    """Draw the segments over the whole area, each as wide as its count; nothing where all are 0."""
    total = sum(part.count for part in parts)
    if not total or area.width() < 8:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = area.left()
    for part in parts:
        if part.count:
            width = area.width() * part.count / total
            _paint_part(painter, QRectF(left, area.top(), width, area.height()), part)
            left += width
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, 1))
    painter.drawRoundedRect(area, _RADIUS, _RADIUS)
    painter.restore()


def _paint_part(painter: QPainter, area: QRectF, part: BarPart) -> None:
    painter.fillRect(area, part.fill)
    painter.setPen(QPen(part.ink, 1))
    painter.drawLine(area.topRight(), area.bottomRight())
    metrics = QFontMetricsF(painter.font(), painter.device())
    side, words = metrics.height() * 0.55, number(part.count)
    wanted = side + 4 + metrics.horizontalAdvance(words)
    shape_only = wanted + 6 > area.width()
    if side + 4 > area.width():
        return
    left = area.center().x() - (side if shape_only else wanted) / 2
    draw_shape(painter, QRectF(left, area.center().y() - side / 2, side, side), part.shape, part.ink)
    if not shape_only:
        painter.setPen(part.ink)
        beside = QRectF(left + side + 4, area.top(), area.right() - left - side - 4, area.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
