"""Margins for a share of a small number of cases."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from audit_app.core.distributions import beta_quantile


@dataclass(frozen=True, slots=True)
class Interval:
    """A lower and an upper limit; of a share, each between 0 and 1."""

    low: float
    high: float


def wilson(count: int, n: int, confidence: float = 0.95) -> Interval | None:
    """The Wilson score interval for ``count`` of ``n``; None when ``n`` is 0.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212, without continuity
    correction:
    (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). 8 of 12 gives 0.39 to 0.86.
    """
    _check(count, n)
    if n == 0:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = count / n
    centre = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # The limits at the ends are exactly 0 and 1; rounding must not say otherwise.
    low = 0.0 if count == 0 else (centre - spread) / scale
    high = 1.0 if count == n else (centre + spread) / scale
    return Interval(low, high)


def clopper_pearson(count: int, n: int, confidence: float = 0.95) -> Interval | None:
    """The exact interval for ``count`` of ``n``, never too narrow, often too wide; None when ``n`` is 0.

    Quantiles of beta(x, n - x + 1) and beta(x + 1, n - x). Clopper and Pearson 1934, Biometrika 26, 404-413.
    """
    return _beta_interval(count, n, confidence, 0.0, 1.0)


def jeffreys(count: int, n: int, confidence: float = 0.95) -> Interval | None:
    """Between the tails of beta(x + 1/2, n - x + 1/2), but from 0 or to 1 at the ends; None when ``n`` is 0.

    Brown, Cai and DasGupta 2001, Statistical Science 16, 101-133.
    """
    return _beta_interval(count, n, confidence, 0.5, 0.5)


def _beta_interval(count: int, n: int, confidence: float, hit: float, miss: float) -> Interval | None:
    """Between two quantiles; ``hit`` and ``miss`` are added to the cases within and without the lower one."""
    _check(count, n)
    if n == 0:
        return None
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else beta_quantile(tail, count + hit, n - count + miss)
    high = 1.0 if count == n else beta_quantile(1 - tail, count + miss, n - count + hit)
    return Interval(low, high)


def _check(count: int, n: int) -> None:
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share")


def percent(count: int, n: int) -> int:
    """``count`` of ``n`` as a whole percentage, rounded half up; ValueError when ``n`` is 0."""
    if n == 0:
        raise ValueError("a share of nothing has no percentage")
    return (200 * count + n) // (2 * n)
