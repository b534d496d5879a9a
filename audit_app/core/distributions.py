"""The few probability distributions that small-sample figures need, from the standard library alone."""

from collections.abc import Callable
from functools import lru_cache
from math import erfc, exp, lgamma, log, log1p, pi, sqrt

_TINY = 1e-300
_CLOSE = 1e-16
_MOST_STEPS = 10_000


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for ``a`` and ``b`` above 0.

    By its continued fraction (Abramowitz and Stegun 26.5.8), summed by Lentz's method on the side of the mean
    where it converges fast.
    """
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1.0 - front * _beta_fraction(1.0 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / _not_zero(1.0 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, _MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / _not_zero(1.0 + even * d)
        c = _not_zero(1.0 + even / c)
        found *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 / _not_zero(1.0 + odd * d)
        c = _not_zero(1.0 + odd / c)
        found *= c * d
        if abs(c * d - 1.0) < _CLOSE:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(share: float, a: float, b: float) -> float:
    """The x for which I_x(a, b) is ``share``, by bisection to the last digit that a float holds."""
    return _solve(lambda x: beta_cdf(x, a, b) < share)


def _solve(too_low: Callable[[float], bool]) -> float:
    """Where between 0 and 1 something stops being too low."""
    low, high = 0.0, 1.0
    while True:
        middle = (low + high) / 2
        if middle <= low or middle >= high or high - low < _CLOSE * high:
            return middle
        if too_low(middle):
            low = middle
        else:
            high = middle


@lru_cache(maxsize=256)
def t_quantile(share: float, df: int) -> float:
    """The upper quantile of Student's t with ``df`` degrees of freedom, for a ``share`` of at least one half.

    From T² / (df + T²) having the distribution beta(1/2, df/2).
    """
    y = beta_quantile(2 * share - 1, 0.5, df / 2)
    return sqrt(df * y / (1.0 - y))


def chi_square_tail(value: float, df: int) -> float:
    """The probability that a chi-square with ``df`` degrees of freedom is at least ``value``.

    The finite sums for whole degrees of freedom: Abramowitz and Stegun 26.4.4 (odd) and 26.4.5 (even).
    """
    if value <= 0.0:
        return 1.0
    half, odd = value / 2, df % 2 == 1
    found = erfc(sqrt(half)) if odd else 0.0
    term = exp(-half) * (2 * sqrt(half / pi) if odd else 1.0)
    for k in range(1, df // 2 + 1):
        found += term
        term *= half / (k + 0.5 if odd else k)
    return min(1.0, found)


def normal_tails(z: float) -> float:
    """The probability that a standard normal lies at least as far from 0 as ``z``, either way."""
    return erfc(abs(z) / sqrt(2))
