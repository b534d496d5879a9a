"""Figures against scipy, statsmodels, scikit-learn and krippendorff where they are right, and counting."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from random import Random
from typing import Any

import krippendorff
import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from audit_app.core import agreement
from audit_app.core.agreement import CrossTable, Direction, Figure, RankTest, Ratings, ShapeTest, Undefined
from audit_app.core.distributions import beta_cdf, beta_quantile, chi_square_tail, t_quantile
from audit_app.core.intervals import clopper_pearson, jeffreys, wilson

Row = tuple[int | None, ...]
MATRICES = 1_000


def random_ratings(seed: int) -> Ratings:
    """A matrix with gaps, of any size and skew that a session may have."""
    random = Random(seed)
    size, graders, cases = random.randint(2, 5), random.choice((2, 2, 3, 5, 8, 12)), random.randint(2, 20)
    gaps, loyalty = random.choice((0.0, 0.1, 0.3, 0.6)), random.random()
    shares = [random.random() ** random.choice((1, 4)) for _ in range(size)]
    rows = []
    for _ in range(cases):
        (truth,) = random.choices(range(size), shares)
        grades = [truth if random.random() < loyalty else random.randrange(size) for _ in range(graders)]
        rows.append(tuple(None if random.random() < gaps else grade for grade in grades))
    return Ratings(tuple(f"grade {place}" for place in range(size)), tuple(rows))


@pytest.fixture(scope="module")
def matrices() -> list[Ratings]:
    return [random_ratings(seed) for seed in range(MATRICES)]


def value(figure: Any) -> float:
    """A figure's value; not a number where there is none, as the libraries say it."""
    return figure.value if isinstance(figure, Figure) else math.nan


# -- Gwet's family, counted pair by pair from the definition, in whole fractions ----


def pairs_of(row: Row) -> Iterator[tuple[int, int]]:
    """Every ordered pair of different graders of one case."""
    yield from permutations([grade for grade in row if grade is not None], 2)


def mean(found: Sequence[Fraction]) -> Fraction:
    return sum(found, Fraction(0)) / len(found)


def observed(rows: Sequence[Row], weigh: Any) -> Fraction | None:
    """The mean over cases with two graders of the mean weight of their pairs."""
    cases = [[Fraction(weigh(a, b)) for a, b in pairs_of(row)] for row in rows]
    return mean([mean(case) for case in cases if case]) if any(cases) else None


def grade_shares(rows: Sequence[Row], size: int) -> list[Fraction]:
    """The mean over cases with a grade of the share of its graders who gave each."""
    graded = [[grade for grade in row if grade is not None] for row in rows]
    cases = [row for row in graded if row]
    return [mean([Fraction(row.count(place), len(row)) for row in cases]) for place in range(size)]


def by_definition(name: str, ratings: Ratings, weigh: Any) -> float:
    """A coefficient of Gwet's family; not a number where it is not defined."""
    size = len(ratings.scale)
    seen = observed(ratings.rows, weigh)
    if seen is None:
        return math.nan
    shares = grade_shares(ratings.rows, size)
    grid = [(k, m) for k in range(size) for m in range(size)]
    every = sum(Fraction(weigh(k, m)) for k, m in grid)
    chance = {
        "ac": every / (size * (size - 1)) * sum(share * (1 - share) for share in shares),
        "fleiss": sum(weigh(k, m) * shares[k] * shares[m] for k, m in grid),
        "bp": every / size**2,
        "percent": Fraction(0),
    }[name]
    return float((seen - chance) / (1 - chance)) if chance != 1 else math.nan


@pytest.mark.parametrize("name", ["percent", "ac", "fleiss", "bp"])
@pytest.mark.parametrize("weighing", ["identity", "linear", "within_one"])
def test_pairs_counted_one_by_one_give_the_same(matrices: list[Ratings], name: str, weighing: str) -> None:
    ours = {
        "percent": agreement.pair_agreement,
        "ac": agreement.gwet_ac,
        "fleiss": agreement.fleiss_kappa,
        "bp": agreement.brennan_prediger,
    }[name]
    for ratings in matrices:
        size = len(ratings.scale)
        if weighing == "within_one" and (size == 2 or name != "percent"):
            continue  # with two grades everything is within one
        weigh = {
            "identity": lambda a, b: int(a == b),
            "linear": lambda a, b, size=size: 1 - Fraction(abs(a - b), size - 1),
            "within_one": lambda a, b: int(abs(a - b) <= 1),
        }[weighing]
        found = ours(ratings.counts(), getattr(agreement, weighing)(size))
        expected = by_definition(name, ratings, weigh)
        assert value(found) == pytest.approx(expected, abs=1e-12, nan_ok=True), ratings


