"""Tells which column of a sheet holds what of an audit, by id or by the title that reports give it."""

from dataclasses import dataclass

from audit_app.core.errors import Problem
from audit_app.core.form import Form
from audit_app.core.words import joined
from audit_app.exchange.audit_words import word_key
from audit_app.exchange.sheet import Sheet, column_letters, refused, shown

CASE_REFERENCE = "case_reference"
COHORT = "cohort"
SERVICE = "service"
TEAM = "team"
WORKER = "worker"
AUDITOR = "auditor"
AUDIT_DATE = "audit_date"
OVERALL = "overall"
SUPPORTED = "findings_supported"
_TITLES = {
    CASE_REFERENCE: ("Case reference",),
    COHORT: ("Cohort",),
    SERVICE: ("Service",),
    TEAM: ("Team",),
    WORKER: ("Worker",),
    AUDITOR: ("Auditor",),
    AUDIT_DATE: ("Date of audit", "Audit date"),
}
_TITLES_AFTER_DOMAINS = {OVERALL: ("Overall", "Overall grade"), SUPPORTED: ("Findings supported",)}


@dataclass(frozen=True, slots=True)
class AuditColumns:
    """Where in a row each part of an audit stands, by its id; absent where the sheet has no such column.

    ``ignored`` are the headings that mean nothing here, ``missing`` the titles of what the sheet lacks, and
    ``unheaded`` the columns that hold something under no heading.
    """

    at: dict[str, int]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    unheaded: tuple[int, ...]


def find_columns(sheet: Sheet, form: Form) -> AuditColumns:
    """The columns of a sheet of audits. Raises FileRefused where one is there twice or one is missing."""
    titles = _TITLES | {domain.id: (domain.title,) for domain in form.domains} | _TITLES_AFTER_DOMAINS
    # An id is known before any title, so that a form's own titles can't hide it.
    ids = {word_key(column): column for column in titles}
    for titled, names in titles.items():
        for name in names:
            ids.setdefault(word_key(name), titled)

    at: dict[str, int] = {}
    ignored: list[str] = []
    problems: list[Problem] = []
    for index, heading in enumerate(sheet.headings):
        column = ids.get(word_key(heading.rstrip(":?* ")))
        if not column:
            ignored += [heading] if heading else []
        elif at.setdefault(column, index) != index:
            reason = f"column {column_letters(at[column])} holds {titles[column][0]} already"
            place = f"column {column_letters(index)}"
            problems.append(Problem(sheet.heading_row, place, shown(heading), reason))
    if problems:
        mend = "Keep one column of each kind."
        raise refused(sheet.name, "has a column twice", mend, tuple(problems))
    _check_needed(sheet, form, at)
    missing = tuple(names[0] for column, names in titles.items() if column not in at)
    unheaded = tuple(index for index, heading in enumerate(sheet.headings) if not heading)
    return AuditColumns(at, tuple(ignored), missing, unheaded)


def _check_needed(sheet: Sheet, form: Form, at: dict[str, int]) -> None:
    lacking = []
    if CASE_REFERENCE not in at:
        lacking.append("“Case reference”")
    if not any(domain.id in at for domain in form.domains):
        lacking.append(f"a domain such as “{form.domains[0].title}”")
    if not lacking:
        return
    mend = (
        f"Row {sheet.heading_row} is read as the headings, because it is the first with anything in it: "
        "delete what stands above your headings, and give each column its title or its id."
    )
    what = f"has no column for {joined(lacking)}"
    raise refused(sheet.name, what, " ".join([mend, *sheet.notes]))
