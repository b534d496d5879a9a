"""Audits to counts, shares, intervals, strongest and concerns; and the checks that they add up."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from audit_app.core.errors import DoesNotReconcile
from audit_app.core.form import NOT_GRADED, Form
from audit_app.core.identity import natural_key
from audit_app.core.intervals import Interval, percent, wilson
from audit_app.core.programme import Cohort, Programme
from audit_app.core.words import plural

OVERALL = "overall"
OVERALL_TITLE = "Overall"
NO_COHORT = "No cohort"
NO_COHORT_ID = "no_cohort"

_IN_NO_COHORT = Cohort(NO_COHORT_ID, NO_COHORT)
_Counts = dict[tuple[str, str], int]  # by row and grade
_Held = dict[str, _Counts]  # by cohort


@dataclass(frozen=True, slots=True)
class Filters:
    """Which audits a summary is about: None is unused, dates are inclusive and those of the audit."""

    cohort: str | None = None
    team: str | None = None
    service: str | None = None
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True, slots=True)
class AuditCounts:
    """How many audits there are, within the filters.

    ``cases`` are the distinct cases among counted audits; ``overridden`` and ``moderated`` are over counted
    audits; ``unsafe`` is over all submitted audits: a child's safety does not wait for a second reader.
    ``safety_answered`` are the submitted audits that say whether the child is safe; a sheet's never do.
    """

    submitted: int = 0
    supported: int = 0
    not_supported: int = 0
    not_yet_read: int = 0
    unfinished: int = 0
    cases: int = 0
    overridden: int = 0
    unsafe: int = 0
    moderated: int = 0
    safety_answered: int = 0

    @property
    def counted(self) -> int:
        """The audits whose grades the summary holds: supported and not yet read."""
        return self.supported + self.not_yet_read


@dataclass(frozen=True, slots=True)
class Tally:
    """``audits`` counted audits of a cohort hold ``grade`` (a grade id or ``not_graded``) in ``row``.

    ``row`` is a domain id or ``overall``; ``cohort_id`` is None for audits in no cohort. Grades are those
    of record.
    """

    cohort_id: str | None
    row: str
    grade: str
    audits: int


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``n`` with its whole percentage and Wilson 95% interval; both None when ``n`` is 0."""

    count: int
    n: int
    percent: int | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: counts per grade of the scale, best first, and how many were not graded."""

    id: str
    title: str
    grades: dict[str, int]
    graded: int
    not_graded: int
    success: Share

    def share(self, grade_id: str) -> Share:
        """The share of the graded that hold one grade."""
        return share(self.grades[grade_id], self.graded)


@dataclass(frozen=True, slots=True)
class Summary:
    """What every output shows: the same object in the window, PDF, xlsx, JSON and text."""

    title: str
    programme: Programme
    form: Form
    filters: Filters
    counts: AuditCounts
    domains: tuple[Row, ...]
    overall: Row
    cohorts: tuple[Row, ...]
    strongest: tuple[str, ...]
    concerns: tuple[str, ...]


def share(count: int, n: int) -> Share:
    """A share with its percentage and interval."""
    return Share(count, n, percent(count, n) if n else None, wilson(count, n))


def summarise(
    programme: Programme, form: Form, filters: Filters, counts: AuditCounts, tallies: Sequence[Tally]
) -> Summary:
    """The summary of these tallies. Raises DoesNotReconcile, naming what, when they do not add up.

    Every counted audit must be in the tallies of every row once, as ``not_graded`` where it has no grade: an
    answer that went missing on the way shows as a row that does not add up.
    """
    cohorts = _cohorts(programme, filters)
    held = _held(form, cohorts, tallies)
    domains = tuple(_row(form, domain.id, domain.title, held.values()) for domain in form.domains)
    strongest, concerns = _strongest_and_concerns(domains)
    summary = Summary(
        title_of(counts),
        programme,
        form,
        filters,
        counts,
        domains,
        _row(form, OVERALL, OVERALL_TITLE, held.values()),
        tuple(_cohort_row(form, cohort, held[cohort.id]) for cohort in _shown(cohorts, held, filters)),
        strongest,
        concerns,
    )
    _check_cohorts_are_whole(form, cohorts, held)
    check_reconciles(summary)
    return summary


def title_of(counts: AuditCounts, number: Callable[[int], str] = str) -> str:
    """What the figures are about; ``number`` writes the counts.

    Distinct cases, as supported only when every submitted audit was second-read; where there are more audits
    than cases, both.
    """
    cases = f"{number(counts.cases)} {'case' if counts.cases == 1 else 'cases'}"
    if counts.counted > counts.cases:
        return f"{number(counts.counted)} audits of {cases}"
    if counts.submitted and not counts.not_yet_read:
        return f"{cases} where audit findings can be supported"
    return f"{number(counts.cases)} audited {'case' if counts.cases == 1 else 'cases'}"


def _cohorts(programme: Programme, filters: Filters) -> tuple[Cohort, ...]:
    """The cohorts that the filters leave, in the programme's order, and then the one for audits in none."""
    every = (*programme.cohorts, _IN_NO_COHORT)
    if filters.cohort is None:
        return every
    wanted = natural_key(filters.cohort)
    return tuple(cohort for cohort in every if natural_key(cohort.title) == wanted)


def _shown(cohorts: Sequence[Cohort], held: _Held, filters: Filters) -> tuple[Cohort, ...]:
    wanted = filters.cohort is not None
    return tuple(
        cohort for cohort in cohorts if cohort != _IN_NO_COHORT or wanted or any(held[cohort.id].values())
    )


