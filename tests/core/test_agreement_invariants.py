"""What must not change a figure of agreement, what must, and the resampled margin of alpha."""

import math
import subprocess
import sys
from dataclasses import fields, replace
from itertools import permutations
from random import Random
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit_app.core import agreement
from audit_app.core.agreement import (
    Agreement,
    AlphaMargins,
    CaseSpread,
    CrossTable,
    Direction,
    Figure,
    Ratings,
    Undefined,
    alpha_margins,
    case_spread,
    measure_agreement,
)
from audit_app.core.errors import Cancelled
from audit_app.core.intervals import wilson

FIGURES = [field.name for field in fields(Agreement)][6:-1]
COEFFICIENTS = [
    *("ac1", "ac2_linear", "alpha_ordinal", "alpha_nominal", "fleiss_kappa", "brennan_prediger"),
    *("cohen_kappa", "cohen_kappa_linear"),
]


@st.composite
def ratings(draw: st.DrawFn, graders: int | None = None, gaps: bool = True) -> Ratings:
    """Grades of a few graders and cases on a scale of two to five grades."""
    size = draw(st.integers(2, 5))
    width = graders or draw(st.integers(1, 6))
    place = st.integers(0, size - 1)
    cell = st.one_of(st.none(), place) if gaps else place
    rows = draw(st.lists(st.tuples(*[cell] * width), min_size=1, max_size=9))
    return Ratings(tuple(f"grade {at}" for at in range(size)), tuple(rows))


def same(found: Any, other: Any) -> bool:
    """Whether two figures are the same but for the last digits."""
    if isinstance(found, Undefined) or isinstance(other, Undefined):
        return bool(found == other)
    return numbers(found) == pytest.approx(numbers(other), abs=1e-9)


def numbers(found: Figure | Direction) -> list[float]:
    values = [getattr(found, field.name) for field in fields(found)]
    return [math.inf if value is None else value for value in values]


def assert_same(found: Agreement, other: Agreement, names: list[str] = FIGURES) -> None:
    changed = [name for name in names if not same(getattr(found, name), getattr(other, name))]
    assert not changed, changed


def swapped(found: Direction | Undefined) -> Direction | Undefined:
    return found if isinstance(found, Undefined) else Direction(found.down, found.up, found.p)


@given(ratings(), st.randoms())
def test_the_order_of_cases_changes_nothing(given_ratings: Ratings, random: Random) -> None:
    rows = list(given_ratings.rows)
    random.shuffle(rows)
    assert_same(measure_agreement(given_ratings), measure_agreement(replace(given_ratings, rows=tuple(rows))))


@given(ratings(), st.randoms())
def test_the_order_of_graders_changes_nothing_but_the_direction(
    given_ratings: Ratings, random: Random
) -> None:
    order = list(range(len(given_ratings.rows[0])))
    random.shuffle(order)
    rows = tuple(tuple(row[at] for at in order) for row in given_ratings.rows)
    found, other = measure_agreement(given_ratings), measure_agreement(replace(given_ratings, rows=rows))
    assert_same(found, other, [name for name in FIGURES if name != "direction"])
    turned = [at for at in order if at in given_ratings.graders] != list(given_ratings.graders)
    assert other.direction == (swapped(found.direction) if turned else found.direction)


@given(ratings())
def test_other_names_for_the_grades_change_nothing_but_the_names(given_ratings: Ratings) -> None:
    renamed = replace(given_ratings, scale=tuple(f"level {name}" for name in given_ratings.scale))
    found, other = measure_agreement(given_ratings), measure_agreement(renamed)
    assert_same(found, other)
    assert list(other.grades) == list(renamed.scale)
    assert list(other.grades.values()) == list(found.grades.values())


@given(ratings(), st.integers(0, 6))
def test_a_grader_who_graded_nothing_changes_nothing(given_ratings: Ratings, at: int) -> None:
    rows = tuple((*row[:at], None, *row[at:]) for row in given_ratings.rows)
    assert measure_agreement(given_ratings) == measure_agreement(replace(given_ratings, rows=rows))


@given(ratings())
def test_turning_the_scale_over_swaps_the_direction_and_nothing_else(given_ratings: Ratings) -> None:
    last = len(given_ratings.scale) - 1
    rows = tuple(tuple(None if x is None else last - x for x in row) for row in given_ratings.rows)
    found, other = measure_agreement(given_ratings), measure_agreement(replace(given_ratings, rows=rows))
    assert_same(found, other, [name for name in FIGURES if name != "direction"])
    assert other.direction == swapped(found.direction)


