"""Paints the rows of a table: what Qt's own delegates would take three times as long for."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen

from audit_app.ui.models.rows_model import RowsModel
from audit_app.ui.theme import Theme

PADDING = 8  # left and right of a cell's words, as in the headings
_GAP = 6  # between a shape and the words
_ICON = 14
_MOST_WIDTHS = 20_000
# Numbers, because putting flags together for every cell takes a fifth of the time.
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_LEFT = int(Qt.AlignmentFlag.AlignLeft) | _MIDDLE
_RIGHT = int(Qt.AlignmentFlag.AlignRight) | _MIDDLE


def mark_width(theme: Theme) -> int:
    """The room for a shape before the words of a cell."""
    return theme.scaled(_ICON) + _GAP


@dataclass(frozen=True, slots=True)
class Span:
    """A column on the screen."""

    section: int
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands: where, whether selected, whether the keys go to it."""

    area: QRect
    selected: bool
    current: bool


class RowPainter:
    """Draws one row after the other with what the palette and the theme have now."""

    def __init__(self, model: RowsModel[Any], theme: Theme) -> None:
        self._model = model
        self._theme = theme
        self._widths: dict[str, int] = {}

    def forget_widths(self) -> None:
        """The font is another one."""
        self._widths.clear()

    def paint(
        self, painter: QPainter, palette: QPalette, row: int, look: RowLook, columns: list[Span]
    ) -> None:
        """Draw a row: its ground, its cells and, where the keys go to it, a ring."""
        role = QPalette.ColorRole
        ground = palette.color(role.Highlight) if look.selected else None
        if ground is not None:
            painter.fillRect(look.area, ground)
        painter.setPen(palette.color(role.HighlightedText if look.selected else role.Text))
        metrics = painter.fontMetrics()
        for span in columns:
            self._paint_cell(painter, metrics, row, span, look.area)
        if look.current:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1))
            painter.drawRect(look.area.adjusted(0, 0, -1, -1))

    def _paint_cell(
        self, painter: QPainter, metrics: QFontMetrics, row: int, span: Span, area: QRect
    ) -> None:
        left, width = span.left + PADDING, span.width - 2 * PADDING
        icon = self._model.icon(row, span.section)
        if icon is not None:
            side = self._theme.scaled(_ICON)
            icon.paint(painter, QRect(left, area.top(), side, area.height()))
            left, width = left + mark_width(self._theme), width - mark_width(self._theme)
        words = self._model.words(row, span.section)
        if not words or width <= 0:
            return
        for start, end in self._model.found(row, span.section):
            self._paint_found(
                painter, metrics, QRect(left, area.top(), width, area.height()), words, start, end
            )
        if self._width(metrics, words) > width:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        flags = _RIGHT if self._model.columns[span.section].right else _LEFT
        painter.drawText(left, area.top(), width, area.height(), flags, words)

    def _paint_found(
        self, painter: QPainter, metrics: QFontMetrics, room: QRect, words: str, start: int, end: int
    ) -> None:
        """Underline a part of the words on a ground of its own, as far as there is room for it."""
        left = room.left() + metrics.horizontalAdvance(words[:start])
        width = min(metrics.horizontalAdvance(words[start:end]), room.right() - left)
        if width > 0:
            line = metrics.height()
            ground = QRect(left, room.center().y() - line // 2, width, line)
            painter.fillRect(ground, QColor(self._theme.colours.warning_ground))
            painter.fillRect(left, ground.bottom(), width, 2, QColor(self._theme.colours.warning_line))

    def _width(self, metrics: QFontMetrics, words: str) -> int:
        known = self._widths.get(words)
        if known is None:
            if len(self._widths) >= _MOST_WIDTHS:
                self._widths.clear()
            known = self._widths[words] = metrics.horizontalAdvance(words)
        return known
