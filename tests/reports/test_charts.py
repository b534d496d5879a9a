"""The charts: drawn once, apart without colour, and on the screen what they are on paper."""

import re
from collections import Counter

import core_builders as build
import pypdfium2 as pdfium
import pytest
from core_builders import FOUR, GOOD, INADEQUATE, OUTSTANDING, RI, Graded, everywhere
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from report_builders import published
from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Path, Polygon, Rect, String

from audit_app.core.form import Shape
from audit_app.core.summary import Summary
from audit_app.reports.chart_svg import drawing_svg
from audit_app.reports.charts import bar_drawing, legend_drawing, summary_drawing
from audit_app.reports.inks import GradeInk, Pattern, grade_ink
from audit_app.reports.pdf_fonts import font_files

ZOOM = 3
FOUR_GRADES = [
    Graded(everywhere(OUTSTANDING)),
    *[Graded(everywhere(GOOD))] * 3,
    *[Graded(everywhere(RI, planning=INADEQUATE, voice="not_graded"))] * 2,
    Graded({"overall": INADEQUATE}),
]


def four_grades() -> Summary:
    return build.summary(FOUR_GRADES, scale=FOUR)


def texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def test_every_count_of_the_published_table_is_on_its_bar() -> None:
    summary = published()
    said = texts(summary_drawing(summary))
    after = said[said.index("Case recording") :]
    assert after[:4] == ["Case recording", "8", "4", "12"]
    voice = said.index("Voice")
    assert said[voice : voice + 4] == ["Voice", "11", "1", "12"]
    overall = said.index("Overall")
    assert said[overall : overall + 5] == ["Overall", "8", "2", "2", "12"]


def test_segments_are_as_wide_as_their_shares_and_fill_the_bar() -> None:
    summary = published()
    drawing = bar_drawing(summary.domains[0], summary.form.scale, 121)
    widths = [shape.width for shape in drawing.contents if isinstance(shape, Rect) and shape.height == 12]
    assert len(widths) == 2
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    assert sum(widths) == pytest.approx(121, abs=1)


def test_one_audit_among_thousands_is_still_to_be_seen() -> None:
    summary = build.summary([Graded(everywhere(GOOD))] * 9_999 + [Graded(everywhere(INADEQUATE))])
    drawing = bar_drawing(summary.overall, summary.form.scale, 100)
    widths = [shape.width for shape in drawing.contents if isinstance(shape, Rect) and shape.height == 12]
    assert len(widths) == 2
    assert min(widths) >= 1
    assert sum(widths) <= 100


def test_a_row_that_nobody_graded_is_an_empty_frame() -> None:
    summary = build.summary([])
    drawing = bar_drawing(summary.overall, summary.form.scale, 100)
    assert [type(shape) for shape in drawing.contents] == [Rect]
    assert drawing.contents[0].strokeDashArray


def test_grades_differ_by_shape_and_pattern_and_not_only_by_colour() -> None:
    inks = [grade_ink(shape) for shape in Shape]
    assert len({ink.pattern for ink in inks}) == len(inks)
    drawing = legend_drawing(FOUR, 500)
    shapes = Counter(type(shape).__name__ for shape in drawing.contents)
    assert shapes["Polygon"] == 2  # a triangle and a star
    assert shapes["Circle"] == 1
    assert shapes["Path"] == 2  # stripes and lattice
    assert {Circle, Polygon, Path} <= {type(shape) for shape in drawing.contents}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("shape", Shape)
def test_words_stand_out_from_their_ground(shape: Shape) -> None:
    ink = grade_ink(shape)
    assert contrast(ink.text, ink.fill) >= 4.5
    assert contrast(ink.dark, ink.soft) >= 4.5
    assert contrast(ink.dark, "#ffffff") >= 4.5


def test_neighbours_are_apart_in_grey_or_by_a_strong_pattern() -> None:
    def plain(ink: GradeInk) -> bool:
        return ink.pattern is Pattern.PLAIN or contrast(ink.over, ink.fill) < 1.8

    for one, other in zip(list(FOUR.grades), list(FOUR.grades)[1:], strict=False):
        first, second = grade_ink(one.shape), grade_ink(other.shape)
        assert contrast(first.fill, second.fill) >= 1.8 or not (plain(first) and plain(second))


def test_a_title_too_long_for_two_lines_ends_in_an_ellipsis() -> None:
    summary = build.summary([Graded(everywhere(GOOD), cohort_id="c1")], cohorts=("Very long title " * 20,))
    assert [text for text in texts(summary_drawing(summary)) if text.endswith("…")]


# On the screen


def on_screen(svg: str, width: int, height: int) -> QImage:
    for file in font_files():
        QFontDatabase.addApplicationFont(str(file))
    renderer = QSvgRenderer(svg.encode())
    assert renderer.isValid()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def on_paper(drawing: Drawing) -> QImage:
    document = pdfium.PdfDocument(renderPDF.drawToString(drawing, showBoundary=0))
    bitmap = document[0].render(scale=ZOOM)
    picture = bitmap.to_pil().convert("RGBA")
    document.close()
    data = picture.tobytes("raw", "BGRA")
    return QImage(data, picture.width, picture.height, QImage.Format.Format_RGB32).copy()


def unlike(one: QImage, other: QImage, grain: int = 6) -> float:
    """The share of small squares whose mean grey differs visibly; edges may lie half a pixel apart."""
    size = one.size() / grain
    smooth = Qt.TransformationMode.SmoothTransformation
    squares = [
        image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth).convertToFormat(
            QImage.Format.Format_Grayscale8
        )
        for image in (one, other)
    ]
    total = differ = 0
    for y in range(squares[0].height()):
        for x in range(squares[0].width()):
            greys = [square.pixelColor(x, y).red() for square in squares]
            total += 1
            differ += abs(greys[0] - greys[1]) > 60
    return differ / total


@pytest.mark.parametrize("made", [published, four_grades], ids=["three grades", "four grades"])
def test_the_chart_on_the_screen_looks_like_the_one_on_paper(qapp: object, made: object) -> None:
    summary = made()  # type: ignore[operator]
    drawing = summary_drawing(summary)
    paper = on_paper(drawing)
    screen = on_screen(drawing_svg(drawing, "chart"), paper.width(), paper.height())
    assert unlike(paper, screen) < 0.005
    # The comparison sees another chart, and the black picture of an SVG that was not mended.
    other = summary_drawing(build.summary([Graded(everywhere(RI))] * 3, cohorts=("One", "Two")))
    for wrong in (drawing_svg(other, "x"), renderSVG.drawToString(drawing)):
        assert unlike(paper, on_screen(wrong, paper.width(), paper.height())) > 0.05


def test_svg_has_no_clip_path_and_names_fonts_by_family_and_weight() -> None:
    svg = drawing_svg(summary_drawing(published()), "12 cases & <more>")
    assert "clip" not in svg.casefold()
    assert "<title>12 cases &amp; &lt;more&gt;</title>" in svg
    fonts = set(re.findall(r"font-family: ([^;]+); (font-weight: \d+)", svg))
    assert fonts == {("Source Sans Pro", "font-weight: 400"), ("Source Sans Pro", "font-weight: 600")}
    assert "SourceSans" not in svg
