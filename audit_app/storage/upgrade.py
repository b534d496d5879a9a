"""Bring an older workspace up to date: a verified copy beside it first, then every missing schema step."""

import os
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from audit_app.core.errors import CannotWrite, DamagedWorkspace
from audit_app.storage.connection import RawKey, connect, database
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
    """Copy the workspace beside itself, then apply what is missing; returns the copy. Each step is atomic."""
    schema = db.execute("PRAGMA user_version").fetchone()[0]
    stamp = datetime.now().strftime("%Y-%m-%d %H%M%S")
    copy = path.with_name(f"{path.stem} (schema {schema}, {stamp}).caseaudit")
    back_up(db, copy, key)
    db.conn.execute("PRAGMA foreign_keys = OFF")
    migrations.apply(db)
    db.conn.execute("PRAGMA foreign_keys = ON")
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedWorkspace(
            f"“{path.stem}” could not be brought up to date. As it was, it is kept in “{copy.name}”."
        )
    return copy


def back_up(db: Database, target: Path, key: RawKey) -> None:
    """A copy under the same key: written beside, read back, synced, then given its name."""
    beside = target.with_name(target.name + ".new")
    try:
        copy = connect(beside, key, mode="rwc")
        try:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        _verify(db, beside, key)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CannotWrite(
            f"No copy could be made at “{target.name}”, so nothing was changed. Make room and try again."
        ) from error


def _verify(db: Database, path: Path, key: RawKey) -> None:
    copy = database(connect(path, key, mode="ro"), read_only=True)
    try:
        whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        same = all(copy.execute(query).fetchall() == db.execute(query).fetchall() for query in _SAMENESS)
    finally:
        copy.close()
    if not whole or not same:
        path.unlink(missing_ok=True)
        raise DamagedWorkspace("A copy of the workspace could not be made whole, so nothing was changed.")


_SAMENESS = ("SELECT name, sql FROM sqlite_master ORDER BY name", "SELECT count(*), max(seq) FROM history")
