"""How the cells of the workbooks look."""

from dataclasses import dataclass
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from audit_app.reports.inks import ACCENT, INK, LINE, QUIET

# openpyxl's types leave out most of what a write-only sheet and its parts have.
WriteOnly = Any

_SHARE = "0%"
_COUNT = "#,##0"
_DATE = "d mmmm yyyy"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; colours as ``#rrggbb``. ``rule`` sets the row apart by lines above and below."""

    bold: bool = False
    size: float = 10.5
    colour: str = INK
    fill: str = ""
    number_format: str = "General"
    wrap: bool = False
    align: str = ""
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


def style_number(sheet: WriteOnly, look: Look, *, quoted: bool) -> int:
    """The number under which the workbook keeps this look.

    ``quoted`` marks a text that looks like a formula, so that it stays text when it is edited in Excel.
    """
    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name="Calibri", size=look.size, bold=look.bold, color=look.colour[1:])
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill[1:])
    if look.rule:
        cell.border = Border(top=Side("thin", color=INK[1:]), bottom=Side("thin", color=LINE[1:]))
    cell.number_format = look.number_format
    vertical = "center" if look.fill else "top" if look.wrap else None
    cell.alignment = Alignment(wrap_text=look.wrap, vertical=vertical, horizontal=look.align or None)
    cell.quotePrefix = quoted
    number: int = cell.style_id
    return number
