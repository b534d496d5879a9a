"""Small forms, programmes and tallies for the tests of core and of the reports that show a summary."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from audit_app.core.form import (
    Asks,
    Domain,
    Form,
    Grade,
    GradeScale,
    Limit,
    OverallRule,
    Requires,
    Shape,
    Standard,
)
from audit_app.core.programme import Cohort, Programme, ProgrammeType
from audit_app.core.summary import AuditCounts, Filters, Summary, Tally, summarise

GOOD, RI, INADEQUATE, OUTSTANDING = "good", "requires_improvement", "inadequate", "outstanding"
DOMAINS = {
    "recording": "Case recording",
    "assessment": "Assessments",
    "planning": "Planning",
    "voice": "Voice",
    "outcomes": "Outcomes",
    "oversight": "Management oversight",
}
ROWS = (*DOMAINS, "overall")
RULE = OverallRule(GOOD, (Limit(INADEQUATE, 1, INADEQUATE), Limit(RI, 2, RI)))
THREE = GradeScale(
    "three_point",
    (
        Grade(GOOD, "Good", "Good", Shape.CIRCLE, 1),
        Grade(RI, "Requires improvement", "RI", Shape.TRIANGLE, 2),
        Grade(INADEQUATE, "Inadequate", "Inad", Shape.SQUARE, 3),
    ),
    GOOD,
)
FOUR = GradeScale(
    "four_point", (Grade(OUTSTANDING, "Outstanding", "Out", Shape.STAR, 4), *THREE.grades), GOOD
)


def form(
    scale: GradeScale = THREE,
    *,
    requires: Requires | None = None,
    asks: Asks | None = None,
    rule: OverallRule = RULE,
) -> Form:
    """A form of the six domains with two standards each, everything asked and the usual things required."""
    return Form(
        id=f"test_{scale.id}",
        version=2,
        title="Test form",
        family="test",
        about="",
        scale=scale,
        overall=rule,
        asks=asks or Asks(("evidence", "strengths", "development"), ("worker", "child"), actions=True),
        requires=requires or Requires(),
        domains=tuple(_domain(domain_id, title, scale) for domain_id, title in DOMAINS.items()),
        content_hash="0" * 64,
    )


def _domain(domain_id: str, title: str, scale: GradeScale) -> Domain:
    standards = (
        Standard("current", f"{title} is current"),
        Standard("visits", f"{title} shows visits", dated=True),
    )
    return Domain(domain_id, title, "?", standards, {grade.id: grade.title for grade in scale.grades})


def programme(*cohorts: str, of: Form | None = None) -> Programme:
    """A programme with these cohorts, whose ids are ``c1``, ``c2`` and so on."""
    return Programme(
        "p1",
        "Quarter 2",
        ProgrammeType.BASELINE,
        "",
        date(2019, 10, 7),
        date(2019, 10, 18),
        (of or form()).ref,
        tuple(Cohort(f"c{number}", title) for number, title in enumerate(cohorts, start=1)),
    )


@dataclass(frozen=True, slots=True)
class Graded:
    """A counted audit: its case, its cohort's id, and its grade of record in each row it has one in."""

    grades: Mapping[str, str] = field(default_factory=dict)
    case: str = ""
    cohort_id: str | None = None


def everywhere(grade: str, **others: str) -> dict[str, str]:
    """One grade in every row, with some rows different."""
    return dict.fromkeys(ROWS, grade) | others


def tallies(audits: Iterable[Graded]) -> list[Tally]:
    """What storage would count: every audit once in every row."""
    counted = Counter(
        (audit.cohort_id, row, audit.grades.get(row, "not_graded")) for audit in audits for row in ROWS
    )
    return [Tally(*key, number) for key, number in counted.items()]


def summary(
    audits: Iterable[Graded] = (),
    *,
    cohorts: tuple[str, ...] = (),
    scale: GradeScale = THREE,
    filters: Filters | None = None,
    **counts: int,
) -> Summary:
    """The summary of these audits, each of a case of its own unless named.

    Unless told, all are supported and say whether the child is safe.
    """
    audits = list(audits)
    read = len(audits) - counts.get("not_yet_read", 0)
    cases = len({audit.case or str(number) for number, audit in enumerate(audits)})
    submitted = len(audits) + counts.get("not_supported", 0)
    told = {
        "submitted": submitted,
        "supported": read,
        "cases": cases,
        "safety_answered": submitted,
        **counts,
    }
    used = form(scale)
    return summarise(
        programme(*cohorts, of=used), used, filters or Filters(), AuditCounts(**told), tallies(audits)
    )


def real_table() -> list[Graded]:
    """The twelve counted audits of the published table, in its two cohorts; one letter for each of ROWS."""
    last_ten_into_care = [*["ggggggg"] * 6, "riigrri", "rrrriii"]
    eight_to_eleven_months = [*["ggggggg"] * 2, "rrgggrr", "rgrgrrr"]
    return [_graded(letters, "c1") for letters in last_ten_into_care] + [
        _graded(letters, "c2") for letters in eight_to_eleven_months
    ]


def _graded(letters: str, cohort_id: str) -> Graded:
    word = {"g": GOOD, "r": RI, "i": INADEQUATE}
    grades = {row: word[letter] for row, letter in zip(ROWS, letters, strict=True)}
    return Graded(grades, cohort_id=cohort_id)
