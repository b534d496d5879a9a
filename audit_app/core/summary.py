"""Audits to counts, shares, intervals, strongest and concerns; and the checks that they add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from audit_app.core.errors import DoesNotReconcile
from audit_app.core.form import NOT_GRADED, Form
from audit_app.core.intervals import Interval, percent, wilson
from audit_app.core.programme import Programme

OVERALL = "overall"
NO_COHORT = "No cohort"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which audits a summary is about; None is unused, dates are inclusive and compare with the date of audit."""

    cohort: str | None = None
    team: str | None = None
    service: str | None = None
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True, slots=True)
class AuditCounts:
    """How many audits there are, within the filters.

    ``cases`` are the distinct cases among counted audits; ``overridden`` and ``moderated`` are over counted audits;
    ``unsafe`` is over all submitted audits, because a child's safety does not wait for a second reader.
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

    @property
    def counted(self) -> int:
        """The audits whose grades the summary holds: supported and not yet read."""
        return self.supported + self.not_yet_read


@dataclass(frozen=True, slots=True)
class Tally:
    """``audits`` counted audits of a cohort hold ``grade`` (a grade id or ``not_graded``) in ``row``.

    ``row`` is a domain id or ``overall``; ``cohort_id`` is None for audits in no cohort. Grades are grades of record.
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
    """The summary of these tallies. Raises DoesNotReconcile, naming what, when they do not add up."""
    raise NotImplementedError("written next, in this file", Fraction, DoesNotReconcile, NOT_GRADED)