def weighted_ac2(rows: Sequence[Row], size: int, case_weights: Sequence[float]) -> float:
    """AC2 with linear weights of cases that count more or less than once."""
    total = sum(case_weights)
    pa = pe = 0.0
    shares = [0.0] * size
    for row, weight in zip(rows, case_weights, strict=True):
        pairs = list(combinations(row, 2))
        pa += weight / total * sum(1 - abs(a - b) / (size - 1) for a, b in pairs) / len(pairs)
        for grade in row:
            shares[grade] += weight / total / len(row)
    every = sum(1 - abs(k - m) / (size - 1) for k in range(size) for m in range(size))
    pe = every / (size * (size - 1)) * sum(share * (1 - share) for share in shares)
    return (pa - pe) / (1 - pe)


def test_the_error_of_ac2_is_how_much_it_moves_with_each_case() -> None:
    """Without gaps Gwet's linearised error is the infinitesimal jackknife: found by nudging each case."""
    tried = 0
    for seed in range(400):
        ratings = random_ratings(seed)
        rows, n, size = ratings.rows, len(ratings.rows), len(ratings.scale)
        if any(None in row for row in rows):
            continue
        tried += 1
        step = 1e-5
        slopes = []
        for at in range(n):
            up, down = [1.0] * n, [1.0] * n
            up[at], down[at] = 1 + step, 1 - step
            slopes.append((weighted_ac2(rows, size, up) - weighted_ac2(rows, size, down)) / (2 * step))
        expected = math.sqrt(n / (n - 1) * sum(slope**2 for slope in slopes))
        found = agreement.gwet_ac(ratings.counts(), agreement.linear(size))
        assert found.se == pytest.approx(expected, rel=1e-6, abs=1e-8)
        reach = stats.t.ppf(0.975, n - 1) * found.se
        assert found.low == pytest.approx(found.value - reach)
        assert found.high == pytest.approx(min(1.0, found.value + reach))
    assert tried > 50


# -- The libraries ----


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_alpha_as_krippendorff_has_it(matrices: list[Ratings], level: str) -> None:
    defined = 0
    for ratings in matrices:
        counts = ratings.counts()
        ours = agreement.krippendorff_alpha(counts, getattr(agreement, level))
        pairable = {place for case in counts if sum(case) > 1 for place, n in enumerate(case) if n}
        if len(pairable) < 2:  # the library stops, or answers 1
            assert isinstance(ours, Undefined)
            continue
        defined += 1
        # It wants counts in floats, and rows without a grade make it divide by nothing.
        expected = krippendorff.alpha(value_counts=np.array(counts, float), level_of_measurement=level)
        assert value(ours) == pytest.approx(expected, abs=1e-10)
    assert defined > 0.85 * MATRICES


def paired(matrices: list[Ratings]) -> Iterator[tuple[Ratings, CrossTable, list[int], list[int]]]:
    """Those of two graders, with what both graded."""
    for ratings in matrices:
        table = ratings.cross_table()
        if table is not None and table.n:
            one, other = (
                at for at, column in enumerate(zip(*ratings.rows, strict=True)) if any_grade(column)
            )
            both = [(row[one], row[other]) for row in ratings.rows]
            both = [(a, b) for a, b in both if a is not None and b is not None]
            yield ratings, table, [a for a, _ in both], [b for _, b in both]


def any_grade(column: Row) -> bool:
    return any(grade is not None for grade in column)


def test_cohens_kappa_as_scikit_learn_and_statsmodels_have_it(matrices: list[Ratings]) -> None:
    tried = 0
    for ratings, table, first, second in paired(matrices):
        for weighing, named in (("identity", None), ("linear", "linear")):
            size = len(ratings.scale)
            ours = agreement.cohen_kappa(table, getattr(agreement, weighing)(size))
            if set(first) == set(second) and len(set(first)) == 1:
                assert isinstance(ours, Undefined)
                continue
            tried += 1
            assert value(ours) == pytest.approx(
                cohen_kappa_score(first, second, labels=range(size), weights=named), abs=1e-12
            )
            with np.errstate(invalid="ignore", divide="ignore"):  # its z-value may have no error to stand on
                theirs = cohens_kappa(np.array(table.cells), wt=named)
            assert ours.value == pytest.approx(theirs.kappa, abs=1e-12)
            # It takes one large number from another, and may find the root of what is below nothing.
            error = 0.0 if math.isnan(theirs.std_kappa) else theirs.std_kappa
            assert ours.se == pytest.approx(error, abs=1e-7)
            assert ours.low == pytest.approx(theirs.kappa - 1.959964 * error, abs=1e-6)
    assert tried > 300


