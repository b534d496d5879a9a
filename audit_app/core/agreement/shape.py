"""Whether groups differ in the shape of their grades at all: the Fisher-Freeman-Halton test."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, sqrt
from random import Random

from audit_app.core.agreement.figures import Undefined

BUDGET = 200_000
SAMPLES = 20_000
SEED = 1
_TELL_EVERY = 500
NOT_TWO_USED = Undefined("no_variation", "It takes two groups with grades, and two different grades.")


@dataclass(frozen=True, slots=True)
class ShapeTest:
    """The p-value; where not exact, from ``samples`` random tables by ``seed``, with its standard error."""

    p: float
    exact: bool
    se: float = 0.0
    samples: int = 0
    seed: int | None = None


def shape_test(
    table: Sequence[Sequence[int]],
    *,
    budget: int = BUDGET,
    samples: int = SAMPLES,
    seed: int = SEED,
    progress: Callable[[int], None] | None = None,
) -> ShapeTest | Undefined:
    """Fisher's exact test for any number of groups (rows) and grades (columns).

    The probability, with the totals as they are, of a table no more probable than this one. Counted exactly
    while at most ``budget`` ways to fill a column are met, else estimated from random tables; ``progress`` is
    told from time to time how many are done, and may raise Cancelled. Freeman and Halton 1951, Biometrika 38,
    141-149.
    """
    rows: list[Sequence[int]] = [row for row in table if any(row)]
    columns: list[Sequence[int]] = [column for column in zip(*rows, strict=True) if any(column)]
    if len(rows) < 2 or len(columns) < 2:
        return NOT_TWO_USED
    if len(columns) < len(rows):
        rows, columns = columns, [*zip(*columns, strict=True)]
    columns.sort(key=sum)
    ways = _ways_by_weight([sum(row) for row in zip(*columns, strict=True)], [*map(sum, columns)], budget)
    if ways is None:
        return _estimated(columns, samples, seed, progress)
    observed = _weight(columns)
    unlikely = sum(weight * times for weight, times in ways.items() if weight <= observed)
    return ShapeTest(unlikely / sum(weight * times for weight, times in ways.items()), exact=True)


def _weight(columns: Sequence[Sequence[int]]) -> int:
    """A whole number in proportion to the probability of a table."""
    found = 1
    for column in columns:
        found *= _arrangements(column)
    return found


def _arrangements(column: Sequence[int]) -> int:
    """In how many orders a column's cases can stand: the multinomial coefficient."""
    found, placed = 1, 0
    for count in column:
        placed += count
        found *= comb(placed, count)
    return found


def _ways_by_weight(rows: Sequence[int], columns: Sequence[int], budget: int) -> dict[int, int] | None:
    """How many tables with these totals have each weight; None where that takes more than the budget.

    Column by column. The room left in the rows is sorted: what can follow does not depend on their order.
    """
    states: dict[tuple[int, ...], dict[int, int]] = {tuple(sorted(rows)): {1: 1}}
    steps = 0
    for total in columns:
        following: dict[tuple[int, ...], dict[int, int]] = {}
        for room, weights in states.items():
            for filling in _fillings(total, room):
                steps += len(weights)
                if steps > budget:
                    return None
                left = tuple(sorted(space - count for space, count in zip(room, filling, strict=True)))
                into = following.setdefault(left, {})
                factor = _arrangements(filling)
                for weight, times in weights.items():
                    into[weight * factor] = into.get(weight * factor, 0) + times
        states = following
    (ways,) = states.values()
    return ways


def _fillings(total: int, room: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every way to put ``total`` cases into rows that have so much room."""
    if len(room) == 1:
        yield (total,)
        return
    rest = sum(room[1:])
    for count in range(max(0, total - rest), min(total, room[0]) + 1):
        for others in _fillings(total - count, room[1:]):
            yield (count, *others)


def _estimated(
    columns: Sequence[Sequence[int]], samples: int, seed: int, progress: Callable[[int], None] | None
) -> ShapeTest:
    """From random tables with the same totals: cases keep their rows, and columns are dealt out anew."""
    in_rows = [row for column in columns for row, count in enumerate(column) for _ in range(count)]
    bounds = [0]
    for column in columns:
        bounds.append(bounds[-1] + sum(column))
    observed = _weight(columns)
    # Only random() gives the same numbers in every version of Python.
    random = Random(seed).random
    hits = 0
    for done in range(samples):
        if progress is not None and done % _TELL_EVERY == 0:
            progress(done)
        in_rows.sort(key=lambda _: random())
        dealt = [
            [in_rows[start:end].count(row) for row in range(len(columns[0]))]
            for start, end in pairwise(bounds)
        ]
        hits += _weight(dealt) <= observed
    p = (hits + 1) / (samples + 1)
    return ShapeTest(p, exact=False, se=sqrt(p * (1 - p) / samples), samples=samples, seed=seed)
