"""Tables in PDFs: heads that repeat on every page, and cells through which a screen reader finds its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Table

from audit_app.reports.inks import ACCENT, INK, LINE, TINT
from audit_app.reports.pdf_fonts import REGULAR
from audit_app.reports.pdf_tags import Node, TaggedCanvas

Cell = Flowable | str | Sequence[Flowable]
Command = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and its width in points."""

    head: Cell
    width: float


def data_table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], commands: Sequence[Command] = ()
) -> Table:
    """A table under a head that repeats; each row's first cell is its heading. ``commands`` restyle parts."""
    cells = [[column.head for column in columns], *(list(row) for row in rows)]
    table = Table(
        cells,
        colWidths=[column.width for column in columns],
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
        renderCB=cast(Any, _TableTags(heads=1)),
    )
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(TINT)),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(INK)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(LINE)),
        *commands,
    ]
    table.setStyle(style)
    return table


def plain_table(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    rules: bool = False,
    commands: Sequence[Command] = (),
) -> Table:
    """Rows without a head, set close."""
    table = Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        splitInRow=1,
        hAlign="LEFT",
        renderCB=cast(Any, _TableTags(heads=0)),
    )
    lines: list[Command] = [("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE))] if rules else []
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        *lines,
        *commands,
    ]
    table.setStyle(style)
    return table


def grounds(fills: Sequence[str], first_row: int, first_column: int, last_column: int) -> list[Command]:
    """The commands that tint cells of one row after another; a blank fill tints nothing."""
    return [
        ("BACKGROUND", (first_column, row), (last_column, row), HexColor(fill))
        for row, fill in enumerate(fills, start=first_row)
        if fill
    ]


def box(parts: Sequence[Flowable], width: float) -> Table:
    """Parts set apart on a tinted ground with a coloured edge."""
    table = Table(
        [[list(parts)]], colWidths=[width], splitInRow=1, hAlign="LEFT", renderCB=cast(Any, _LayoutTags())
    )
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("BACKGROUND", (0, 0), (-1, -1), HexColor(TINT)),
            ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(ACCENT), "butt"),
            ("LEFTPADDING", (0, 0), (-1, -1), 14),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, -1), 9),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ]
    )
    return table


class _LayoutTags:
    """Told by reportlab of each step of drawing a table; sets the ground and the lines apart from content."""

    def __call__(self, table: Table, step: str, *_: object) -> None:
        canvas = cast(TaggedCanvas, table.canv)
        if step in ("startBG", "startLines"):
            canvas.begin_artifact()
        elif step in ("endBG", "endLines"):
            canvas.end_artifact()


class _TableTags(_LayoutTags):
    """Tags a table as it is drawn; parts on further pages belong to the same element, their heads to none."""

    def __init__(self, heads: int) -> None:
        self._heads = heads
        self._table = Node("Table")
        self._continued = False
        self._in_head = False
        self._marks = False

    def __call__(self, table: Table, step: str, *about: object) -> None:
        super().__call__(table, step)
        canvas = cast(TaggedCanvas, table.canv)
        if step == "startTable":
            canvas.open(self._table)
        elif step == "startRow":
            self._start_row(canvas, cast(int, about[0]))
        elif step == "startCell":
            self._start_cell(canvas, cast(int, about[1]), about[2])
        elif step == "endCell":
            self._end_cell(canvas)
        elif step == "endRow":
            self._end_row(canvas)
        elif step == "endTable":
            canvas.close()
            self._continued = True

    def _start_row(self, canvas: TaggedCanvas, row: int) -> None:
        self._in_head = row < self._heads
        if self._in_head and self._continued:
            canvas.begin_artifact()
        canvas.open(Node("TR"))

    def _start_cell(self, canvas: TaggedCanvas, column: int, value: object) -> None:
        scope = "Column" if self._in_head else "Row" if column == 0 else ""
        cell = Node("TH" if scope else "TD", scope=scope)
        canvas.open(cell)
        self._marks = isinstance(value, str) and bool(value)
        if self._marks:
            canvas.begin_marked(cell)

    def _end_cell(self, canvas: TaggedCanvas) -> None:
        if self._marks:
            canvas.end_marked()
        canvas.close()

    def _end_row(self, canvas: TaggedCanvas) -> None:
        canvas.close()
        if self._in_head and self._continued:
            canvas.end_artifact()
