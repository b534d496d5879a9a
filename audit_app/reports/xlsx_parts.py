"""Workbooks that never touch the disk while they are made, and cells that are never a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from audit_app.core.words import long_date
from audit_app.reports.inks import ACCENT, INK, LINE, QUIET

# openpyxl's types leave out most of what a write-only sheet, its cells and its tables have.
WriteOnly = Any

Value = str | int | float | date | None

MOST_CHARACTERS = 32_767  # of UTF-16, in one cell
_CUT = " … (cut: the audit holds the rest)"
_NOT_IN_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_UNWRITABLE = re.compile(f"[{_NOT_IN_XML}]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What openpyxl or Excel would take for something other than text: formulas, errors, escapes, line ends.
_ODD = re.compile(f"^[=+\\-@\t#]|[\r{_NOT_IN_XML}]|_x[0-9A-Fa-f]{{4}}_")
_FIRST_YEAR = 1900  # of Excel's calendar
_A4 = 9
_SHARE = "0%"
_COUNT = "#,##0"
_DATE = "d mmmm yyyy"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; colours as ``#rrggbb``."""

    bold: bool = False
    size: float = 10.5
    colour: str = INK
    fill: str = ""
    number_format: str = "General"
    wrap: bool = False
    align: str = "general"
    rule: bool = False


PLAIN = Look()
TITLE = Look(bold=True, size=17)
SUBTITLE = Look(size=12, colour=QUIET)
LEAD = Look(size=11.5)
HEADING = Look(bold=True, size=12.5, colour=ACCENT)
HEAD = Look(bold=True, colour="#ffffff", fill=ACCENT, wrap=True, align="left")
HEAD_RIGHT = Look(bold=True, colour="#ffffff", fill=ACCENT, wrap=True, align="right")
TEXT = Look(wrap=True)
STRONG = Look(bold=True, wrap=True)
COUNT = Look(number_format=_COUNT, align="right")
COUNT_STRONG = Look(bold=True, number_format=_COUNT, align="right")
SHARE = Look(number_format=_SHARE, align="right")
SHARE_STRONG = Look(bold=True, number_format=_SHARE, align="right")
DATE = Look(number_format=_DATE, align="left")
LABEL = Look(colour=QUIET)


