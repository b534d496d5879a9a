"""Numbers, lists and dates in words, in British English whatever the system's language."""

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(count: int) -> str:
    """A count with thousands separated: 10,000."""
    return f"{count:,}"


def number_word(count: int) -> str:
    """A count in words up to ten, in figures beyond."""
    return _NUMBER_WORDS[count] if 0 <= count < len(_NUMBER_WORDS) else number(count)


def plural(count: int, singular: str, several: str = "") -> str:
    """``1 audit``, ``2 audits``, ``0 audits``."""
    return f"{number(count)} {singular if count == 1 else several or singular + 's'}"


def joined(names: Sequence[str], word: str = "and") -> str:
    """``A``, ``A and B``, ``A, B and C``; or with another word."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def capitalised(text: str) -> str:
    """The same text with a capital at its start; the rest is left as it is."""
    return text[:1].upper() + text[1:]


def long_date(day: date) -> str:
    """A date as reports show it, whatever the system's language: 7 October 2019."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def dates_text(first: date | None, last: date | None) -> str:
    """A stretch of days, either end open; blank when both are."""
    if first and last:
        return long_date(first) if first == last else f"{long_date(first)} to {long_date(last)}"
    if first:
        return f"from {long_date(first)}"
    return f"up to {long_date(last)}" if last else ""
