"""What is shown of agreement, from how many cases on."""

from typing import Any

import pytest

from audit_app.core import agreement_words as words
from audit_app.core.agreement import (
    AlphaMargins,
    Direction,
    Figure,
    RankTest,
    Ratings,
    ShapeTest,
    Undefined,
    case_spread,
    compare,
    measure_agreement,
    shape_test,
)
from audit_app.core.intervals import Interval

SCALE = ("inadequate", "requires_improvement", "good")
NOTHING = Undefined("no_variation", "Every grade is the same.")
SURE = Figure(0.77544, se=0.14295, low=0.461, high=1.0)


@pytest.mark.parametrize(
    ("value", "text"), [(0.425, "0.43"), (-0.001, "0.00"), (-0.005, "-0.01"), (1.0, "1.00")]
)
def test_coefficients_round_half_up_and_are_never_minus_nothing(value: float, text: str) -> None:
    assert words.two_places(value) == text


@pytest.mark.parametrize(("share", "text"), [(0.285, "29%"), (2 / 3, "67%"), (0.0, "0%"), (1.0, "100%")])
def test_shares_round_half_up(share: float, text: str) -> None:
    assert words.whole_percent(share) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0004, "p < 0.001"),
        (0.03125, "p = 0.031"),
        (0.0625, "p = 0.063"),
        (0.0996, "p = 0.10"),
        (1.0, "p = 1.00"),
    ],
)
def test_p_values(p: float, text: str) -> None:
    assert words.p_text(p) == text


def test_a_coefficient_is_shown_from_five_cases() -> None:
    assert words.coefficient_text(SURE, 4) == "too few cases"
    assert words.coefficient_text(SURE, 5) == "0.78"
    assert words.coefficient_text(NOTHING, 40) == "Every grade is the same."


def test_gwets_margin_and_word_are_shown_from_twelve_cases() -> None:
    assert words.ac2_margin_text(SURE, 4) == ""
    assert words.ac2_margin_text(SURE, 11) == "too few cases for a margin"
    assert words.ac2_margin_text(SURE, 12) == "0.46 to 1.00"
    assert words.benchmark_text(SURE, 11) == ""
    assert words.benchmark_text(SURE, 12) == "at least moderate"
    assert words.benchmark_text(Figure(0.1, se=0.2), 12) == "no better than chance can be told"
    assert words.benchmark_text(Figure(1.0, se=0.0), 12) == "at least almost perfect"
    assert words.benchmark_text(NOTHING, 40) == ""


def test_alphas_margin_is_shown_from_twenty_five_cases() -> None:
    limits = Interval(0.31, 0.888)
    assert words.alpha_margin_text(SURE, limits, 24) == "too few cases for a margin"
    assert words.alpha_margin_text(SURE, limits, 25) == "0.31 to 0.89"
    assert words.alpha_margin_text(NOTHING, None, 25) == ""


@pytest.mark.parametrize(
    ("direction", "text"),
    [
        (Direction(5, 0, 0.0625), "5 upgraded, 0 downgraded: too few changes to judge."),
        (
            Direction(6, 0, 0.03125),
            "6 upgraded, 0 downgraded: more one way than chance explains (sign test, p = 0.031).",
        ),
        (Direction(4, 3, 1.0), "4 upgraded, 3 downgraded: chance may explain it (sign test, p = 1.00)."),
    ],
)
def test_fewer_than_six_changes_are_not_judged(direction: Direction, text: str) -> None:
    assert words.direction_sentence(direction) == text


def skewed(good: int, others: int) -> Any:
    rows = [["good", "good"]] * good + [["inadequate", "good"]] * others
    return measure_agreement(Ratings.of(SCALE, rows))


def test_where_one_grade_prevails_the_counts_are_to_be_read() -> None:
    assert words.skew_sentence(skewed(6, 4)).startswith("80% of all grades are Good, so figures corrected")
    assert words.skew_sentence(skewed(2, 2)) == ""  # too few cases for a coefficient at all
    even = [["good", "good"], ["inadequate", "inadequate"]] * 4
    assert words.skew_sentence(measure_agreement(Ratings.of(SCALE, even))) == ""


