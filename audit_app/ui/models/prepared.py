"""Rows with all that showing, finding and sorting them needs, made off the GUI thread."""

import gc
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any, Generic, TypeVar

from audit_app.core.folding import folded
from audit_app.ui.models.columns import Column, words_key

R = TypeVar("R")
_BETWEEN = "\n"  # no word that is looked for reaches over it into the next column
_BLANK = -1
_NUMBERS = "l"  # how arrays keep them
_AT_ONCE = 5_000  # values


@dataclass(frozen=True, slots=True)
class Query(Generic[R]):
    """Which rows to show and in which order.

    Every word of ``text`` must be somewhere in a row. ``keep`` says yes to a row by other means. ``sort`` is
    a column's id, None for the order in which the rows came.
    """

    text: str = ""
    keep: Callable[[R], bool] | None = None
    sort: str | None = None
    descending: bool = False


def _never_cancelled() -> None:
    """What ``prepare`` asks where nobody can cancel."""


class Prepared(Generic[R]):
    """Rows that can be arranged. Made once for a set of rows, and used by one thread at a time.

    ``cells`` holds the words of every cell, by column and then by row. Long sequences are tuples of words
    and arrays of numbers: Python's search for garbage, which halts the window, walks through lists each
    time, but through such tuples only once.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        rows: Sequence[R],
        row_id: Callable[[R], str],
        check: Callable[[], None] = _never_cancelled,
    ) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.ids = tuple([row_id(row) for row in rows])
        self.cells: list[tuple[str, ...]] = []
        self._ranks: dict[str, Sequence[int]] = {}
        self._orders: dict[tuple[str, bool], Sequence[int]] = {}
        for column in columns:
            check()
            value = column.value
            self.cells.append(tuple([value(row) for row in rows]))
            self._ranks[column.id] = _ranks(column, rows, self.cells[-1], check)
        self._texts = tuple([folded(_BETWEEN.join(cells)) for cells in zip(*self.cells, strict=True)])
        gc.collect(1)  # that once is now, not while somebody scrolls

    def arrange(self, query: Query[R]) -> Sequence[int]:
        """The positions of the rows that the query shows, in its order.

        Rows that are equal keep the order in which they came; blank ones are last in either direction.
        """
        found = self._order(query)
        texts, rows = self._texts, self.rows
        for word in folded(query.text).split():
            found = [at for at in found if word in texts[at]]
        if query.keep is not None:
            keep = query.keep
            found = [at for at in found if keep(rows[at])]
        return array(_NUMBERS, found) if isinstance(found, list) else found

    def _order(self, query: Query[R]) -> Sequence[int]:
        if query.sort is None or query.sort not in self._ranks:
            return range(len(self.rows))
        key = (query.sort, query.descending)
        if key not in self._orders:
            self._orders[key] = _by_rank(self._ranks[query.sort], query.descending)
        return self._orders[key]


def _ranks(
    column: Column[R], rows: Sequence[R], words: Sequence[str], check: Callable[[], None]
) -> Sequence[int]:
    """The place of each row's value among all the values of a column."""
    # Any: one column's values are all numbers or all words.
    key: dict[Any, Any]
    if column.sort is None:
        values: Sequence[Any] = words
        key = {value: words_key(value) if value else None for value in set(words)}
    else:
        sort = column.sort
        values = [sort(row) for row in rows]
        key = {value: value for value in set(values)}
    check()
    places = {value: place for place, value in enumerate(_sorted({*key.values()} - {None}))}
    place_of = {value: _BLANK if known is None else places[known] for value, known in key.items()}
    return array(_NUMBERS, [place_of[value] for value in values])


def _sorted(values: set[Any]) -> list[Any]:
    """The values in order. One long sort would hold on to Python, and the window would wait for it."""
    left = list(values)
    return list(merge(*(sorted(left[start : start + _AT_ONCE]) for start in range(0, len(left), _AT_ONCE))))


def _by_rank(ranks: Sequence[int], descending: bool) -> Sequence[int]:
    """The positions in order of their ranks, blank ones last, equal ones as they came; again no long sort."""
    highest = max(ranks, default=_BLANK)
    counts = [0] * (highest + 2)  # blank ones are counted at the end, where _BLANK points to
    for rank in ranks:
        counts[rank] += 1
    ways = [*range(highest, _BLANK, -1)] if descending else [*range(highest + 1)]
    next_of, taken = counts, 0
    for rank in (*ways, _BLANK):
        next_of[rank], taken = taken, taken + counts[rank]
    order = [0] * len(ranks)
    for at, rank in enumerate(ranks):
        order[next_of[rank]] = at
        next_of[rank] += 1
    return array(_NUMBERS, order)