def test_fleiss_kappa_as_statsmodels_has_it(matrices: list[Ratings]) -> None:
    tried = 0
    for ratings in matrices:
        if any(None in row for row in ratings.rows):
            continue  # it takes the same number of grades for every case
        ours = agreement.fleiss_kappa(ratings.counts(), agreement.identity(len(ratings.scale)))
        if isinstance(ours, Figure):
            tried += 1
            assert ours.value == pytest.approx(fleiss_kappa(np.array(ratings.counts())), abs=1e-12)
    assert tried > 200


def test_the_tests_of_change_as_statsmodels_and_scipy_have_them(matrices: list[Ratings]) -> None:
    homogeneity = 0
    for ratings, table, first, second in paired(matrices):
        changed = table.up + table.down
        if not changed:
            continue
        # By default it adds a half to every cell where one is empty, which is wrong.
        theirs = SquareTable(np.array(table.cells, float), shift_zeros=False)
        symmetry = theirs.symmetry(method="bowker")
        bowker = agreement.bowker(table)
        if all(table.cells[i][j] + table.cells[j][i] for i, j in combinations(range(len(ratings.scale)), 2)):
            assert (bowker.value, bowker.p) == pytest.approx((symmetry.statistic, symmetry.pvalue))
            assert bowker.df == symmetry.df
            # Where a grade takes no part its matrix has no inverse.
            equal = theirs.homogeneity(method="stuart_maxwell")
            ours = agreement.stuart_maxwell(table)
            assert (ours.value, ours.p, ours.df) == pytest.approx((equal.statistic, equal.pvalue, equal.df))
            homogeneity += 1
        ups = sum(b > a for a, b in zip(first, second, strict=True))
        direction = agreement.direction(table)
        assert isinstance(direction, Direction)
        assert (direction.up, direction.down) == (ups, changed - ups)
        assert direction.p == pytest.approx(stats.binomtest(ups, changed).pvalue)
    assert homogeneity > 50


def test_stuart_maxwell_with_unused_grades_is_that_of_the_used_ones() -> None:
    """By the pseudo-inverse, which is right whichever grades take part."""
    for seed in range(300):
        random = Random(seed)
        size = random.randint(2, 5)
        cells = tuple(tuple(random.choice((0, 0, 0, 1, 3)) for _ in range(size)) for _ in range(size))
        counted = np.array(cells, float)
        spread = np.diag(counted.sum(0) + counted.sum(1)) - counted - counted.T
        difference = counted.sum(1) - counted.sum(0)
        ours = agreement.stuart_maxwell(CrossTable(cells))
        if isinstance(ours, Undefined):
            assert not (counted - np.diag(np.diag(counted))).any()
            continue
        assert ours.value == pytest.approx(difference @ np.linalg.pinv(spread) @ difference, abs=1e-9)
        assert ours.df == np.linalg.matrix_rank(spread)
        assert ours.p == pytest.approx(stats.chi2.sf(ours.value, ours.df))


@pytest.mark.parametrize("n", [1, 2, 7, 12, 20, 263, 5_000])
def test_intervals_as_statsmodels_has_them(n: int) -> None:
    for x in sorted({0, 1, n // 3, n // 2, n - 1, n}):
        for ours, method in ((wilson, "wilson"), (clopper_pearson, "beta"), (jeffreys, "jeffreys")):
            low, high = proportion_confint(x, n, method=method)
            found = ours(x, n)
            # It leaves Jeffreys' limits inside at the ends; Brown, Cai and DasGupta put them there.
            low, high = (0.0 if x == 0 else low), (1.0 if x == n else high)
            assert (found.low, found.high) == pytest.approx((low, high), abs=1e-10)


def test_the_difference_of_shares_as_statsmodels_has_it() -> None:
    random = Random(1)
    for _ in range(200):
        n1, n2 = random.randint(1, 60), random.randint(1, 60)
        x1, x2 = random.randint(0, n1), random.randint(0, n2)
        ours = agreement.share_difference(x1, n1, x2, n2)
        theirs = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb")
        assert ours.value == pytest.approx(x1 / n1 - x2 / n2)
        assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-12)


def test_distributions_as_scipy_has_them() -> None:
    for df in (*range(1, 31), 99, 1_000):
        assert t_quantile(0.975, df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-11)
        for x in (0.0, 0.001, 0.5, 1.0, 3.84, 20.0, 150.0):
            assert chi_square_tail(x, df) == pytest.approx(stats.chi2.sf(x, df), rel=1e-10, abs=1e-300)
    for a, b in ((0.5, 0.5), (1, 1), (0.5, 12.5), (3, 9), (200, 2), (5_000, 7_000)):
        for share in (1e-6, 0.025, 0.5, 0.975, 1 - 1e-6):
            x = beta_quantile(share, a, b)
            assert x == pytest.approx(stats.beta.ppf(share, a, b), rel=1e-9)
            assert beta_cdf(x, a, b) == pytest.approx(share, rel=1e-9)


def test_holm_as_statsmodels_has_it() -> None:
    random = Random(1)
    for count in (1, 2, 6, 20):
        p_values = [random.random() ** 4 for _ in range(count)]
        assert agreement.holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])
    assert agreement.holm([]) == ()


