"""Krippendorff's alpha, and its margin by resampling the cases."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from random import Random

from audit_app.core.agreement.figures import (
    NO_OVERLAP,
    NO_VARIATION,
    ONE_CASE,
    Figure,
    Measured,
    Undefined,
)
from audit_app.core.agreement.ratings import Counts
from audit_app.core.intervals import Interval

RESAMPLES = 2_000
SEED = 1
_TELL_EVERY = 50

# The squared differences between grades c < k, in the order of _places, from how often each grade was given.
Distance = Callable[[Sequence[int]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class AlphaMargins:
    """Limits that hold 95% of the resampled alphas.

    ``undefined`` of the ``resamples`` had one grade throughout; they are left out of the limits. The same
    ``seed`` gives the same limits.
    """

    ordinal: Interval
    nominal: Interval
    resamples: int
    undefined: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Cases:
    """What alpha needs of one or more cases: how often each grade stands, and each two in one case."""

    totals: tuple[int, ...]
    together: tuple[float, ...]

    @property
    def varies(self) -> bool:
        """Whether two different grades stand in them: without, alpha is not defined."""
        return sum(total > 0 for total in self.totals) > 1


def _places(size: int) -> list[tuple[int, int]]:
    return [(c, k) for c in range(size) for k in range(c + 1, size)]


def nominal(totals: Sequence[int]) -> Sequence[float]:
    """Different is different: 1 for any two grades."""
    return [1.0] * len(_places(len(totals)))


def ordinal(totals: Sequence[int]) -> Sequence[float]:
    """(n_c / 2 + the n of every grade between + n_k / 2)²: how many of the grades given lie between two."""
    upto = [0]
    for total in totals:
        upto.append(upto[-1] + total)
    middles = [(upto[at] + upto[at + 1]) / 2 for at in range(len(totals))]
    return [(middles[k] - middles[c]) ** 2 for c, k in _places(len(totals))]


def krippendorff_alpha(counts: Counts, distance: Distance) -> Measured:
    """1 - D_o / D_e over the cases with two grades or more; 0 for one split case, whatever the split.

    D_o is the mean distance between grades of one case, each case's pairs weighed 1 / (m_u - 1), D_e that
    between any two of the n grades: alpha = 1 - (n - 1) sum o_ck d_ck / sum n_c n_k d_ck over c < k.
    Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); Content Analysis (4th ed. 2018), ch. 12.
    """
    pairable = [case for case in counts if sum(case) > 1]
    if not pairable:
        return NO_OVERLAP
    together = _added((_parts(case), 1) for case in pairable)
    return Figure(_alpha(together, distance)) if together.varies else NO_VARIATION


def _parts(case: Sequence[int]) -> _Cases:
    others = sum(case) - 1
    return _Cases(tuple(case), tuple(case[c] * case[k] / others for c, k in _places(len(case))))


def _added(cases: Iterable[tuple[_Cases, int]]) -> _Cases:
    """Several cases as one, each as often as its number says."""
    weighed = list(cases)
    totals = zip(*([total * times for total in case.totals] for case, times in weighed), strict=True)
    together = zip(*([found * times for found in case.together] for case, times in weighed), strict=True)
    return _Cases(tuple(map(sum, totals)), tuple(map(sum, together)))


def _alpha(cases: _Cases, distance: Distance) -> float:
    totals = cases.totals
    apart = distance(totals)
    observed = sum(found * far for found, far in zip(cases.together, apart, strict=True))
    places = _places(len(totals))
    expected = sum(totals[c] * totals[k] * far for (c, k), far in zip(places, apart, strict=True))
    return 1 - (sum(totals) - 1) * observed / expected


def alpha_margins(
    counts: Counts,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    progress: Callable[[int], None] | None = None,
) -> AlphaMargins | Undefined:
    """The 95% percentile bootstrap of both alphas over cases with two grades or more.

    ``progress`` is told from time to time how many resamples are done, and may raise Cancelled. The cases are
    what is resampled: to draw graders or single grades would pretend that a case tells more than it does.
    """
    pairable = [tuple(case) for case in counts if sum(case) > 1]
    if len(pairable) < 2:
        return ONE_CASE if pairable else NO_OVERLAP
    parts = {case: _parts(case) for case in pairable}
    n = len(pairable)
    # Only random() gives the same numbers in every version of Python.
    random = Random(seed).random
    ordinals: list[float] = []
    nominals: list[float] = []
    for done in range(resamples):
        if progress is not None and done % _TELL_EVERY == 0:
            progress(done)
        drawn = Counter([pairable[int(random() * n)] for _ in range(n)])
        together = _added((parts[case], times) for case, times in drawn.items())
        if together.varies:
            ordinals.append(_alpha(together, ordinal))
            nominals.append(_alpha(together, nominal))
    if not ordinals:
        return NO_VARIATION
    return AlphaMargins(_middle(ordinals), _middle(nominals), resamples, resamples - len(ordinals), seed)


def _middle(found: Sequence[float]) -> Interval:
    ordered = sorted(found)
    return Interval(_quantile(ordered, 0.025), _quantile(ordered, 0.975))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between the two values that the place falls between (Hyndman and Fan's type 7)."""
    place = share * (len(ordered) - 1)
    below, above = ordered[floor(place)], ordered[ceil(place)]
    return below + (above - below) * (place - floor(place))
