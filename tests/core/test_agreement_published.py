"""Every figure against published values and edge cases; agreement_examples.json says whose they are."""

import json
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest

from audit_app.core import agreement
from audit_app.core.agreement import CrossTable, Direction, Figure, RankTest, Ratings, ShapeTest, Undefined
from audit_app.core.intervals import Interval, clopper_pearson, jeffreys, wilson

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "agreement_examples.json").read_text("utf-8"))
CHECKS: list[dict[str, Any]] = EXAMPLES["examples"]
EDGES: list[dict[str, Any]] = EXAMPLES["edge_cases"]

# What nobody asks of this program, and so it does not have.
NOT_COVERED = {
    "conger_kappa": "several graders are shown by AC2 and alpha",
    "bhapkar_chi2": "Stuart-Maxwell answers the same question",
    "bhapkar_p": "Stuart-Maxwell answers the same question",
    "cochran_armitage_chi2": "groups are compared by ranks, not by scores that somebody chose",
}


# -- An example's input as what the formulas take ----


def places(check: dict[str, Any]) -> list[list[int | None]]:
    """The ratings of an example, as places on its scale."""
    scale = check["scale"]["categories"]
    return [[None if x is None else scale.index(x) for x in row] for row in check["input"]["ratings"]]


def counts(check: dict[str, Any]) -> list[list[int]]:
    """How often each grade was given, by case; a cross-table is a case for each of its pairs."""
    given, size = check["input"], len(check["scale"]["categories"])
    if given["kind"] == "counts":
        found: list[list[int]] = given["counts"]
        return found
    if given["kind"] == "ratings":
        return [[row.count(place) for place in range(size)] for row in places(check)]
    pairs = [(i, j) for i, j in product(range(size), repeat=2) for _ in range(given["table"][i][j])]
    return [[(i, j).count(place) for place in range(size)] for i, j in pairs]


def table(check: dict[str, Any]) -> CrossTable:
    """The cross-table of an example."""
    return CrossTable(tuple(map(tuple, check["input"]["table"])))


def weights(check: dict[str, Any]) -> Sequence[Sequence[float]]:
    """The weights that an example names or gives."""
    named, size = check["weights"], len(check["scale"]["categories"])
    if named == "identity":
        return agreement.identity(size)
    if named == "linear":
        return agreement.linear(size)
    if named == "quadratic":
        return [[1 - ((i - j) / (size - 1)) ** 2 for j in range(size)] for i in range(size)]
    assert isinstance(named, list)
    return named


def distance(check: dict[str, Any]) -> Callable[[Sequence[int]], Sequence[float]]:
    """Krippendorff's difference function that an example names, by grades c < k."""
    named, scale = check["weights"].removeprefix("metric:"), check["scale"]["categories"]
    if named in ("nominal", "identity"):
        return agreement.nominal
    if named == "ordinal":
        return agreement.ordinal
    pairs = [(i, j) for i in range(len(scale)) for j in range(i + 1, len(scale))]
    if named == "ratio":
        return lambda _totals: [((scale[i] - scale[j]) / (scale[i] + scale[j])) ** 2 for i, j in pairs]
    assert named in ("interval", "quadratic")
    return lambda _totals: [(i - j) ** 2 for i, j in pairs]


# -- The statistic that a check names, from our formulas ----


def pairwise(check: dict[str, Any]) -> Any:
    by_name = {
        "percent_agreement": agreement.pair_agreement,
        "gwet_ac": agreement.gwet_ac,
        "fleiss_kappa": agreement.fleiss_kappa,
        "scott_pi": agreement.fleiss_kappa,
        "brennan_prediger": agreement.brennan_prediger,
    }
    name = check["statistic"].removesuffix("_se").removesuffix("_ci_low")
    return by_name[name](counts(check), weights(check))


def two_graders(check: dict[str, Any]) -> Any:
    return agreement.cohen_kappa(table(check), weights(check))


def proportion(interval: Callable[[int, int, float], Interval | None]) -> Callable[[dict[str, Any]], Any]:
    return lambda check: interval(check["input"]["x"], check["input"]["n"], check["params"]["conf"])


def difference(check: dict[str, Any]) -> Any:
    given = check["input"]
    return agreement.share_difference(given["x1"], given["n1"], given["x2"], given["n2"])


def shape(check: dict[str, Any]) -> ShapeTest:
    found = agreement.shape_test(check["input"]["table"])
    assert isinstance(found, ShapeTest)
    return found


def ranks(check: dict[str, Any], **options: int) -> RankTest:
    given = check["input"]["table"]
    found = agreement.rank_test(*given, **options)
    assert isinstance(found, RankTest)
    return found


def large_ranks(check: dict[str, Any]) -> RankTest:
    """The normal curve alone: nothing may be counted."""
    found = ranks(check, budget=0)
    assert not found.exact
    return found


def band(check: dict[str, Any]) -> float:
    given = check["input"]
    found = dict(agreement.band_probabilities(given["value"], given["se"]))
    return found[check["params"]["band"].lower()]


