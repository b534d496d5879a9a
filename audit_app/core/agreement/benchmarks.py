"""The word for a coefficient that its margin allows: Gwet's probabilistic benchmarking."""

from statistics import NormalDist

# Landis and Koch 1977, Biometrics 33, 159-174: where each band begins, highest first.
BANDS = (
    (0.8, "almost perfect"),
    (0.6, "substantial"),
    (0.4, "moderate"),
    (0.2, "fair"),
    (0.0, "slight"),
    (-1.0, "poor"),
)


def band_probabilities(value: float, se: float) -> tuple[tuple[str, float], ...]:
    """The probability that the true coefficient reaches each band, highest first.

    From a normal curve around ``value``, cut off at -1 and 1: Φ((v - b) / se) - Φ((v - 1) / se), over the
    same with b = -1. Gwet 2014, Handbook of Inter-Rater Reliability, ch. 6.
    """
    if se == 0:
        return tuple((word, 1.0 if value >= start else 0.0) for start, word in BANDS)
    below = NormalDist().cdf
    top, bottom = below((value - 1) / se), below((value + 1) / se)
    return tuple((word, (below((value - start) / se) - top) / (bottom - top)) for start, word in BANDS)


def benchmark(value: float, se: float, confidence: float = 0.95) -> str:
    """The highest word that the coefficient reaches at least, with this confidence: "at least moderate"."""
    return next(word for word, probability in band_probabilities(value, se) if probability >= confidence)
