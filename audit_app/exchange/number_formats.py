"""Turns the numbers in an Excel cell into the text or the date that a person sees there."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, isfinite, nan

from audit_app.exchange.sheet import Flaw, shown

# Excel's own formats, by id (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to 58 are East Asian dates.
_BUILT_IN_DATES = frozenset((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)))
_FIRST_CUSTOM = 164
# Texts, padding, colours and languages; what counts hours past 24, as [h], stays.
_NOT_A_PLACEHOLDER = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DAY_1900 = date(1899, 12, 30)
_DAY_1904 = date(1904, 1, 1)
_PHANTOM_DAY = 60  # Excel holds 1900 for a leap year
_LAST_DAY = 2_957_000  # in the year 9995 or later, where Excel and Python stop
_PLAIN = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a cell shows its number: as a date, or filled up with zeros to so many digits."""

    is_date: bool = False
    digits: int = 0


PLAIN_NUMBER = NumberFormat()


def number_format(format_id: int, code: str) -> NumberFormat:
    """The meaning of a format by its id and, where it is not Excel's own, its code (``dd/mm/yy``)."""
    if format_id < _FIRST_CUSTOM and not code:
        return NumberFormat(is_date=format_id in _BUILT_IN_DATES)
    placeholders = _NOT_A_PLACEHOLDER.sub("", code.partition(";")[0]).lower()
    if placeholders.strip() in ("general", "standard"):
        return PLAIN_NUMBER
    if set(placeholders) == {"0"}:
        return NumberFormat(digits=len(placeholders))
    # An m is a month, unless hours or seconds beside it make it minutes.
    has_month = "m" in placeholders and not set("hs") & set(placeholders)
    return NumberFormat(is_date=has_month or bool(set("yd") & set(placeholders)))


def read_number(text: str, shape: NumberFormat, *, from_1904: bool) -> str | date | Flaw:
    """What a person sees of the number that a cell holds."""
    if not shape.is_date and _PLAIN.fullmatch(text):
        return text.zfill(shape.digits) if text[0] != "-" else text
    value = float(text) if _NUMBER.fullmatch(text) else nan
    if not isfinite(value):
        return Flaw(shown(text), "not a number, though the cell says it is: type the cell again")
    if shape.is_date:
        return _date(value, text, from_1904=from_1904)
    rounded = f"{value:.15g}"  # Excel shows no more than 15 digits: 0.1 + 0.2 is 0.3
    return f"{value:.0f}".zfill(shape.digits) if value.is_integer() and abs(value) < 1e15 else rounded


def _date(days: float, text: str, *, from_1904: bool) -> date | Flaw:
    first = _DAY_1904 if from_1904 else _DAY_1900
    if not from_1904 and days < _PHANTOM_DAY:
        first += timedelta(days=1)
    whole = floor(days)
    if 0 <= whole <= _LAST_DAY and (from_1904 or whole not in (0, _PHANTOM_DAY)):
        return first + timedelta(days=whole)
    return Flaw(shown(text), "not a date, though the cell is set to show one: type the date again")
