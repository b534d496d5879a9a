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


def drafts(db: Database) -> tuple[AuditRow, ...]:
    """Every draft, by due date (none last), then the latest changed first."""
    order = "ORDER BY a.due IS NULL, a.due, a.changed_at DESC"
    return _rows(db, f"{_SELECT} WHERE a.state = 'draft' {order}")


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
