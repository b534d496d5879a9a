"""Two quarters or teams compared: which was graded higher, and the difference of their shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, prod, sqrt

from audit_app.core.agreement.figures import Figure, Measured, Undefined
from audit_app.core.distributions import normal_tails
from audit_app.core.intervals import wilson

BUDGET = 100_000
ONE_GRADE = Undefined("no_variation", "Every case has the same grade.")
EMPTY_GROUP = Undefined("no_data", "One of the groups has no grades.")


@dataclass(frozen=True, slots=True)
class RankTest:
    """Whether one group was graded higher.

    ``value`` is the chance that a case drawn from the first group is graded higher than one from the second,
    ties counting half: 0.5 is no difference. ``p`` is the two-sided mid-p, ``strict_p`` counts the observed
    outcome whole. ``exact`` is False where the tables were too many to count and the normal curve stands in.
    """

    value: float
    p: float
    strict_p: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups' grades, lowest first, and how far apart they are; ``success`` are those of the share."""

    scale: tuple[str, ...]
    groups: Mapping[str, tuple[int, ...]]
    success: tuple[str, ...]
    rank_test: RankTest | Undefined
    difference: Measured


def compare(scale: Sequence[str], groups: Mapping[str, Sequence[int]], lowest_success: str) -> Comparison:
    """Exactly two groups, each with a count per grade of the whole scale, lowest first."""
    first, second = groups.values()
    at = list(scale).index(lowest_success)
    return Comparison(
        tuple(scale),
        {name: tuple(counts) for name, counts in groups.items()},
        tuple(scale)[at:],
        rank_test(first, second),
        share_difference(sum(first[at:]), sum(first), sum(second[at:]), sum(second)),
    )


def share_difference(count: int, n: int, other_count: int, other_n: int) -> Measured:
    """The first share less the second, with Newcombe's 95% limits from the two Wilson intervals.

    d - sqrt((p1 - l1)² + (u2 - p2)²) to d + sqrt((u1 - p1)² + (p2 - l2)²). Newcombe 1998, Statistics in
    Medicine 17, 873-890, method 10.
    """
    interval, other = wilson(count, n), wilson(other_count, other_n)
    if interval is None or other is None:
        return EMPTY_GROUP
    share, other_share = count / n, other_count / other_n
    value = share - other_share
    below = sqrt((share - interval.low) ** 2 + (other.high - other_share) ** 2)
    above = sqrt((interval.high - share) ** 2 + (other_share - other.low) ** 2)
    return Figure(value, low=max(-1.0, value - below), high=min(1.0, value + above))


def rank_test(first: Sequence[int], second: Sequence[int], *, budget: int = BUDGET) -> RankTest | Undefined:
    """The exact conditional test of the sum of midranks on a 2 x k ordered table.

    Two-sided by twice the smaller tail. Every table with the same totals is counted; where they may be more
    than ``budget``, the normal curve with the variance for ties stands in. Lancaster 1961, Journal of the
    American Statistical Association 56, 223-234 (mid-p); Fagerland, Lydersen and Laake 2017, Statistical
    Analysis of Contingency Tables, ch. 6.
    """
    n1, n2 = sum(first), sum(second)
    if n1 == 0 or n2 == 0:
        return EMPTY_GROUP
    used = [(a, b) for a, b in zip(first, second, strict=True) if a + b]
    if len(used) < 2:
        return ONE_GRADE
    totals = [a + b for a, b in used]
    scores = _doubled_midranks(totals)
    observed = sum(a * score for (a, _), score in zip(used, scores, strict=True))
    value = (observed - n1 * (n1 + 1)) / (2 * n1 * n2)
    if prod(min(total, n1) + 1 for total in totals[:-1]) > budget:
        p = normal_tails((observed - n1 * (n1 + n2 + 1)) / (2 * sqrt(_midrank_variance(totals, n1, n2))))
        return RankTest(value, p, p, exact=False)
    ways = _ways_by_score(totals, scores, n1)
    lower = sum(count for score, count in ways.items() if score <= observed)
    upper = sum(count for score, count in ways.items() if score >= observed)
    smaller, every = min(lower, upper), comb(n1 + n2, n1)
    p = min(1.0, (2 * smaller - ways[observed]) / every)
    return RankTest(value, p, min(1.0, 2 * smaller / every), exact=True)


def _doubled_midranks(totals: Sequence[int]) -> list[int]:
    """Twice the mean rank of each grade's cases, so that it is whole."""
    scores, before = [], 0
    for total in totals:
        scores.append(2 * before + total + 1)
        before += total
    return scores


def _midrank_variance(totals: Sequence[int], n1: int, n2: int) -> float:
    n = n1 + n2
    ties = sum(total**3 - total for total in totals)
    return n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)))


def _ways_by_score(totals: Sequence[int], scores: Sequence[int], n1: int) -> dict[int, int]:
    """In how many ways n1 cases can be drawn, by their sum of scores."""
    states = {(0, 0): 1}
    for total, score in zip(totals[:-1], scores, strict=False):
        choices = [comb(total, more) for more in range(min(total, n1) + 1)]
        following: dict[tuple[int, int], int] = {}
        for (drawn, summed), ways in states.items():
            for more, chosen in enumerate(choices[: n1 - drawn + 1]):
                state = (drawn + more, summed + more * score)
                following[state] = following.get(state, 0) + ways * chosen
        states = following
    found: dict[int, int] = {}
    for (drawn, summed), ways in states.items():
        if n1 - drawn <= totals[-1]:  # the highest grade takes the rest
            summed += (n1 - drawn) * scores[-1]
            found[summed] = found.get(summed, 0) + ways * comb(totals[-1], n1 - drawn)
    return found


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Each p-value adjusted for being one of several, in the order given.

    The i-th smallest of m times m - i + 1, never below the one before. Holm 1979, Scandinavian Journal of
    Statistics 6, 65-70.
    """
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for done, at in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[at] * (len(p_values) - done)))
        adjusted[at] = highest
    return tuple(adjusted)
