"""Margins for a share of a small number of cases."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """A lower and an upper limit, each a share between 0 and 1."""

    low: float
    high: float


def wilson(count: int, n: int, confidence: float = 0.95) -> Interval | None:
    """The Wilson score interval for ``count`` of ``n``; None when ``n`` is 0.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212, without continuity
    correction:
    (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). 8 of 12 gives 0.39 to 0.86.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share")
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


def percent(count: int, n: int) -> int:
    """``count`` of ``n`` as a whole percentage, rounded half up; ValueError when ``n`` is 0."""
    if n == 0:
        raise ValueError("a share of nothing has no percentage")
    return (200 * count + n) // (2 * n)
