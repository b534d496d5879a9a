"""Whether groups differ in the shape of their grades at all: the Fisher-Freeman-Halton test."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import comb, exp, log, prod, sqrt
from random import Random

from audit_app.core.agreement.figures import Undefined

BUDGET = 200_000
SAMPLES = 20_000
SEED = 1
_TELL_EVERY = 500
_SAME = 1e-7
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
    observed = prod(map(_arrangements, columns))
    unlikely = sum(weight * times for weight, times in ways.items() if weight <= observed)
    return ShapeTest(unlikely / sum(weight * times for weight, times in ways.items()), exact=True)


def _arrangements(column: Sequence[int]) -> int:
    """In how many orders a column's cases can stand: the multinomial coefficient."""
    found, placed = 1, 0
    for count in column:
        placed += count
        found *= comb(placed, count)
    return found


def _ways_by_weight(rows: Sequence[int], columns: Sequence[int], budget: int) -> dict[int, int] | None:
    """How many tables with these totals have each weight; None where that takes more than the budget.

    A weight is a whole number in proportion to a table's probability: its columns' arrangements, multiplied.
    Column by column. The room left in the rows is sorted: what can follow does not depend on their order.
    """
    arrangements = lru_cache(maxsize=None)(_arrangements)
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
                factor = arrangements(filling)
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
    """From random tables with the same totals, each compared by the log of its probability."""
    log_factorials = [0.0, *accumulate(log(k) for k in range(1, sum(map(sum, columns)) + 1))]

    def log_factorial_sum(table: Iterable[Sequence[int]]) -> float:
        return sum(log_factorials[count] for column in table for count in column)

    # The more probable a table, the smaller this is; equal ones may differ in the last digits.
    observed = log_factorial_sum(columns) - _SAME
    rows, totals = [sum(row) for row in zip(*columns, strict=True)], [*map(sum, columns)]
    # Only random() gives the same numbers in every version of Python.
    random = Random(seed).random
    hits = 0
    for done in range(samples):
        if progress is not None and done % _TELL_EVERY == 0:
            progress(done)
        hits += log_factorial_sum(_dealt(rows, totals, random, log_factorials)) >= observed
    p = (hits + 1) / (samples + 1)
    return ShapeTest(p, exact=False, se=sqrt(p * (1 - p) / samples), samples=samples, seed=seed)


def _dealt(
    rows: Sequence[int], columns: Sequence[int], random: Callable[[], float], log_factorials: Sequence[float]
) -> Iterator[list[int]]:
    """The columns of a random table with these totals, as if all cases were shuffled and dealt out."""
    room = list(rows)
    for total in columns:
        column: list[int] = []
        space = sum(room)
        for at, own in enumerate(room):
            count = _drawn(own, space - own, total, random, log_factorials)
            column.append(count)
            total -= count
            space -= own
            room[at] -= count
        yield column


def _drawn(
    own: int, others: int, draws: int, random: Callable[[], float], log_factorials: Sequence[float]
) -> int:
    """How many of ``own`` are among so many draws from ``own`` and ``others``: a hypergeometric number.

    By inversion, from the most probable number outwards.
    """
    low, high = max(0, draws - others), min(draws, own)
    left = right = found = min(high, (draws + 1) * (own + 1) // (own + others + 2))
    falls = (own, others, draws, own + others - draws)
    rises = (own + others, found, own - found, draws - found, others - draws + found)
    below = above = exp(
        sum(map(log_factorials.__getitem__, falls)) - sum(map(log_factorials.__getitem__, rises))
    )
    rest = random() - below
    while rest > 0 and (left > low or right < high):
        if right < high:
            above *= (own - right) * (draws - right) / ((right + 1) * (others - draws + right + 1))
            right += 1
            rest, found = rest - above, right
        if rest > 0 and left > low:
            below *= left * (others - draws + left) / ((own - left + 1) * (draws - left + 1))
            left -= 1
            rest, found = rest - below, left
    return found
