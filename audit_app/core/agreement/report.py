"""Every figure of agreement for one set of ratings, each with its reason where it does not exist."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit_app.core.agreement.figures import NOT_TWO_GRADERS, ONE_CASE, Direction, Measured, Undefined
from audit_app.core.agreement.krippendorff import krippendorff_alpha, nominal, ordinal
from audit_app.core.agreement.pairs import brennan_prediger, fleiss_kappa, gwet_ac, pair_agreement
from audit_app.core.agreement.ratings import Ratings
from audit_app.core.agreement.two_graders import CrossTable, bowker, cohen_kappa, direction, stuart_maxwell
from audit_app.core.agreement.weights import Weights, identity, linear, within_one


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of one set of ratings; nothing is left out for being uncertain, that is for who shows them.

    ``compared`` counts the cases with two grades or more, ``graders`` those who gave any; ``grades`` has
    every grade of the scale, lowest first; ``missing`` are the graders' grades that are not there, and
    ``partly_graded`` the cases that some of the graders graded and others did not. ``table`` is there for
    two graders. Coefficients are undefined for a single compared case, whatever their formulas give.
    """

    cases: int
    compared: int
    graders: int
    grades: Mapping[str, int]
    missing: int
    partly_graded: int
    percent_agreement: Measured
    within_one: Measured
    ac1: Measured
    ac2_linear: Measured
    alpha_ordinal: Measured
    alpha_nominal: Measured
    fleiss_kappa: Measured
    cohen_kappa: Measured
    cohen_kappa_linear: Measured
    brennan_prediger: Measured
    stuart_maxwell: Measured
    bowker: Measured
    direction: Direction | Undefined
    table: CrossTable | None


def measure_agreement(ratings: Ratings) -> Agreement:
    """Every figure but alpha's margin, which takes resampling: a millisecond or two for 40 graders."""
    size = len(ratings.scale)
    exact, near, scaled = identity(size), within_one(size), linear(size)
    counts = ratings.counts()
    graders = len(ratings.graders)
    table = ratings.cross_table()
    compared = sum(sum(case) > 1 for case in counts)
    totals = [sum(case[place] for case in counts) for place in range(size)]

    def corrected(figure: Measured) -> Measured:
        return ONE_CASE if compared == 1 else figure

    def kappa(weights: Weights) -> Measured:
        if table is None:
            return NOT_TWO_GRADERS
        return ONE_CASE if table.n == 1 else cohen_kappa(table, weights)

    return Agreement(
        cases=len(counts),
        compared=compared,
        graders=graders,
        grades=dict(zip(ratings.scale, totals, strict=True)),
        missing=len(counts) * graders - sum(totals),
        partly_graded=sum(0 < sum(case) < graders for case in counts),
        percent_agreement=pair_agreement(counts, exact),
        within_one=pair_agreement(counts, near),
        ac1=corrected(gwet_ac(counts, exact)),
        ac2_linear=corrected(gwet_ac(counts, scaled)),
        alpha_ordinal=corrected(krippendorff_alpha(counts, ordinal)),
        alpha_nominal=corrected(krippendorff_alpha(counts, nominal)),
        fleiss_kappa=corrected(fleiss_kappa(counts, exact)),
        cohen_kappa=kappa(exact),
        cohen_kappa_linear=kappa(scaled),
        brennan_prediger=corrected(brennan_prediger(counts, exact)),
        stuart_maxwell=NOT_TWO_GRADERS if table is None else stuart_maxwell(table),
        bowker=NOT_TWO_GRADERS if table is None else bowker(table),
        direction=NOT_TWO_GRADERS if table is None else direction(table),
        table=table,
    )
