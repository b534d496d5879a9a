"""Workbooks made in memory: no part of one ever touches the disk before it is whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from audit_app.reports.xlsx_cells import Cells, Value, clean
from audit_app.reports.xlsx_looks import Look, WriteOnly

_A4 = 9
_LONGEST_HEAD = 200
_NO_ROWS = re.compile(rb"<sheetData\s*(?:/>|></sheetData>)")


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

    def __init__(self, sheet: WriteOnly, part: IO[bytes]) -> None:
        self.sheet = sheet
        self.rows = 0
        self._part = part
        self._cells = Cells(sheet)
        self._last_column = 1

    def row(self, *cells: tuple[Value, Look], height: float = 0) -> int:
        """Write a row and return its number; ``height`` in points, 0 for the sheet's own."""
        return self.looks_row([value for value, _ in cells], [look for _, look in cells], height)

    def looks_row(self, values: Sequence[Value], looks: Sequence[Look], height: float = 0) -> int:
        """Write a row whose columns look as ``looks`` says and return its number."""
        self.rows += 1
        self._last_column = max(self._last_column, len(values))
        self._part.write(self._cells.row(self.rows, values, looks, height))
        return self.rows

    def blank(self) -> None:
        """An empty row."""
        self.looks_row([], [])

    def table(self, name: str, first_row: int, heads: Sequence[str]) -> None:
        """Make the rows from ``first_row``, which holds ``heads``, to the last one a table with filters."""
        table: Any = Table(displayName=name, ref=f"A{first_row}:{get_column_letter(len(heads))}{self.rows}")
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


class Book:
    """A workbook whose sheets go straight into the zip, row by row, through no temporary file."""

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
            part.write(_around_the_rows(sheet)[0] + b"<sheetData>")
            yield Sheet(sheet, part)
            part.write(b"</sheetData>" + _around_the_rows(sheet)[1])

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


def _around_the_rows(sheet: WriteOnly) -> tuple[bytes, bytes]:
    """What openpyxl writes before and after the rows, as the sheet is now."""
    sheet._writer = WorksheetWriter(sheet, out=BytesIO())
    sheet._writer.write()
    before, after = _NO_ROWS.split(sheet._writer.out.getvalue(), maxsplit=1)
    return before, after


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
        plain = " ".join(clean(head).split())[:_LONGEST_HEAD] or "Column"
        name, number = plain, 2
        while name.casefold() in found:
            name, number = f"{plain} ({number})", number + 1
        found[name.casefold()] = name
    return list(found.values())
