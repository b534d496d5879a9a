"""A workspace that holds the published sheet, closed, and looked at from outside."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import session_builders as build
from app_folders import AppFolders
from session_builders import PASSPHRASE, REAL_SHEET, content, history_kinds

from audit_app.services.session import Session


@dataclass(frozen=True)
class Made:
    """A workspace that holds the published sheet, closed, and the program's own folder."""

    data: Path
    path: Path

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.path.parent

    def fingerprint(self) -> dict[str, str]:
        """Every file in its folder with the hash of its bytes.

        Empty files are left out, and SQLite's index of its log, which a reader makes and the next writer
        removes.
        """
        found = sorted(path for path in self.folder.iterdir() if path.is_file() and path.stat().st_size)
        files = [path for path in found if not path.name.endswith("-shm")]
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    @contextmanager
    def opened(self) -> Iterator[Session]:
        """The workspace as it is now, opened to read."""
        session = build.workspaces(self.data).open_to_read(self.path, PASSPHRASE)
        try:
            yield session
        finally:
            session.close()

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything in it but the history."""
        with self.opened() as session:
            return content(session)

    def history(self) -> list[str]:
        """The kinds of the lines of its history."""
        with self.opened() as session:
            return history_kinds(session)


def make(folders: AppFolders) -> Made:
    """Make one in these folders."""
    path = folders.documents / "audits.caseaudit"
    session = build.workspaces(folders.data).create(path, PASSPHRASE, "Sam Lead")
    build.take_in(session, REAL_SHEET)
    session.close()
    return Made(folders.data, path)
