"""Finding out whether a passphrase opens a file that is ours, not newer and lacks nothing; writes nothing."""

import os
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from audit_app.core.errors import (
    AppError,
    DamagedWorkspace,
    NewerWorkspace,
    NotAWorkspace,
    OlderCopy,
    WrongPassphrase,
)
from audit_app.storage import history, upgrade
from audit_app.storage.connection import SALT_BYTES, DatabaseError, RawKey, connect, database, said_plainly
from audit_app.storage.migrations import APPLICATION_ID
from audit_app.storage.witness import Witness, Witnesses

_PLAIN_SQLITE = b"SQLite format 3\x00"
_SMALLEST = 4096  # one page


def unlock(path: Path, passphrase: str, witnesses: Witnesses, *, accept_older: bool = False) -> RawKey:
    """The key, once the file has been seen to open with it. The file's bytes stay as they are.

    Raises NotAWorkspace, WrongPassphrase, DamagedWorkspace, NewerWorkspace, or OlderCopy unless accepted.
    """
    salt = _salt(path)
    known = witnesses.all()  # read before the file, so that none can be newer than what it is compared with
    key = RawKey.derive(passphrase, salt)
    db = _readable(path, key)
    if db is None:
        raise _why_not(path, passphrase, key, known)
    try:
        with said_plainly():
            _check_ours(db, path)
            workspace_id = db.execute("SELECT value FROM meta WHERE key = 'workspace_id'").fetchone()[0]
            seen = next((witness for witness in known if witness.workspace_id == workspace_id), None)
            if seen is not None and not accept_older and not history.contains(db, seen.head):
                raise _what_is_lost(path, seen)
    finally:
        db.close()
    return key


def needs_immutable(path: Path) -> bool:
    """Whether SQLite can keep no log beside the file and none is there, so it must be read as it lies."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _salt(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            start = file.read(_SMALLEST)
    except FileNotFoundError:
        raise NotAWorkspace(f"There is no file at “{path}”. It may have been moved or renamed.") from None
    except OSError as error:
        raise NotAWorkspace(
            f"“{path.name}” cannot be read. Check that it is a file and that you may open it."
        ) from error
    if len(start) < _SMALLEST or start.startswith(_PLAIN_SQLITE):
        raise _not_ours(path)
    return start[:SALT_BYTES]


def _not_ours(path: Path) -> NotAWorkspace:
    return NotAWorkspace(f"“{path.name}” is not a workspace of this program. It was left as it is.")


def _readable(path: Path, key: RawKey) -> Database | None:
    """A connection that can only read, or None where the file does not open with this key.

    Opened for writing, SQLite would fold a log left by a crash into the file even with a wrong key.
    """
    conn: Any = None
    try:
        conn = connect(path, key, mode="ro", immutable=needs_immutable(path))
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DatabaseError as error:
        if conn is not None:
            conn.close()
        if "file is not a database" in str(error):
            return None
        with said_plainly():
            raise
    return database(conn, read_only=True)


def _why_not(path: Path, passphrase: str, key: RawKey, known: tuple[Witness, ...]) -> AppError:
    here = next((witness for witness in known if witness.path == str(path.absolute())), None)
    if here is None:
        return WrongPassphrase(
            f"That passphrase does not open “{path.stem}”. Nothing was changed; try again. If you are sure "
            "of it, the file may be damaged or may not be a workspace."
        )
    if here.salt == key.salt:
        if here.check != key.check:
            return WrongPassphrase(
                f"That passphrase does not open “{path.stem}”. Nothing was changed; try again."
            )
        return _damaged(path)
    if RawKey.derive(passphrase, here.salt).check == here.check:
        return _damaged(path)
    return DamagedWorkspace(
        f"“{path.stem}” did not open, and its file does not begin as it did when it was last open here. It "
        "is damaged, or another file took its place and has another passphrase. It was left as it is."
    )


def _damaged(path: Path) -> DamagedWorkspace:
    return DamagedWorkspace(
        f"The passphrase is right, but the start of “{path.name}” is damaged. It was left as it is. "
        "Keep the file, and open a copy of it from before."
    )


def _check_ours(db: Database, path: Path) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise _not_ours(path)
    if upgrade.is_newer(db):
        raise NewerWorkspace(
            f"A newer version of this program made “{path.stem}”, so it was left as it is. "
            "Open it with that version."
        )


def _what_is_lost(path: Path, seen: Witness) -> OlderCopy:
    if seen.path != str(path.absolute()):
        return OlderCopy(
            f"“{path.stem}” is an older copy: changes made later in “{seen.path}” are not in it. "
            "Open that one, or go on with this copy without them."
        )
    return OlderCopy(
        f"Changes were lost: “{path.stem}” lacks work that was saved in it before, or an older copy was put "
        "in its place. It was left as it is. Look for the newer one, or go on without those changes."
    )