@given(ratings())
def test_every_case_twice_leaves_percentages_and_coefficients_and_nearly_alpha(
    given_ratings: Ratings,
) -> None:
    found = measure_agreement(given_ratings)
    assume(found.compared > 1)
    other = measure_agreement(replace(given_ratings, rows=given_ratings.rows * 2))
    for name in ("percent_agreement", "within_one", *COEFFICIENTS):
        before, after = getattr(found, name), getattr(other, name)
        if isinstance(before, Undefined):
            # One case that both graded is no longer one.
            assert after == before or before.code == "one_case"
            continue
        expected = before.value
        if name.startswith("alpha"):
            n = sum(sum(case) for case in given_ratings.counts() if sum(case) > 1)
            expected = 1 - (1 - before.value) * (2 * n - 1) / (2 * n - 2)
        assert after.value == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.integers(0, 6), min_size=2, max_size=5))
def test_the_formulas_say_nothing_of_one_split_case(case: list[int]) -> None:
    assume(sum(count > 0 for count in case) > 1)
    size, graders = len(case), sum(case)
    fleiss = agreement.fleiss_kappa([case], agreement.identity(size))
    assert fleiss.value == pytest.approx(-1 / (graders - 1))
    for distance in (agreement.nominal, agreement.ordinal):
        assert agreement.krippendorff_alpha([case], distance).value == pytest.approx(0, abs=1e-12)


@given(ratings())
def test_a_figure_is_a_number_or_has_a_reason(given_ratings: Ratings) -> None:
    found = measure_agreement(given_ratings)
    for name in FIGURES:
        figure = getattr(found, name)
        if isinstance(figure, Undefined):
            assert figure.sentence
            continue
        assert all(math.isfinite(value) or value == math.inf for value in numbers(figure))
        if isinstance(figure, Figure) and name not in ("bowker", "stuart_maxwell"):
            assert figure.value <= 1 + 1e-12
            if figure.low is not None and figure.high is not None:
                assert figure.low <= figure.value + 1e-12
                assert figure.value <= figure.high + 1e-12
    exact, near = found.percent_agreement, found.within_one
    if isinstance(exact, Figure) and isinstance(near, Figure):
        assert 0 <= exact.value <= near.value + 1e-12 <= 1 + 2e-12
    assert found.missing == found.cases * found.graders - sum(found.grades.values())


@given(ratings())
def test_a_single_compared_case_has_no_coefficient(given_ratings: Ratings) -> None:
    rows = [row for row in given_ratings.rows if len(row) - row.count(None) > 1]
    assume(rows)
    found = measure_agreement(replace(given_ratings, rows=(rows[0],)))
    for name in COEFFICIENTS[:6]:
        assert getattr(found, name).code == "one_case"
    assert isinstance(found.percent_agreement, Figure)


@given(ratings(graders=2))
def test_the_cross_table_adds_up(given_ratings: Ratings) -> None:
    found = measure_agreement(given_ratings)
    assume(found.table is not None)
    assert isinstance(found.table, CrossTable)
    assert found.table.n == found.compared
    assert found.table.exact + found.table.up + found.table.down == found.table.n
    if isinstance(found.percent_agreement, Figure):
        assert found.percent_agreement.value == pytest.approx(found.table.exact / found.table.n)
        assert found.within_one.value == pytest.approx(found.table.within_one / found.table.n)


# -- One case ----


@given(st.lists(st.integers(0, 5), min_size=2, max_size=5))
def test_the_spread_of_a_case_is_that_of_its_pairs(counts: list[int]) -> None:
    found = case_spread(counts)
    grades = [place for place, count in enumerate(counts) for _ in range(count)]
    if not grades:
        assert isinstance(found, Undefined)
        return
    assert isinstance(found, CaseSpread)
    assert (found.lowest, found.highest) == (min(grades), max(grades))
    assert (found.graded, found.width) == (len(grades), max(grades) - min(grades))
    apart = [abs(a - b) for a, b in permutations(grades, 2)]
    if not apart:
        assert (
            found.exact
            == found.within_one
            == agreement.pair_agreement([counts], agreement.identity(len(counts)))
        )
        assert found.distance == 0
        return
    assert found.distance == pytest.approx(sum(apart) / len(apart))
    assert found.exact.value == pytest.approx(apart.count(0) / len(apart))
    assert found.within_one.value == pytest.approx(sum(far < 2 for far in apart) / len(apart))
    assert found.matching(found.lowest) == wilson(counts[found.lowest], len(grades))


