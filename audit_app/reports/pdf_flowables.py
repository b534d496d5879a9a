"""The flowables of the reports, each of which says in the PDF what it is."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Self, cast

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus.paraparser import ParaFrag

from audit_app.reports.inks import LINE
from audit_app.reports.pdf_canvas import NUMBER_SIZE, NUMBER_WIDTH, ReportCanvas
from audit_app.reports.pdf_fonts import REGULAR
from audit_app.reports.pdf_tags import Node


@cache
def _fragment(style: ParagraphStyle) -> ParaFrag:
    """What reportlab's parser makes of plain text in a style, to be had again with another text."""
    fragment: ParaFrag = Paragraph("x", style).frags[0]
    return fragment


def _canvas(flowable: Flowable) -> ReportCanvas:
    return cast(ReportCanvas, flowable.canv)


class Words(Paragraph):
    """A paragraph; made by ``of`` it holds plain text, in which ``<`` is a character like any other."""

    kind = "P"

    @classmethod
    def of(cls, text: str, style: ParagraphStyle) -> Self:
        """A paragraph of plain text. It is never parsed, which is safe and takes a third of the time."""
        if not text.strip():
            return cls("", style)
        return cls("", style, frags=[_fragment(style).clone(text=text)])

    def draw(self) -> None:
        with _canvas(self).marked(Node(self.kind)):
            super().draw()


class Heading(Words):
    """A heading; with a ``key``, in the bookmarks as ``title``. ``level`` 0 is the highest."""

    title = ""
    key = ""
    level = 0

    def at(self, title: str, level: int) -> Self:
        """This heading with its bookmark's text and its level."""
        self.title, self.level, self.kind = title, level, f"H{level + 1}"
        return self

    def split(self, width: float, height: float) -> list[Flowable]:
        """Parts of a heading that goes over the page; the bookmark stays with the first."""
        parts = cast(list[Heading], super().split(width, height))
        for part in parts:
            part.kind = self.kind
        if parts:
            parts[0].title, parts[0].key, parts[0].level = self.title, self.key, self.level
        return list(parts)

    def draw(self) -> None:
        if self.key:
            _canvas(self).note_heading(self.key, self.title, self.level, self.height)
        super().draw()


class Link(Words):
    """Words that lead to a heading."""

    _key = ""

    def to(self, key: str) -> Self:
        """These words with where they lead."""
        self._key = key
        return self

    def draw(self) -> None:
        super().draw()
        if self._key:
            canvas = _canvas(self)
            canvas.linkRect("", self._key, (0, 0, self.width, self.height), relative=1, thickness=0)


class ContentsPlace(Flowable):
    """Where the contents go when the document is long; ``make`` gives them for its headings."""

    def __init__(self, make: Callable[[Sequence[Heading]], list[Flowable]]) -> None:
        super().__init__()
        self.make = make


class PageNumber(Flowable):
    """The page that a heading is on."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.width, self.height = NUMBER_WIDTH, NUMBER_SIZE + 3

    def draw(self) -> None:
        canvas = _canvas(self)
        with canvas.marked(Node("P")):
            canvas.saveState()
            canvas.translate(0, 3)
            canvas.draw_page_of(self._key)
            canvas.restoreState()


class Picture(Flowable):
    """A drawing with words for those who do not see it; without words it is decoration."""

    def __init__(self, drawing: Drawing, words: str = "") -> None:
        super().__init__()
        self.width, self.height = drawing.width, drawing.height
        self._drawing = drawing
        # Without this the PDF names a font that it does not hold.
        setattr(drawing, "initialFontName", REGULAR)  # noqa: B010 - not in its types
        self._words = words

    def draw(self) -> None:
        canvas = _canvas(self)
        marked = canvas.marked(Node("Figure", alt=self._words)) if self._words else canvas.artifact()
        with marked:
            renderPDF.draw(self._drawing, canvas, 0, 0)


class Rule(Flowable):
    """A line across the page."""

    def __init__(self, thickness: float = 0.6, colour: str = LINE, after: float = 6) -> None:
        super().__init__()
        self._thickness, self._colour = thickness, colour
        self.spaceAfter = after

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.width = width
        return width, self._thickness

    def draw(self) -> None:
        canvas = _canvas(self)
        with canvas.artifact():
            canvas.setFillColor(HexColor(self._colour))
            canvas.rect(0, 0, self.width, self._thickness, stroke=0, fill=1)
