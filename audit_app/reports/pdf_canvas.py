"""The canvas of the reports: bookmarks, and page numbers that are known only at the end."""

from collections.abc import Iterator

from reportlab.lib.colors import HexColor

from audit_app.reports.inks import INK, QUIET
from audit_app.reports.pdf_fonts import REGULAR
from audit_app.reports.pdf_tags import TaggedCanvas

FOOTER_SIZE = 8.0
NUMBER_SIZE = 9.0
NUMBER_WIDTH = 30.0
_TOTAL = "% how many pages there are"


class ReportCanvas(TaggedCanvas):
    """A tagged canvas that knows its headings and prints numbers before it knows them, in one pass.

    Where such a number goes, the page holds a comment; in the end the drawing takes its place.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._page_of: dict[str, int] = {}

    def note_heading(self, key: str, title: str, level: int, height: float) -> None:
        """A heading of this height stands here: a bookmark, and the target of links to ``key``."""
        self.bookmarkHorizontal(key, 0, height)
        self.addOutlineEntry(title, key, level)
        self._page_of[key] = self.getPageNumber()

    def draw_total(self) -> None:
        """Print how many pages there are, from the origin to the right."""
        self._code.append(_TOTAL)

    def draw_page_of(self, key: str) -> None:
        """Print the page of a heading, which may come later, right-aligned in NUMBER_WIDTH points."""
        self._code.append(_page_mark(key))

    def save(self) -> None:
        """Finish the file, now that all pages are known."""
        if self._code:
            self.showPage()
        drawings = dict(self._drawings())
        for page in self._doc.Pages.pages:
            page.stream = "\n".join(drawings.get(line, line) for line in page.stream.split("\n"))
        super().save()

    def _drawings(self) -> Iterator[tuple[str, str]]:
        """The comments with the drawing for each."""
        self.setFont(REGULAR, FOOTER_SIZE)
        self.setFillColor(HexColor(QUIET))
        self.drawString(0, 0, str(self.pages_made))
        yield _TOTAL, self._taken()
        for key, page in self._page_of.items():
            self.setFont(REGULAR, NUMBER_SIZE)
            self.setFillColor(HexColor(INK))
            self.drawRightString(NUMBER_WIDTH, 0, str(page))
            yield _page_mark(key), self._taken()

    def _taken(self) -> str:
        """What was drawn just now, taken off the page that is not to be."""
        drawn = "\n".join(self._code)
        self._code.clear()
        return drawn


def _page_mark(key: str) -> str:
    return f"% the page of {key}"
