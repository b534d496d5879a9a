"""Finding out whether a passphrase or recovery key opens a file that is ours, not newer and lacks nothing.

Nothing is written.
"""

import os
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from audit_app.core.errors import (
    AppError,
    DamagedStart,
    DamagedWorkspace,
    NewerWorkspace,
    NotAWorkspace,
    OlderCopy,
    WrongPassphrase,
    WrongRecoveryKey,
)
from audit_app.core.recovery_key import RecoveryKey, Secret
from audit_app.storage import history, upgrade
from audit_app.storage.connection import SALT_BYTES, DatabaseError, RawKey, connect, database, said_plainly
from audit_app.storage.migrations import APPLICATION_ID
from audit_app.storage.witness import Seal, Witness, Witnesses

_PLAIN_SQLITE = b"SQLite format 3\x00"
_SMALLEST = 4096  # one page


def unlock(
    path: Path, secret: Secret, witnesses: Witnesses, *, accept_older: bool = False, mend: bool = False
) -> RawKey:
    """The key, once the file has been seen to open with it. The file's bytes stay as they are.

    Raises NotAWorkspace, WrongPassphrase, WrongRecoveryKey, DamagedWorkspace, NewerWorkspace, OlderCopy
    unless it is accepted, or DamagedStart unless the caller is going to ``mend`` it by writing the salt.
    """
    salt = file_salt(path)
    known = witnesses.all()  # read before the file, so that none can be newer than what it is compared with
    by_recovery_key = isinstance(secret, RecoveryKey)
    key = RawKey(secret.key, secret.salt) if isinstance(secret, RecoveryKey) else RawKey.derive(secret, salt)
    db = _readable(path, key)
    if db is None and isinstance(secret, str):
        found = _by_known_salt(path, secret, salt, known)
        key, db = (key, None) if found is None else found
    if db is None:
        if not _seals_here(path, known) and _opens_a_snapshot(path, secret, witnesses):
            raise _damaged(path, "recovery key" if by_recovery_key else "passphrase")
        raise (_not_by_recovery_key if by_recovery_key else _not_by_passphrase)(path, key, salt, known)
    try:
        with said_plainly():
            _check_ours(db, path)
            workspace_id = db.execute("SELECT value FROM meta WHERE key = 'workspace_id'").fetchone()[0]
            seen = next((witness for witness in known if witness.workspace_id == workspace_id), None)
            if key.salt != salt and not mend:
                raise _damaged_start(path, by_recovery_key=by_recovery_key)
            if seen is not None and not accept_older and not history.contains(db, seen.head):
                raise _what_is_lost(path, seen)
    finally:
        db.close()
    return key


def needs_immutable(path: Path) -> bool:
    """Whether SQLite can keep no log beside the file and none is there, so it must be read as it lies."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def file_salt(path: Path) -> bytes:
    """What the file begins with. Raises NotAWorkspace for one that cannot be ours."""
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
    # Nor could a journal left by a crash be rolled back: what is looked at here does not need it to be.
    immutable = needs_immutable(path) or path.with_name(path.name + "-journal").exists()
    conn: Any = None
    try:
        conn = connect(path, key, mode="ro", immutable=immutable)
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DatabaseError as error:
        if conn is not None:
            conn.close()
        if "file is not a database" in str(error):
            return None
        with said_plainly():
            raise
    return database(conn, read_only=True)


def _by_known_salt(
    path: Path, passphrase: str, salt: bytes, known: tuple[Witness, ...]
) -> tuple[RawKey, Database] | None:
    """The key by a salt that this file began with before, where the passphrase is right and that opens it."""
    for seal in _seals_here(path, known):
        if seal.salt == salt:
            return None
        key = RawKey.derive(passphrase, seal.salt)
        db = _readable(path, key) if key.check == seal.check else None
        if db is not None:
            return key, db
    return None


def _seals_here(path: Path, known: tuple[Witness, ...]) -> tuple[Seal, ...]:
    place = str(path.absolute())
    return next((witness.seals for witness in known if witness.path == place), ())


def _opens_a_snapshot(path: Path, secret: Secret, witnesses: Witnesses) -> bool:
    """Whether it is right for what lies beside the file: where nothing is known of the file, that tells."""
    from audit_app.storage.snapshot_reader import SnapshotReader

    return SnapshotReader(path, secret, witnesses).opens_a_snapshot()


def _not_by_passphrase(path: Path, key: RawKey, salt: bytes, known: tuple[Witness, ...]) -> AppError:
    seals = _seals_here(path, known)
    if not seals:
        return WrongPassphrase(
            f"That passphrase does not open “{path.stem}”. Nothing was changed; try again. If you are sure "
            "of it, the file may be damaged or may not be a workspace."
        )
    same = next((seal for seal in seals if seal.salt == salt), None)
    if same is None:
        return _not_as_it_was(path)
    if same.check != key.check:
        return WrongPassphrase(
            f"That passphrase does not open “{path.stem}”. Nothing was changed; try again."
        )
    return _damaged(path, "passphrase")


def _not_by_recovery_key(path: Path, key: RawKey, salt: bytes, known: tuple[Witness, ...]) -> AppError:
    if key.salt == salt:
        return _damaged(path, "recovery key")  # its check digits say that it was typed right
    if any(seal.check == key.check for seal in _seals_here(path, known)):
        return _not_as_it_was(path)
    return WrongRecoveryKey(
        f"That recovery key does not open “{path.stem}”. It is another workspace’s, or was made before the "
        "passphrase was changed. Nothing was changed."
    )


def _not_as_it_was(path: Path) -> DamagedWorkspace:
    return DamagedWorkspace(
        f"“{path.stem}” did not open, and its file does not begin as it did when it was last open here. It "
        "is damaged, or another file or an older copy with another passphrase took its place. It was left as "
        "it is."
    )


def _damaged(path: Path, secret: str) -> DamagedWorkspace:
    return DamagedWorkspace(
        f"The {secret} is right, but the start of “{path.name}” is damaged. It was left as it is. "
        "Keep the file, and restore a snapshot of it, or open a copy from before."
    )


def _damaged_start(path: Path, *, by_recovery_key: bool) -> DamagedStart:
    secret = "recovery key" if by_recovery_key else "passphrase"
    return DamagedStart(
        f"The {secret} is right, but the start of “{path.name}” is damaged: its first {SALT_BYTES} bytes. "
        "What they were is known, so they can be mended. The file was left as it is."
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
