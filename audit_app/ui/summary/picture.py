"""The summary as a picture to paste into a document: always dark on white, sharp in print."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from audit_app.core.form import Grade
from audit_app.core.sentences import DASH_NOTE, ROUNDING_NOTE, conclusions, heading
from audit_app.core.summary import OVERALL, Row, Summary
from audit_app.core.table import column_titles, row_cells, table_rows
from audit_app.ui.colours import LIGHT, grade_colours
from audit_app.ui.summary.summary_sheet import about_lines
from audit_app.ui.summary.summary_table import paint_shape_before, shape_room, two_lines
from audit_app.ui.widgets.stacked_bar import BarPart, paint_bar

_RATIO = 3.0
_MARGIN = 16.0
_PADDING = 8.0
_BAR = 190.0
_FLAGS = Qt.AlignmentFlag


def summary_picture(summary: Summary, font: QFont) -> QImage:
    """The heading, the conclusions and the table with its bars, at three pixels to one."""
    drawing = _Drawing(summary, font)
    image = QImage(
        round(drawing.width * _RATIO),
        round(drawing.height * _RATIO),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(_RATIO)
    image.fill(QColor(LIGHT.base))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.paint(painter)
    painter.end()
    return image


class _Drawing:
    """Measures once, then paints line by line from the top."""

    def __init__(self, summary: Summary, font: QFont) -> None:
        self._summary = summary
        self._font = QFont(font)
        self._font.setPixelSize(13)
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._large = QFont(self._bold)
        self._large.setPixelSize(17)
        self._rows = table_rows(summary)
        self._titles = column_titles(summary.form)
        self._cells = [row_cells(summary, row) for row in self._rows]
        self._line = QFontMetricsF(self._bold).height() * 1.7
        self._widths = [self._column(section) for section in range(len(self._titles))]
        self.width = sum(self._widths) + _BAR + 2 * _MARGIN
        self._before = (" · ".join(about_lines(summary)), *conclusions(summary))
        self._after = (ROUNDING_NOTE, *(() if all(row.graded for row in self._rows) else (DASH_NOTE,)))
        self.height = self._paint(None)

    def paint(self, painter: QPainter) -> None:
        """Paint all of it."""
        self._paint(painter)

    def _column(self, section: int) -> float:
        metrics = QFontMetricsF(self._bold)
        words = [*two_lines(self._titles[section]).split("\n"), *(cells[section] for cells in self._cells)]
        room = shape_room(self._bold) if self._grade(section) else 0
        return max(map(metrics.horizontalAdvance, words)) + room + 2 * _PADDING

    def _paint(self, painter: QPainter | None) -> float:
        """Paint, or only measure; returns how high it is."""
        top = self._paint_text(painter, _MARGIN, heading(self._summary), self._large, LIGHT.text)
        for text in self._before:
            top = self._paint_text(painter, top + 4, text, self._font, LIGHT.text)
        top = self._paint_heads(painter, top + 8)
        for row, cells in zip(self._rows, self._cells, strict=True):
            if painter is not None:
                self._paint_row(painter, top, row, cells)
            top += self._line
        for text in self._after:
            top = self._paint_text(painter, top + 6, text, self._font, LIGHT.quiet)
        return top + _MARGIN

    def _paint_text(self, painter: QPainter | None, top: float, text: str, font: QFont, colour: str) -> float:
        room = QRectF(_MARGIN, top, self.width - 2 * _MARGIN, 1_000)
        flags = _FLAGS.AlignLeft | _FLAGS.AlignTop | Qt.TextFlag.TextWordWrap
        needed = QFontMetricsF(font).boundingRect(room, int(flags), text)
        if painter is not None:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(room, int(flags), text)
        return top + needed.height()

    def _paint_heads(self, painter: QPainter | None, top: float) -> float:
        bottom = top + 2 * QFontMetricsF(self._bold).height() + 6
        if painter is not None:
            painter.setFont(self._bold)
            for section, area in enumerate(self._areas(top, bottom - top - 4)):
                self._paint_head(painter, area, section)
            self._rule(painter, bottom)
        return bottom

    def _paint_head(self, painter: QPainter, area: QRectF, section: int) -> None:
        words, grade = two_lines(self._titles[section]), self._grade(section)
        painter.setPen(QColor(LIGHT.quiet))
        side = _FLAGS.AlignRight if section else _FLAGS.AlignLeft
        painter.drawText(area, int(side | _FLAGS.AlignBottom), words)
        if grade is not None:
            ink = grade_colours(grade.id, dark=False).text
            paint_shape_before(painter, area, words, grade.shape, ink)

    def _grade(self, section: int) -> Grade | None:
        grades = self._summary.form.scale.grades
        return grades[section - 1] if 0 < section <= len(grades) else None

    def _paint_row(self, painter: QPainter, top: float, row: Row, cells: tuple[str, ...]) -> None:
        overall = row.id == OVERALL
        painter.setFont(self._bold if overall else self._font)
        if overall:
            self._rule(painter, top)
            self._rule(painter, top + self._line)
        painter.setPen(QColor(LIGHT.text))
        for section, area in enumerate(self._areas(top, self._line)):
            side = _FLAGS.AlignRight if section else _FLAGS.AlignLeft
            painter.drawText(area, int(side | _FLAGS.AlignVCenter), cells[section])
        bar = QRectF(self.width - _MARGIN - _BAR + _PADDING, top + 5, _BAR - _PADDING, self._line - 10)
        painter.setFont(self._font)
        paint_bar(painter, bar, self._parts(row), QColor(LIGHT.line))

    def _areas(self, top: float, height: float) -> list[QRectF]:
        """Where the words of each column go."""
        areas, left = [], _MARGIN
        for width in self._widths:
            areas.append(QRectF(left + _PADDING, top, width - 2 * _PADDING, height))
            left += width
        return areas

    def _parts(self, row: Row) -> list[BarPart]:
        parts = []
        for grade in self._summary.form.scale.grades:
            colours = grade_colours(grade.id, dark=False)
            parts.append(BarPart(row.grades[grade.id], grade.shape, colours.fill, colours.text))
        return parts

    def _rule(self, painter: QPainter, at: float) -> None:
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.drawLine(round(_MARGIN), round(at), round(self.width - _MARGIN), round(at))
