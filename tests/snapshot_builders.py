"""Workspaces with snapshots, made and looked at from outside, for the tests that go back to one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workspace_builders import PASSPHRASE, bare, new_session, workspaces_in

from audit_app.core.snapshot import Restored
from audit_app.services.session import Session

NAME = "work.caseaudit"


@contextmanager
def opened(folder: Path, passphrase: str = PASSPHRASE) -> Iterator[Session]:
    """The workspace in ``folder``, open for writing."""
    session = workspaces_in(folder / "app").open(folder / NAME, passphrase)
    try:
        yield session
    finally:
        session.close()


def with_snapshot(folder: Path, references: tuple[str, ...] = ("LA 1",)) -> Path:
    """Make a workspace with an audit of each case and a snapshot of it; returns the snapshot."""
    with new_session(folder) as session:
        for reference in references:
            begin(session, reference)
        made = session.backups.snapshot()
    assert made is not None
    return made.path


def begin(session: Session, reference: str, text: str = "seen at home") -> str:
    """Begin an audit, write a text and settle it."""
    audit_id, _ = session.audits.start(reference)
    session.grading.set(audit_id, "recording.evidence", text)
    session.grading.settle(audit_id)
    return audit_id


def begin_long(session: Session, reference: str = "LA 1") -> str:
    """Begin an audit with so much text that a copy takes several steps; some megabytes."""
    audit_id = begin(session, reference)
    for domain in session.audits.form_of(session.audits.get(audit_id)).domains:
        session.grading.set(audit_id, f"{domain.id}.evidence", f"{domain.id} at length, " * 3_500)
    session.grading.settle(audit_id)
    return audit_id


def go_on(folder: Path, *references: str) -> None:
    """Begin more audits in the workspace, and close it."""
    with opened(folder) as session:
        for reference in references:
            begin(session, reference)


def restore(folder: Path, source: Path, passphrase: str = PASSPHRASE) -> Restored:
    """Put a snapshot in the place of the workspace."""
    return workspaces_in(folder / "app").restore(folder / NAME, passphrase, source)


def references(folder: Path) -> list[str]:
    """The cases in the workspace, as any other program would read them."""
    return references_in(folder / NAME)


def references_in(path: Path) -> list[str]:
    """The cases in a file."""
    conn = bare(path)
    try:
        return sorted(reference for (reference,) in conn.execute("SELECT reference FROM casefile"))
    finally:
        conn.close()


def snapshots(folder: Path) -> list[Path]:
    """Every file among the snapshots, the oldest first."""
    found = folder / f"{NAME}-snapshots"
    return sorted(found.iterdir()) if found.exists() else []


def spoil(path: Path, at: int, length: int = 1) -> None:
    """Change bytes of a file."""
    data = bytearray(path.read_bytes())
    for place in range(at, at + length):
        data[place] ^= 0xFF
    path.write_bytes(bytes(data))