# -- Groups ----


def random_groups(random: Random, most: int) -> list[list[int]]:
    return [[random.randint(0, most) for _ in range(random.choice((3, 3, 3)))] for _ in range(2)]


def cases(counts: Sequence[int]) -> list[int]:
    return [place for place, count in enumerate(counts) for _ in range(count)]


def test_the_rank_test_counts_every_way_to_deal_out_the_cases() -> None:
    random = Random(1)
    tried = 0
    while tried < 60:
        first, second = random_groups(random, 3)
        ours = agreement.rank_test(first, second)
        if isinstance(ours, Undefined):
            continue
        tried += 1
        everyone = cases(first) + cases(second)
        ranks = stats.rankdata(everyone)
        seen = sum(ranks[: sum(first)])
        sums = [sum(ranks[list(drawn)]) for drawn in combinations(range(len(everyone)), sum(first))]
        lower, upper = sum(s <= seen for s in sums), sum(s >= seen for s in sums)
        same = sum(s == seen for s in sums)
        assert ours.strict_p == pytest.approx(min(1, 2 * min(lower, upper) / len(sums)))
        assert ours.p == pytest.approx(min(1, (2 * min(lower, upper) - same) / len(sums)))
        higher = [(a > b) + (a == b) / 2 for a in cases(first) for b in cases(second)]
        assert ours.value == pytest.approx(sum(higher) / len(higher))


def test_beyond_its_budget_the_rank_test_is_scipys_of_large_samples() -> None:
    random = Random(2)
    for _ in range(100):
        first, second = random_groups(random, 40)
        ours = agreement.rank_test(first, second, budget=1)
        if isinstance(ours, RankTest):
            theirs = stats.mannwhitneyu(
                cases(first), cases(second), method="asymptotic", use_continuity=False
            )
            assert not ours.exact
            assert ours.p == pytest.approx(theirs.pvalue)
            assert ours.value == pytest.approx(theirs.statistic / (sum(first) * sum(second)))
            counted = agreement.rank_test(first, second)
            assert counted.exact
            assert counted.p == pytest.approx(ours.p, abs=0.06)


def test_the_shape_test_of_two_by_two_as_scipy_has_it() -> None:
    random = Random(3)
    for _ in range(200):
        table = [[random.randint(0, 15) for _ in range(2)] for _ in range(2)]
        ours = agreement.shape_test(table)
        if isinstance(ours, ShapeTest):
            assert ours.p == pytest.approx(stats.fisher_exact(table).pvalue)


def test_the_shape_test_counts_every_way_to_deal_out_the_cases() -> None:
    random = Random(4)
    tried = 0
    while tried < 12:
        table = [[random.randint(0, 2) for _ in range(3)] for _ in range(random.choice((2, 3)))]
        grades = [grade for row in table for grade in cases(row)]
        ours = agreement.shape_test(table)
        if len(grades) > 8 or isinstance(ours, Undefined):
            continue
        tried += 1
        groups = [at for at, row in enumerate(table) for _ in range(sum(row))]

        def dealt(order: Sequence[int], groups: list[int] = groups) -> tuple[tuple[int, int], ...]:
            return tuple(sorted(zip(groups, order, strict=True)))

        ways: dict[Any, int] = {}
        for order in permutations(grades):
            ways[dealt(order)] = ways.get(dealt(order), 0) + 1
        seen = ways[dealt(grades)]
        expected = sum(n for n in ways.values() if n <= seen) / sum(ways.values())
        assert ours.p == pytest.approx(expected)


def test_beyond_its_budget_the_shape_test_estimates_and_says_so() -> None:
    table = [[5, 9, 14], [9, 8, 6], [3, 7, 12]]
    exact, estimated = agreement.shape_test(table), agreement.shape_test(table, budget=100)
    assert (exact.exact, exact.samples, exact.seed) == (True, 0, None)
    assert (estimated.exact, estimated.samples, estimated.seed) == (False, 20_000, 1)
    assert abs(estimated.p - exact.p) < 4 * estimated.se
    assert agreement.shape_test(table, budget=100) == estimated
    assert agreement.shape_test(table, budget=100, seed=2).p != estimated.p
