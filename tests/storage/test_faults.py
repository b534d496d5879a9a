"""What a laptop does to an open workspace or its file: a clear sentence, and what was saved is kept."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from workspace_builders import PASSPHRASE, new_session, workspaces_in

from audit_app.core.errors import FileGone, OlderCopy
from audit_app.services.session import Session
from audit_app.storage import history

EVIDENCE = "voice.evidence"
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody remove a file that is open")

# A person's work in a process whose files cannot grow any further, which is what a full disk comes down to.
FULL = """
import resource, signal, sys
from pathlib import Path
from workspace_builders import PASSPHRASE, workspaces_in
from audit_app.core.errors import CannotWrite
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
session = workspaces_in(folder / "app").open(folder / "work.caseaudit", PASSPHRASE)
audit, _ = session.audits.start("LA 2")
log = (folder / "work.caseaudit-wal").stat().st_size
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (log + 40_000, hard))
kept = ""
try:
    for number in range(1, 1_000):
        text = f"sentence {number} " * number
        session.grading.set(audit, "voice.evidence", text)
        kept = text
except CannotWrite as error:
    print(error.sentence)
assert session.audits.get(audit).value("voice.evidence") == kept
print(kept)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
session.grading.set(audit, "planning.evidence", "after room was made")
session.close()
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A workspace in which something was written."""
    with new_session(tmp_path) as made:
        audit, _ = made.audits.start("LA 1")
        made.grading.set(audit, EVIDENCE, "Seen alone")
        made.grading.settle(audit)
        yield made


def audit_of(session: Session) -> str:
    (row, *_) = session.audits.rows()
    return row.id


def evidence_in(path: Path, app: Path) -> str:
    """What another program start reads there."""
    opened = workspaces_in(app).open_to_read(path, PASSPHRASE)
    try:
        return opened.audits.get(audit_of(opened)).value(EVIDENCE)
    finally:
        opened.close()


# -- The disk


@on_posix
def test_on_a_disk_that_fills_up_every_edit_that_was_taken_is_kept(tmp_path: Path) -> None:
    with new_session(tmp_path):
        pass
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    said, kept = ran.stdout.splitlines()
    assert "What was saved before is kept; this last change was not made." in said
    assert kept
    opened = workspaces_in(tmp_path / "app").open(tmp_path / "work.caseaudit", PASSPHRASE)
    audit = opened.audits.get(audit_of(opened))
    # The last spaces of a text are no part of it.
    assert audit.value(EVIDENCE).strip() == kept.strip()
    assert audit.value("planning.evidence") == "after room was made"
    assert history.verify(opened.workspace.db) is None
    opened.close()


# -- The file is gone from under an open window


@on_posix
def test_an_edit_to_a_file_that_vanished_is_refused_and_not_lost_in_silence(session: Session) -> None:
    session.workspace.path.unlink()
    with pytest.raises(FileGone, match="was moved, renamed, deleted or replaced while it was open"):
        session.grading.set(audit_of(session), EVIDENCE, "Seen alone, and heard")
    assert session.audits.get(audit_of(session)).value(EVIDENCE) == "Seen alone"


@on_posix
def test_of_a_file_that_vanished_a_copy_is_saved_with_all_that_was_in_it(
    session: Session, tmp_path: Path
) -> None:
    session.workspace.path.unlink()
    session.backups.copy_to(tmp_path / "rescued.caseaudit")
    assert evidence_in(tmp_path / "rescued.caseaudit", tmp_path / "another laptop") == "Seen alone"


@on_posix
def test_work_goes_on_once_the_file_is_back(session: Session, tmp_path: Path) -> None:
    path = session.workspace.path
    path.rename(tmp_path / "elsewhere")
    with pytest.raises(FileGone):
        session.grading.set(audit_of(session), EVIDENCE, "Seen alone, and heard")
    (tmp_path / "elsewhere").rename(path)
    session.grading.set(audit_of(session), EVIDENCE, "Seen alone, and heard")
    assert evidence_in(path, tmp_path / "app") == "Seen alone, and heard"


@on_posix
def test_a_file_that_another_took_the_place_of_is_not_written_to(session: Session, tmp_path: Path) -> None:
    path = session.workspace.path
    shutil.copy(path, tmp_path / "from the sync")
    other = (tmp_path / "from the sync").read_bytes()
    os.replace(tmp_path / "from the sync", path)
    with pytest.raises(FileGone):
        session.grading.set(audit_of(session), EVIDENCE, "Seen alone, and heard")
    assert path.read_bytes() == other


# -- The clock


def test_a_clock_that_was_put_back_breaks_no_history(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = datetime.now(UTC) - timedelta(days=400)
    monkeypatch.setattr(history, "now", lambda: back.isoformat(timespec="milliseconds"))
    audit = audit_of(session)
    session.grading.set(audit, "voice.grade", "good")
    monkeypatch.undo()
    session.grading.set(audit, "voice.grade", "inadequate")
    assert history.verify(session.workspace.db) is None
    # The order is that of the work, whatever the clock said.
    said = [line.detail["changes"][0]["to"] for line in _changes(session, audit) if "changes" in line.detail]
    assert said[-2:] == ["good", "inadequate"]
    session.workspace.bear_witness()
    reopened = workspaces_in(session.workspace.path.parent / "app").open_to_read(
        session.workspace.path, PASSPHRASE
    )
    reopened.close()


def _changes(session: Session, audit: str) -> list[history.Line]:
    return list(history.of_subject(session.workspace.db, audit))


# -- The log beside the file


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A workspace as a crash left it: the last work is in the log alone."""
    aside = tmp_path / "aside"
    aside.mkdir()
    with new_session(tmp_path) as session:
        path = session.workspace.path
        session.workspace.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        audit, _ = session.audits.start("LA 1")
        session.grading.set(audit, EVIDENCE, "Seen alone")
        session.grading.settle(audit)
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", aside)
    for each in aside.iterdir():
        shutil.copy(each, tmp_path)
    return path


def test_what_a_whole_log_holds_is_there_after_a_crash(crashed: Path) -> None:
    workspaces_in(crashed.parent / "app").open(crashed, PASSPHRASE).close()
    assert evidence_in(crashed, crashed.parent / "app") == "Seen alone"


@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied", "removed"])
def test_a_log_that_was_damaged_is_told_as_lost_changes(crashed: Path, damage: str) -> None:
    """SQLite drops what a damaged log holds and says nothing; the witness of this machine knows of it."""
    app, log = crashed.parent / "app", crashed.with_name(crashed.name + "-wal")
    content = bytearray(log.read_bytes())
    if damage == "cut":
        log.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        content[40] ^= 1  # in the first frame: none that follows is worth anything without it
        log.write_bytes(content)
    elif damage == "emptied":
        log.write_bytes(b"")
    else:
        log.unlink()
    before = crashed.read_bytes()
    with pytest.raises(OlderCopy, match="Changes were lost"):
        workspaces_in(app).open(crashed, PASSPHRASE)
    assert crashed.read_bytes() == before
    opened = workspaces_in(app).open(crashed, PASSPHRASE, accept_older=True)
    assert history.verify(opened.workspace.db) is None
    opened.close()
