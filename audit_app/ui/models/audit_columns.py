"""The columns of a table of audits."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter

from audit_app.core.audit import AuditState
from audit_app.core.audit_row import AuditRow
from audit_app.core.form import NOT_GRADED, Grade, GradeScale
from audit_app.ui.models.columns import Column, Mark, day_key, moment_key
from audit_app.ui.models.day_words import DayWords

_STATES = list(AuditState)
_NOT_GRADED = "Not graded"
_READINGS = {"yes": "Supported", "no": "Not supported"}


class AuditColumns:
    """Makes them. ``scales`` holds grade scales by programme id; what was due before ``today`` is overdue."""

    def __init__(self, scales: Mapping[str, GradeScale], today: date) -> None:
        self._grades = {
            (programme, grade.id): (place, grade)
            for programme, scale in scales.items()
            for place, grade in enumerate(scale.grades)
        }
        self._worst = max((place for place, _ in self._grades.values()), default=0) + 1
        self._today = today
        self._words = DayWords()

    def all(self) -> tuple[Column[AuditRow], ...]:
        """Every column, in the order of the table."""
        return (
            Column("state", "State", _state, _state_key),
            Column("reference", "Case", attrgetter("reference")),
            Column("overall", "Overall", self._overall, self._overall_key, mark=self._mark),
            Column("date", "Audited", self._date, _date_key),
            Column("due", "Due", self._due, _due_key),
            Column("programme", "Programme", attrgetter("programme"), chars=16),
            Column("cohort", "Cohort", attrgetter("cohort"), chars=15),
            Column("service", "Service", attrgetter("service"), shown=False),
            Column("team", "Team", attrgetter("team")),
            Column("worker", "Worker", attrgetter("worker")),
            Column("auditor", "Auditor", attrgetter("auditor"), shown=False),
            Column("differs", "Suggested grade", _differs, shown=False),
            Column("safe", "Child safe now", _safe, shown=False),
            Column("reading", "Second reading", _reading, shown=False),
            Column("changed", "Changed", self._changed, _changed_key),
        )

    def _date(self, row: AuditRow) -> str:
        return self._words.day(row.audit_date)

    def _due(self, row: AuditRow) -> str:
        late = row.due is not None and row.due < self._today and row.state is AuditState.DRAFT
        return f"{self._words.day(row.due)}, overdue" if late else self._words.day(row.due)

    def _changed(self, row: AuditRow) -> str:
        return self._words.moment(row.changed_at)

    def _grade(self, row: AuditRow) -> tuple[int, Grade] | None:
        return self._grades.get((row.programme_id, row.overall or ""))

    def _overall(self, row: AuditRow) -> str:
        found = self._grade(row)
        if found:
            return found[1].title
        return _NOT_GRADED if row.overall == NOT_GRADED else row.overall or ""

    def _overall_key(self, row: AuditRow) -> int | None:
        found = self._grade(row)
        if found:
            return found[0]
        return self._worst if row.overall else None

    def _mark(self, row: AuditRow) -> Mark | None:
        found = self._grade(row)
        if found:
            return Mark(found[1].id, found[1].shape)
        return Mark(NOT_GRADED, None) if row.overall == NOT_GRADED else None


def _state(row: AuditRow) -> str:
    return row.state.label


def _state_key(row: AuditRow) -> int:
    return _STATES.index(row.state)


def _date_key(row: AuditRow) -> int | None:
    return day_key(row.audit_date)


def _due_key(row: AuditRow) -> int | None:
    return day_key(row.due)


def _differs(row: AuditRow) -> str:
    return "Not followed" if row.overridden else ""


def _safe(row: AuditRow) -> str:
    if row.unsafe_open:
        return "No, nobody told"
    return {"yes": "Yes", "no": "No"}.get(row.safe_now or "", "")


def _reading(row: AuditRow) -> str:
    if row.state is AuditState.DRAFT:
        return ""
    return _READINGS.get(row.supported or "", "Not yet read")


def _changed_key(row: AuditRow) -> float | None:
    return moment_key(row.changed_at)
