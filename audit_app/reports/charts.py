"""The charts, each drawn once: as it is in the PDF, so it is on the screen."""

from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, Group, Path, Polygon, Rect, Shape, String
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from audit_app.core.form import Grade, GradeScale
from audit_app.core.form import Shape as GradeShape
from audit_app.core.summary import Row, Summary
from audit_app.core.table import row_title, table_rows
from audit_app.core.words import number
from audit_app.reports.inks import INK, LINE, QUIET, GradeInk, Pattern, grade_ink
from audit_app.reports.pdf_fonts import REGULAR, SEMIBOLD, PdfText, register_fonts, shortened

BAR_HEIGHT = 12.0
LABEL_SIZE = 8.0  # whole sizes: Qt rounds the sizes of fonts in SVG
_GAP = 0.8  # between segments: white paper, so that neighbours part in grey
_NARROWEST = 1.5  # a single audit among thousands is still to be seen
_TITLE_WIDTH = 150.0
_COUNT_WIDTH = 44.0
_ROW_HEIGHT = 24.0
_TEXT_SIZE = 9.0
_Anchor = Literal["start", "middle", "end"]


def bar_drawing(row: Row, scale: GradeScale, width: float, height: float = BAR_HEIGHT) -> Drawing:
    """A row's stacked bar alone, ``width`` by ``height`` points, best grade first."""
    register_fonts()
    drawing = Drawing(width, height)
    for shape in _bar(row, scale, 0, 0, width, height):
        drawing.add(shape)
    return drawing


def legend_drawing(scale: GradeScale, width: float) -> Drawing:
    """What each pattern and shape stands for, in one line where ``width`` allows, else in several."""
    register_fonts()
    lines = _legend_lines(scale, width)
    drawing = Drawing(width, len(lines) * 14.0)
    for shape in _legend(lines, drawing.height):
        drawing.add(shape)
    return drawing


def shape_drawing(grade: Grade, size: float) -> Drawing:
    """A grade's shape alone, in its dark colour, ``size`` points square."""
    drawing = Drawing(size, size)
    ink = grade_ink(grade.shape)
    drawing.add(_grade_shape(grade.shape, size / 2, size / 2, size, ink.dark))
    return drawing


def summary_drawing(summary: Summary, width: float = 500) -> Drawing:
    """The whole table as stacked bars: for each row its title, its bar and how many were graded."""
    register_fonts()
    rows = table_rows(summary)
    scale = summary.form.scale
    lines = _legend_lines(scale, width)
    legend_height = len(lines) * 14.0 + 10
    drawing = Drawing(width, legend_height + len(rows) * _ROW_HEIGHT + 2)
    for shape in _legend(lines, drawing.height):
        drawing.add(shape)
    drawing.add(_text(width, drawing.height - 10, "Graded", LABEL_SIZE, QUIET, anchor="end"))
    top = drawing.height - legend_height
    for row in rows:
        top -= _ROW_HEIGHT
        for shape in _chart_row(summary, row, top, width):
            drawing.add(shape)
    return drawing


# Parts


def _chart_row(summary: Summary, row: Row, y: float, width: float) -> Iterator[Shape]:
    """One row of the chart, ``_ROW_HEIGHT`` high, its bottom at ``y``; the overall has a rule above it."""
    overall = row is summary.overall
    font = SEMIBOLD if overall else REGULAR
    if overall:
        yield _rect(0, y + _ROW_HEIGHT - 0.5, width, 0.75, LINE)
    lines = _fitted(PdfText().plain(row_title(summary, row)), font, _TEXT_SIZE, _TITLE_WIDTH - 10)
    baseline = y + _ROW_HEIGHT / 2 - 3 + 5 * (len(lines) - 1)
    for line in lines:
        yield _text(0, baseline, line, _TEXT_SIZE, INK, font=font)
        baseline -= 10
    bar_width = width - _TITLE_WIDTH - _COUNT_WIDTH
    yield from _bar(row, summary.form.scale, _TITLE_WIDTH, y + (_ROW_HEIGHT - 15) / 2, bar_width, 15)
    yield _text(width, y + _ROW_HEIGHT / 2 - 3, number(row.graded), _TEXT_SIZE, INK, font=font, anchor="end")