def test_where_the_coefficients_differ_the_counts_are_to_be_read() -> None:
    """Three quarters of one grade is not yet prevailing; the two coefficients lie apart all the same."""
    found = skewed(4, 4)
    assert found.grades["good"] * 4 == sum(found.grades.values()) * 3
    assert found.ac2_linear.value - found.alpha_ordinal.value > 0.2
    assert words.skew_sentence(found).startswith("Figures corrected for chance disagree")


def test_missing_grades_are_told_with_whether_graders_differ_about_them() -> None:
    rows = [["good", None], ["good", "good"], [None, None]]
    found = measure_agreement(Ratings.of(SCALE, rows))
    assert words.missing_sentence(found) == (
        "3 of 6 grades are missing; in 1 case some gave a grade and others did not."
    )
    assert words.extent_sentence(found) == "3 cases, 2 graders; 1 has two grades or more and can be compared."
    whole = measure_agreement(Ratings.of(SCALE, [["good", "good"]] * 2))
    assert words.missing_sentence(whole) == ""
    assert words.extent_sentence(whole) == "2 cases, 2 graders."
    one = measure_agreement(Ratings.of(SCALE, [["good", "good"], [None, "good"]]))
    assert words.missing_sentence(one).startswith("1 of 4 grades is missing;")


def test_agreement_is_told_in_percentages_first() -> None:
    found = measure_agreement(Ratings.of(SCALE, [["good", "good", "requires_improvement"]]))
    assert words.share_sentence(found) == (
        "Two graders of a case gave the same grade 33% of the time, and the same or the next 100%."
    )
    alone = measure_agreement(Ratings.of(SCALE, [["good"]]))
    assert words.share_sentence(alone) == "No case was graded by two or more people."


def test_the_agreed_grade_of_one_case_is_told_with_its_margin() -> None:
    spread = case_spread([0, 4, 8])
    assert not isinstance(spread, Undefined)
    assert words.matching_text(spread, 2) == "8 of 12 (67%; 39% to 86%)"


def test_two_groups_in_words() -> None:
    found = compare(SCALE, {"Q1": [0, 1, 11], "Q2": [3, 5, 4]}, "good")
    assert words.difference_sentence(found) == (
        "Good: 11 of 12 (92%) in Q1 and 4 of 12 (33%) in Q2. Q1 less Q2: +58 percentage points (+20 to +79)."
    )
    assert words.rank_sentence(found.rank_test, "Q1", "Q2").startswith(
        "Grades are higher in Q1 than in Q2 (exact"
    )
    other = compare(SCALE, {"Q2": [3, 5, 4], "Q1": [0, 1, 11]}, "good")
    assert words.rank_sentence(other.rank_test, "Q2", "Q1").startswith(
        "Grades are higher in Q1 than in Q2 (exact"
    )
    near = RankTest(0.5, 0.9, 0.95, exact=False)
    assert words.rank_sentence(near, "Q1", "Q2") == (
        "Chance may explain the difference in grades (rank test, large-sample, p = 0.90)."
    )


def test_an_empty_group_is_told_and_not_compared() -> None:
    found = compare(SCALE, {"Q1": [0, 1, 2], "Q2": [0, 0, 0]}, "requires_improvement")
    assert words.difference_sentence(found) == (
        "Requires improvement or better: 3 of 3 (100%) in Q1 and 0 of 0 in Q2."
    )
    assert words.rank_sentence(found.rank_test, "Q1", "Q2") == "One of the groups has no grades."


def test_an_estimate_is_labelled_with_its_seed() -> None:
    assert words.shape_sentence(shape_test([[1, 3, 8], [3, 6, 5]])) == (
        "Any difference in shape: p = 0.37 (Fisher-Freeman-Halton, exact)."
    )
    estimated = ShapeTest(0.37, exact=False, se=0.003, samples=20_000, seed=1)
    assert words.shape_sentence(estimated) == (
        "Any difference in shape: p = 0.37 "
        "(Fisher-Freeman-Halton, estimated from 20,000 random tables, seed 1)."
    )


def test_resampling_is_told_so_that_it_can_be_repeated() -> None:
    limits = Interval(0, 1)
    assert words.resampling_sentence(AlphaMargins(limits, limits, 2_000, 0, 1)) == (
        "Alpha's margin is from 2,000 resamples of the cases (seed 1)."
    )
    assert words.resampling_sentence(AlphaMargins(limits, limits, 2_000, 3, 7)).endswith(
        "(seed 7; 3 with a single grade left out)."
    )