def cases_within(check: dict[str, Any], width: int) -> float:
    """The share of cases whose graders lie no further apart."""
    spreads = [agreement.case_spread(case) for case in counts(check)]
    return sum(not isinstance(s, Undefined) and s.width <= width for s in spreads) / len(spreads)


OURS: dict[str, Callable[[dict[str, Any]], float]] = {
    **{name: lambda check: pairwise(check).value for name in (
        "percent_agreement", "gwet_ac", "fleiss_kappa", "scott_pi", "brennan_prediger")},
    **{name + "_se": lambda check: pairwise(check).se for name in (
        "percent_agreement", "gwet_ac", "fleiss_kappa", "brennan_prediger")},
    "gwet_ac_ci_low": lambda check: pairwise(check).low,
    "krippendorff_alpha": lambda check: agreement.krippendorff_alpha(counts(check), distance(check)).value,
    "cohen_kappa": lambda check: two_graders(check).value,
    "cohen_kappa_se": lambda check: two_graders(check).se,
    "cohen_kappa_ci_low": lambda check: two_graders(check).low,
    "cohen_kappa_ci_high": lambda check: two_graders(check).high,
    "landis_koch_cumulative_probability": band,
    "stuart_maxwell_chi2": lambda check: agreement.stuart_maxwell(table(check)).value,
    "stuart_maxwell_p": lambda check: agreement.stuart_maxwell(table(check)).p,
    "bowker_chi2": lambda check: agreement.bowker(table(check)).value,
    "bowker_p": lambda check: agreement.bowker(table(check)).p,
    "mcnemar_chi2": lambda check: agreement.bowker(table(check)).value,
    "direction_sign_test_p": lambda check: agreement.direction(table(check)).p,
    "wilson_low": lambda check: proportion(wilson)(check).low,
    "wilson_high": lambda check: proportion(wilson)(check).high,
    "clopper_pearson_low": lambda check: proportion(clopper_pearson)(check).low,
    "clopper_pearson_high": lambda check: proportion(clopper_pearson)(check).high,
    "fisher_freeman_halton_p": lambda check: shape(check).p,
    # Its note: one-sided is half of two-sided here, by symmetry.
    "fisher_exact_greater_p": lambda check: ranks(check).strict_p / 2,
    "rank_test_2xc_chi2": lambda check: NormalDist().inv_cdf(large_ranks(check).p / 2) ** 2,
    "rank_test_2xc_p": lambda check: large_ranks(check).p,
    "exact_rank_test_2xc_p": lambda check: ranks(check).strict_p,
    "newcombe_diff_low": lambda check: difference(check).low,
    "newcombe_diff_high": lambda check: difference(check).high,
    "percent_agreement_all_raters": lambda check: cases_within(check, 0),
    "adjacent_agreement_all_raters": lambda check: cases_within(check, 1),
}  # fmt: skip


def test_every_published_statistic_is_covered_or_left_out_for_a_reason() -> None:
    published = {check["statistic"] for check in CHECKS}
    assert published == OURS.keys() | NOT_COVERED.keys()
    assert not OURS.keys() & NOT_COVERED.keys()
    assert len(CHECKS) == EXAMPLES["meta"]["n_checks"] == 133
    assert sum(check["statistic"] in OURS for check in CHECKS) == 128


@pytest.mark.parametrize(
    "check", [check for check in CHECKS if check["statistic"] in OURS], ids=lambda check: check["id"]
)
def test_a_published_value(check: dict[str, Any]) -> None:
    ours = OURS[check["statistic"]](check)
    # The exact value of this one takes a minute and a gigabyte; its note gives the tolerance of an estimate.
    tolerance = 0.01 if check["id"] == "job_ffh" else check["tolerance"]
    assert ours == pytest.approx(check["published_value"], abs=tolerance)
    if check["id"] != "job_ffh":
        assert ours == pytest.approx(check["recomputed_value"], abs=2e-9, rel=2e-9)


def test_a_planted_fault_is_found() -> None:
    """A scale without the grade that nobody gave: the fault that the edge cases are there for."""
    (edge,) = (edge for edge in EDGES if edge["id"] == "bottom_category_unused")
    shortened = agreement.measure_agreement(Ratings.of(edge["categories"][1:], edge["ratings"]))
    assert shortened.ac1.value == pytest.approx(0.231, abs=0.0005)
    with pytest.raises(AssertionError):
        assert_as_expected(shortened.ac1, edge["expected"]["ac1"])


# -- The edge cases: what each figure is, or why it is not ----


def linear_bp(ratings: Ratings) -> Any:
    found = agreement.measure_agreement(ratings)
    if found.compared == 1:
        return found.brennan_prediger
    return agreement.brennan_prediger(ratings.counts(), agreement.linear(len(ratings.scale)))


