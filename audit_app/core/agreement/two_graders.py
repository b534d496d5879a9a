"""Two graders side by side: the cross-table, Cohen's kappa, and whether they differ one way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from statistics import NormalDist

from audit_app.core.agreement.figures import (
    NO_DISAGREEMENTS,
    NO_VARIATION,
    NOTHING_SHARED,
    Direction,
    Figure,
    Measured,
    Undefined,
)
from audit_app.core.agreement.weights import Weights
from audit_app.core.distributions import chi_square_tail


@dataclass(frozen=True, slots=True)
class CrossTable:
    """How often each grade of the first grader (row) met each of the second (column), lowest first."""

    cells: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, size: int, pairs: Iterable[tuple[int | None, int | None]]) -> "CrossTable":
        """From places on a scale of ``size`` grades; a pair with a grade missing is left out."""
        cells = [[0] * size for _ in range(size)]
        for first, second in pairs:
            if first is not None and second is not None:
                cells[first][second] += 1
        return cls(tuple(map(tuple, cells)))

    @property
    def n(self) -> int:
        """The cases that both graded."""
        return sum(map(sum, self.cells))

    @property
    def exact(self) -> int:
        """The cases with the same grade from both."""
        return self._cases(lambda apart: apart == 0)

    @property
    def within_one(self) -> int:
        """The cases with the same or neighbouring grades."""
        return self._cases(lambda apart: abs(apart) <= 1)

    @property
    def up(self) -> int:
        """The cases that the second grader graded higher: upgraded, where the second is the agreed grade."""
        return self._cases(lambda apart: apart > 0)

    @property
    def down(self) -> int:
        """The cases that the second grader graded lower."""
        return self._cases(lambda apart: apart < 0)

    def _cases(self, wanted: Callable[[int], bool]) -> int:
        """The cases for which the second grade lies so many places above the first as is wanted."""
        return sum(count for i, row in enumerate(self.cells) for j, count in enumerate(row) if wanted(j - i))


def cohen_kappa(table: CrossTable, weights: Weights) -> Measured:
    """Cohen's kappa, weighted, with the large-sample standard error and normal 95% limits.

    (p_o - p_e) / (1 - p_e) with p_o = sum w_ij p_ij and p_e = sum w_ij p_i. p_.j. Cohen 1960, Educational and
    Psychological Measurement 20, 37-46; 1968, Psychological Bulletin 70, 213-220. Standard error: Fleiss,
    Cohen and Everitt 1969, Psychological Bulletin 72, 323-327.
    """
    n = table.n
    if n == 0:
        return NOTHING_SHARED
    first = [sum(row) / n for row in table.cells]
    second = [sum(column) / n for column in zip(*table.cells, strict=True)]
    if any(row_share * column_share == 1.0 for row_share, column_share in zip(first, second, strict=True)):
        return NO_VARIATION
    places = [(i, j) for i in range(len(first)) for j in range(len(first))]
    observed = sum(weights[i][j] * table.cells[i][j] for i, j in places) / n
    expected = sum(weights[i][j] * first[i] * second[j] for i, j in places)
    value = (observed - expected) / (1 - expected)
    of_row = [sum(w * share for w, share in zip(row, second, strict=True)) for row in weights]
    of_column = [
        sum(w * share for w, share in zip(column, first, strict=True))
        for column in zip(*weights, strict=True)
    ]
    centre = observed * expected - 2 * expected + observed
    variance = sum(
        table.cells[i][j]
        * (weights[i][j] * (1 - expected) - (of_row[i] + of_column[j]) * (1 - observed) - centre) ** 2
        for i, j in places
    )
    se = sqrt(variance) / (n * (1 - expected) ** 2)
    reach = NormalDist().inv_cdf(0.975) * se
    return Figure(value, se, value - reach, min(1.0, value + reach))


def direction(table: CrossTable) -> Direction | Undefined:
    """How many grades the second grader raised and lowered, with the exact sign test: are the two as likely?

    Twice the smaller tail of a binomial with one half, over the changed grades alone (the sign test; for two
    grades, exact McNemar). Five changes that all go one way give p = 0.0625, six 0.031.
    """
    up, down = table.up, table.down
    changed = up + down
    if nothing := _no_change(table):
        return nothing
    ways = sum(comb(changed, k) for k in range(min(up, down) + 1))
    return Direction(up, down, min(1.0, 2 * ways / 2**changed))


def bowker(table: CrossTable) -> Measured:
    """Bowker's test that changes are as frequent one way as the other, between each two grades.

    sum over i < j of (n_ij - n_ji)² / (n_ij + n_ji), on q (q - 1) / 2 degrees of freedom. Bowker 1948,
    Journal of the American Statistical Association 43, 572-574. For two grades it is McNemar's test.
    """
    if nothing := _no_change(table):
        return nothing
    size = len(table.cells)
    value = 0.0
    for i in range(size):
        for j in range(i + 1, size):
            up, down = table.cells[i][j], table.cells[j][i]
            value += (up - down) ** 2 / (up + down) if up + down else 0.0
    df = size * (size - 1) // 2
    return Figure(value, p=chi_square_tail(value, df), df=df)


def stuart_maxwell(table: CrossTable) -> Measured:
    """Stuart and Maxwell's test that both use each grade equally often.

    d' V⁻ d with d_i = n_i. - n_.i, V_ii = n_i. + n_.i - 2 n_ii and V_ij = -(n_ij + n_ji); degrees of freedom
    are the rank of V, fewer where grades are not used. Stuart 1955, Biometrika 42, 412-416; Maxwell 1970,
    British Journal of Psychiatry 116, 651-655.
    """
    if nothing := _no_change(table):
        return nothing
    cells, places = table.cells, range(len(table.cells))
    difference = [Fraction(sum(cells[i]) - sum(row[i] for row in cells)) for i in places]
    spread = [[Fraction(-(cells[i][j] + cells[j][i]) if i != j else 0) for j in places] for i in places]
    for i in places:
        spread[i][i] = -sum(spread[i], Fraction(0))
    value, df = _quadratic_form(spread, difference)
    return Figure(float(value), p=chi_square_tail(float(value), df), df=df)


def _quadratic_form(matrix: list[list[Fraction]], vector: list[Fraction]) -> tuple[Fraction, int]:
    """v' M⁻ v and the rank of M, symmetric and never negative, by exact elimination; both are used up."""
    value, rank = Fraction(0), 0
    for at, pivots in enumerate(matrix):
        pivot = pivots[at]
        if pivot == 0:  # then all of its row is, and that of v
            continue
        value += vector[at] ** 2 / pivot
        rank += 1
        for below in range(at + 1, len(matrix)):
            factor = matrix[below][at] / pivot
            vector[below] -= factor * vector[at]
            matrix[below] = [a - factor * b for a, b in zip(matrix[below], pivots, strict=True)]
    return value, rank


def _no_change(table: CrossTable) -> Undefined | None:
    if table.up + table.down:
        return None
    return NO_DISAGREEMENTS if table.n else NOTHING_SHARED
