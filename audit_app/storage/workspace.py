"""One encrypted file and its connections: create, open, read, write in one transaction, close."""

import hmac
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from audit_app import __version__
from audit_app.core.errors import CannotWrite, FileGone, NotAllowed, WorkspaceInUse
from audit_app.core.identity import natural_key, new_id
from audit_app.core.person import Person
from audit_app.core.recovery_key import RecoveryKey, Secret
from audit_app.storage import history, settling, upgrade
from audit_app.storage.connection import SALT_BYTES, DatabaseError, RawKey, connect, database, said_plainly
from audit_app.storage.history import NewLine
from audit_app.storage.migrations import migrations
from audit_app.storage.snapshot_copy import sync_file, sync_folder, writing
from audit_app.storage.unlock import file_salt, needs_immutable, unlock
from audit_app.storage.witness import Seal, Witness, Witnesses
from audit_app.storage.writer_lock import WriterLock


class Workspace:
    """An open workspace. Each thread reads and writes through a connection of its own; one process writes."""

    def __init__(
        self,
        path: Path,
        key: RawKey,
        witnesses: Witnesses,
        lock: WriterLock | None,
        *,
        immutable: bool = False,
        by_recovery_key: bool = False,
    ) -> None:
        self.path = path
        self.by_recovery_key = by_recovery_key
        self._key: RawKey | None = key
        self._witnesses = witnesses
        self._lock = lock
        self._immutable = immutable
        self._connections: list[Database] = []
        self._own = threading.local()
        self._writing = threading.RLock()
        self._file = _which(path)
        self.id, self.owner = _identity(self.db)

    # Making and opening

    @classmethod
    def create(cls, path: Path, passphrase: str, owner: str, *, app_folder: Path) -> "Workspace":
        """Make a new file and open it for writing; CannotWrite where a file is, or none can be made."""
        if not passphrase or not owner.strip():
            raise NotAllowed("A workspace needs a passphrase and the name of the person who works in it.")
        lock = WriterLock(path)
        try:
            path.open("xb").close()
        except FileExistsError:
            raise CannotWrite(f"There is a file at “{path.name}” already; it was left as it is.") from None
        except OSError as error:
            raise CannotWrite(f"No workspace can be made at “{path}”. Choose another folder.") from error
        try:
            lock.take()
            key = RawKey.derive(passphrase, os.urandom(SALT_BYTES))
            with said_plainly():
                _make(path, key, owner)
        except BaseException:
            lock.free()
            for left in ("", "-wal", "-shm"):
                path.with_name(path.name + left).unlink(missing_ok=True)
            raise
        return cls._opened(path, key, Witnesses(app_folder), lock)

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: Secret,
        *,
        app_folder: Path,
        accept_older: bool = False,
        mend: bool = False,
    ) -> "Workspace":
        """Open for writing: takes the lock, upgrades an older schema after a backup, adds an *opened* line.

        Raises WrongPassphrase, WrongRecoveryKey, NotAWorkspace, NewerWorkspace, WorkspaceInUse,
        DamagedWorkspace or CannotWrite, and then the file's bytes are as they were. Two of them can be
        answered: OlderCopy, where changes that were seen before are not in the file, by ``accept_older``, and
        DamagedStart, where only the salt is damaged and it is known, by ``mend``.
        """
        witnesses = Witnesses(app_folder)
        salt = file_salt(path)
        key = unlock(path, passphrase, witnesses, accept_older=accept_older, mend=mend)
        lock = WriterLock(path)
        lock.take()
        try:
            if file_salt(path) != salt:
                raise WorkspaceInUse(f"Another window or command has just replaced “{path.stem}”. Try again.")
            with said_plainly():
                by_recovery_key = isinstance(passphrase, RecoveryKey)
                return cls._prepared(path, key, witnesses, lock, by_recovery_key=by_recovery_key)
        except BaseException:
            lock.free()
            raise

    @classmethod
    def _prepared(
        cls, path: Path, key: RawKey, witnesses: Witnesses, lock: WriterLock, *, by_recovery_key: bool
    ) -> "Workspace":
        mended = _mend(path, key)
        db = database(connect(path, key, mode="rw"), read_only=False)
        try:
            if upgrade.is_older(db):
                upgrade.upgrade(db, path, key)
        finally:
            db.close()
        workspace = cls(path, key, witnesses, lock, by_recovery_key=by_recovery_key)
        with workspace.write() as db:
            seen = workspace.witnessed
            is_older = seen is not None and not history.contains(db, seen.head)
            marks = {"older_copy": is_older, "by_recovery_key": by_recovery_key, "mended": mended}
            detail = {"version": __version__, **{mark: True for mark, holds in marks.items() if holds}}
            history.append(db, workspace.owner.id, NewLine("opened", workspace.id, detail))
            settling.settle_all(db, workspace.owner.id)
        workspace.bear_witness()
        return workspace

    @classmethod
    def _opened(cls, path: Path, key: RawKey, witnesses: Witnesses, lock: WriterLock) -> "Workspace":
        workspace = cls(path, key, witnesses, lock)
        workspace.bear_witness()
        return workspace

    @classmethod
    def open_to_read(
        cls, path: Path, passphrase: Secret, *, app_folder: Path, accept_older: bool = False
    ) -> "Workspace":
        """Open beside whatever else has it open: no lock, no history line, nothing can be written."""
        witnesses = Witnesses(app_folder)
        key = unlock(path, passphrase, witnesses, accept_older=accept_older)
        with said_plainly():
            by_recovery_key = isinstance(passphrase, RecoveryKey)
            immutable = needs_immutable(path)
            workspace = cls(path, key, witnesses, None, immutable=immutable, by_recovery_key=by_recovery_key)
            if upgrade.is_older(workspace.db):
                workspace.close()
                raise NotAllowed(
                    f"“{path.stem}” was made by an earlier version of this program. "
                    "Open it once in the window, which keeps a copy and brings it up to date."
                )
        return workspace

    # Working

    @property
    def read_only(self) -> bool:
        """Whether this workspace was opened to read."""
        return self._lock is None

    @property
    def db(self) -> Database:
        """This thread's own connection."""
        db: Database | None = getattr(self._own, "db", None)
        return db if db is not None else self._connect()

    def _connect(self) -> Database:
        if self._key is None:
            raise RuntimeError("the workspace is closed")
        mode = "ro" if self.read_only else "rw"
        conn = connect(self.path, self._key, mode=mode, immutable=self._immutable)
        db = database(conn, read_only=self.read_only)
        if not self.read_only:  # a file that was put in place of another has no log yet
            conn.execute("PRAGMA journal_mode = WAL").fetchone()
        self._own.db = db
        self._connections.append(db)
        return db

    @contextmanager
    def write(self) -> Iterator[Database]:
        """One transaction, durable when the block ends; other threads of this process wait their turn.

        Raises FileGone where the file is no longer in its place, CannotWrite or WorkspaceInUse; nothing of
        the transaction is then made.
        """
        if self.read_only:
            raise NotAllowed("The workspace was opened to read, so nothing in it can be changed.")
        with self._writing, said_plainly():
            self._check_in_place()
            db = self.db
            with db.atomic():
                yield db

    def _check_in_place(self) -> None:
        """SQLite goes on writing to a file that was unlinked, and says nothing: all of it would be lost."""
        if _which(self.path) != self._file:
            raise FileGone(
                f"The file of “{self.path.stem}” was moved, renamed, deleted or replaced while it was open, "
                "so this last change was not made. Put the file back where it was, or save a copy of the "
                "workspace before you close it: all that was saved before is still there to be copied."
            )

    @contextmanager
    def read(self) -> Iterator[Database]:
        """Several queries that see one and the same moment."""
        with said_plainly():
            db = self.db
            with db.atomic():
                yield db

    @property
    def witnessed(self) -> Witness | None:
        """What was last seen of this workspace on this machine."""
        return self._witnesses.of_workspace(self.id)

    def bear_witness(self, coming: RawKey | None = None) -> None:
        """Remember the salt and the history's head in the program's own folder; cheap, for settled writes.

        ``coming`` is the key that the file is about to be put under.
        """
        key = self._key
        if key is None or self.read_only:
            return
        last, path = history.head(self.db), str(self.path.absolute())
        seal = Seal(coming.salt, coming.check) if coming else None
        witness = Witness(self.id, path, key.salt, key.check, last.seq, last.hash, seal)
        self._witnesses.keep(witness, lasting=coming is not None)

    # Keys

    @property
    def key(self) -> RawKey:
        """The key, for what works on this workspace's files; it is never kept, shown or written in clear."""
        if self._key is None:
            raise RuntimeError("the workspace is closed")
        return self._key

    def is_opened_by(self, passphrase: str) -> bool:
        """Whether this is its passphrase; takes about 0.1 s."""
        return hmac.compare_digest(RawKey.derive(passphrase, self.key.salt).key, self.key.key)

    def go_on_with(self, beside: Path, key: RawKey) -> None:
        """Put the file at ``beside``, this workspace under another key, in its file's place, and go on there.

        At every moment the one or the other is whole. Raises WorkspaceInUse or CannotWrite, and then what was
        in place goes on.
        """
        with self._writing, writing(self.path):
            self.bear_witness(coming=key)
            self._come_off()
            os.replace(beside, self.path.resolve())
            self._file = _which(self.path)
            sync_folder(self.path.resolve().parent)
            self._key = key
            self.bear_witness()

    def _come_off(self) -> None:
        """Close every connection, the file then holding all; refused while others have it open."""
        self._checkpoint()
        self._close_all()
        if self.path.with_name(self.path.name + "-wal").exists():  # the last one to close removes it
            raise WorkspaceInUse(
                f"“{self.path.stem}” is being read in another window or command, so nothing was changed. "
                "Close it there and try again."
            )

    def _checkpoint(self) -> None:
        with suppress(DatabaseError):
            self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _close_all(self) -> None:
        for db in self._connections:
            db.close()
        self._connections.clear()
        self._own = threading.local()

    def close(self) -> None:
        """Close every thread's connection, fold the log into the file, free the lock, drop the key."""
        if self._key is None:
            return
        if not self.read_only:
            self.bear_witness()
            self._checkpoint()
        self._key = None
        self._close_all()
        if self._lock is not None:
            self._lock.free()

    def __repr__(self) -> str:
        return f"Workspace({self.path.name!r})"


