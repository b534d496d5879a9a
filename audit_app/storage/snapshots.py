"""The snapshots of a workspace: a folder beside its file, with whole copies under the same key."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from audit_app.core.errors import AppError
from audit_app.core.snapshot import Contents, Loss, Snapshot, SnapshotView
from audit_app.core.snapshot_rule import SnapshotRule, superfluous
from audit_app.core.stopping import Check, never
from audit_app.storage import snapshot_look
from audit_app.storage.connection import DatabaseError, RawKey, connect, database
from audit_app.storage.history import Head
from audit_app.storage.snapshot_copy import (
    copy_database,
    remove_unfinished,
    sync_folder,
    unfinished,
    writing,
)

FOLDER_ENDING = "-snapshots"
_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"(\d{6,9}) (\d{4}-\d\d-\d\dT\d{6}Z)( replaced)?\.caseaudit")


def folder_of(path: Path) -> Path:
    """Where the snapshots of the workspace at ``path`` lie."""
    return path.with_name(path.name + FOLDER_ENDING)


def snapshots_of(path: Path) -> tuple[Snapshot, ...]:
    """The snapshots beside a workspace, the latest first, told by their names alone."""
    try:
        found = [_named(each) for each in folder_of(path).iterdir()]
    except OSError:
        return ()
    return tuple(sorted((each for each in found if each), key=_order, reverse=True))


def named(path: Path, at: datetime, number: int, *, replaced: bool = False) -> Path:
    """The file for a snapshot of the workspace at ``path`` made at this moment."""
    mark = " replaced" if replaced else ""
    return folder_of(path) / f"{number:06} {at.astimezone(UTC):{_STAMP}}{mark}.caseaudit"


def next_name(path: Path, *, replaced: bool = False) -> Path:
    """The file for the next snapshot, in a folder that is made if it is missing. Raises CannotWrite."""
    folder = folder_of(path)
    with writing(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    number = max((each.number for each in snapshots_of(path)), default=0) + 1
    return named(path, datetime.now(UTC), number, replaced=replaced)


def described(path: Path) -> Snapshot:
    """A snapshot by its file; one that has another name is told by when it was last written."""
    found = _named(path)
    if found is not None:
        return found
    kept = path.stat()
    return Snapshot(path, 0, datetime.fromtimestamp(kept.st_mtime, UTC), kept.st_size)


def _named(path: Path) -> Snapshot | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC)
        return Snapshot(path, int(match[1]), at, path.stat().st_size, match[3] is not None)
    except (ValueError, OSError):
        return None


def _order(snapshot: Snapshot) -> tuple[int, datetime, str]:
    return snapshot.number, snapshot.at, snapshot.path.name


@contextmanager
def opened(path: Path, key: RawKey) -> Iterator[Database]:
    """A snapshot to be read; nothing is made beside it."""
    # A log beside it was left there by a person who copied an open file: what it holds is read too.
    log = path.with_name(path.name + "-wal")
    alone = not log.exists() or not log.stat().st_size
    conn = connect(path, key, mode="ro", immutable=alone)
    try:
        yield database(conn, read_only=True)
    finally:
        conn.close()


class Snapshots:
    """The snapshots of one workspace, made and looked at under its key."""

    def __init__(self, path: Path, key: RawKey) -> None:
        self._path = path
        self._key = key

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return folder_of(self._path.absolute())

    def all(self) -> tuple[Snapshot, ...]:
        """The latest first."""
        return snapshots_of(self._path)

    # Making

    def take(self, db: Database, check: Check = never) -> Snapshot | None:
        """Make one of the workspace as it is now; None where nothing was changed since the last.

        Raises CannotWrite, or DamagedWorkspace where the workspace cannot be read.
        """
        with db.atomic():  # what is compared is what is copied
            state = _last_work(db)
            if state is not None and (state.seq == 0 or state == self._last_kept()):
                return None
            target = next_name(self._path)
            copy_database(db, target, self._key, check)
        return described(target)

    def copy(self, db: Database, target: Path, check: Check = never) -> None:
        """Make a copy of the workspace anywhere else."""
        copy_database(db, target, self._key, check)

    def _last_kept(self) -> Head | None:
        """The last change that the latest snapshot holds."""
        latest = next((each for each in self.all() if not each.replaced), None)
        if latest is None:
            return None
        try:
            with opened(latest.path, self._key) as db:
                return _last_work(db)
        except DatabaseError:
            return None

    def thin(self, rule: SnapshotRule, now: datetime) -> tuple[Snapshot, ...]:
        """Remove what the rule lets go and what a program that was killed left; returns what was let go."""
        remove_unfinished(folder_of(self._path))
        gone = []
        for each in superfluous(self.all(), now, rule):
            with suppress(OSError):  # somebody may be looking into it: the next time
                each.path.unlink()
                gone.append(each)
        return tuple(gone)

    # Looking

    def view(self, snapshot: Snapshot, current: Database | None) -> SnapshotView:
        """What is in a snapshot, and what ``current`` has that it lacks."""
        contents: Contents | None = None
        loss: Loss | None = None
        try:
            with opened(snapshot.path, self._key) as db:
                contents = snapshot_look.contents(db)
                if current is not None:
                    loss = snapshot_look.loss(current, db)
        except (AppError, DatabaseError, OSError):
            return SnapshotView(snapshot, contents, None)
        return SnapshotView(snapshot, contents, loss)

    # Following a workspace that was moved or renamed

    def bring_from(self, folder: Path, workspace_id: str) -> bool:
        """Move snapshots here from where this workspace lay before, unless it is still there too.

        False where some could not be moved.
        """
        before = folder.with_name(folder.name.removesuffix(FOLDER_ENDING))
        if before.exists() or not self._is_of(before, workspace_id):
            return True
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            for each in sorted(folder.iterdir()):
                _move(each, self.folder / each.name)
            folder.rmdir()
        except OSError:
            return False
        return True

    def _is_of(self, path: Path, workspace_id: str) -> bool:
        for each in snapshots_of(path):
            found = self.view(each, None).contents
            if found is not None:
                return found.workspace_id == workspace_id
        return False


def _last_work(db: Database) -> Head | None:
    """The last line of the history about more than the workspace itself: number 0 where nothing was done yet.

    None where there is text that has no line yet.
    """
    if db.execute("SELECT EXISTS (SELECT 1 FROM unsettled)").fetchone()[0]:
        return None
    row = db.execute(f"SELECT seq, hash FROM history WHERE {snapshot_look.IS_WORK} ORDER BY seq DESC LIMIT 1")
    found = row.fetchone()
    return Head(*found) if found else Head(0, b"")


def _move(source: Path, target: Path) -> None:
    """Also to another disk; at any moment one of the two is whole."""
    try:
        source.rename(target)
    except OSError:
        beside = unfinished(target)
        shutil.copyfile(source, beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(beside, target)
        sync_folder(target.parent)
        source.unlink()
