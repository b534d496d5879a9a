"""A canvas whose PDF says what each part is (heading, paragraph, cell), for those who hear it read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObjectReference
from reportlab.pdfgen.canvas import Canvas


@dataclass(slots=True, eq=False)
class Node:
    """One element of the document's structure: its PDF name, what it says, and its parts in reading order.

    ``kids`` are further elements, or the numbers of marked stretches of ``page`` (from 0). ``scope`` is a
    heading cell's: ``Row`` or ``Column``.
    """

    kind: str
    alt: str = ""
    scope: str = ""
    page: int | None = None
    kids: list["Node | int"] = field(default_factory=list)
    placed: bool = False


class TaggedCanvas(Canvas):
    """Draws as any canvas, and tags what is drawn in ``marked`` or ``artifact`` (ISO 32000-1, 14.7, 14.8)."""

    # reportlab's own, of which its types say nothing.
    _code: list[str]
    _doc: Any

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._root = Node("Document")
        self._open = [self._root]
        self._pages: list[list[Node]] = [[]]
        self._artifacts = 0

    def open(self, node: Node) -> None:
        """Begin an element that holds others; one that began on an earlier page goes on."""
        if not self._artifacts and not node.placed:
            self._open[-1].kids.append(node)
            node.placed = True
        self._open.append(node)

    def close(self) -> None:
        """End the element begun last."""
        self._open.pop()

    @contextmanager
    def marked(self, node: Node) -> Iterator[None]:
        """What is drawn meanwhile is this element's own content."""
        self.begin_marked(node)
        yield
        self.end_marked()

    def begin_marked(self, node: Node) -> None:
        """As ``marked``, for callers that are told of the end later."""
        if self._artifacts:
            return
        if node.kind == "P" and self._open[-1].kind in ("TD", "TH"):
            node = self._open[-1]  # words in a cell are the cell's own
        elif node is not self._open[-1]:
            self.open(node)
            self.close()
        here = self._pages[-1]
        node.page = len(self._pages) - 1
        node.kids.append(len(here))
        self._code.append(f"/{node.kind} <</MCID {len(here)}>> BDC")
        here.append(node)

    def end_marked(self) -> None:
        """The end of what ``begin_marked`` began."""
        if not self._artifacts:
            self._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn meanwhile is no content: rules, backgrounds, page numbers, a heading repeated."""
        self.begin_artifact()
        yield
        self.end_artifact()

    def begin_artifact(self) -> None:
        """As ``artifact``, for callers that are told of the end later."""
        if not self._artifacts:
            self._code.append("/Artifact BMC")
        self._artifacts += 1

    def end_artifact(self) -> None:
        """The end of what ``begin_artifact`` began."""
        self._artifacts -= 1
        if not self._artifacts:
            self._code.append("EMC")

    @property
    def pages_made(self) -> int:
        """How many pages are finished."""
        return len(self._pages) - 1

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.StructParents = self.pages_made
        page.Tabs = PDFName("S")
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        self._pages.append([])

    def save(self) -> None:
        if self._code:
            self.showPage()
        self._write_structure()
        super().save()

    def _write_structure(self) -> None:
        doc = self._doc
        root = self._reserve("StructTreeRoot")
        pages = [_number_of(doc, doc.Reference(page)) for page in doc.Pages.pages]
        made: dict[int, int] = {}
        top = self._write_node(self._root, root, pages, made)
        numbers = " ".join(
            f"{page} [{' '.join(f'{made[id(node)]} 0 R' for node in nodes)}]"
            for page, nodes in enumerate(self._pages[:-1])
        )
        self._fill(
            "StructTreeRoot",
            f"/Type /StructTreeRoot /K {top} 0 R /ParentTree << /Nums [{numbers}] >>"
            f" /ParentTreeNextKey {self.pages_made}",
        )
        doc.Catalog.StructTreeRoot = PDFObjectReference("StructTreeRoot")
        doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _write_node(self, node: Node, parent: int, pages: list[int], made: dict[int, int]) -> int:
        """Write an element and all within; returns its object number."""
        name = f"Struct{len(made)}"
        made[id(node)] = number = self._reserve(name)
        kids = " ".join(
            str(kid) if isinstance(kid, int) else f"{self._write_node(kid, number, pages, made)} 0 R"
            for kid in node.kids
        )
        said = f"/Type /StructElem /S /{node.kind} /P {parent} 0 R /K [{kids}]"
        if node.page is not None:
            said += f" /Pg {pages[node.page]} 0 R"
        if node.scope:
            said += f" /A << /O /Table /Scope /{node.scope} >>"
        if node.alt:
            said += f" /Alt <feff{node.alt.encode('utf-16-be').hex()}>"
        self._fill(name, said)
        return number

    # reportlab formats a dictionary entry by entry, which for this many takes longer than drawing the pages.

    def _reserve(self, name: str) -> int:
        return _number_of(self._doc, self._doc.Reference("null", name))

    def _fill(self, name: str, entries: str) -> None:
        self._doc.idToObject[name] = f"<< {entries} >>"


def _number_of(doc: Any, reference: PDFObjectReference) -> int:
    number: int = doc.idToObjectNumberAndVersion[reference.name][0]
    return number
