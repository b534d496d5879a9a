"""The grades that several people gave to the same cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app.core.agreement.two_graders import CrossTable
from audit_app.core.form import NOT_GRADED

Counts = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Ratings:
    """A row per case and a column per grader; each grade is its place on the scale, or None.

    ``scale`` is the form's whole scale, lowest first: a grade that nobody gave belongs to it. Not graded is
    missing, never a grade.
    """

    scale: tuple[str, ...]
    rows: tuple[tuple[int | None, ...], ...]

    def __post_init__(self) -> None:
        if len(self.scale) < 2 or len(set(self.scale)) != len(self.scale):
            raise ValueError("a scale has two or more different grades")
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("every case has one place for each grader")
        if any(place is not None and not 0 <= place < len(self.scale) for row in self.rows for place in row):
            raise ValueError("a grade is not on the scale")

    @classmethod
    def of(cls, scale: Sequence[str], rows: Iterable[Sequence[str | None]]) -> "Ratings":
        """From grade ids; None, blank and ``not_graded`` are missing. ValueError for one off the scale."""
        places: dict[str | None, int | None] = {None: None, "": None, NOT_GRADED: None}
        places |= {grade: place for place, grade in enumerate(scale)}
        try:
            return cls(tuple(scale), tuple(tuple(places[grade] for grade in row) for row in rows))
        except KeyError as error:
            raise ValueError(f"{error.args[0]!r} is not on the scale") from None

    @property
    def graders(self) -> tuple[int, ...]:
        """The columns of those who count: a grader counts from one grade."""
        return tuple(at for at, column in enumerate(zip(*self.rows, strict=True)) if set(column) != {None})

    def counts(self) -> tuple[tuple[int, ...], ...]:
        """For each case, how often each grade of the scale was given, lowest first."""
        places = range(len(self.scale))
        return tuple(tuple(row.count(place) for place in places) for row in self.rows)

    def cross_table(self) -> CrossTable | None:
        """The first grader's grades against the second's, where both graded; None unless two count."""
        if len(self.graders) != 2:
            return None
        first, second = self.graders
        return CrossTable.of(len(self.scale), ((row[first], row[second]) for row in self.rows))
