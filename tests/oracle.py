"""What a summary must say, worked out from spreadsheet rows in the most obvious way, with none of our code.

A row is a dict of strings by column id, as ``csv.DictReader`` gives. Besides the sheet's columns it may have
``state`` (draft, submitted or moderated; submitted when absent), ``safe_now`` (yes or no), and
``agreed_recording``, ``agreed_overall`` and so on: the grade agreed in moderation.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

TITLES = {
    "recording": "Case recording",
    "assessment": "Assessments",
    "planning": "Planning",
    "voice": "Voice",
    "outcomes": "Outcomes",
    "oversight": "Management oversight",
}
THREE_POINT = ("good", "requires_improvement", "inadequate")
FOUR_POINT = ("outstanding", *THREE_POINT)
SPELLINGS = {
    "good": "good",
    "ri": "requires_improvement",
    "requires improvement": "requires_improvement",
    "requires improvement to be good": "requires_improvement",
    "requires_improvement": "requires_improvement",
    "inad": "inadequate",
    "inadequate": "inadequate",
    "outstanding": "outstanding",
    "": None,
    "-": None,
    "n/a": None,
    "not_graded": None,
}

PlainRow = Mapping[str, str]
Rule = Callable[[list[str]], str | None]


def limiting_rule(grades: list[str]) -> str | None:
    """Any Inadequate gives Inadequate; two or more Requires improvement give that; otherwise Good."""
    if not grades:
        return None
    if "inadequate" in grades:
        return "inadequate"
    if grades.count("requires_improvement") >= 2:
        return "requires_improvement"
    return "good"


def four_point_rule(grades: list[str]) -> str | None:
    """The same, and four or more Outstanding with nothing below Good give Outstanding."""
    below = [grade for grade in grades if grade in ("requires_improvement", "inadequate")]
    if grades.count("outstanding") >= 4 and not below:
        return "outstanding"
    return limiting_rule(grades)


@dataclass(frozen=True)
class Programme:
    """What the rows do not say: the programme, its form, and how the form suggests an overall grade."""

    title: str
    form_id: str
    form_version: int = 1
    grades: Sequence[str] = THREE_POINT
    success: str = "good"
    rule: Rule = limiting_rule
    cohorts: Sequence[str] | None = None  # in order; when None, in the order in which the rows name them


@dataclass(frozen=True)
class Wanted:
    """Filters; None is unused."""

    cohort: str | None = None
    team: str | None = None
    service: str | None = None
    from_date: date | None = None
    to_date: date | None = None


def expected_summary(
    rows: Iterable[PlainRow],
    programme: Programme,
    wanted: Wanted | None = None,
    unsafe_rows: Collection[int] = (),
) -> dict[str, Any]:
    """The summary as JSON has it. ``unsafe_rows`` are numbered as in a spreadsheet: the first audit is 2."""
    wanted = wanted or Wanted()
    every = [
        {**row, "safe_now": "no"} if number in unsafe_rows else dict(row)
        for number, row in enumerate(rows, start=2)
    ]
    kept = [row for row in every if passes(row, wanted)]
    submitted = [row for row in kept if row.get("state", "submitted") != "draft"]
    supported = [row for row in submitted if yes_or_no(row) is True]
    not_supported = [row for row in submitted if yes_or_no(row) is False]
    not_yet_read = [row for row in submitted if yes_or_no(row) is None]
    counted = supported + not_yet_read
    domains = [
        {"id": domain_id, "title": title, **count(counted, domain_id, programme)}
        for domain_id, title in TITLES.items()
    ]
    strongest, concerns = extremes(domains, programme)
    return {
        "title": title_for(counted, submitted, not_yet_read),
        "programme": programme.title,
        "form": {"id": programme.form_id, "version": programme.form_version},
        "filters": {
            "cohort": wanted.cohort,
            "team": wanted.team,
            "service": wanted.service,
            "from": wanted.from_date.isoformat() if wanted.from_date else None,
            "to": wanted.to_date.isoformat() if wanted.to_date else None,
        },
        "audits": {
            "submitted": len(submitted),
            "supported": len(supported),
            "not_supported": len(not_supported),
            "not_yet_read": len(not_yet_read),
            "unfinished": len(kept) - len(submitted),
        },
        "domains": domains,
        "overall": count(counted, "overall", programme),
        "cohorts": cohort_rows(every, counted, programme, wanted),
        "strongest": strongest,
        "concerns": concerns,
        "overridden": len([row for row in counted if overridden(row, programme)]),
        "unsafe": len([row for row in submitted if row.get("safe_now") == "no"]),
        "moderated": len([row for row in counted if row.get("state") == "moderated"]),
    }


def plain(text: str | None) -> str:
    """Letters compared without regard to case, width and spaces."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return " ".join(folded.split())


