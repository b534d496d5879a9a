"""A change of the passphrase that is killed: the old passphrase opens the workspace, or the new one does.

The short version stops it at some of its lines and at a few moments; ``--hypothesis-profile=thorough`` at
every line, and at 150 moments.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings
from workspace_builders import PASSPHRASE, new_session, workspaces_in

from audit_app.core.errors import WrongPassphrase
from audit_app.services.session import Session
from audit_app.storage import history
from audit_app.storage.snapshots import snapshots_of

NEW = "four unequal words here"
TESTS = str(Path(__file__).parent.parent)

AT_LINES = """
import json, os, shutil, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from workspace_builders import PASSPHRASE, new_session, workspaces_in
from audit_app.core.errors import WrongPassphrase
from audit_app.storage import connection, history, rekey
from audit_app.storage.snapshots import snapshots_of
connection._KDF_ITERATIONS = 1  # the time that goes into a key is not what is tried here
folder, new, step = Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
(folder / "made").mkdir()
with new_session(folder / "made") as session:
    for number in range(2):
        session.audits.start(f"LA {number}")
        session.backups.snapshot()
folder = folder / "tried"
path, app = folder / "work.caseaudit", folder / "app"


def change_and_stop(at):
    workspace = workspaces_in(app).open(path, PASSPHRASE).workspace
    seen = 0
    def on_event(frame, event, argument):
        nonlocal seen
        if "audit_app" not in frame.f_code.co_filename:
            return None
        seen += event == "line"
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return on_event
    sys.settrace(on_event)
    rekey.change_passphrase(workspace, new)
    workspace.close()
    sys.settrace(None)
    os._exit(0)


def opens_with(passphrase):
    try:
        return workspaces_in(app).open(path, passphrase)
    except WrongPassphrase:
        return None  # any other error ends this script, and the test with it


outcomes, at, status = [], 1 + int(sys.argv[5]), 1
while status:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(folder.parent / "made", folder)
    workspaces_in(app).open(path, PASSPHRASE).close()  # so that the witness knows the place
    child = os.fork()
    if not child:
        change_and_stop(at)
    status = os.waitpid(child, 0)[1]
    assert status == 0 or os.WIFSIGNALED(status), "the change itself failed"
    found = ""
    for name, passphrase in (("old", PASSPHRASE), ("new", new)):
        session = opens_with(passphrase)
        if session is None:
            continue
        found += name
        assert [row.reference for row in session.audits.rows()] == ["LA 0", "LA 1"], at
        assert history.verify(session.workspace.db) is None, at
        salts = {each.path.read_bytes()[:16] for each in snapshots_of(path)}
        assert salts == {session.workspace.key.salt}, at
        views = session.backups.views()
        assert len(views) == 2 and all(view.contents for view in views), at
        session.close()
    left = sorted(each.name for each in folder.iterdir())
    assert left == ["app", "work.caseaudit", "work.caseaudit-snapshots", "work.caseaudit.lock"], (at, left)
    outcomes.append(found)
    at += step
print(json.dumps(outcomes))
"""

AT_MOMENTS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from workspace_builders import workspaces_in
folder, here, there = Path(sys.argv[2]), sys.argv[3], sys.argv[4]
workspaces = workspaces_in(folder / "app")
print("ready", flush=True)
while True:
    workspaces.change_passphrase(folder / "work.caseaudit", here, there).session.close()
    here, there = there, here
"""


def is_thorough() -> bool:
    return settings.default is not None and settings.default.max_examples >= 2_000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_stopped_at_any_line_the_old_passphrase_opens_it_or_the_new_one(tmp_path: Path) -> None:
    step = 1 if is_thorough() else 23
    first = random.randrange(step)
    ran = subprocess.run(
        [sys.executable, "-c", AT_LINES, TESTS, str(tmp_path), NEW, str(step), str(first)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"from line {first + 1}, every {step}: {ran.stderr}"
    outcomes = json.loads(ran.stdout)
    assert set(outcomes) == {"old", "new"}
    assert outcomes == sorted(outcomes, reverse=True)  # once changed, it stays changed
    assert len(outcomes) > 5


def test_killed_at_any_moment_the_old_passphrase_opens_it_or_the_new_one(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        for number in range(3):
            session.audits.start(f"LA {number}")
            session.backups.snapshot()
    works, other = PASSPHRASE, NEW
    for _ in range(150 if is_thorough() else 4):
        command = [sys.executable, "-c", AT_MOMENTS, TESTS, str(tmp_path), works, other]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as changing:
            assert changing.stdout is not None
            assert changing.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0.1, 1.6))
            changing.kill()
        found = {passphrase: opened(tmp_path, passphrase) for passphrase in (works, other)}
        assert sorted(map(bool, found.values())) == [False, True]
        works, other = (works, other) if found[works] else (other, works)
        session = found[works]
        assert session is not None
        assert len(session.audits.rows()) == 3
        assert history.verify(session.workspace.db) is None
        assert {each.path.read_bytes()[:16] for each in snapshots_of(tmp_path / "work.caseaudit")} == {
            session.workspace.key.salt
        }
        session.close()


def opened(folder: Path, passphrase: str) -> Session | None:
    """The workspace, or None where this is not its passphrase; nothing else may be said of it."""
    try:
        return workspaces_in(folder / "app").open(folder / "work.caseaudit", passphrase)
    except WrongPassphrase:
        return None
