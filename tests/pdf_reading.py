"""Reads a PDF back by its tags, with pypdf alone: headings, paragraphs, tables, and what figures say."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject


@dataclass(frozen=True)
class Element:
    """One element of the structure: its kind, what it says instead of being drawn, what is in it."""

    kind: str
    alt: str
    scope: str
    parts: tuple["Element | str", ...]

    @property
    def words(self) -> str:
        """Everything in it, on one line, with the words of figures in place of their drawing."""
        inside = [part if isinstance(part, str) else part.words for part in self.parts]
        return " ".join((self.alt or " ".join(inside)).split())

    def all(self, *kinds: str) -> Iterator["Element"]:
        """Every element of these kinds within, in reading order."""
        for part in self.parts:
            if isinstance(part, Element):
                if part.kind in kinds:
                    yield part
                yield from part.all(*kinds)


class Pdf:
    """A PDF that was written, as another program reads it."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        self.pages = len(self.reader.pages)
        self._marked = {
            page.indirect_reference.idnum: _marked(page)
            for page in self.reader.pages
            if page.indirect_reference is not None
        }
        root: Any = self.reader.root_object["/StructTreeRoot"]
        self.root = self._element(root["/K"])

    @property
    def text(self) -> str:
        """All text, content or not, as it stands on the pages."""
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @property
    def headings(self) -> list[str]:
        """The headings, in order."""
        return [found.words for found in self.root.all("H1", "H2", "H3")]

    @property
    def tables(self) -> list[list[list[str]]]:
        """Each table as rows of cells."""
        return [
            [[cell.words for cell in row.all("TH", "TD")] for row in table.all("TR")]
            for table in self.root.all("Table")
        ]

    def table_under(self, *heads: str) -> list[list[str]]:
        """The rows of the table whose heading row begins so, without that row."""
        return next(rows[1:] for rows in self.tables if rows[0][: len(heads)] == list(heads))

    @property
    def fonts(self) -> dict[str, bool]:
        """Each font that a page names, and whether it is embedded."""
        found = {}
        for page in self.reader.pages:
            fonts: Any = page["/Resources"]["/Font"]
            for font in fonts.values():
                descriptor = font.get_object().get("/FontDescriptor")
                embedded = descriptor is not None and "/FontFile2" in descriptor.get_object()
                found[str(font.get_object()["/BaseFont"])] = embedded
        return found

    def _element(self, node: Any) -> Element:
        node = node.get_object()
        parts: list[Element | str] = []
        page = node.raw_get("/Pg").idnum if "/Pg" in node else None
        for kid in node.get("/K", []):
            if isinstance(kid, IndirectObject | DictionaryObject):
                parts.append(self._element(kid))
            else:
                parts.append(self._marked[page].get(int(kid), ""))
        scope = str(node["/A"]["/Scope"]) if "/A" in node else ""
        return Element(str(node["/S"])[1:], str(node.get("/Alt", "")), scope[1:], tuple(parts))


def _marked(page: Any) -> dict[int, str]:
    """The text of each marked stretch of a page."""
    open_marks: list[int | None] = []
    found: dict[int, str] = {}

    def before(operator: bytes, operands: Any, *_: object) -> None:
        if operator == b"BDC":
            open_marks.append(int(operands[1]["/MCID"]))
        elif operator == b"BMC":
            open_marks.append(None)
        elif operator == b"EMC":
            open_marks.pop()

    def said(text: str, *_: object) -> None:
        mark = open_marks[-1] if open_marks else None
        assert open_marks or not text.strip(), "something is drawn that is neither content nor decoration"
        if mark is not None:
            found[mark] = found.get(mark, "") + text

    page.extract_text(visitor_operand_before=before, visitor_text=said)
    return found
