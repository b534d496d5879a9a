"""Puts a workspace under another passphrase: at every moment the old one opens it, or the new one does.

``PRAGMA rekey`` is not used (docs/decisions/0013): killed in its middle it can leave a file that neither
passphrase opens. The workspace is copied under the new key beside its file, the copy is verified and synced,
and takes the file's name in one step. Its snapshots follow, one by one. Until the last of them has, the new
workspace keeps the old key inside itself, encrypted with all else, for a later opening to finish the job.
"""

import glob
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audit_app.core.errors import AppError, DamagedWorkspace, NotAllowed
from audit_app.storage import history, meta_store
from audit_app.storage.connection import SALT_BYTES, DatabaseError, RawKey, connect, database
from audit_app.storage.history import NewLine
from audit_app.storage.snapshot_copy import copy_database, sync_file, sync_folder, writing
from audit_app.storage.snapshots import opened, snapshots_of
from audit_app.storage.workspace import Workspace

CHANGED = "passphrase_changed"
_KEY_BEFORE = "key_before"  # in the meta table, while snapshots are still under it
_BESIDE = ".rekeyed"
_FILES = "files"

Report = Callable[[int, int, str], None]
"""Is told how many of how many files are done, and what they are; what it raises stops the work."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What became of the snapshots: how many are under the new key, how many had to be removed, and how many
    are in use, so that the next opening has to see to them.
    """

    snapshots: int = 0
    removed: int = 0
    waiting: int = 0


def nobody(_done: int, _total: int, _what: str) -> None:
    """Nobody is waiting to be told."""


def change_passphrase(workspace: Workspace, passphrase: str, report: Report = nobody) -> Rekeyed:
    """Give an open workspace another passphrase, and its snapshots with it; recovery keys from before end.

    Raises NotAllowed for a passphrase that is blank or the present one; WorkspaceInUse, CannotWrite or
    DamagedWorkspace, and then nothing has changed. Stopped by ``report`` once the file itself was replaced,
    it has changed, and the next opening sees to the snapshots that are left.
    """
    if not passphrase:
        raise NotAllowed("A workspace needs a passphrase.")
    if workspace.is_opened_by(passphrase):
        raise NotAllowed("That is the passphrase it has already. Nothing was changed.")
    key = RawKey.derive(passphrase, os.urandom(SALT_BYTES))
    beside = _beside(workspace.path.resolve())
    files = 1 + len(snapshots_of(workspace.path))

    def check() -> None:
        report(0, files, _FILES)

    check()
    try:
        copy_database(workspace.db, beside, key, check)
        _finish_copy(workspace, beside, passphrase, key)
        check()
        workspace.go_on_with(beside, key)
    except BaseException:
        _remove(beside)
        raise
    return finish(workspace, report)


def _finish_copy(workspace: Workspace, copy: Path, passphrase: str, key: RawKey) -> None:
    """Give the copy its line of history and the old key, and see that what lies on the disk can be opened."""
    with writing(copy):
        db = database(connect(copy, key, mode="rw"), read_only=False)
        try:
            with db.atomic():
                history.append(db, workspace.owner.id, NewLine(CHANGED, workspace.id, {}))
                old = workspace.key
                meta_store.put(db, _KEY_BEFORE, (old.key + old.salt).hex())
            # Not once it is in place: killed at that, it would leave a journal there.
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        finally:
            db.close()
        with copy.open("rb") as file:
            salt = file.read(SALT_BYTES)
        db = database(connect(copy, RawKey.derive(passphrase, salt), mode="ro"), read_only=True)
        try:
            whole = not db.execute("PRAGMA cipher_integrity_check").fetchall()
            same = history.head(db).seq == history.head(workspace.db).seq + 1
        finally:
            db.close()
        if not whole or not same:
            raise DamagedWorkspace(
                "A copy under the new passphrase could not be made whole, so nothing was changed."
            )
        copy.chmod(workspace.path.stat().st_mode)
        sync_file(copy)


def finish(workspace: Workspace, report: Report = nobody) -> Rekeyed:
    """Do what is left of a change of the passphrase that was stopped; nothing where nothing is left."""
    for begun in workspace.path.parent.glob(f"{glob.escape(workspace.path.name)}{_BESIDE}*"):
        _remove(begun)
    with workspace.read() as db:
        kept = meta_store.get(db, _KEY_BEFORE)
    if kept is None:
        return Rekeyed()
    before = RawKey(bytes.fromhex(kept)[:-SALT_BYTES], bytes.fromhex(kept)[-SALT_BYTES:])
    found = snapshots_of(workspace.path)
    for number, each in enumerate(found, start=1):
        report(number, 1 + len(found), _FILES)
        _follow(each.path, before, workspace.key)
    report(1 + len(found), 1 + len(found), _FILES)
    if found:
        sync_folder(found[0].path.parent)
    left = snapshots_of(workspace.path)
    waiting = sum(_is_under(each.path, before) for each in left)
    if not waiting:
        with workspace.write() as db:
            meta_store.remove(db, _KEY_BEFORE)
    return Rekeyed(len(left) - waiting, len(found) - len(left), waiting)


def _follow(snapshot: Path, before: RawKey, key: RawKey) -> None:
    """Put a snapshot under the new key; one that cannot be is removed: the old key is to open nothing."""
    beside = _beside(snapshot)
    if _is_under(snapshot, key):
        return
    try:
        if not _is_under(beside, key):  # whole since an earlier attempt
            with opened(snapshot, before) as db:
                copy_database(db, beside, key)
        # A log beside it is in the copy, and must never be read together with it.
        snapshot.with_name(snapshot.name + "-wal").unlink(missing_ok=True)
        os.replace(beside, snapshot)
    except (AppError, DatabaseError, OSError):
        _remove(beside)
        _remove(snapshot)


def _is_under(path: Path, key: RawKey) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(SALT_BYTES) == key.salt
    except OSError:
        return False


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _BESIDE)


def _remove(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()
