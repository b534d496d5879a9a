"""What a column of a table is, as data: its heading, value, sort value, tip, alignment and width."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from audit_app.core.folding import folded
from audit_app.core.form import Shape

R = TypeVar("R")
SortValue = int | float | str
_NUMBER = re.compile(r"\d+")
_DIGITS = 12  # numbers within words are compared as numbers up to this length


@dataclass(frozen=True, slots=True)
class Mark:
    """The shape before the words of a cell, in the colour of the grade; ``shape`` None is "not graded"."""

    grade_id: str
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column over rows of one kind.

    ``sort`` gives what the column is sorted by, None for blank; without it the words are, with the numbers
    in them compared as numbers. At first it is as wide as its words, ``chars`` characters at most, and
    ``shown`` or not. ``tip`` says more than the cell, ``mark`` is drawn before it, ``found`` gives the parts
    of it to be marked (start and end), ``right`` is for figures.
    """

    id: str
    header: str
    value: Callable[[R], str]
    sort: Callable[[R], SortValue | None] | None = None
    tip: Callable[[R], str] | None = None
    mark: Callable[[R], Mark | None] | None = None
    found: Callable[[R], Sequence[tuple[int, int]]] | None = None
    right: bool = False
    shown: bool = True
    chars: int = 30


def words_key(text: str) -> str:
    """The order of words: without capitals and accents, "Team 2" before "Team 10"."""
    return _NUMBER.sub(_padded, folded(text))


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_DIGITS)


def day_key(day: date | None) -> int | None:
    """The order of dates."""
    return day.toordinal() if day else None


def moment_key(moment: datetime | None) -> float | None:
    """The order of moments."""
    return moment.timestamp() if moment else None
