"""One encrypted file and its connections: create, open, read, write in one transaction, close."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from audit_app import __version__
from audit_app.core.errors import CannotWrite, NotAllowed
from audit_app.core.identity import natural_key, new_id
from audit_app.core.person import Person
from audit_app.storage import history, settling, upgrade
from audit_app.storage.connection import SALT_BYTES, DatabaseError, RawKey, connect, database, said_plainly
from audit_app.storage.history import NewLine
from audit_app.storage.migrations import migrations
from audit_app.storage.unlock import needs_immutable, unlock
from audit_app.storage.witness import Witness, Witnesses
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
    ) -> None:
        self.path = path
        self._key: RawKey | None = key
        self._witnesses = witnesses
        self._lock = lock
        self._immutable = immutable
        self._connections: list[Database] = []
        self._own = threading.local()
        self._writing = threading.RLock()
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
        cls, path: Path, passphrase: str, *, app_folder: Path, accept_older: bool = False
    ) -> "Workspace":
        """Open for writing: takes the lock, upgrades an older schema after a backup, adds an *opened* line.

        Raises WrongPassphrase, NotAWorkspace, NewerWorkspace, WorkspaceInUse, DamagedWorkspace or
        CannotWrite, and then the file's bytes are as they were. OlderCopy (a DamagedWorkspace) where changes
        that were seen before are not in the file: ``accept_older`` opens it all the same.
        """
        witnesses = Witnesses(app_folder)
        key = unlock(path, passphrase, witnesses, accept_older=accept_older)
        lock = WriterLock(path)
        lock.take()
        try:
            with said_plainly():
                return cls._prepared(path, key, witnesses, lock)
        except BaseException:
            lock.free()
            raise

    @classmethod
    def _prepared(cls, path: Path, key: RawKey, witnesses: Witnesses, lock: WriterLock) -> "Workspace":
        db = database(connect(path, key, mode="rw"), read_only=False)
        try:
            if upgrade.is_older(db):
                upgrade.upgrade(db, path, key)
        finally:
            db.close()
        workspace = cls(path, key, witnesses, lock)
        with workspace.write() as db:
            seen = workspace.witnessed
            is_older = seen is not None and not history.contains(db, seen.head)
            detail = {"version": __version__, **({"older_copy": True} if is_older else {})}
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
        cls, path: Path, passphrase: str, *, app_folder: Path, accept_older: bool = False
    ) -> "Workspace":
        """Open beside whatever else has it open: no lock, no history line, nothing can be written."""
        witnesses = Witnesses(app_folder)
        key = unlock(path, passphrase, witnesses, accept_older=accept_older)
        with said_plainly():
            workspace = cls(path, key, witnesses, None, immutable=needs_immutable(path))
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
        self._own.db = db
        self._connections.append(db)
        return db

    @contextmanager
    def write(self) -> Iterator[Database]:
        """One transaction, durable when the block ends; other threads of this process wait their turn."""
        if self.read_only:
            raise NotAllowed("The workspace was opened to read, so nothing in it can be changed.")
        with self._writing, said_plainly():
            db = self.db
            with db.atomic():
                yield db

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

    def bear_witness(self) -> None:
        """Remember the salt and the history's head in the program's own folder; cheap, for settled writes."""
        if self._key is None or self.read_only:
            return
        last, path = history.head(self.db), str(self.path.absolute())
        self._witnesses.keep(Witness(self.id, path, self._key.salt, self._key.check, last.seq, last.hash))

    def close(self) -> None:
        """Close every thread's connection, fold the log into the file, free the lock, drop the key."""
        if self._key is None:
            return
        if not self.read_only:
            self.bear_witness()
            with suppress(DatabaseError):
                self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._key = None
        for db in self._connections:
            db.close()
        self._connections.clear()
        self._own = threading.local()
        if self._lock is not None:
            self._lock.free()

    def __repr__(self) -> str:
        return f"Workspace({self.path.name!r})"


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
