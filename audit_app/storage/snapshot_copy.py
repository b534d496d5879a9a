"""One database copied whole into another file: written beside, read back, synced, then given its name."""

import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from audit_app.core.errors import CannotWrite, DamagedWorkspace
from audit_app.core.stopping import Check, never
from audit_app.storage.connection import DatabaseError, RawKey, connect, database, said_plainly

UNFINISHED = ".new"
_PAGES_AT_ONCE = 64  # a quarter of a megabyte: between two such steps a copy can be stopped
_STEPS_AT_ONCE = 100_000  # of SQLite's own machine, some milliseconds
_LEFT_BEHIND_SECONDS = 3_600  # by a program that was killed; no copy takes so long
_FULL = "the disk is full"
_SHUT = "the folder cannot be written to"
_BROKEN = "the disk gave an error"
_SAID = {"disk is full": _FULL, "unable to open": _SHUT, "readonly": _SHUT, "disk I/O error": _BROKEN}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SAMENESS = ("SELECT name, sql FROM sqlite_master ORDER BY name", "SELECT count(*), max(seq) FROM history")


def copy_database(db: Database, target: Path, key: RawKey, check: Check = never) -> None:
    """Make ``target`` a copy of the database as it is at one moment, whatever others write meanwhile.

    ``check`` may raise to stop it. Raises CannotWrite, or DamagedWorkspace where the source cannot be read;
    whatever is raised, there is no new file.
    """
    beside = unfinished(target)
    try:
        with writing(target), db.atomic():
            before = _state(db)  # from here on the transaction sees this one moment
            _check_pages(db)
            _copy_pages(db, beside, key, check)
            _verify(beside, key, before, check)
        with writing(target):
            sync_file(beside)
            os.replace(beside, target)
            sync_folder(target.parent)
    except BaseException:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                beside.with_name(beside.name + ending).unlink()
        raise


def unfinished(target: Path) -> Path:
    """Where a file is written that will be called ``target`` when it is whole."""
    return target.with_name(f"{target.name}.{secrets.token_hex(4)}{UNFINISHED}")


def remove_unfinished(folder: Path) -> None:
    """Remove what a program that was killed had begun; not what another one may be at work on now."""
    for left in folder.glob(f"*{UNFINISHED}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                left.unlink()


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what the disk refuses while ``target`` is made into the user's situation."""
    try:
        yield
    except OSError as error:
        raise _refused(target, _why(error)) from error
    except DatabaseError as error:
        for said, why in _SAID.items():
            if said in str(error):
                raise _refused(target, why) from error
        with said_plainly():
            raise


def sync_file(path: Path) -> None:
    """Have the disk itself hold a file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make new names last through a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _why(error: OSError) -> str:
    if error.errno in _NO_ROOM:
        return _FULL
    return _BROKEN if error.errno == errno.EIO else _SHUT


def _refused(target: Path, why: str) -> CannotWrite:
    return CannotWrite(
        f"“{target.name}” was not written, because {why}. What was there is as it was. "
        "Make room or choose another place, and try again."
    )


def _copy_pages(db: Database, target: Path, key: RawKey, check: Check) -> None:
    def done(_status: int, _remaining: int, _total: int) -> None:
        check()

    copy = connect(target, key, mode="rwc")
    try:
        # It is synced once, when it is whole; until then it has a name that nobody opens.
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = OFF")
        db.conn.backup(copy, pages=_PAGES_AT_ONCE, progress=done)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    finally:
        copy.close()


def _check_pages(db: Database) -> None:
    """A page that fails its authentication would be copied as zeros, without an error.

    Asked twice: a page that another thread was just writing is not damaged.
    """
    if _damaged_pages(db) and _damaged_pages(db):
        raise DamagedWorkspace(
            "Part of the workspace’s file is damaged and cannot be read, so no copy of it was made. Keep the "
            "file as it is, and restore a snapshot."
        )


def _damaged_pages(db: Database) -> int:
    return len(db.execute("PRAGMA cipher_integrity_check").fetchall())


def _state(db: Database) -> list[object]:
    return [db.execute(query).fetchall() for query in _SAMENESS]


def _verify(path: Path, key: RawKey, before: list[object], check: Check) -> None:
    copy = database(connect(path, key, mode="ro"), read_only=True)
    try:
        with stoppable(copy, check):
            whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok" and not _damaged_pages(copy)
        same = _state(copy) == before
    finally:
        copy.close()
    if not whole or not same:
        raise DamagedWorkspace("A copy of the workspace could not be made whole, so nothing was changed.")


@contextmanager
def stoppable(db: Database, check: Check) -> Iterator[None]:
    """Let ``check`` stop a long query by raising."""
    stopped: list[BaseException] = []

    def ask() -> bool:
        try:
            check()
        except BaseException as error:
            stopped.append(error)
        return bool(stopped)

    db.conn.set_progress_handler(ask, _STEPS_AT_ONCE)
    try:
        yield
    except DatabaseError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        db.conn.set_progress_handler(None, _STEPS_AT_ONCE)