EDGE_FIGURES: dict[str, Callable[[Ratings], Any]] = {
    "percent_agreement": lambda ratings: agreement.measure_agreement(ratings).percent_agreement,
    "adjacent_agreement": lambda ratings: agreement.measure_agreement(ratings).within_one,
    "fleiss_identity": lambda ratings: agreement.measure_agreement(ratings).fleiss_kappa,
    "alpha_ordinal": lambda ratings: agreement.measure_agreement(ratings).alpha_ordinal,
    "alpha_nominal": lambda ratings: agreement.measure_agreement(ratings).alpha_nominal,
    "ac1": lambda ratings: agreement.measure_agreement(ratings).ac1,
    "ac2_linear": lambda ratings: agreement.measure_agreement(ratings).ac2_linear,
    "bp_identity": lambda ratings: agreement.measure_agreement(ratings).brennan_prediger,
    "bp_linear": linear_bp,
    "cohen_kappa_identity": lambda ratings: agreement.measure_agreement(ratings).cohen_kappa,
    "cohen_kappa_linear": lambda ratings: agreement.measure_agreement(ratings).cohen_kappa_linear,
    "bowker": lambda ratings: agreement.measure_agreement(ratings).bowker,
    "stuart_maxwell": lambda ratings: agreement.measure_agreement(ratings).stuart_maxwell,
    "direction_up_down_p": lambda ratings: agreement.measure_agreement(ratings).direction,
}


def assert_as_expected(found: Any, expected: Any) -> None:
    """A number, the numbers of a test, or the code of what is undefined."""
    if isinstance(expected, dict):
        assert isinstance(found, Undefined)
        assert found.code == expected["code"]
        assert found.sentence.endswith(".")
    elif isinstance(expected, list) and isinstance(found, Direction):
        assert [found.up, found.down, found.p] == pytest.approx(expected, abs=5e-7)
    elif isinstance(expected, list):
        assert [found.value, found.df, found.p] == pytest.approx(expected, abs=5e-7)
    else:
        assert isinstance(found, Figure)
        assert found.value == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(
    ("edge", "name"),
    [pytest.param(edge, name, id=f"{edge['id']}-{name}") for edge in EDGES for name in edge["expected"]],
)
def test_an_edge_case(edge: dict[str, Any], name: str) -> None:
    ratings = Ratings.of(edge["categories"], edge["ratings"])
    assert agreement.measure_agreement(ratings).compared == edge["n_cases_with_two_or_more"]
    assert_as_expected(EDGE_FIGURES[name](ratings), edge["expected"][name])


INNER: dict[str, Callable[[Ratings], Any]] = {
    "fleiss_identity": lambda r: agreement.fleiss_kappa(r.counts(), agreement.identity(3)),
    "alpha_ordinal": lambda r: agreement.krippendorff_alpha(r.counts(), agreement.ordinal),
    "alpha_nominal": lambda r: agreement.krippendorff_alpha(r.counts(), agreement.nominal),
    "ac1": lambda r: agreement.gwet_ac(r.counts(), agreement.identity(3)),
    "ac2_linear": lambda r: agreement.gwet_ac(r.counts(), agreement.linear(3)),
    "bp_identity": lambda r: agreement.brennan_prediger(r.counts(), agreement.identity(3)),
    "bp_linear": lambda r: agreement.brennan_prediger(r.counts(), agreement.linear(3)),
}


@pytest.mark.parametrize(
    ("edge", "name"),
    [
        pytest.param(edge, name, id=f"{edge['id']}-{name}")
        for edge in EDGES
        for name in edge.get("formula_value_not_to_show", {})
    ],
)
def test_what_the_formula_gives_for_one_case_is_not_shown(edge: dict[str, Any], name: str) -> None:
    ratings = Ratings.of(edge["categories"], edge["ratings"])
    assert INNER[name](ratings).value == pytest.approx(edge["formula_value_not_to_show"][name], abs=5e-7)
    assert_as_expected(EDGE_FIGURES[name](ratings), {"code": "one_case"})


@pytest.mark.parametrize(
    "edge", EXAMPLES["interval_edge_cases"], ids=lambda edge: f"{edge['x']}of{edge['n']}"
)
@pytest.mark.parametrize("interval", [wilson, clopper_pearson, jeffreys])
def test_an_interval_at_the_edge(interval: Any, edge: dict[str, Any]) -> None:
    found, expected = interval(edge["x"], edge["n"]), edge[interval.__name__]
    if isinstance(expected, dict):
        assert found is None
    else:
        assert [found.low, found.high] == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize("edge", EXAMPLES["group_edge_cases"], ids=lambda edge: str(edge["groups"]))
def test_groups_at_the_edge(edge: dict[str, Any]) -> None:
    ranked, shaped = agreement.rank_test(*edge["groups"]), agreement.shape_test(edge["groups"])
    if isinstance(edge["exact_rank_p_midp"], dict):
        assert isinstance(ranked, Undefined)
        assert ranked.code == edge["exact_rank_p_midp"]["code"]
    else:
        assert isinstance(ranked, RankTest)
        assert [ranked.strict_p, ranked.p] == pytest.approx(edge["exact_rank_p_midp"], abs=5e-7)
    if isinstance(edge["ffh_p"], dict):
        assert isinstance(shaped, Undefined)
        assert shaped.code == edge["ffh_p"]["code"]
    else:
        assert isinstance(shaped, ShapeTest)
        assert shaped.exact
        assert shaped.p == pytest.approx(edge["ffh_p"], abs=5e-7)
