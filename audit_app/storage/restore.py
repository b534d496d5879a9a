"""Puts a snapshot in its workspace's place: checked first, in one step, and the replaced file is kept."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from audit_app.core.errors import (
    CannotWrite,
    DamagedWorkspace,
    NewerWorkspace,
    NotAllowed,
    NotFound,
    WorkspaceInUse,
)
from audit_app.core.recovery_key import Secret
from audit_app.core.snapshot import Restored, Snapshot
from audit_app.core.snapshot_words import title
from audit_app.core.stopping import Check, never
from audit_app.storage import history, upgrade
from audit_app.storage.connection import DatabaseError, RawKey, connect, database
from audit_app.storage.history import NewLine
from audit_app.storage.migrations import APPLICATION_ID
from audit_app.storage.snapshot_copy import (
    copy_database,
    remove_unfinished,
    sync_file,
    sync_folder,
    unfinished,
    writing,
)
from audit_app.storage.snapshot_reader import SnapshotReader, workspace_id
from audit_app.storage.snapshots import folder_of, next_name, opened
from audit_app.storage.witness import Witness, Witnesses
from audit_app.storage.writer_lock import WriterLock

_LOG = "-wal"
_BESIDE = (_LOG, "-shm")  # what SQLite keeps beside a file that is open, or that a crash left


@dataclass(frozen=True, slots=True)
class _Ready:
    """A whole workspace that only needs to be given its name."""

    path: Path
    witness: Witness


class Restorer:
    """Replaces one workspace, which is closed, by a snapshot that the secret opens."""

    def __init__(self, path: Path, secret: Secret, witnesses: Witnesses) -> None:
        self._path = path.resolve() if path.is_symlink() else path
        self._witnesses = witnesses
        self._reader = SnapshotReader(self._path, secret, witnesses)

    def restore(self, source: Path, check: Check = never) -> Restored:
        """Put ``source`` in the workspace's place; ``check`` may raise to stop it.

        Raises WrongPassphrase, DamagedWorkspace where the snapshot is not
        whole, NotAllowed where it is of another workspace, NotFound, NewerWorkspace, WorkspaceInUse or
        CannotWrite; then what is in place is as it was.
        """
        lock = WriterLock(self._path)
        lock.take()
        try:
            remove_unfinished(folder_of(self._path))
            snapshot, ready = self._whole(source, check)
            try:
                kept = self._swap(ready, check)
            except BaseException:
                _remove(ready.path)
                raise
            self._witnesses.keep(ready.witness)
        except CannotWrite as error:
            raise CannotWrite(
                f"“{self._path.stem}” was not replaced and is as it was: there is no room for two more "
                "copies of it, or its folder cannot be written to. Make room and try again."
            ) from error
        finally:
            lock.free()
        return Restored(snapshot, kept if kept is not None and kept.exists() else None)

    # Making a whole workspace of a snapshot, beside what is in place

    def _whole(self, source: Path, check: Check) -> tuple[Snapshot, _Ready]:
        snapshot = self._reader.snapshot(source)
        key = self._reader.key_of(source)
        if key is None:
            raise _not_ours(source)
        target = unfinished(next_name(self._path))
        try:
            with writing(target):
                self._copy(source, target, key, check)
                return snapshot, self._finished(snapshot, target, key)
        except BaseException as error:
            _remove(target)
            if not isinstance(error, DamagedWorkspace):
                raise
            raise DamagedWorkspace(
                f"“{title(snapshot)}” is damaged, so it was not put in place and nothing was changed. "
                "Choose another snapshot."
            ) from error

    def _copy(self, source: Path, target: Path, key: RawKey, check: Check) -> None:
        if not self._reader.opens(source):
            raise self._reader.why_closed(f"“{source.name}”")
        with opened(source, key) as db:
            self._check_ours(db, source)
            copy_database(db, target, key, check)

    def _check_ours(self, db: Database, source: Path) -> None:
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise _not_ours(source)
        if upgrade.is_newer(db):
            raise NewerWorkspace(
                f"A newer version of this program made “{source.name}”, so nothing was changed. "
                "Restore it with that version."
            )
        expected = self._reader.expected_id()
        if expected is not None and workspace_id(db) != expected:
            raise NotAllowed(
                f"“{source.name}” is of another workspace than “{self._path.stem}”, so nothing was changed."
            )

    def _finished(self, snapshot: Snapshot, path: Path, key: RawKey) -> _Ready:
        """The copy brought up to date, with its line in the history, and on the disk."""
        db = database(connect(path, key, mode="rw"), read_only=False)
        try:
            if history.verify(db) is not None:
                raise DamagedWorkspace("The snapshot's history is not whole.")
            if upgrade.is_older(db):
                upgrade.bring_up_to_date(db)
            own_id = workspace_id(db)
            (owner,) = db.execute("SELECT value FROM meta WHERE key = 'owner'").fetchone()
            detail = {
                "snapshot": snapshot.at.isoformat(timespec="seconds"),
                "line": history.head(db).seq,
                history.GIVEN_UP: self._given_up(own_id),
            }
            with db.atomic():
                history.append(db, owner, NewLine("restored", own_id, detail))
            last = history.head(db)
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        finally:
            db.close()
        sync_file(path)
        return _Ready(path, Witness(own_id, self._reader.place, key.salt, key.check, last.seq, last.hash))

    def _given_up(self, own_id: str) -> list[str]:
        """How the history ended that is not gone on with: as it is in place, and as it was last seen."""
        seen = self._witnesses.of_workspace(own_id)
        heads = {seen.head} if seen else set()
        with self._reader.current() as current:
            if current is not None:
                heads.add(history.head(current))
        return sorted(history.named(head) for head in heads)

    # Replacing

    def _swap(self, ready: _Ready, check: Check) -> Path | None:
        """Keep what is there, then give its name to the new file: one step, whole before and after it.

        The log of a file that cannot be read is taken away first, for the new file must never meet it; by
        then both are kept.
        """
        kept = self._keep(check)
        with writing(self._path):
            try:
                for log in self._logs():
                    log.unlink(missing_ok=True)
                os.replace(ready.path, self._path)
            except OSError:
                self._take_back(kept)
                raise
            sync_folder(self._path.parent)
        return kept

    def _logs(self) -> list[Path]:
        return [_beside(self._path, ending) for ending in _BESIDE]

    def _take_back(self, kept: Path | None) -> None:
        if kept is None:
            return
        if _beside(kept, _LOG).exists():
            shutil.copyfile(_beside(kept, _LOG), _beside(self._path, _LOG))
        _remove(kept)

    def _keep(self, check: Check) -> Path | None:
        found = [path for path in (_beside(self._path, _LOG), self._path) if _holds_something(path)]
        if not found:
            return None
        target = next_name(self._path, replaced=True)
        if not self._kept_whole(target, check):
            with writing(target):
                for source in found:
                    _copy_bytes(source, _beside(target, source.name.removeprefix(self._path.name)))
                sync_folder(target.parent)
        return target

    def _kept_whole(self, target: Path, check: Check) -> bool:
        """Copy a workspace that can be read, with what its log holds; False where its bytes must do."""
        with self._reader.current() as current:
            key = self._reader.key_of(self._path)
            if current is None or key is None:
                return False
            try:
                copy_database(current, target, key, check)
            except (DamagedWorkspace, DatabaseError):
                return False
        try:
            _fold_log(self._path, key)
        except BaseException:
            _remove(target)
            raise
        return True


def _fold_log(path: Path, key: RawKey) -> None:
    """Have the file hold everything itself. Raises WorkspaceInUse while anybody has it open."""
    db = connect(path, key, mode="rw")
    try:
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
    except DatabaseError as error:
        raise WorkspaceInUse(
            f"“{path.stem}” is being read in another window or command, so nothing was changed. "
            "Close it there and try again."
        ) from error
    finally:
        db.close()


def _not_ours(source: Path) -> NotFound:
    return NotFound(f"“{source.name}” is not a snapshot of a workspace, so nothing was changed.")


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _copy_bytes(source: Path, target: Path) -> None:
    beside = unfinished(target)
    try:
        shutil.copyfile(source, beside)
        sync_file(beside)
        os.replace(beside, target)
    except BaseException:
        _remove(beside)
        raise


def _remove(path: Path) -> None:
    for ending in ("", *_BESIDE, "-journal"):
        with suppress(OSError):
            _beside(path, ending).unlink()
