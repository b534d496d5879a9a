"""What the reports are given, made small: audits with words in every place that a report could show."""

from collections.abc import Iterable, Sequence
from datetime import date

import core_builders as build
from core_builders import DOMAINS, Graded

from audit_app.core.audit import Audit, AuditState, suggested_overall
from audit_app.core.audit_line import AuditLine
from audit_app.core.fields import all_fields
from audit_app.core.form import NOT_GRADED, Form
from audit_app.core.person import Person
from audit_app.core.summary import Summary
from audit_app.reports.contents import CaseReport, Profile, SummaryReport

DAY = date(2019, 11, 4)
COHORTS = ("Last 10 into care", "8–11 months into care")
MARKERS = ("REFERENCE-x", "SERVICE-x", "TEAM-x", "WORKER-x", "AUDITOR-x", "TEXT-x")
NAMING_MARKERS = ("REFERENCE-x", "WORKER-x", "AUDITOR-x", "TEXT-x")


def board(summary: Summary) -> SummaryReport:
    """A summary for the board."""
    return SummaryReport(summary, Profile.BOARD, DAY, "Jordan Ellis")


def internal(summary: Summary, lines: Sequence[AuditLine]) -> SummaryReport:
    """A summary for those who work with it."""
    return SummaryReport(summary, Profile.INTERNAL, DAY, "Jordan Ellis", tuple(lines))


def line(graded: Graded, number: int = 1, **others: object) -> AuditLine:
    """An audit in the list, with a marker in every place that names somebody or holds text."""
    told: dict[str, object] = {
        "reference": f"REFERENCE-x{number}",
        "cohort": "",
        "service": "SERVICE-x",
        "team": "TEAM-x",
        "worker": "WORKER-x",
        "auditor": "AUDITOR-x",
        "audit_date": date(2019, 10, 7),
        "grades": tuple(graded.grades.get(domain, NOT_GRADED) for domain in DOMAINS),
        "overall": graded.grades.get("overall", NOT_GRADED),
        "suggested": None,
        "overridden": False,
        "safe_now": "yes",
        "supported": True,
        "moderated": False,
        "texts": {"recording.evidence": "TEXT-x of the evidence"},
    }
    return AuditLine(**{**told, **others})  # type: ignore[arg-type]


def lines(audits: Iterable[Graded]) -> tuple[AuditLine, ...]:
    """Lines for counted audits."""
    return tuple(line(graded, number) for number, graded in enumerate(audits, start=1))


def published() -> Summary:
    """The published table, in its two cohorts, with two audits left out and three unfinished."""
    return build.summary(build.real_table(), cohorts=COHORTS, not_supported=2, unfinished=3)


def answers(form: Form, word: str = "word") -> dict[str, str]:
    """Every field answered: the first choice, one day, and in each text ``word`` and the field's key."""
    found = {}
    for key, field in all_fields(form).items():
        if key == "case.cohort" or key.startswith("action."):
            continue
        if field.options:
            found[key] = field.options[0].id
        elif field.kind == "date":
            found[key] = "2019-10-14"
        else:
            found[key] = f"{word} {key}"
    return found


def case(given: dict[str, str], form: Form | None = None, reference: str = "CIC-07") -> CaseReport:
    """One audit with these answers."""
    form = form or build.form()
    audit = Audit(
        *("a1", "p1", "c1", reference, Person("p", "Auditor 3"), form.ref, AuditState.SUBMITTED), given
    )
    programme = build.programme(*COHORTS, of=form)
    return CaseReport(audit, form, programme, suggested_overall(form, given), DAY, "Auditor 3")
