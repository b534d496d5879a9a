"""Exactly what each report is given: plain data, gathered by the service that reports."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from audit_app.core.audit import Audit
from audit_app.core.audit_line import AuditLine
from audit_app.core.errors import DoesNotReconcile
from audit_app.core.form import NOT_GRADED, Form
from audit_app.core.programme import Programme
from audit_app.core.summary import OVERALL, Summary


class Profile(StrEnum):
    """For whom a report is made, and so what it may hold."""

    BOARD = "board"
    INTERNAL = "internal"

    @property
    def label(self) -> str:
        """The words shown for it."""
        return _PROFILES[self]


_PROFILES = {
    Profile.BOARD: "Board: no case references, names of workers or auditors, or free text",
    Profile.INTERNAL: "Internal: holds case references, names and text; not for publication",
}


@dataclass(frozen=True, slots=True)
class SummaryReport:
    """A summary to be written. ``audits`` are all submitted ones within its filters; none for the board.

    ``made_by`` is printed as given in every profile: whoever hands a board its figures stands behind
    them. It is the name of the workspace's owner, never taken from an audit.
    """

    summary: Summary
    profile: Profile
    made_on: date
    made_by: str
    audits: tuple[AuditLine, ...] = ()

    def __post_init__(self) -> None:
        if self.profile is Profile.BOARD and self.audits:
            raise ValueError("a report for the board is not given single audits")
        if self.profile is Profile.INTERNAL:
            _check_audits_agree(self.summary, self.audits)


@dataclass(frozen=True, slots=True)
class CaseReport:
    """One audit to be talked through with the worker; ``suggested`` is the overall that the form suggests."""

    audit: Audit
    form: Form
    programme: Programme
    suggested: str | None
    made_on: date
    made_by: str


def _check_audits_agree(summary: Summary, audits: tuple[AuditLine, ...]) -> None:
    """Raise DoesNotReconcile unless the single audits give the very counts of the summary."""
    counted = [line for line in audits if line.counted]
    expected = (summary.counts.submitted, summary.counts.counted)
    if (len(audits), len(counted)) != expected:
        raise _refusal(f"the list holds {len(audits)} audits, but the summary {expected[0]}")
    rows = (*summary.domains, summary.overall)
    held = {row.id: Counter[str]() for row in rows}
    for line in counted:
        for row, grade in zip(summary.domains, line.grades, strict=True):
            held[row.id][grade] += 1
        held[OVERALL][line.overall] += 1
    for row in rows:
        if held[row.id] != +Counter({**row.grades, NOT_GRADED: row.not_graded}):
            raise _refusal(f"the listed audits do not give the counts of {row.title}")


def _refusal(what: str) -> DoesNotReconcile:
    return DoesNotReconcile(
        f"The report was not made, because its figures do not add up: {what}. Nothing was written and no "
        "audit was changed. If audits were being changed meanwhile, make the report again."
    )
