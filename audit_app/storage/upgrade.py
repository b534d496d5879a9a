"""Bring an older workspace up to date: a snapshot first, then every missing schema step."""

from pathlib import Path

from sqlite_utils import Database

from audit_app.core.errors import CannotWrite, DamagedWorkspace
from audit_app.storage.connection import RawKey
from audit_app.storage.migrations import SCHEMAS, migrations


def is_older(db: Database) -> bool:
    """Whether schema steps are missing."""
    return bool(migrations.pending(db))


def is_newer(db: Database) -> bool:
    """Whether a newer version of the program has been at work on the file."""
    applied = {step.name for step in migrations.applied(db)}
    version = db.execute("PRAGMA user_version").fetchone()[0]
    return not applied <= set(SCHEMAS) or version > len(SCHEMAS)


def upgrade(db: Database, path: Path, key: RawKey) -> Path:
    """Make a snapshot, whatever the last one holds, then apply what is missing; returns the snapshot.

    Raises CannotWrite where none can be made, and then the workspace is as it was.
    """
    from audit_app.storage.snapshot_copy import copy_database
    from audit_app.storage.snapshots import next_name

    try:
        snapshot = next_name(path)
        copy_database(db, snapshot, key)
    except CannotWrite as error:
        raise CannotWrite(
            f"“{path.stem}” was made by an earlier version of this program and is kept as a snapshot before "
            "it is brought up to date. There is no room for that, or its folder cannot be written to, so "
            "nothing was changed. Make room and try again."
        ) from error
    bring_up_to_date(db)
    return snapshot


def bring_up_to_date(db: Database) -> None:
    """Apply what is missing. Each step is atomic."""
    db.conn.execute("PRAGMA foreign_keys = OFF")
    migrations.apply(db)
    db.conn.execute("PRAGMA foreign_keys = ON")
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedWorkspace(
            "The workspace could not be brought up to date. As it was, it is kept as its latest snapshot."
        )
