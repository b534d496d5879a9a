"""A closed workspace and its snapshots, looked at with one passphrase or recovery key; writes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from audit_app.core.errors import AppError, DamagedWorkspace, NotFound, WrongPassphrase, WrongRecoveryKey
from audit_app.core.recovery_key import RecoveryKey, Secret
from audit_app.core.snapshot import Snapshot, SnapshotView
from audit_app.core.stopping import Check, never
from audit_app.storage import history
from audit_app.storage.connection import SALT_BYTES, DatabaseError, RawKey, connect, database
from audit_app.storage.snapshots import Snapshots, described, opened, snapshots_of
from audit_app.storage.unlock import needs_immutable
from audit_app.storage.witness import Witnesses


class SnapshotReader:
    """Opens each file by the key that the secret and the file's own first bytes give."""

    def __init__(self, path: Path, secret: Secret, witnesses: Witnesses) -> None:
        self.path = path
        self._secret = secret
        self._witnesses = witnesses
        self._keys: dict[bytes, RawKey] = {}

    @property
    def place(self) -> str:
        """Where the workspace lies, as a witness has it."""
        return str(self.path.absolute())

    def key_of(self, path: Path) -> RawKey | None:
        """The key of a file; None where it is not there or too short to be one of ours."""
        try:
            with path.open("rb") as file:
                salt = file.read(SALT_BYTES)
        except OSError:
            return None
        if len(salt) < SALT_BYTES:
            return None
        if salt not in self._keys:
            secret = self._secret
            self._keys[salt] = (
                RawKey(secret.key, secret.salt)
                if isinstance(secret, RecoveryKey)
                else RawKey.derive(secret, salt)
            )
        return self._keys[salt]

    # Snapshots

    def views(self, check: Check = never) -> tuple[SnapshotView, ...]:
        """What is in each snapshot, the latest first, and what would be lost.

        Raises WrongPassphrase, or DamagedWorkspace where none can be read.
        """
        found = []
        with self.current() as current:
            for each in snapshots_of(self.path):
                check()
                found.append(self._view(each, current))
        if found and not any(view.contents for view in found):
            raise self.why_closed(f"any snapshot of “{self.path.stem}”")
        return tuple(found)

    def view(self, source: Path) -> SnapshotView:
        """What is in one file, and what would be lost. Raises NotFound where there is none."""
        with self.current() as current:
            return self._view(self.snapshot(source), current)

    def snapshot(self, source: Path) -> Snapshot:
        """One file by its name. Raises NotFound where there is none."""
        try:
            return described(source)
        except OSError as error:
            raise NotFound(f"There is no snapshot at “{source}” that can be read.") from error

    def _view(self, snapshot: Snapshot, current: Database | None) -> SnapshotView:
        key = self.key_of(snapshot.path)
        if key is None:
            return SnapshotView(snapshot, None, None)
        return Snapshots(self.path, key).view(snapshot, current)

    def why_closed(self, what: str) -> AppError:
        """Whether a snapshot that does not open is damaged, or the passphrase is another one."""
        checks = {key.check for key in self._keys.values()}
        known = any(each.path == self.place and each.check in checks for each in self._witnesses.all())
        if known or self.opens_a_snapshot():
            return DamagedWorkspace(f"The passphrase is right, but the start of {what} is damaged.")
        if isinstance(self._secret, RecoveryKey):
            return WrongRecoveryKey(f"That recovery key does not open {what}. Nothing was changed.")
        return WrongPassphrase(f"That passphrase does not open {what}. Nothing was changed; try again.")

    def opens_a_snapshot(self) -> bool:
        """Whether the secret opens any snapshot of the workspace."""
        return any(self.opens(each.path) for each in snapshots_of(self.path))

    def opens(self, path: Path) -> bool:
        """Whether the secret opens a file."""
        key = self.key_of(path)
        if key is None:
            return False
        try:
            with opened(path, key) as db:
                db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except DatabaseError:
            return False
        return True

    # What is in place

    @contextmanager
    def current(self) -> Iterator[Database | None]:
        """What is in the workspace's place now, to be read; None where it is not there or does not open."""
        db = self._opened_current()
        try:
            yield db
        finally:
            if db is not None:
                db.close()

    def _opened_current(self) -> Database | None:
        key = self.key_of(self.path)
        if key is None:
            return None
        conn: Any = None
        try:
            conn = connect(self.path, key, mode="ro", immutable=needs_immutable(self.path))
            db = database(conn, read_only=True)
            history.head(db)
            workspace_id(db)
        except DatabaseError:
            if conn is not None:
                conn.close()
            return None
        return db

    def expected_id(self) -> str | None:
        """The id of the workspace in place, as far as the file or this machine knows."""
        with self.current() as current:
            if current is not None:
                return workspace_id(current)
        return next((each.workspace_id for each in self._witnesses.all() if each.path == self.place), None)


def workspace_id(db: Database) -> str:
    """The id of the workspace that a database is, or is a snapshot of."""
    return str(db.execute("SELECT value FROM meta WHERE key = 'workspace_id'").fetchone()[0])
