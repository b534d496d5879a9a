"""The columns of the table of programmes."""

from dataclasses import dataclass

from audit_app.core.programme import Programme
from audit_app.core.words import number
from audit_app.ui.models.columns import Column, day_key
from audit_app.ui.models.day_words import DayWords


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme with the title of its form and how many audits it holds."""

    programme: Programme
    form: str
    drafts: int
    submitted: int


def programme_columns() -> tuple[Column[ProgrammeRow], ...]:
    """Every column, in the order of the table."""
    words = DayWords()

    def from_day(row: ProgrammeRow) -> str:
        return words.day(row.programme.period_from)

    def to_day(row: ProgrammeRow) -> str:
        return words.day(row.programme.period_to)

    return (
        Column("title", "Title", _title, chars=40),
        Column("type", "Type", _type),
        Column("theme", "Theme", _theme, chars=24),
        Column("from", "From", from_day, _from_key),
        Column("to", "To", to_day, _to_key),
        Column("form", "Form", _form),
        Column("drafts", "Drafts", _drafts, _drafts_key, right=True),
        Column("submitted", "Submitted", _submitted, _submitted_key, right=True),
        Column("cohorts", "Cohorts", _cohorts, tip=_cohorts, chars=40),
    )


def _title(row: ProgrammeRow) -> str:
    return row.programme.title


def _type(row: ProgrammeRow) -> str:
    return row.programme.type.label


def _theme(row: ProgrammeRow) -> str:
    return row.programme.theme


def _form(row: ProgrammeRow) -> str:
    return row.form


def _from_key(row: ProgrammeRow) -> int | None:
    return day_key(row.programme.period_from)


def _to_key(row: ProgrammeRow) -> int | None:
    return day_key(row.programme.period_to)


def _drafts(row: ProgrammeRow) -> str:
    return number(row.drafts)


def _drafts_key(row: ProgrammeRow) -> int:
    return row.drafts


def _submitted(row: ProgrammeRow) -> str:
    return number(row.submitted)


def _submitted_key(row: ProgrammeRow) -> int:
    return row.submitted


def _cohorts(row: ProgrammeRow) -> str:
    return ", ".join(cohort.title for cohort in row.programme.cohorts)
