"""Audits and their answers by field key: each value lies in exactly one place, which only this file knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from audit_app.core.audit import Audit, AuditState
from audit_app.core.errors import NotFound
from audit_app.core.fields import Field
from audit_app.core.form import FormRef
from audit_app.core.person import Person

HEADER_COLUMNS = {
    "case.service": "service",
    "case.team": "team",
    "case.worker": "worker",
    "audit.date": "audit_date",
    "audit.due": "due",
    "overall.grade": "overall",
    "safe.now": "safe_now",
}
COHORT = "case.cohort"  # its value is the cohort's id
_TEXT_COLUMNS = frozenset({"service", "team", "worker"})
_GRADE = ".grade"
_SELECT = (
    "SELECT p.id, c.id, c.reference, person.id, person.name, f.id, f.version, f.content_hash, a.state,"
    " a.supported, a.imported, a.started_at, a.submitted_at"
    " FROM audit a JOIN programme p ON p.key = a.programme JOIN casefile c ON c.key = a.casefile"
    " JOIN person ON person.key = a.auditor JOIN form f ON f.key = a.form WHERE a.key = ?"
)


@dataclass(frozen=True, slots=True)
class Caches:
    """What is kept beside an audit's answers because lists need it; computed by core whenever an answer
    changes.
    """

    suggested: str | None
    unsafe_open: bool


def key_of(db: Database, audit_id: str) -> int:
    """The audit's row number. Raises NotFound."""
    row = db.execute("SELECT key FROM audit WHERE id = ?", [audit_id]).fetchone()
    if row is None:
        raise NotFound("That audit is no longer in this workspace.")
    return int(row[0])


def get(db: Database, audit_id: str) -> Audit:
    """The audit with all its answers. Raises NotFound."""
    key = key_of(db, audit_id)
    row = db.execute(_SELECT, [key]).fetchone()
    programme_id, case_id, reference, person, name, form, version, content, *row = row
    state, supported, imported, *moments = row
    started, submitted = (datetime.fromisoformat(moment) if moment else None for moment in moments)
    return Audit(
        audit_id,
        programme_id,
        case_id,
        reference,
        Person(person, name),
        FormRef(form, version, content),
        AuditState(state),
        answers(db, key),
        supported,
        bool(imported),
        started,
        submitted,
    )


def answers(db: Database, key: int) -> dict[str, str]:
    """Every answer that is not blank, by field key."""
    columns = ", ".join(f"a.{column}" for column in HEADER_COLUMNS.values())
    header = db.execute(
        f"SELECT {columns}, c.id FROM audit a LEFT JOIN cohort c ON c.key = a.cohort WHERE a.key = ?", [key]
    ).fetchone()
    found = dict(zip((*HEADER_COLUMNS, COHORT), header, strict=True))
    found.update(db.execute("SELECT domain || '.grade', grade FROM judgement WHERE audit = ?", [key]))
    found.update(db.execute("SELECT field, value FROM answer WHERE audit = ?", [key]))
    found.update(db.execute("SELECT field, value FROM note WHERE audit = ?", [key]))
    return {field: value for field, value in found.items() if value}


def put(db: Database, key: int, field: Field, value: str) -> None:
    """Keep one answer; blank removes it. A free text counts as unsettled until it has its line in the
    history.
    """
    column = HEADER_COLUMNS.get(field.key)
    if column is not None:
        kept = value if column in _TEXT_COLUMNS else value or None
        db.execute(f"UPDATE audit SET {column} = ? WHERE key = ?", [kept, key])
    elif field.key == COHORT:
        db.execute(
            "UPDATE audit SET cohort = (SELECT key FROM cohort WHERE id = ?) WHERE key = ?", [value, key]
        )
    elif field.key.endswith(_GRADE):
        _put(db, "judgement", "domain", "grade", key, field.key.removesuffix(_GRADE), value)
    elif not field.kind.is_free_text:
        _put(db, "answer", "field", "value", key, field.key, value)
    else:
        _put_note(db, key, field.key, value)
    if field.kind.is_free_text:
        db.execute("INSERT OR IGNORE INTO unsettled VALUES (?, ?)", [key, field.key])


def _put(db: Database, table: str, name: str, column: str, key: int, field: str, value: str) -> None:
    if not value:
        db.execute(f"DELETE FROM {table} WHERE audit = ? AND {name} = ?", [key, field])
        return
    db.execute(
        f"INSERT INTO {table} (audit, {name}, {column}) VALUES (?, ?, ?)"
        f" ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
        [key, field, value],
    )


def _put_note(db: Database, key: int, field: str, value: str) -> None:
    if not value:
        db.execute("DELETE FROM note WHERE audit = ? AND field = ?", [key, field])
        return
    db.execute(
        "INSERT INTO note (audit, field, value) VALUES (?, ?, ?)"
        " ON CONFLICT (audit, field) DO UPDATE SET value = excluded.value",
        [key, field, value],
    )


def touch(db: Database, key: int, caches: Caches, at: str) -> None:
    """Keep the caches and the moment of the last change."""
    db.execute(
        "UPDATE audit SET suggested = ?, unsafe_open = ?, changed_at = ? WHERE key = ?",
        [caches.suggested, int(caches.unsafe_open), at, key],
    )


def insert(db: Database, audit: Audit, form_key: int, auditor_key: int, at: str) -> int:
    """A new row without answers for an audit whose programme and case are there; returns its number."""
    row = db.execute(
        "INSERT INTO audit (id, programme, casefile, auditor, form, state, started_at, changed_at)"
        " VALUES (?, (SELECT key FROM programme WHERE id = ?), (SELECT key FROM casefile WHERE id = ?),"
        " ?, ?, ?, ?, ?) RETURNING key",
        [
            *(audit.id, audit.programme_id, audit.case_id, auditor_key, form_key, audit.state.value),
            *(audit.started_at.isoformat(timespec="milliseconds") if audit.started_at else at, at),
        ],
    ).fetchone()
    return int(row[0])


def open_draft(db: Database, case_id: str, programme_id: str, person_id: str) -> str | None:
    """The id of this person's latest draft of this case in this programme."""
    row = db.execute(
        "SELECT a.id FROM audit a WHERE a.casefile = (SELECT key FROM casefile WHERE id = ?)"
        " AND a.programme = (SELECT key FROM programme WHERE id = ?)"
        " AND a.auditor = (SELECT key FROM person WHERE id = ?) AND a.state = 'draft' ORDER BY a.key DESC",
        [case_id, programme_id, person_id],
    ).fetchone()
    return str(row[0]) if row else None


def set_state(db: Database, key: int, state: AuditState, at: str, submitted_at: str | None) -> None:
    """Move an audit on or back."""
    db.execute(
        "UPDATE audit SET state = ?, changed_at = ?, submitted_at = ? WHERE key = ?",
        [state.value, at, submitted_at, key],
    )


def delete(db: Database, key: int, audit_id: str) -> None:
    """Remove an audit, its answers and every kept version of its texts; its lines in the history stay."""
    db.execute(
        "DELETE FROM text_version WHERE seq IN (SELECT seq FROM history WHERE subject = ?)", [audit_id]
    )
    db.execute("DELETE FROM audit WHERE key = ?", [key])


def grades(found: Mapping[str, str]) -> dict[str, str]:
    """The grades among some answers by domain id, and the overall, for a line of the history."""
    return {field.removesuffix(_GRADE): value for field, value in found.items() if field.endswith(_GRADE)}
