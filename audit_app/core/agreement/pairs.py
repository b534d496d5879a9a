"""Agreement between pairs of grades within a case, as it is and corrected for chance: Gwet's family."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

from audit_app.core.agreement.figures import NO_OVERLAP, NO_VARIATION, Figure, Measured
from audit_app.core.agreement.ratings import Counts
from audit_app.core.agreement.weights import Weights
from audit_app.core.distributions import t_quantile


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The cases with a grade, the agreement within each of two grades or more, and each grade's mean share.

    ``agreements`` is None for a case with one grade: it has no pair, yet tells how often grades are given.
    """

    counts: Counts
    agreements: tuple[float | None, ...]
    shares: tuple[float, ...]

    @property
    def compared(self) -> int:
        return len(self.agreements) - self.agreements.count(None)

    @property
    def observed(self) -> float:
        return sum(found for found in self.agreements if found is not None) / self.compared


def _pairs(counts: Counts, weights: Weights) -> _Pairs | None:
    """None where no case has two grades."""
    graded = [case for case in counts if any(case)]
    agreements = tuple(_case_agreement(case, weights) for case in graded)
    if all(found is None for found in agreements):
        return None
    parts = [[count / sum(case) for count in case] for case in graded]
    shares = tuple(sum(column) / len(graded) for column in zip(*parts, strict=True))
    return _Pairs(graded, agreements, shares)


def _case_agreement(case: Sequence[int], weights: Weights) -> float | None:
    graders = sum(case)
    if graders < 2:
        return None
    weighed = sum(count * (_dot(row, case) - 1) for count, row in zip(case, weights, strict=True) if count)
    return weighed / (graders * (graders - 1))


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def pair_agreement(counts: Counts, weights: Weights) -> Measured:
    """The mean over cases of the weighted share of agreeing pairs: "exact" or "within one", by the weights.

    Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014), ch. 4: for case i with r_i >= 2 graders,
    sum_k r_ik (r*_ik - 1) / (r_i (r_i - 1)), where r*_ik = sum_l w_kl r_il. Defined from one case on.
    """
    pairs = _pairs(counts, weights)
    if pairs is None:
        return NO_OVERLAP
    return _figure(pairs, 0.0, [0.0] * len(pairs.counts), lowest=0.0)


def gwet_ac(counts: Counts, weights: Weights) -> Measured:
    """Gwet's AC1 with identity weights, AC2 with any others.

    (p_a - p_e) / (1 - p_e) with p_e = T_w / (q (q - 1)) * sum_k pi_k (1 - pi_k): T_w the sum of all weights,
    pi_k the mean share of grade k over every case with at least one grade. Gwet 2008, British Journal of
    Mathematical and Statistical Psychology 61, 29-48; Handbook 2014, ch. 4-5.
    """
    pairs = _pairs(counts, weights)
    if pairs is None:
        return NO_OVERLAP
    size = len(weights)
    scale = sum(map(sum, weights)) / (size * (size - 1))
    others = [1.0 - share for share in pairs.shares]
    case_chances = [scale * _dot(case, others) / sum(case) for case in pairs.counts]
    return _figure(pairs, scale * _dot(pairs.shares, others), case_chances)


def fleiss_kappa(counts: Counts, weights: Weights) -> Measured:
    """Fleiss' kappa, generalised by Gwet to missing grades and weights; for two graders, Scott's pi.

    (p_a - p_e) / (1 - p_e) with p_e = sum_kl w_kl pi_k pi_l. Fleiss 1971, Psychological Bulletin 76, 378-382;
    Gwet 2014, ch. 4-5. For one split case it is always -1 / (r - 1).
    """
    pairs = _pairs(counts, weights)
    if pairs is None:
        return NO_OVERLAP
    if sum(share > 0 for share in pairs.shares) < 2:
        return NO_VARIATION
    expected = [
        (_dot(row, pairs.shares) + _dot(column, pairs.shares)) / 2
        for row, column in zip(weights, zip(*weights, strict=True), strict=True)
    ]
    case_chances = [_dot(case, expected) / sum(case) for case in pairs.counts]
    return _figure(pairs, _dot(pairs.shares, expected), case_chances)


def brennan_prediger(counts: Counts, weights: Weights) -> Measured:
    """Brennan and Prediger's coefficient: chance is every grade alike, p_e = T_w / q².

    Brennan and Prediger 1981, Educational and Psychological Measurement 41, 687-699; Gwet 2014, ch. 4-5.
    """
    pairs = _pairs(counts, weights)
    if pairs is None:
        return NO_OVERLAP
    chance = sum(map(sum, weights)) / len(weights) ** 2
    return _figure(pairs, chance, [chance] * len(pairs.counts))


def _figure(pairs: _Pairs, chance: float, case_chances: list[float], lowest: float = -inf) -> Figure:
    """(p_a - p_e) / (1 - p_e) with Gwet's linearised standard error over cases, and t limits on n - 1.

    Gwet 2014, ch. 5: v = sum_i (k_i - k)² / (n (n - 1)), where n counts cases with a grade, n' those with
    two, and k_i = (n / n') (p_ai - p_e [r_i >= 2]) / (1 - p_e) - 2 (1 - k) (p_ei - p_e) / (1 - p_e).
    """
    value = (pairs.observed - chance) / (1 - chance)
    n = len(pairs.counts)
    if n < 2:
        return Figure(value)
    scale = n / pairs.compared
    variance = 0.0
    for agreement, case_chance in zip(pairs.agreements, case_chances, strict=True):
        part = 0.0 if agreement is None else scale * (agreement - chance)
        variance += ((part - 2 * (1 - value) * (case_chance - chance)) / (1 - chance) - value) ** 2
    se = sqrt(variance / (n * (n - 1)))
    reach = se * t_quantile(0.975, n - 1)
    return Figure(value, se, max(lowest, value - reach), min(1.0, value + reach))