def _held(form: Form, cohorts: Sequence[Cohort], tallies: Sequence[Tally]) -> _Held:
    """The tallies by cohort, row and grade; refuses what the form and the programme do not have."""
    rows = {domain.id for domain in form.domains} | {OVERALL}
    grades = {*form.scale.ids, NOT_GRADED}
    held: _Held = {cohort.id: {} for cohort in cohorts}
    for tally in tallies:
        cohort_id = NO_COHORT_ID if tally.cohort_id is None else tally.cohort_id
        key = (tally.row, tally.grade)
        if tally.row not in rows:
            raise _refusal(f"the form has no area called “{tally.row}”")
        if tally.grade not in grades:
            raise _refusal(f"the form has no grade called “{tally.grade}”")
        if cohort_id not in held:
            raise _refusal("an audit is in a cohort that is not part of this summary")
        if key in held[cohort_id]:
            raise _refusal(f"“{tally.grade}” in “{tally.row}” was counted twice for one cohort")
        if tally.audits < 0:
            raise _refusal(f"“{tally.grade}” in “{tally.row}” has a count below zero")
        held[cohort_id][key] = tally.audits
    return held


def _row(form: Form, row_id: str, title: str, held: Iterable[_Counts], source: str = "") -> Row:
    parts = list(held)
    source = source or row_id

    def total(grade_id: str) -> int:
        return sum(part.get((source, grade_id), 0) for part in parts)

    grades = {grade_id: total(grade_id) for grade_id in form.scale.ids}
    graded = sum(grades.values())
    success = sum(grades[grade_id] for grade_id in form.scale.success_ids)
    return Row(row_id, title, grades, graded, total(NOT_GRADED), share(success, graded))


def _cohort_row(form: Form, cohort: Cohort, held: _Counts) -> Row:
    return _row(form, cohort.id, cohort.title, [held], OVERALL)


def _strongest_and_concerns(domains: Sequence[Row]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The domains with the largest and smallest share of success, compared exactly; none if all equal."""
    shares = {row.id: Fraction(row.success.count, row.success.n) for row in domains if row.graded}
    if len(set(shares.values())) < 2:
        return (), ()
    best, worst = max(shares.values()), min(shares.values())
    return (
        tuple(row_id for row_id, value in shares.items() if value == best),
        tuple(row_id for row_id, value in shares.items() if value == worst),
    )


# Reconciliation


def check_reconciles(summary: Summary) -> None:
    """Raise DoesNotReconcile, naming what, unless every figure of the summary adds up."""
    _check_counts(summary.counts)
    counted = summary.counts.counted
    for row in (*summary.domains, summary.overall, *summary.cohorts):
        if sum(row.grades.values()) != row.graded:
            raise _refusal(f"the grades of {row.title} do not add up to its {row.graded} graded")
    for row in (*summary.domains, summary.overall):
        if row.graded + row.not_graded != counted:
            parts = f"{row.graded} graded and {row.not_graded} not graded"
            raise _refusal(f"{row.title} has {parts}, but {counted} audits are counted")
    _check_cohorts_add_up(summary)


def _check_counts(counts: AuditCounts) -> None:
    for name in AuditCounts.__dataclass_fields__:
        if getattr(counts, name) < 0:
            raise _refusal(f"the number of audits called “{name.replace('_', ' ')}” is below zero")
    parts = counts.supported + counts.not_supported + counts.not_yet_read
    if counts.submitted != parts:
        raise _refusal(
            f"{counts.submitted} audits are submitted, but those supported, not supported and not yet read "
            f"are {parts}"
        )
    if counts.cases > counts.counted or (counts.counted and not counts.cases):
        raise _refusal(f"{counts.counted} counted audits cannot be of {counts.cases} cases")
    for name, part in (("overridden", counts.overridden), ("moderated", counts.moderated)):
        if part > counts.counted:
            raise _refusal(f"{part} audits are {name}, but only {counts.counted} are counted")
    if counts.safety_answered > counts.submitted:
        says = f"{counts.safety_answered} audits say whether a child is safe"
        raise _refusal(f"{says}, but {counts.submitted} are submitted")
    if counts.unsafe > counts.safety_answered:
        says = f"{counts.unsafe} audits say a child is not safe"
        raise _refusal(f"{says}, but {counts.safety_answered} say whether a child is safe")


def _check_cohorts_add_up(summary: Summary) -> None:
    overall = summary.overall
    for grade in summary.form.scale.grades:
        total = sum(row.grades[grade.id] for row in summary.cohorts)
        if total != overall.grades[grade.id]:
            raise _refusal(
                f"the cohorts hold {total} {grade.title}, but Overall holds {overall.grades[grade.id]}"
            )
    total = sum(row.not_graded for row in summary.cohorts)
    if total != overall.not_graded:
        raise _refusal(f"the cohorts hold {total} not graded, but Overall holds {overall.not_graded}")


def _check_cohorts_are_whole(form: Form, cohorts: Sequence[Cohort], held: _Held) -> None:
    """Within each cohort every row must be about the same number of audits."""
    for cohort in cohorts:
        sizes = Counter[str]()
        for (row_id, _), audits in held[cohort.id].items():
            sizes[row_id] += audits
        for domain in form.domains:
            if sizes[domain.id] != sizes[OVERALL]:
                what = f"{domain.title} covers {plural(sizes[domain.id], 'audit')} of {cohort.title}"
                raise _refusal(f"{what}, but Overall covers {sizes[OVERALL]}")


def _refusal(what: str) -> DoesNotReconcile:
    return DoesNotReconcile(
        f"The summary was not made, because its figures do not add up: {what}. "
        "Nothing was written and no audit was changed. Check the workspace, and report this if it is sound."
    )
