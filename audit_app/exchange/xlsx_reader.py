"""Reads the cells of an Excel workbook's first sheet with content, straight from its XML.

openpyxl can't tell a formula without its result from a blank cell, and takes three times as long.
"""

from collections.abc import Callable
from typing import BinaryIO

from audit_app.core.words import joined, number, plural
from audit_app.exchange.limits import Limits
from audit_app.exchange.sheet import Sheet, refused, shown
from audit_app.exchange.sheet_builder import SheetBuilder
from audit_app.exchange.xlsx_grid import ContentFinder, GridHandler
from audit_app.exchange.xlsx_package import Package
from audit_app.exchange.xlsx_workbook import SheetPart, read_workbook

_NAMED_SHEETS = 5


def read_xlsx(
    stream: BinaryIO, name: str, limits: Limits, progress: Callable[[int], None] | None = None
) -> Sheet:
    """The table on the first visible sheet that holds anything. Raises FileRefused."""
    with Package(stream, name, limits) as package:
        workbook = read_workbook(package, name, limits)
        for position, sheet in enumerate(workbook.sheets):
            builder = SheetBuilder(name, limits, progress)
            grid = GridHandler(workbook, builder, package.damaged, limits)
            package.parse(sheet.part, grid)
            if not builder.is_empty:
                others = _with_content(package, workbook.sheets[position + 1 :])
                return builder.finish(tuple(grid.merges), _notes(sheet, others, grid.hidden_rows))
    raise refused(name, "has nothing in it", "Choose the workbook that holds the rows.")


def _with_content(package: Package, sheets: tuple[SheetPart, ...]) -> list[str]:
    """The names of the sheets that hold anything, in quotation marks."""
    found = []
    for sheet in sheets:
        finder = ContentFinder()
        package.parse(sheet.part, finder)
        if finder.done:
            found.append(f"“{shown(sheet.title)}”")
    return found


def _notes(read: SheetPart, others: list[str], hidden_rows: int) -> tuple[str, ...]:
    notes = []
    if others:
        rest = len(others) - _NAMED_SHEETS
        names = joined([*others[:_NAMED_SHEETS], *([plural(rest, "more sheet")] if rest > 0 else [])])
        notes.append(f"Only the sheet “{shown(read.title)}” is read. Not read: {names}.")
    if hidden_rows:
        notes.append(f"Rows that are hidden in the spreadsheet are read as well: {number(hidden_rows)}.")
    return tuple(notes)
