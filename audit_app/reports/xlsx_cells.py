"""Rows of cells as the XML of a sheet: text is always text, whatever it looks like."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from openpyxl.utils import get_column_letter

from audit_app.core.words import long_date
from audit_app.reports.xlsx_looks import Look, WriteOnly, style_number

Value = str | int | float | date | None

MOST_CHARACTERS = 32_767  # of UTF-16, in one cell
_CUT = " … (cut: the audit holds the rest)"
_NOT_IN_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_UNWRITABLE = re.compile(f"[{_NOT_IN_XML}]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What Excel or another program might take for something other than text: formulas, errors, escapes.
_ODD = re.compile(f"^[=+\\-@\t#]|[\r{_NOT_IN_XML}]|_x[0-9A-Fa-f]{{4}}_")
_SPACED = re.compile(r"^\s|\s$|\n|  ")
_FIRST_YEAR = 1901  # of Excel's calendar that is free of its leap day in 1900
_DAY_ZERO = date(1899, 12, 30).toordinal()


def clean(text: str) -> str:
    """The text as a cell can hold it: nothing that XML refuses or that Excel would decode, not too long."""
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 > MOST_CHARACTERS and len(text.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        kept = 2 * (MOST_CHARACTERS - len(_CUT))
        text = text.encode("utf-16-le")[:kept].decode("utf-16-le", "ignore") + _CUT
    return _ESCAPE_LIKE.sub("_x005F_", text)


class Cells:
    """Writes the rows of one sheet; openpyxl's own way, an object for each cell, takes four times as long."""

    def __init__(self, sheet: WriteOnly) -> None:
        self._sheet = sheet
        self._styles: dict[tuple[Look, bool], str] = {}
        self._letters: list[str] = []

    def row(self, number: int, values: Sequence[Value], looks: Sequence[Look], height: float) -> bytes:
        """One row; ``height`` in points, 0 for the sheet's own."""
        while len(self._letters) < len(values):
            self._letters.append(get_column_letter(len(self._letters) + 1))
        tall = f' ht="{height}" customHeight="1"' if height else ""
        cells = "".join(self._cells(number, values, looks))
        return f'<row r="{number}"{tall}>{cells}</row>'.encode()

    def _cells(self, number: int, values: Sequence[Value], looks: Sequence[Look]) -> Iterator[str]:
        for letter, value, look in zip(self._letters, values, looks, strict=False):
            place = f'<c r="{letter}{number}"'
            if isinstance(value, str) and value:
                yield self._text(place, value, look)
            elif value is None or value == "":
                if look.fill or look.rule:
                    yield f"{place}{self._style(look)}/>"
            elif not isinstance(value, date):
                yield f"{place}{self._style(look)}><v>{value!r}</v></c>"
            elif value.year < _FIRST_YEAR:
                yield self._text(place, long_date(value), look)
            else:
                yield f"{place}{self._style(look)}><v>{value.toordinal() - _DAY_ZERO}</v></c>"

    def _text(self, place: str, text: str, look: Look) -> str:
        odd = len(text) * 2 > MOST_CHARACTERS or _ODD.search(text) is not None
        if odd:
            text = clean(text)
            if not text:
                return ""
        spaced = ' xml:space="preserve"' if _SPACED.search(text) else ""
        written = escape(text, quote=False)
        return f'{place}{self._style(look, odd)} t="inlineStr"><is><t{spaced}>{written}</t></is></c>'

    def _style(self, look: Look, quoted: bool = False) -> str:
        known = self._styles.get((look, quoted))
        if known is None:
            number = style_number(self._sheet, look, quoted=quoted)
            known = self._styles[look, quoted] = f' s="{number}"'
        return known
