"""How far apart the graders of one case are: no coefficient says that, counts and pairs do."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.core.agreement.figures import Measured, Undefined
from audit_app.core.agreement.pairs import pair_agreement
from audit_app.core.agreement.weights import identity, within_one
from audit_app.core.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class CaseSpread:
    """The grades of one case: ``counts`` per grade of the scale, lowest first, and the ends they lie between.

    ``exact`` and ``within_one`` are shares of all pairs of graders; undefined for a single grade.
    """

    counts: tuple[int, ...]
    lowest: int
    highest: int
    exact: Measured
    within_one: Measured

    @property
    def graded(self) -> int:
        """How many graders gave a grade."""
        return sum(self.counts)

    @property
    def width(self) -> int:
        """The steps between the lowest and the highest grade: 0 where all agree."""
        return self.highest - self.lowest

    @property
    def distance(self) -> float:
        """The mean number of steps between two graders, for putting the widest disagreement first."""
        pairs = self.graded * (self.graded - 1) / 2
        if not pairs:
            return 0.0
        below, apart = 0, 0
        for count in self.counts[:-1]:  # a step is crossed by every pair with one grader on each side
            below += count
            apart += below * (self.graded - below)
        return apart / pairs

    def matching(self, agreed: int) -> Interval:
        """The 95% Wilson interval of the share of graders who gave the agreed grade, ``counts[agreed]``."""
        found = wilson(self.counts[agreed], self.graded)
        assert found is not None
        return found


def case_spread(counts: Sequence[int]) -> CaseSpread | Undefined:
    """The spread of one case from its count per grade of the whole scale, lowest first."""
    used = [place for place, count in enumerate(counts) if count]
    if not used:
        return Undefined("no_data", "Nobody graded it.")
    size = len(counts)
    exact, near = pair_agreement([counts], identity(size)), pair_agreement([counts], within_one(size))
    return CaseSpread(tuple(counts), used[0], used[-1], exact, near)
