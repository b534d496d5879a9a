"""How wide the columns of a table are that nobody gave a width: as their words need, and as there is room."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QFont, QFontMetrics

from audit_app.ui.models.rows_model import RowsModel
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.row_painter import PADDING, mark_width

_LAST_CHARS = 18  # the last column takes what is left over, so it may begin narrow


class ColumnFit:
    """Measures the first rows of a model."""

    def __init__(self, model: RowsModel[Any], theme: Theme) -> None:
        self._model = model
        self._theme = theme

    def widths(self, font: QFont, shown: Sequence[int], kept: Mapping[int, int], room: int) -> dict[int, int]:
        """The width of each column that is shown; ``kept`` are those that the person chose.

        What room is left goes to columns whose words were cut off, from left to right.
        """
        found = {section: kept.get(section) or self._least(section, font, shown[-1]) for section in shown}
        left = room - sum(found.values())
        for section in shown[:-1]:
            if section not in kept and left > 0:
                wider = min(left, max(0, self._whole(section, font) - found[section]))
                found[section] += wider
                left -= wider
        return found

    def _least(self, section: int, font: QFont, last: int) -> int:
        """As wide as the words, but no wider than the column wants to be, and never cutting its heading."""
        chars = self._model.columns[section].chars
        chars = min(chars, _LAST_CHARS) if section == last else chars
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        arrow = metrics.height() * 2 // 3
        heading = QFontMetrics(bold).horizontalAdvance(self._model.columns[section].header) + arrow
        most = chars * metrics.averageCharWidth() + self._mark(section)
        return max(min(self._words(section, font), most), heading) + 2 * PADDING + 2

    def _whole(self, section: int, font: QFont) -> int:
        return self._words(section, font) + 2 * PADDING + 2

    def _words(self, section: int, font: QFont) -> int:
        metrics = QFontMetrics(font)
        widest = max(map(metrics.horizontalAdvance, self._model.longest(section)), default=0)
        return widest + self._mark(section)

    def _mark(self, section: int) -> int:
        return mark_width(self._theme) if self._model.columns[section].mark else 0
