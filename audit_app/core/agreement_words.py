"""What may be shown of agreement between graders, from how many cases on, and in which words."""

from fractions import Fraction
from math import floor

from audit_app.core.agreement import (
    Agreement,
    AlphaMargins,
    CaseSpread,
    Comparison,
    Direction,
    Figure,
    Measured,
    RankTest,
    ShapeTest,
    Undefined,
    benchmark,
)
from audit_app.core.intervals import Interval, percent
from audit_app.core.words import capitalised, joined, number, number_word, plural

# Fewer cases than these say too little; a case counts once, however many graders it had.
COEFFICIENT_FROM = 5
AC2_MARGIN_FROM = 12
BENCHMARK_FROM = 12
ALPHA_MARGIN_FROM = 25
CHANGES_FROM = 6
SKEWED_ABOVE = Fraction(3, 4)
SKEWED_GAP = 0.2

TOO_FEW_CASES = "too few cases"
TOO_FEW_FOR_MARGIN = "too few cases for a margin"
TOO_FEW_FOR_COEFFICIENTS = (
    f"Fewer than {number_word(COEFFICIENT_FROM)} cases can be compared: "
    "too few for figures that are corrected for chance."
)
TOO_FEW_CHANGES = "too few changes to judge"
EXPLORATORY = (
    "Several comparisons were made at once, so some will look large by chance: read them as exploratory. "
    "The p-values are adjusted for that (Holm)."
)
TARGETED = "These audits were chosen for looking doubtful: they do not show how the auditor grades overall."


def grade_word(grade_id: str) -> str:
    """The word for a grade where only its id is known: requires_improvement is Requires improvement."""
    return capitalised(grade_id.replace("_", " "))


def two_places(value: float) -> str:
    """A coefficient as it is shown, rounded half up: 0.43; never -0.00."""
    return _half_up(value, 2)


def whole_percent(share: float) -> str:
    """A share as a whole percentage, rounded half up: 67%."""
    return f"{_half_up(share * 100, 0)}%"


def p_text(p: float) -> str:
    """A p-value to two places, to three below 0.1: p = 0.031; p < 0.001 below that."""
    if p < 0.001:
        return "p < 0.001"
    return f"p = {_half_up(p, 3 if p < 0.0995 else 2)}"


def _half_up(value: float, places: int) -> str:
    """Rounded half away from 0; a float that stands just below a half for want of digits counts as one."""
    steps = floor(abs(value) * 10**places + 0.5 + 1e-9)
    return f"{'-' if value < 0 and steps else ''}{steps / 10**places:.{places}f}"


# -- Many cases, several graders ----


def coefficient_text(figure: Measured, compared: int) -> str:
    """A coefficient of so many compared cases, or why it is not shown."""
    if isinstance(figure, Undefined):
        return figure.sentence
    return two_places(figure.value) if compared >= COEFFICIENT_FROM else TOO_FEW_CASES


def ac2_margin_text(figure: Measured, compared: int) -> str:
    """Gwet's 95% margin, from 12 cases on; blank where the coefficient itself is not shown."""
    if isinstance(figure, Undefined) or compared < COEFFICIENT_FROM:
        return ""
    if compared < AC2_MARGIN_FROM or figure.low is None or figure.high is None:
        return TOO_FEW_FOR_MARGIN
    return f"{two_places(figure.low)} to {two_places(figure.high)}"


def alpha_margin_text(figure: Measured, limits: Interval | None, compared: int) -> str:
    """Alpha's resampled 95% margin, from 25 cases on; blank where the coefficient itself is not shown."""
    if isinstance(figure, Undefined) or compared < COEFFICIENT_FROM:
        return ""
    if compared < ALPHA_MARGIN_FROM:
        return TOO_FEW_FOR_MARGIN
    return "" if limits is None else f"{two_places(limits.low)} to {two_places(limits.high)}"


def benchmark_text(figure: Measured, compared: int) -> str:
    """ "At least moderate", as far as the margin allows it and from 12 cases; else blank."""
    if isinstance(figure, Undefined) or figure.se is None or compared < BENCHMARK_FROM:
        return ""
    word = benchmark(figure.value, figure.se)
    return "no better than chance can be told" if word == "poor" else f"at least {word}"


def resampling_sentence(margins: AlphaMargins) -> str:
    """How alpha's margin was made, so that it can be made again."""
    left_out = f"; {number(margins.undefined)} with a single grade left out" if margins.undefined else ""
    return (
        f"Alpha's margin is from {number(margins.resamples)} resamples of the cases "
        f"(seed {margins.seed}{left_out})."
    )


def share_sentence(found: Agreement) -> str:
    """How often two graders of one case agree: first of all figures."""
    exact, near = found.percent_agreement, found.within_one
    if isinstance(exact, Undefined) or isinstance(near, Undefined):
        return exact.sentence if isinstance(exact, Undefined) else ""
    return (
        f"Two graders of a case gave the same grade {whole_percent(exact.value)} of the time, "
        f"and the same or the next {whole_percent(near.value)}."
    )