def grade_in(cell: str | None) -> str | None:
    """The grade that a cell holds, or None."""
    return SPELLINGS[plain(cell).replace("(", "").replace(")", "")]


def own_grade(row: PlainRow, name: str) -> str | None:
    return grade_in(row.get(name))


def grade_of_record(row: PlainRow, name: str) -> str | None:
    """The agreed grade where there is one, else the auditor's."""
    if f"agreed_{name}" in row:
        return grade_in(row[f"agreed_{name}"])
    return own_grade(row, name)


def yes_or_no(row: PlainRow) -> bool | None:
    return {"yes": True, "y": True, "no": False, "n": False, "": None}[plain(row.get("findings_supported"))]


def day_in(cell: str | None) -> date | None:
    """2019-10-31 or 31/10/2019."""
    text = (cell or "").strip()
    if not text:
        return None
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = match.groups()
    else:
        day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def passes(row: PlainRow, wanted: Wanted) -> bool:
    for name in ("team", "service"):
        value = getattr(wanted, name)
        if value is not None and plain(row.get(name)) != plain(value):
            return False
    if wanted.cohort is not None and plain(row.get("cohort") or "No cohort") != plain(wanted.cohort):
        return False
    day = day_in(row.get("audit_date"))
    if wanted.from_date and (day is None or day < wanted.from_date):
        return False
    return not (wanted.to_date and (day is None or day > wanted.to_date))


def count(rows: Sequence[PlainRow], name: str, programme: Programme) -> dict[str, Any]:
    held = [grade_of_record(row, name) for row in rows]
    grades = {grade: held.count(grade) for grade in programme.grades}
    return {"grades": grades, "graded": sum(grades.values()), "not_graded": held.count(None)}


def cohort_rows(
    every: Sequence[PlainRow], counted: Sequence[PlainRow], programme: Programme, wanted: Wanted
) -> list[dict[str, Any]]:
    titles = list(programme.cohorts) if programme.cohorts is not None else []
    if programme.cohorts is None:
        for row in every:
            title = (row.get("cohort") or "").strip()
            if title and plain(title) not in [plain(known) for known in titles]:
                titles.append(title)
    found = []
    for title in titles:
        if wanted.cohort is None or plain(title) == plain(wanted.cohort):
            mine = [row for row in counted if plain(row.get("cohort")) == plain(title)]
            found.append({"title": title, **count(mine, "overall", programme)})
    nowhere = [row for row in counted if not plain(row.get("cohort"))]
    if nowhere or plain(wanted.cohort) == "no cohort":
        found.append({"title": "No cohort", **count(nowhere, "overall", programme)})
    return found


def extremes(domains: Sequence[Mapping[str, Any]], programme: Programme) -> tuple[list[str], list[str]]:
    good_or_better = programme.grades[: list(programme.grades).index(programme.success) + 1]
    shares = [
        (domain["id"], Fraction(sum(domain["grades"][grade] for grade in good_or_better), domain["graded"]))
        for domain in domains
        if domain["graded"]
    ]
    values = sorted({share for _, share in shares})
    if len(values) < 2:
        return [], []
    strongest = [domain_id for domain_id, share in shares if share == values[-1]]
    concerns = [domain_id for domain_id, share in shares if share == values[0]]
    return strongest, concerns


def overridden(row: PlainRow, programme: Programme) -> bool:
    own = [grade for name in TITLES if (grade := own_grade(row, name))]
    suggestion = programme.rule(own)
    chosen = own_grade(row, "overall")
    return chosen is not None and suggestion is not None and chosen != suggestion


def title_for(
    counted: Sequence[PlainRow], submitted: Sequence[PlainRow], not_yet_read: Sequence[PlainRow]
) -> str:
    cases = len({plain(row["case_reference"]) for row in counted})
    word = "case" if cases == 1 else "cases"
    if len(counted) > cases:
        return f"{len(counted)} audits of {cases} {word}"
    if submitted and not not_yet_read:
        return f"{cases} {word} where audit findings can be supported"
    return f"{cases} audited {word}"
