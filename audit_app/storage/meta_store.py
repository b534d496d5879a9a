"""The few single values of a workspace."""

from sqlite_utils import Database

LAST_PROGRAMME = "last_programme"


def get(db: Database, key: str) -> str | None:
    """The value, or None where there is none."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return str(row[0]) if row else None


def put(db: Database, key: str, value: str) -> None:
    """Keep a value in place of the one before."""
    db.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        " WHERE value <> excluded.value",
        [key, value],
    )


def remove(db: Database, key: str) -> None:
    """Keep a value no longer."""
    db.execute("DELETE FROM meta WHERE key = ?", [key])
