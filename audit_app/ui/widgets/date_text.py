"""Reads a date as a person types it, and writes it as their system does."""

import re
from datetime import date

from PySide6.QtCore import QDate, QLocale

_DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4}|\d{2})")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST_MONTH = 3  # "oct"
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
LONG = "d MMMM yyyy"


def read_date(text: str, locale: QLocale) -> date | None:
    """The date that was typed, or None: ISO, the system's format, day first, English words or "today".

    A year of two digits is one of this century. Years outside 1900 to 2199 are taken for slips of the finger.
    """
    typed = " ".join(text.split()).casefold()
    if typed == "today":
        return date.today()
    found = _iso(typed) or _by_system(text.strip(), locale) or _day_first(typed) or _in_words(typed)
    if found is None or not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        return None
    return found


def write_date(day: date, locale: QLocale) -> str:
    """The date in the system's short format, always with four digits of the year."""
    return locale.toString(_qdate(day), system_format(locale))


def write_long_date(day: date, locale: QLocale) -> str:
    """The date in words, as in reports: 7 October 2019."""
    return locale.toString(_qdate(day), LONG)


def system_format(locale: QLocale) -> str:
    """The system's short date format with four digits of the year; where the system has none, day first."""
    if locale.language() == QLocale.Language.C:
        return "dd/MM/yyyy"
    found = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return found if "yyyy" in found else found.replace("yy", "yyyy")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) + 2000 if len(digits) == 2 else int(digits)


def _iso(typed: str) -> date | None:
    match = _ISO.fullmatch(typed)
    return _made(int(match[1]), int(match[2]), int(match[3])) if match else None


def _by_system(text: str, locale: QLocale) -> date | None:
    """By the system's format, whether the zeros in front and the century are typed or not."""
    full = system_format(locale)
    short = full.replace("dd", "d") if "ddd" not in full else full
    short = short.replace("MM", "M") if "MMM" not in short else short
    for pattern in (full, short):
        found = locale.toDate(text, pattern)
        if found.isValid() and found.year() >= EARLIEST_YEAR:
            return _made(found.year(), found.month(), found.day())
    found = locale.toDate(text, short.replace("yyyy", "yy"))
    if found.isValid():
        return _made(2000 + found.year() % 100, found.month(), found.day())
    return None


def _day_first(typed: str) -> date | None:
    match = _DAY_FIRST.fullmatch(typed)
    return _made(_year(match[3]), int(match[2]), int(match[1])) if match else None


def _in_words(typed: str) -> date | None:
    match = _IN_WORDS.fullmatch(typed)
    if not match or len(match[2]) < _SHORTEST_MONTH:
        return None
    months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(match[2])]
    return _made(_year(match[3]), months[0], int(match[1])) if len(months) == 1 else None
