"""What a statistic comes to: a figure, or the reason why there is none."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Undefined:
    """A statistic that does not exist for these grades; ``code`` is for programs, ``sentence`` for people."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic, with its standard error, 95% limits, p-value and degrees of freedom where they exist."""

    value: float
    se: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    df: int | None = None


@dataclass(frozen=True, slots=True)
class Direction:
    """How many grades the second grader raised and lowered, and the exact two-sided sign test of it."""

    up: int
    down: int
    p: float

    @property
    def changed(self) -> int:
        """The grades that differ either way."""
        return self.up + self.down


Measured: TypeAlias = Figure | Undefined

NO_OVERLAP = Undefined("no_overlap", "No case was graded by two or more people.")
NOTHING_SHARED = Undefined("no_overlap", "No case was graded by both.")
ONE_CASE = Undefined(
    "one_case", "Only one case has two or more grades: agreement beyond chance needs several cases."
)
NO_VARIATION = Undefined("no_variation", "Every grade is the same, so agreement can't be told from chance.")
NO_DISAGREEMENTS = Undefined("no_disagreements", "Every grade is the same from both.")
NOT_TWO_GRADERS = Undefined("not_two_graders", "This is for exactly two graders.")
