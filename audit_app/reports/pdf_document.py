"""Makes a PDF of a story: pages, footers, bookmarks, and contents where it is long."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from audit_app.reports.inks import LINE, QUIET
from audit_app.reports.pdf_canvas import FOOTER_SIZE, ReportCanvas
from audit_app.reports.pdf_flowables import ContentsPlace, Heading
from audit_app.reports.pdf_fonts import REGULAR, PdfText, register_fonts, shortened

LANGUAGE = "en-GB"
MARGIN = 48.0
BODY_WIDTH = A4[0] - 2 * MARGIN
PAGES_WITHOUT_CONTENTS = 4
_BOOKMARKED = 2  # levels: the title, and what the contents list
_TOP, _BOTTOM = 44.0, 58.0


@dataclass(frozen=True, slots=True)
class Face:
    """What a PDF says of itself, and what stands at the foot of its pages."""

    title: str
    subject: str
    foot: str


def build_pdf(story: Callable[[], Sequence[Flowable]], face: Face, *, long: bool) -> bytes:
    """The PDF as bytes; over four pages, with contents where the story has a ``ContentsPlace``.

    ``long`` is the likely case and is tried first. ``story`` makes the flowables anew each time it is called.
    """
    register_fonts()
    rl_config.useA85 = 0  # else reportlab writes streams as text, a quarter longer
    data, pages = _built(story(), face, contents=long)
    if (pages > PAGES_WITHOUT_CONTENTS) == long:
        return data
    return _built(story(), face, contents=not long)[0]


def _built(flowables: Sequence[Flowable], face: Face, *, contents: bool) -> tuple[bytes, int]:
    out = BytesIO()
    canvases: list[ReportCanvas] = []

    def made_canvas(*args: object, **kwargs: object) -> ReportCanvas:
        canvases.append(ReportCanvas(*args, **kwargs))
        return canvases[-1]

    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=face.title,
        subject=face.subject,
        creator="Audit App",
        author="",
        lang=LANGUAGE,
        displayDocTitle=True,
        initialFontName=REGULAR,
    )
    frame = Frame(MARGIN, _BOTTOM, BODY_WIDTH, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
    foot = shortened(PdfText().plain(" ".join(face.foot.split())), REGULAR, FOOTER_SIZE, BODY_WIDTH - 90)

    def draw_foot(canvas: Canvas, _: BaseDocTemplate) -> None:
        _draw_foot(cast(ReportCanvas, canvas), foot)

    document.addPageTemplates([PageTemplate("page", [frame], onPage=draw_foot)])
    document.build(list(_with_contents(flowables, wanted=contents)), canvasmaker=made_canvas)
    return out.getvalue(), canvases[-1].pages_made


def _with_contents(flowables: Sequence[Flowable], *, wanted: bool) -> Iterator[Flowable]:
    headings = [part for part in flowables if isinstance(part, Heading) and part.level < _BOOKMARKED]
    for number, heading in enumerate(headings):
        heading.key = f"heading-{number}"
    for flowable in flowables:
        if not isinstance(flowable, ContentsPlace):
            yield flowable
        elif wanted:
            yield from flowable.make([heading for heading in headings if heading.level == 1])


def _draw_foot(canvas: ReportCanvas, foot: str) -> None:
    base = _BOTTOM - 26
    canvas.begin_artifact()
    canvas.saveState()
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, base + 13, MARGIN + BODY_WIDTH, base + 13)
    canvas.setFont(REGULAR, FOOTER_SIZE)
    canvas.setFillColor(HexColor(QUIET))
    page = f"Page {canvas.getPageNumber()} of "
    canvas.drawString(MARGIN, base, page)
    canvas.saveState()
    canvas.translate(MARGIN + stringWidth(page, REGULAR, FOOTER_SIZE), base)
    canvas.draw_total()
    canvas.restoreState()
    canvas.drawRightString(MARGIN + BODY_WIDTH, base, foot)
    canvas.restoreState()
    canvas.end_artifact()
