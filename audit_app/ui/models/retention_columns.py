"""The columns of the list of what is kept until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from audit_app.core.programme import Programme
from audit_app.core.retention import Due, due_sentence
from audit_app.ui.models.columns import Column, day_key
from audit_app.ui.models.day_words import DayWords

DUE, HELD, NOT_YET = "Due", "On hold", "Not yet due"


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """An audit with its programme, and whether it is due on the day of the list."""

    due: Due
    programme: Programme
    is_due: bool

    @property
    def standing(self) -> str:
        """In two words, whether it may go."""
        if not self.due.goes:
            return HELD
        return DUE if self.is_due else NOT_YET

    @property
    def sentence(self) -> str:
        """Why it is due, or until when it is kept, and what holds it."""
        words = due_sentence(self.due, self.programme.retention_months or 0)
        return words if self.is_due else words.replace(": due since", ": due on")


def retention_rows(
    every: tuple[Due, ...], today: date, programmes: Mapping[str, Programme]
) -> list[RetentionRow]:
    """A row for each audit whose programme has a period."""
    return [RetentionRow(each, programmes[each.audit.programme_id], each.since <= today) for each in every]


def retention_columns() -> tuple[Column[RetentionRow], ...]:
    """Every column, in the order of the table."""
    words = DayWords()

    def from_day(row: RetentionRow) -> str:
        return words.day(row.due.audit.counts_from)

    def since(row: RetentionRow) -> str:
        return words.day(row.due.since)

    return (
        Column("case", "Case", _reference, chars=20),
        Column("programme", "Programme", _programme, chars=30),
        Column("counted", "Counted from", from_day, _from_key),
        Column("due", "Due", since, _since_key),
        Column("standing", "Standing", _standing, chars=14),
    )


def _reference(row: RetentionRow) -> str:
    return row.due.audit.reference


def _programme(row: RetentionRow) -> str:
    return row.programme.title


def _standing(row: RetentionRow) -> str:
    return row.standing


def _from_key(row: RetentionRow) -> int | None:
    return day_key(row.due.audit.counts_from)


def _since_key(row: RetentionRow) -> int | None:
    return day_key(row.due.since)
