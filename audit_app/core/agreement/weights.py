"""How much two different grades count as agreeing, on the whole scale: 1 is full agreement, 0 none."""

from collections.abc import Callable, Sequence

Weights = Sequence[Sequence[float]]


def identity(size: int) -> Weights:
    """Only the same grade agrees."""
    return _by_distance(size, lambda apart: 1.0 if apart == 0 else 0.0)


def linear(size: int) -> Weights:
    """1 - |i - j| / (q - 1): each grade further apart takes the same away."""
    return _by_distance(size, lambda apart: 1.0 - apart / (size - 1))


def within_one(size: int) -> Weights:
    """The same grade and its neighbours agree fully."""
    return _by_distance(size, lambda apart: 1.0 if apart <= 1 else 0.0)


def _by_distance(size: int, weight: Callable[[int], float]) -> Weights:
    return [[weight(abs(i - j)) for j in range(size)] for i in range(size)]
