"""The exact text of every form that this workspace's audits were made on."""

from sqlite_utils import Database

from audit_app.core.form import FormRef


def keep(db: Database, ref: FormRef, text: str) -> int:
    """The form's row, made if missing; a form that is there is never changed."""
    row = db.execute("SELECT key FROM form WHERE content_hash = ?", [ref.content_hash]).fetchone()
    if row is None:
        row = db.execute(
            "INSERT INTO form (id, version, content_hash, text) VALUES (?, ?, ?, ?) RETURNING key",
            [ref.id, ref.version, ref.content_hash, text],
        ).fetchone()
    return int(row[0])


def text_of(db: Database, ref: FormRef) -> str | None:
    """The text kept of a form, or None."""
    row = db.execute("SELECT text FROM form WHERE content_hash = ?", [ref.content_hash]).fetchone()
    return str(row[0]) if row else None


def refs(db: Database) -> tuple[FormRef, ...]:
    """Every form that is kept."""
    rows = db.execute("SELECT id, version, content_hash FROM form ORDER BY key")
    return tuple(FormRef(*row) for row in rows)
