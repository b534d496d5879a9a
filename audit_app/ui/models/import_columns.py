"""The columns of what an import would do, and of what is wrong with a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from audit_app.core.errors import Problem
from audit_app.core.form import NOT_GRADED, GradeScale
from audit_app.core.words import joined
from audit_app.services.import_preview import ChangedAudit, ImportPreview
from audit_app.services.importing import ImportedAudit
from audit_app.ui.models.columns import Column, Mark, day_key
from audit_app.ui.models.day_words import DayWords

NEW, CHANGED = "New", "Changed"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An audit that an import would add, or change in what is not its grades."""

    what: str
    audit: ImportedAudit
    change: str = ""


def import_lines(preview: ImportPreview) -> Iterator[ImportLine]:
    """Every audit that would be added or changed; those that stay as they are are only counted."""
    for changed in preview.changed:
        yield ImportLine(CHANGED, changed.after, _change(changed))
    for audit in preview.new:
        yield ImportLine(NEW, audit)


def import_columns(scale: GradeScale | None = None) -> tuple[Column[ImportLine], ...]:
    """Every column, in the order of the table; ``scale`` is that of the form the sheet is read on."""
    days = DayWords()
    grades = {grade.id: grade for grade in scale.grades} if scale else {}

    def day(line: ImportLine) -> str:
        return days.day(line.audit.audit_date)

    def overall(line: ImportLine) -> str:
        found = grades.get(line.audit.overall)
        return found.title if found else "Not graded"

    def mark(line: ImportLine) -> Mark:
        found = grades.get(line.audit.overall)
        return Mark(found.id, found.shape) if found else Mark(NOT_GRADED, None)

    return (
        Column("what", "What", attrgetter("what")),
        Column("reference", "Case", attrgetter("audit.reference"), chars=20),
        Column("change", "Change", attrgetter("change"), tip=attrgetter("change"), chars=48),
        Column("date", "Date of audit", day, _day_key),
        Column("auditor", "Auditor", attrgetter("audit.auditor"), chars=20),
        Column("cohort", "Cohort", attrgetter("audit.cohort"), chars=20),
        Column("team", "Team", attrgetter("audit.team"), chars=16, shown=False),
        Column("overall", "Overall", overall, mark=mark),
    )


def problem_columns() -> tuple[Column[Problem], ...]:
    """Every column of the table of problems."""
    return (
        Column("row", "Row", _row, _row_key, right=True),
        Column("column", "Column", attrgetter("column"), chars=24),
        Column("value", "Value", attrgetter("value"), tip=attrgetter("value"), chars=24),
        Column("reason", "Why", attrgetter("reason"), tip=attrgetter("reason"), chars=80),
    )


def _change(changed: ChangedAudit) -> str:
    parts = [f"{one.field} from {_quoted(one.before)} to {_quoted(one.after)}" for one in changed.changes]
    return joined(parts)


def _quoted(value: str) -> str:
    return f"“{value}”" if value else "blank"


def _day_key(line: ImportLine) -> int | None:
    day: date | None = line.audit.audit_date
    return day_key(day)


def _row(problem: Problem) -> str:
    return "" if problem.row is None else str(problem.row)


def _row_key(problem: Problem) -> int | None:
    return problem.row
