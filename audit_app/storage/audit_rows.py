"""Audits as lists show them, many at a time."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from audit_app.core.audit import AuditState
from audit_app.core.audit_row import AuditRow

_SELECT = (
    "SELECT a.id, c.reference, a.programme, a.cohort, a.service, a.team, a.worker, a.auditor, "
    "a.audit_date, a.due,"
    " a.state, a.overall, a.safe_now, a.unsafe_open,"
    " coalesce(a.overall <> a.suggested AND a.overall <> 'not_graded', 0),"
    " a.supported, a.changed_at FROM audit a JOIN casefile c ON c.key = a.casefile"
)


def all_of(db: Database) -> tuple[AuditRow, ...]:
    """Every audit, in the order in which they were made."""
    return _rows(db, f"{_SELECT} ORDER BY a.key")


def of_ids(db: Database, ids: Iterable[str]) -> dict[str, AuditRow]:
    """These audits by id; one that is gone is absent."""
    wanted = list(ids)
    marks = ", ".join("?" * len(wanted))
    return {row.id: row for row in _rows(db, f"{_SELECT} WHERE a.id IN ({marks})", wanted)}


def unsafe_open(db: Database) -> tuple[AuditRow, ...]:
    """Audits that say the child is not safe without saying who was told."""
    return _rows(db, f"{_SELECT} WHERE a.unsafe_open = 1 ORDER BY a.key")


def drafts(db: Database, limit: int) -> tuple[AuditRow, ...]:
    """The first drafts by due date (those without one last), then the latest changed first."""
    order = "ORDER BY a.due IS NULL, a.due, a.changed_at DESC LIMIT ?"
    return _rows(db, f"{_SELECT} WHERE a.state = 'draft' {order}", [limit])


def last_changed_draft(db: Database) -> AuditRow | None:
    """The draft that was worked on last."""
    found = _rows(db, f"{_SELECT} WHERE a.state = 'draft' ORDER BY a.changed_at DESC, a.key DESC LIMIT 1")
    return found[0] if found else None


def draft_counts(db: Database, today: date, soon: date) -> tuple[int, int, int]:
    """How many drafts there are, how many were due before today, and how many are due from today until
    ``soon``.
    """
    row = db.execute(
        "SELECT count(*), coalesce(sum(due < ?), 0), coalesce(sum(due BETWEEN ? AND ?), 0)"
        " FROM audit WHERE state = 'draft'",
        [today.isoformat(), today.isoformat(), soon.isoformat()],
    ).fetchone()
    return row[0], row[1], row[2]


def count(db: Database) -> int:
    """How many audits there are, drafts included."""
    return int(db.execute("SELECT count(*) FROM audit").fetchone()[0])


def _rows(db: Database, query: str, parameters: Iterable[Any] = ()) -> tuple[AuditRow, ...]:
    # Few programmes, cohorts and people stand behind many audits: their words are looked up, not joined, and
    # shared.
    programmes = {key: (title, uid) for key, title, uid in db.execute("SELECT key, title, id FROM programme")}
    cohorts = {None: "", **dict(db.execute("SELECT key, title FROM cohort"))}
    people = dict(db.execute("SELECT key, name FROM person").fetchall())
    states = {state.value: state for state in AuditState}
    day, moment = date.fromisoformat, datetime.fromisoformat
    return tuple(
        AuditRow(
            audit_id, reference, *programmes[programme], cohorts[cohort], service, team, worker,
            people[auditor],
            day(audited) if audited else None, day(due) if due else None, states[state], overall, safe,
            unsafe == 1, overridden == 1, supported, moment(changed),
        )
        for audit_id, reference, programme, cohort, service, team, worker, auditor, audited, due, state,
        overall,
        safe, unsafe, overridden, supported, changed in db.conn.execute(query, list(parameters))
    )  # fmt: skip
