"""One process writes; others are told, or read beside it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from workspace_builders import PASSPHRASE, new_session, snapshot, workspaces_in

from audit_app.core.errors import NotAllowed, WorkspaceInUse
from audit_app.storage import history
from audit_app.storage.workspace import Workspace

OPENER = """
import sys, time
from pathlib import Path
from audit_app.core.errors import AppError
from audit_app.storage import history
from audit_app.storage.workspace import Workspace
path, folder, passphrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
try:
    workspace = Workspace.open(path, passphrase, app_folder=folder)
except AppError as error:
    print(type(error).__name__, flush=True)
    sys.exit(0)
print("opened", flush=True)
sys.stdin.readline()
workspace.close()
"""


def other_process(path: Path, app_folder: Path) -> subprocess.Popen[str]:
    """A process that opens the workspace, says so, and closes it when told to."""
    command = [sys.executable, "-c", OPENER, str(path), str(app_folder), PASSPHRASE]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def said_by(process: subprocess.Popen[str]) -> str:
    """The next line it prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_window_is_told_in_this_process_and_in_another(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        path = session.workspace.path
        with pytest.raises(WorkspaceInUse, match="is open in another window or command"):
            workspaces_in(tmp_path / "app").open(path, PASSPHRASE)
        with other_process(path, tmp_path / "app") as other:
            assert said_by(other) == "WorkspaceInUse"
        session.audits.start("LA 1")


def test_a_killed_writer_frees_the_workspace(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        path = session.workspace.path
    with other_process(path, tmp_path / "app") as other:
        assert said_by(other) == "opened"
        with pytest.raises(WorkspaceInUse):
            Workspace.open(path, PASSPHRASE, app_folder=tmp_path / "app")
        other.kill()
    Workspace.open(path, PASSPHRASE, app_folder=tmp_path / "app").close()


def test_reading_beside_a_window_sees_its_work_and_writes_nothing(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        session.audits.start("LA 1")
        before = snapshot(tmp_path), snapshot(tmp_path / "app" / "workspaces")
        reader = workspaces_in(tmp_path / "app").open_to_read(session.workspace.path, PASSPHRASE)
        assert [row.reference for row in reader.audits.rows()] == ["LA 1"]
        with pytest.raises(NotAllowed, match="opened to read"):
            reader.audits.start("LA 2")
        after = snapshot(tmp_path), snapshot(tmp_path / "app" / "workspaces")
        for name in ("work.caseaudit", "work.caseaudit-wal"):
            assert after[0][name] == before[0][name]
        assert after[1] == before[1]
        session.audits.start("LA 3")
        assert [row.reference for row in reader.audits.rows()] == ["LA 1", "LA 3"]
        reader.close()
        session.audits.start("LA 4")


def test_reading_alone_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        session.audits.start("LA 1")
        path = session.workspace.path
    before = path.read_bytes()
    reader = workspaces_in(tmp_path / "app").open_to_read(path, PASSPHRASE)
    audit = reader.audits.rows()[0].id
    reader.grading.open(audit)
    reader.grading.settle(audit)
    assert reader.home.now().draft_count == 1
    with pytest.raises(NotAllowed):
        reader.grading.set(audit, "recording.grade", "good")
    reader.close()
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_to_can_be_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_session(tmp_path) as session:
        session.audits.start("LA 1")
    # Tests may run as a user who may write everywhere, so the answer is given instead of the folder's rights.
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    before = snapshot(tmp_path)
    reader = workspaces_in(tmp_path / "app").open_to_read(tmp_path / "work.caseaudit", PASSPHRASE)
    assert [row.reference for row in reader.audits.rows()] == ["LA 1"]
    assert snapshot(tmp_path) == before
    reader.close()


def test_each_thread_reads_what_was_committed_while_another_writes(tmp_path: Path) -> None:
    seen: list[int] = []
    with new_session(tmp_path) as session:
        session.audits.start("LA 1")

        def read() -> None:
            seen.append(len(session.audits.rows()))

        with session.workspace.write() as db:
            db.execute("UPDATE casefile SET team = 'North'")
            thread = threading.Thread(target=read)  # noqa: TID251 - as background.py does
            thread.start()
            thread.join()
        assert seen == [1]


def test_threads_that_write_wait_their_turn(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        session.audits.start("LA 0")

        def start(first: int) -> None:
            for number in range(first, first + 10):
                session.audits.start(f"LA {number}")

        make = threading.Thread  # noqa: TID251 - as background.py does
        threads = [make(target=start, args=(first,)) for first in (100, 200, 300)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(session.audits.rows()) == 31
        assert history.verify(session.workspace.db) is None


def test_a_failed_change_leaves_nothing_of_itself(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        workspace = session.workspace

        def fail() -> None:
            with workspace.write() as db:
                db.execute("UPDATE person SET name = 'Nobody'")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert workspace.db.execute("SELECT name FROM person").fetchall() != [("Nobody",)]


def test_a_closed_workspace_is_not_used_by_mistake(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        pass
    with pytest.raises(RuntimeError, match="closed"):
        session.audits.rows()
    session.close()
