"""The canvas of the reports: bookmarks, and page numbers that are known only at the end."""

from dataclasses import dataclass

from reportlab.lib.colors import HexColor

from audit_app.reports.inks import INK, QUIET
from audit_app.reports.pdf_fonts import REGULAR
from audit_app.reports.pdf_tags import TaggedCanvas

FOOTER_SIZE = 8.0
NUMBER_SIZE = 9.0
NUMBER_WIDTH = 30.0
_TOTAL = "total-pages"


@dataclass(frozen=True, slots=True)
class _Place:
    key: str
    page: int


class ReportCanvas(TaggedCanvas):
    """A tagged canvas that knows its headings and prints numbers before it knows them, in one pass."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._places: list[_Place] = []

    def note_heading(self, key: str, title: str, level: int, height: float) -> None:
        """A heading of this height stands here: a bookmark, and the target of links to ``key``."""
        self.bookmarkHorizontal(key, 0, height)
        self.addOutlineEntry(title, key, level)
        self._places.append(_Place(key, self.getPageNumber()))

    def draw_total(self) -> None:
        """Print how many pages there are, from the origin to the right."""
        self.doForm(_TOTAL)

    def draw_page_of(self, key: str) -> None:
        """Print the page of a heading, which may come later, right-aligned in NUMBER_WIDTH points."""
        self.doForm(_form_of(key))

    def save(self) -> None:
        """Finish the file, now that all pages are known."""
        if self._code:
            self.showPage()
        self._define(_TOTAL, FOOTER_SIZE, QUIET, str(self.pages_made), right=0)
        for place in self._places:
            self._define(_form_of(place.key), NUMBER_SIZE, INK, str(place.page), right=NUMBER_WIDTH)
        super().save()

    def _define(self, name: str, size: float, colour: str, text: str, *, right: float) -> None:
        self.beginForm(name, 0, -4, 60, 12)
        self.setFont(REGULAR, size)
        self.setFillColor(HexColor(colour))
        if right:
            self.drawRightString(right, 0, text)
        else:
            self.drawString(0, 0, text)
        self.endForm()


def _form_of(key: str) -> str:
    return f"page-of-{key}"