def extent_sentence(found: Agreement) -> str:
    """How much there is to go by."""
    cases, graders = plural(found.cases, "case"), plural(found.graders, "grader")
    if found.compared == found.cases:
        return f"{cases}, {graders}."
    verb = "has" if found.compared == 1 else "have"
    return f"{cases}, {graders}; {number(found.compared)} {verb} two grades or more and can be compared."


def missing_sentence(found: Agreement) -> str:
    """How many grades are missing, and whether graders differ about grading at all; blank for none."""
    if not found.missing:
        return ""
    whole = found.cases * found.graders
    sentence = (
        f"{number(found.missing)} of {plural(whole, 'grade')} {'is' if found.missing == 1 else 'are'} missing"
    )
    if not found.partly_graded:
        return f"{sentence}."
    return f"{sentence}; in {plural(found.partly_graded, 'case')} some gave a grade and others did not."


def skew_sentence(found: Agreement) -> str:
    """The warning that figures beyond chance disagree with each other here; blank where they do not."""
    given = sum(found.grades.values())
    most = max(found.grades, key=found.grades.__getitem__)
    ac2, alpha = found.ac2_linear, found.alpha_ordinal
    if found.compared < COEFFICIENT_FROM or isinstance(ac2, Undefined):
        return ""
    apart = isinstance(alpha, Figure) and ac2.value - alpha.value > SKEWED_GAP
    skewed = Fraction(found.grades[most], given) > SKEWED_ABOVE
    if not (apart or skewed):
        return ""
    why = f"{percent(found.grades[most], given)}% of all grades are {grade_word(most)}, so " if skewed else ""
    return capitalised(
        f"{why}figures corrected for chance disagree with each other here: read the counts and percentages."
    )


# -- One case ----


def matching_text(spread: CaseSpread, agreed: int) -> str:
    """How many gave the agreed grade: 6 of 8 (75%; 41% to 93%)."""
    limits = spread.matching(agreed)
    count, n = spread.counts[agreed], spread.graded
    margin = f"{whole_percent(limits.low)} to {whole_percent(limits.high)}"
    return f"{number(count)} of {number(n)} ({percent(count, n)}%; {margin})"


# -- Two graders ----


def direction_sentence(found: Direction, raised: str = "upgraded", lowered: str = "downgraded") -> str:
    """How many grades went which way, and whether that is more than chance would do."""
    counts = f"{number(found.up)} {raised}, {number(found.down)} {lowered}"
    if found.changed < CHANGES_FROM:
        return f"{counts}: {TOO_FEW_CHANGES}."
    judged = "more one way than chance explains" if found.p < 0.05 else "chance may explain it"
    return f"{counts}: {judged} (sign test, {p_text(found.p)})."


def chi_square_text(figure: Measured) -> str:
    """A test by its p-value, or why there is none."""
    if isinstance(figure, Undefined) or figure.p is None:
        return figure.sentence if isinstance(figure, Undefined) else ""
    return f"{two_places(figure.value)} on {plural(figure.df or 0, 'degree')} of freedom, {p_text(figure.p)}"


# -- Two groups ----


def difference_sentence(found: Comparison) -> str:
    """The two shares as counts, and how far apart they may be."""
    first, second = found.groups
    named = grade_word(found.success[0]) + (" or better" if len(found.success) > 1 else "")
    of_groups = [f"{_share(found, name)} in {name}" for name in (first, second)]
    counts = f"{named}: {joined(of_groups)}."
    difference = found.difference
    if isinstance(difference, Undefined) or difference.low is None or difference.high is None:
        return counts
    return (
        f"{counts} {first} less {second}: {points(difference.value)} percentage points "
        f"({points(difference.low)} to {points(difference.high)})."
    )


def points(share: float) -> str:
    """A difference of shares in whole percentage points, with its sign: +12, -3, 0."""
    whole = _half_up(share * 100, 0)
    return whole if whole == "0" or share < 0 else f"+{whole}"


def _share(found: Comparison, name: str) -> str:
    counts = found.groups[name]
    hits, n = sum(counts[-len(found.success) :]), sum(counts)
    return f"{number(hits)} of {number(n)}" + (f" ({percent(hits, n)}%)" if n else "")


def rank_sentence(found: RankTest | Undefined, first: str, second: str) -> str:
    """Whether one group was graded higher, in words."""
    if isinstance(found, Undefined):
        return found.sentence
    how = "exact mid-p rank test" if found.exact else "rank test, large-sample"
    if found.p >= 0.05:
        return f"Chance may explain the difference in grades ({how}, {p_text(found.p)})."
    higher, lower = (first, second) if found.value > 0.5 else (second, first)
    return f"Grades are higher in {higher} than in {lower} ({how}, {p_text(found.p)})."


def shape_sentence(found: ShapeTest | Undefined) -> str:
    """Whether the groups differ in any way at all, and how that was found out."""
    if isinstance(found, Undefined):
        return found.sentence
    how = (
        "exact" if found.exact else f"estimated from {number(found.samples)} random tables, seed {found.seed}"
    )
    return f"Any difference in shape: {p_text(found.p)} (Fisher-Freeman-Halton, {how})."
