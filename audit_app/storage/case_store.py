"""Cases by their reference."""

from sqlite_utils import Database

from audit_app.core.case import Case
from audit_app.core.identity import case_id as id_of
from audit_app.core.identity import natural_key

_COLUMNS = "id, reference, service, team, worker"


def by_reference(db: Database, reference: str) -> Case | None:
    """The case with this reference, however it is written."""
    row = db.execute(f"SELECT {_COLUMNS} FROM casefile WHERE id = ?", [id_of(reference)]).fetchone()
    return Case(*row) if row else None


def insert(db: Database, case: Case) -> None:
    """Keep a new case."""
    db.execute(
        f"INSERT INTO casefile ({_COLUMNS}, natural_key) VALUES (?, ?, ?, ?, ?, ?)",
        [case.id, case.reference, case.service, case.team, case.worker, natural_key(case.reference)],
    )


def update_place(db: Database, case_id: str, service: str, team: str, worker: str) -> None:
    """Where the case is held now; a blank leaves what was known."""
    db.execute(
        "UPDATE casefile SET service = coalesce(nullif(?, ''), service), team = coalesce(nullif(?, ''), "
        "team),"
        " worker = coalesce(nullif(?, ''), worker) WHERE id = ?",
        [service, team, worker, case_id],
    )


def delete_if_unused(db: Database, case_id: str) -> bool:
    """Remove a case that no audit is about; returns whether it went."""
    cursor = db.execute(
        "DELETE FROM casefile WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.casefile = casefile.key)",
        [case_id],
    )
    return cursor.rowcount > 0
