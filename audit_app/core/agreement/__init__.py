"""Agreement between graders, each figure with formula and source; docs/figures.md says what they mean."""

from audit_app.core.agreement.benchmarks import band_probabilities, benchmark
from audit_app.core.agreement.cases import CaseSpread, case_spread
from audit_app.core.agreement.figures import Direction, Figure, Measured, Undefined
from audit_app.core.agreement.groups import Comparison, RankTest, compare, holm, rank_test, share_difference
from audit_app.core.agreement.krippendorff import (
    AlphaMargins,
    alpha_margins,
    krippendorff_alpha,
    nominal,
    ordinal,
)
from audit_app.core.agreement.pairs import brennan_prediger, fleiss_kappa, gwet_ac, pair_agreement
from audit_app.core.agreement.ratings import Ratings
from audit_app.core.agreement.report import Agreement, measure_agreement
from audit_app.core.agreement.shape import ShapeTest, shape_test
from audit_app.core.agreement.two_graders import CrossTable, bowker, cohen_kappa, direction, stuart_maxwell
from audit_app.core.agreement.weights import identity, linear, within_one

__all__ = [
    "Agreement",
    "AlphaMargins",
    "CaseSpread",
    "Comparison",
    "CrossTable",
    "Direction",
    "Figure",
    "Measured",
    "RankTest",
    "Ratings",
    "ShapeTest",
    "Undefined",
    "alpha_margins",
    "band_probabilities",
    "benchmark",
    "bowker",
    "brennan_prediger",
    "case_spread",
    "cohen_kappa",
    "compare",
    "direction",
    "fleiss_kappa",
    "gwet_ac",
    "holm",
    "identity",
    "krippendorff_alpha",
    "linear",
    "measure_agreement",
    "nominal",
    "ordinal",
    "pair_agreement",
    "rank_test",
    "shape_test",
    "share_difference",
    "stuart_maxwell",
    "within_one",
]
