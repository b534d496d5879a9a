"""Free text that was typed but has no line in the history yet: which, and giving it one."""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from audit_app.storage import history
from audit_app.storage.history import NewLine

_COLUMNS = {"case.service": "service", "case.team": "team", "case.worker": "worker"}


def settle_all(db: Database, person: str) -> int:
    """Settle whatever a crash left unsettled, each with a line that says so; returns how many."""
    rows = db.execute(  # CROSS: begin with the few that are unsettled, not with every audit
        "SELECT a.key, a.id, u.field FROM unsettled u CROSS JOIN audit a ON a.key = u.audit"
        " ORDER BY u.audit, u.field"
    ).fetchall()
    by_audit: dict[tuple[int, str], list[str]] = {}
    for key, audit_id, field in rows:
        by_audit.setdefault((key, audit_id), []).append(field)
    for (key, audit_id), fields in by_audit.items():
        settle(db, person, key, audit_id, fields, kind="recovered")
    return len(rows)


def unsettled_fields(db: Database, audit: int) -> tuple[str, ...]:
    """The keys of this audit's unsettled texts."""
    rows = db.execute("SELECT field FROM unsettled WHERE audit = ? ORDER BY field", [audit])
    return tuple(field for (field,) in rows)


def settle(
    db: Database,
    person: str,
    audit: int,
    audit_id: str,
    fields: Iterable[str],
    kind: str = "changed",
    changes: Iterable[Mapping[str, str]] = (),
) -> None:
    """One line for these texts, where they differ from what was last settled, and for other ``changes``."""
    found, texts = list(changes), []
    for field in fields:
        before, value = history.last_text(db, audit_id, field), _value(db, audit, field)
        if (before.text if before else "") != value:
            change, versions = history.text_change(before, field, value)
            found.append(change)
            texts.extend(versions)
        db.execute("DELETE FROM unsettled WHERE audit = ? AND field = ?", [audit, field])
    if found:
        history.append(db, person, NewLine(kind, audit_id, {"changes": found}, texts))


def _value(db: Database, audit: int, field: str) -> str:
    column = _COLUMNS.get(field)
    if column is not None:
        row = db.execute(f"SELECT {column} FROM audit WHERE key = ?", [audit]).fetchone()
    else:
        row = db.execute("SELECT value FROM note WHERE audit = ? AND field = ?", [audit, field]).fetchone()
    return str(row[0]) if row else ""