def clean(text: str) -> str:
    """The text as a cell can hold it: nothing that XML refuses or that Excel would decode, not too long."""
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 > MOST_CHARACTERS and _units(text) > MOST_CHARACTERS:
        text = _first_units(text, MOST_CHARACTERS - len(_CUT)) + _CUT
    return _ESCAPE_LIKE.sub("_x005F_", text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first_units(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet is made with: the width of each column in characters, what stays in sight, how it prints.

    ``pages_high`` 0 is as many as it takes. ``row_height`` is that of rows without their own, in points.
    """

    widths: Sequence[float]
    freeze: str = ""
    repeated_rows: str = ""
    repeated_columns: str = ""
    pages_wide: int = 1
    pages_high: int = 0
    row_height: float = 0


class Sheet:
    """A sheet written row by row, from the top."""

    def __init__(self, sheet: WriteOnly) -> None:
        self.sheet = sheet
        self.rows = 0
        self._made: dict[tuple[Look, bool], Any] = {}
        self._last_column = 1

    def row(self, *cells: tuple[Value, Look], height: float | None = None) -> int:
        """Write a row and return its number."""
        return self.looks_row([value for value, _ in cells], [look for _, look in cells], height)

    def looks_row(self, values: Sequence[Value], looks: Sequence[Look], height: float | None = None) -> int:
        """Write a row whose columns look as ``looks`` says and return its number."""
        self.rows += 1
        if height is not None:
            self.sheet.row_dimensions[self.rows].height = height
        self._last_column = max(self._last_column, len(values))
        # One cell for each look is filled anew and again: openpyxl writes each before it asks for the next.
        self.sheet.append(self._filled(values, looks))
        return self.rows

    def blank(self) -> None:
        """An empty row."""
        self.looks_row([], [])

    def table(self, name: str, first_row: int, heads: Sequence[str], first_column: int = 1) -> None:
        """Make the rows from ``first_row``, which holds ``heads``, to the last one a table with filters."""
        last = get_column_letter(first_column + len(heads) - 1)
        table: Any = Table(
            displayName=name, ref=f"{get_column_letter(first_column)}{first_row}:{last}{self.rows}"
        )
        table._initialise_columns()
        column: TableColumn
        for column, head in zip(table.tableColumns, heads, strict=True):
            column.name = clean(head)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        self.sheet._tables.add(table)  # add_table would warn that the columns are not named

    def finish(self, last_column: int = 0) -> None:
        """Print what has been written and no more, or only the columns up to ``last_column``."""
        last = get_column_letter(last_column or self._last_column)
        self.sheet.print_area = f"A1:{last}{max(self.rows, 1)}"

    def _filled(self, values: Sequence[Value], looks: Sequence[Look]) -> Iterator[Cell | Value]:
        for value, look in zip(values, looks, strict=True):
            if isinstance(value, str) and value:
                yield self._text(value, look)
            elif value is None or value == "":
                yield self._blank(look)
            elif isinstance(value, date):
                old = value.year < _FIRST_YEAR
                yield long_date(value) if old else self._prototype(look, value, "d")
            else:
                yield value if look is PLAIN else self._prototype(look, value, "n")

    def _blank(self, look: Look) -> Cell | None:
        return self._prototype(look, None, "n") if look.fill or look.rule else None

    def _text(self, text: str, look: Look) -> Cell | str | None:
        if not _ODD.search(text) and len(text) * 2 <= MOST_CHARACTERS:
            return text if look is PLAIN else self._prototype(look, text, "s")
        cleaned = clean(text)
        return self._prototype(look, cleaned, "s", quoted=True) if cleaned else self._blank(look)

    def _prototype(self, look: Look, value: Value, data_type: str, *, quoted: bool = False) -> Any:
        """The cell of this look, with a value. ``quoted`` keeps it text when it is edited in Excel, too."""
        if (look, quoted) not in self._made:
            self._made[look, quoted] = self._cell(look)
            self._made[look, quoted].quotePrefix = quoted
        cell = self._made[look, quoted]
        cell._value = value
        cell.data_type = data_type
        return cell

    def _cell(self, look: Look) -> Cell:
        cell: Cell = WriteOnlyCell(self.sheet)
        cell.font = Font(name="Calibri", size=look.size, bold=look.bold, color=look.colour[1:])
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill[1:])
        if look.rule:
            cell.border = Border(top=Side("thin", color=INK[1:]), bottom=Side("thin", color=LINE[1:]))
        cell.number_format = look.number_format
        horizontal = None if look.align == "general" else look.align
        vertical = "center" if look.fill else "top" if look.wrap else None
        cell.alignment = Alignment(wrap_text=look.wrap, vertical=vertical, horizontal=horizontal)
        return cell


class Book:
    """A workbook made in memory: sheets go straight into the zip, row by row, through no temporary file."""

    def __init__(self, title: str, subject: str) -> None:
        self._out = BytesIO()
        self._archive = ZipFile(self._out, "w", ZIP_DEFLATED)
        self._book = Workbook(write_only=True)
        properties = self._book.properties
        properties.title, properties.subject, properties.creator = clean(title), subject, "Audit App"
        properties.language = "en-GB"

    @contextmanager
    def sheet(self, title: str, layout: Layout, footer: str) -> Iterator[Sheet]:
        """Write one sheet; the next can be begun when this one is done."""
        sheet: WriteOnly = self._book.create_sheet(title)
        _lay_out(sheet, layout, footer)
        with self._archive.open(f"xl/worksheets/sheet{len(self._book.worksheets)}.xml", "w") as part:
            sheet._writer = WorksheetWriter(sheet, out=part)
            sheet._writer.write_top()
            yield Sheet(sheet)
            sheet.close()

    def save(self) -> bytes:
        """The finished workbook."""
        _Writer(self._book, self._archive).save()
        return self._out.getvalue()


class _Writer(ExcelWriter):
    """Writes what is left when the sheets are in the archive already."""

    def write_worksheet(self, ws: WriteOnly) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        ws._rels = ws._writer._rels
        self.manifest.append(ws)


def _lay_out(sheet: WriteOnly, layout: Layout, footer: str) -> None:
    for number, width in enumerate(layout.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if layout.freeze:
        sheet.freeze_panes = layout.freeze
    if layout.repeated_rows:
        sheet.print_title_rows = layout.repeated_rows
    if layout.repeated_columns:
        sheet.print_title_cols = layout.repeated_columns
    if layout.row_height:
        sheet.sheet_format.defaultRowHeight = layout.row_height
        sheet.sheet_format.customHeight = True
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = layout.pages_wide, layout.pages_high
    foot = sheet.HeaderFooter.oddFooter
    foot.left.text = clean(" ".join(footer.split()))[:120].replace("&", "&&")
    foot.right.text = "Page &P of &N"


def unique_heads(heads: Iterable[str]) -> list[str]:
    """Headings as a table needs them: on one line, none twice, not too long."""
    found: dict[str, str] = {}
    for head in heads:
        plain = " ".join(clean(head).split())[:200] or "Column"
        name, number = plain, 2
        while name.casefold() in found:
            name, number = f"{plain} ({number})", number + 1
        found[name.casefold()] = name
    return list(found.values())
