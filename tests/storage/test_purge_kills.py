"""A purge that is killed has deleted all or nothing, and the next opening does the rest of it."""

import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import marked_workspace
import pytest
from marked_workspace import Words, found
from workspace_builders import PASSPHRASE, workspaces_in

from audit_app.core.errors import WorkspaceInUse
from audit_app.storage import history, purge
from audit_app.storage.workspace import Workspace

PURGER = """
import os, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from workspace_builders import workspaces_in
from audit_app.storage import purge
session = workspaces_in(Path(sys.argv[2])).open(Path(sys.argv[1]), sys.argv[3])
session.retention._today = lambda: date(2099, 1, 1)
def die(*_):
    os.kill(os.getpid(), 9)
if sys.argv[5]:
    setattr(purge, sys.argv[5], die)
print("ready", flush=True)
session.retention.purge(session.retention.due())
print("done", flush=True)
"""
ALL = 3


def start(path: Path, app: Path, dies_in: str = "") -> "subprocess.Popen[str]":
    """A process that purges the workspace, and dies where it is told."""
    tests = str(Path(__file__).parent.parent)
    command = [sys.executable, "-c", PURGER, str(path), str(app), PASSPHRASE, tests, dies_in]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def audits_in(path: Path, app: Path) -> int:
    """How many audits the file has, seen by one who only reads and finishes nothing."""
    workspace = Workspace.open_to_read(path, PASSPHRASE, app_folder=app)
    try:
        return int(workspace.db.execute("SELECT count(*) FROM audit").fetchone()[0])
    finally:
        workspace.close()


def check_after(path: Path, app: Path, words: Words) -> None:
    """All or nothing before the next opening; after it nothing is left, unless nothing had gone."""
    left = audits_in(path, app)
    assert left in (0, ALL)
    session = workspaces_in(app).open(path, PASSPHRASE)
    assert len(session.audits.rows()) == left
    assert history.verify(session.workspace.db) is None
    assert not purge.is_unfinished(session.workspace.db)
    if left:
        assert set(found(path.parent, words.made)) == set(words.made)
    else:
        assert found(path.parent, words.made) == {}
        assert [each.audits for each in session.retention.deletions()] == [ALL]
    session.close()
    assert workspaces_in(app).check(path, PASSPHRASE).ok


@pytest.mark.parametrize(
    ("dies_in", "gone"),
    [("erase", False), ("_write_anew", True), ("_remove_copies", True), ("_remove", True)],
)
def test_killed_at_each_step_it_is_finished_by_the_next_opening(
    tmp_path: Path, dies_in: str, gone: bool
) -> None:
    words = Words()
    path = marked_workspace.make(tmp_path, words)
    with start(path, tmp_path / "app", dies_in) as purger:
        assert purger.stdout is not None
        assert purger.stdout.read() == "ready\n"
    assert purger.returncode == -9
    assert (audits_in(path, tmp_path / "app") == 0) is gone
    assert found(tmp_path, words.made), "a search that finds nothing now would find nothing ever"
    check_after(path, tmp_path / "app", words)


def test_killed_at_any_moment_it_has_deleted_all_or_nothing(tmp_path: Path) -> None:
    words = Words()
    path = marked_workspace.make(tmp_path, words)
    with start(path, tmp_path / "app") as purger:
        assert purger.stdout is not None
        assert purger.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.05))
        purger.kill()
    check_after(path, tmp_path / "app", words)


def test_beside_a_reader_the_traces_wait_for_the_next_opening(tmp_path: Path) -> None:
    words, app = Words(), tmp_path / "app"
    path = marked_workspace.make(tmp_path, words)
    session = workspaces_in(app).open(path, PASSPHRASE)
    session.workspace.db.execute("PRAGMA busy_timeout = 50")
    session.retention._today = lambda: date(2099, 1, 1)
    reader = Workspace.open_to_read(path, PASSPHRASE, app_folder=app)
    reader.db.execute("BEGIN")
    reader.db.execute("SELECT count(*) FROM note").fetchone()
    with pytest.raises(WorkspaceInUse, match="another program is reading"):
        session.retention.purge(session.retention.due())
    assert session.audits.rows() == ()
    reader.db.execute("ROLLBACK")
    reader.close()
    session.close()
    check_after(path, app, words)
