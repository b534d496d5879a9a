"""People by id and name."""

from sqlite_utils import Database

from audit_app.core.identity import natural_key
from audit_app.core.person import Person


def key_of(db: Database, person: Person) -> int:
    """The person's row, made if missing."""
    row = db.execute("SELECT key FROM person WHERE id = ?", [person.id]).fetchone()
    if row is None:
        row = db.execute(
            "INSERT INTO person (id, name, natural_key) VALUES (?, ?, ?) RETURNING key",
            [person.id, person.name, natural_key(person.name)],
        ).fetchone()
    return int(row[0])


def names(db: Database) -> dict[str, str]:
    """Every person's name by id."""
    return dict(db.execute("SELECT id, name FROM person").fetchall())