def _bar(row: Row, scale: GradeScale, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    if not row.graded:
        frame = Rect(x + 0.5, y + 0.5, width - 1, height - 1)
        frame.fillColor, frame.strokeColor, frame.strokeDashArray = None, HexColor(LINE), [2, 2]
        yield frame
        return
    held = [grade for grade in scale.grades if row.grades[grade.id]]
    widths = _widths([row.grades[grade.id] for grade in held], width - _GAP * (len(held) - 1))
    for grade, part in zip(held, widths, strict=True):
        yield from _segment(grade, row.grades[grade.id], x, y, part, height)
        x += part + _GAP


def _widths(counts: Sequence[int], width: float) -> list[float]:
    """The width of each count's segment, in proportion but never too narrow to see."""
    total = sum(counts)
    widths = [max(_NARROWEST, width * count / total) for count in counts]
    widest = widths.index(max(widths))
    widths[widest] -= sum(widths) - width
    return widths


def _segment(grade: Grade, count: int, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    ink = grade_ink(grade.shape)
    yield from _swatch(ink, x, y, width, height)
    label = number(count)
    text_width = stringWidth(label, SEMIBOLD, LABEL_SIZE)
    mark = 6.0
    with_mark = text_width + mark + 2.5
    room = width - 5
    if room < text_width:
        return
    shown = with_mark if room >= with_mark else text_width
    middle = x + width / 2
    if ink.pattern is not Pattern.PLAIN:
        yield _rect(middle - shown / 2 - 1.5, y + 1.2, shown + 3, height - 2.4, ink.fill)
    left = middle - shown / 2
    if shown == with_mark:
        yield _grade_shape(grade.shape, left + mark / 2, y + height / 2, mark, ink.text)
        left += mark + 2.5
    yield _text(left, y + height / 2 - 2.8, label, LABEL_SIZE, ink.text, font=SEMIBOLD)


def _swatch(ink: GradeInk, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    yield _rect(x, y, width, height, ink.fill)
    if ink.pattern is Pattern.DOTS:
        yield _dots(ink, x, y, width, height)
    if ink.pattern in (Pattern.STRIPES, Pattern.LATTICE):
        yield _stripes(ink, x, y, width, height, lattice=ink.pattern is Pattern.LATTICE)


def _dots(ink: GradeInk, x: float, y: float, width: float, height: float) -> Group:
    group = Group()
    step, radius = 3.6, 0.55
    for line in range(int(height / step)):
        for column in range(int((width - 1) / step)):
            at = x + step / 2 + column * step + (step / 2 if line % 2 else 0)
            if at + radius < x + width:
                centre_y = y + (height - step * (int(height / step) - 1)) / 2 + line * step
                group.add(Circle(at, centre_y, radius, fillColor=HexColor(ink.over), strokeColor=None))
    return group


def _stripes(ink: GradeInk, x: float, y: float, width: float, height: float, *, lattice: bool) -> Path:
    """Lines at 45 degrees, cut at the edges by reckoning: the screen does not show clipping paths."""
    path = Path(fillColor=None, strokeColor=HexColor(ink.over), strokeWidth=0.6)
    step = 3.2 if lattice else 3.6
    start = x - height + step / 2
    while start < x + width:
        left, right = max(start, x), min(start + height, x + width)
        if right > left:
            path.moveTo(left, y + left - start)
            path.lineTo(right, y + right - start)
            if lattice:
                path.moveTo(left, y + height - (left - start))
                path.lineTo(right, y + height - (right - start))
        start += step
    return path


def _legend_lines(scale: GradeScale, width: float) -> list[list[tuple[Grade, float]]]:
    """The grades of each line of the legend, each with its width."""
    lines: list[list[tuple[Grade, float]]] = [[]]
    used = 0.0
    for grade in scale.grades:
        needed = 36 + stringWidth(grade.title, REGULAR, _TEXT_SIZE) + 14
        if used + needed > width - _COUNT_WIDTH and lines[-1]:
            lines.append([])
            used = 0.0
        lines[-1].append((grade, needed))
        used += needed
    return lines


def _legend(lines: Sequence[Sequence[tuple[Grade, float]]], top: float) -> Iterator[Shape]:
    for line in lines:
        top -= 14
        x = 0.0
        for grade, needed in line:
            ink = grade_ink(grade.shape)
            yield from _swatch(ink, x, top + 2, 18, 9)
            yield _grade_shape(grade.shape, x + 26, top + 6.5, 7, ink.dark)
            yield _text(x + 33, top + 3.6, grade.title, _TEXT_SIZE, INK)
            x += needed


def _grade_shape(shape: GradeShape, x: float, y: float, size: float, colour: str) -> Shape:
    """A grade's shape around a centre. Source Sans has no ●, so all are drawn."""
    fill, half = HexColor(colour), size / 2
    if shape is GradeShape.CIRCLE:
        return Circle(x, y, half * 0.94, fillColor=fill, strokeColor=None)
    if shape is GradeShape.SQUARE:
        side = size * 0.82
        return _rect(x - side / 2, y - side / 2, side, side, colour)
    if shape is GradeShape.TRIANGLE:
        corners = [x, y + half * 0.92, x + half, y - half * 0.84, x - half, y - half * 0.84]
        return Polygon(corners, fillColor=fill, strokeColor=None)
    points: list[float] = []
    for corner in range(10):
        radius, angle = half * (1 if corner % 2 == 0 else 0.45), pi * corner / 5
        points += [x + radius * sin(angle), y + radius * cos(angle)]
    return Polygon(points, fillColor=fill, strokeColor=None)


def _rect(x: float, y: float, width: float, height: float, colour: str) -> Rect:
    made = Rect(x, y, width, height)
    made.fillColor, made.strokeColor = HexColor(colour), None
    return made


def _text(
    x: float, y: float, text: str, size: float, colour: str, *, font: str = REGULAR, anchor: _Anchor = "start"
) -> String:
    return String(x, y, text, fontName=font, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)


def _fitted(text: str, font: str, size: float, width: float) -> list[str]:
    """The text in at most two lines; what does not fit ends in an ellipsis."""
    lines: list[str] = simpleSplit(text, font, size, width)
    if len(lines) <= 2 and all(stringWidth(line, font, size) <= width for line in lines):
        return lines
    shown = [lines[0], " ".join(lines[1:])] if len(lines) > 1 else lines
    return [shortened(line, font, size, width) for line in shown]