# -- Ratings ----


def test_not_graded_is_missing_and_a_grade_off_the_scale_is_refused() -> None:
    found = Ratings.of(("bad", "good"), [["good", "not_graded"], ["", None]])
    assert found.rows == ((1, None), (None, None))
    assert found.graders == (0,)
    with pytest.raises(ValueError, match="'fair' is not on the scale"):
        Ratings.of(("bad", "good"), [["fair"]])


@pytest.mark.parametrize(
    ("scale", "rows"),
    [(("good",), ()), (("good", "good"), ()), (("bad", "good"), ((0, 1), (0,))), (("bad", "good"), ((2,),))],
)
def test_what_is_no_set_of_ratings_is_refused(
    scale: tuple[str, ...], rows: tuple[tuple[int, ...], ...]
) -> None:
    with pytest.raises(ValueError, match=r"scale|place"):
        Ratings(scale, rows)


# -- Alpha's margin ----

SPLIT = [[2, 1, 0], [0, 3, 0], [0, 1, 2], [3, 0, 0], [1, 1, 1], [0, 2, 1], [0, 0, 1]]


def test_the_margin_is_the_percentiles_of_alphas_of_resampled_cases() -> None:
    found = alpha_margins(SPLIT, seed=5, resamples=200)
    assert isinstance(found, AlphaMargins)
    random = Random(5)
    pairable = [case for case in SPLIT if sum(case) > 1]
    alphas: dict[str, list[float]] = {"ordinal": [], "nominal": []}
    for _ in range(200):
        drawn = [pairable[int(random.random() * len(pairable))] for _ in pairable]
        for level, kept in alphas.items():
            kept.append(krippendorff.alpha(value_counts=np.array(drawn, float), level_of_measurement=level))
    for level, limits in (("ordinal", found.ordinal), ("nominal", found.nominal)):
        low, high = np.quantile(alphas[level], [0.025, 0.975])
        assert (limits.low, limits.high) == pytest.approx((low, high), abs=1e-9)
    assert (found.resamples, found.undefined, found.seed) == (200, 0, 5)


def test_a_seed_repeats_the_margin_and_another_does_not() -> None:
    assert alpha_margins(SPLIT) == alpha_margins(SPLIT, seed=1, resamples=2_000)
    assert alpha_margins(SPLIT) != alpha_margins(SPLIT, seed=2)


def test_resamples_of_one_grade_are_counted_and_left_out() -> None:
    found = alpha_margins([[0, 3], [0, 3], [1, 2]], resamples=500)
    assert isinstance(found, AlphaMargins)
    # Every third drawn from two of three cases: 8 in 27 have no variation.
    assert found.undefined / 500 == pytest.approx(8 / 27, abs=0.05)


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ([], "no_overlap"),
        ([[1, 0], [0, 1]], "no_overlap"),
        ([[1, 1], [1, 0]], "one_case"),
        ([[2, 0], [3, 0]], "no_variation"),
    ],
)
def test_there_is_no_margin_where_there_is_no_alpha(counts: list[list[int]], code: str) -> None:
    found = alpha_margins(counts)
    assert isinstance(found, Undefined)
    assert found.code == code


def test_resampling_tells_how_far_it_is_and_can_be_cancelled() -> None:
    told: list[int] = []
    alpha_margins(SPLIT, resamples=500, progress=told.append)
    assert told == list(range(0, 500, 50))

    def stop(done: int) -> None:
        if done >= 100:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        alpha_margins(SPLIT, progress=stop)
    with pytest.raises(Cancelled):
        agreement.shape_test([[5, 9], [9, 5]], budget=0, progress=stop)


# -- What it stands on ----


def test_no_library_is_loaded_but_pythons_own() -> None:
    code = (
        "import audit_app.core.agreement, audit_app.core.agreement_words, audit_app.storage.connection, sys;"
        "print([m for m in ('numpy', 'scipy', 'pandas', 'statsmodels', 'sklearn') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
