"""Reads a date as people type it: ISO, day first, or with the month's name. Nothing ambiguous is guessed."""

import re
from datetime import date

from audit_app.exchange.sheet import Cell, Flaw, shown

_TIME = r"(?:[T ] *[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})([-/. ])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_NAMED = re.compile(
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun|wed|sat)(?:day)?,? +)?"
    r"([0-9]{1,2})(?:st|nd|rd|th)?[- ]+([a-z]+)\.?,?[- ]+([0-9]{4})",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/. ])(?:[0-9]{1,2}|[A-Za-z]{3,9})\1[0-9]{2}")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_HOW = "write it as 31/10/2019, with the day first, or as 2019-10-31"


def read_date(cell: Cell, earliest: int, latest: int) -> date | Flaw | None:
    """The date in a cell, or a flaw that says why there is none; years from ``earliest`` to ``latest``."""
    if cell is None or isinstance(cell, Flaw):
        return cell
    found = cell if isinstance(cell, date) else _from_text(cell)
    if isinstance(found, date) and not earliest <= found.year <= latest:
        return Flaw(shown(str(cell)), f"the year must be from {earliest} to {latest}")
    return found


def _from_text(text: str) -> date | Flaw:
    if found := _YEAR_FIRST.fullmatch(text):
        return _made(text, int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_FIRST.fullmatch(text):
        return _made(text, int(found[4]), int(found[3]), int(found[1]))
    if (found := _NAMED.fullmatch(text)) and (month := _month(found[2])):
        return _made(text, int(found[3]), month, int(found[1]))
    if _SHORT_YEAR.fullmatch(text):
        return Flaw(shown(text), "the year is cut short: write all four digits, as in 31/10/2019")
    if text.isdecimal():
        return Flaw(shown(text), f"a number, not a date: {_HOW}")
    return Flaw(shown(text), f"not a date that can be read: {_HOW}")


def _month(name: str) -> int | None:
    lowered = name.lower()
    if lowered == "sept":
        return 9
    for number, month in enumerate(_MONTHS, 1):
        if lowered in (month, month[:3]):
            return number
    return None


def _made(text: str, year: int, month: int, day: int) -> date | Flaw:
    if not 1 <= month <= 12:
        return Flaw(shown(text), f"there is no month {month}: {_HOW}")
    try:
        return date(year, month, day)
    except ValueError:
        return Flaw(shown(text), f"there is no such day: {_HOW}")