def _which(path: Path) -> tuple[int, int] | None:
    """Which file lies there, as the system tells files apart; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _mend(path: Path, key: RawKey) -> bool:
    """Write the salt anew where the file no longer begins with it; whether it was needed."""
    if file_salt(path) == key.salt:
        return False
    with writing(path):
        with path.open("rb+") as file:
            file.write(key.salt)
        sync_file(path)
    return True


def _make(path: Path, key: RawKey, owner: str) -> None:
    conn = connect(path, key, mode="rw")
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        db = database(conn, read_only=False)
        with db.atomic():  # whole or not at all, also when the program is killed now
            migrations.apply(db)
            workspace_id, person_id, name = new_id(), new_id(), owner.strip()
            db.execute(
                "INSERT INTO person (id, name, natural_key) VALUES (?, ?, ?)",
                [person_id, name, natural_key(name)],
            )
            rows = {
                "workspace_id": workspace_id,
                "owner": person_id,
                "created_at": history.now(),
                "program_version": __version__,
            }
            conn.executemany("INSERT INTO meta VALUES (?, ?)", rows.items())
            history.append(db, person_id, NewLine("created", workspace_id, {"version": __version__}))
    finally:
        conn.close()


def _identity(db: Database) -> tuple[str, Person]:
    meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('workspace_id', 'owner')").fetchall())
    row = db.execute("SELECT id, name FROM person WHERE id = ?", [meta["owner"]]).fetchone()
    return meta["workspace_id"], Person(*row)
