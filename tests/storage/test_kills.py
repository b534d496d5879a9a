"""A process killed at any moment loses nothing that it had said was saved, and leaves nothing in clear."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from workspace_builders import PASSPHRASE, new_session, workspaces_in

from audit_app.storage import history

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from workspace_builders import workspaces_in
session = workspaces_in(Path(sys.argv[2])).open(Path(sys.argv[1]), sys.argv[3])
audit = session.audits.rows()[0].id
number = int(sys.argv[5])
while True:
    number += 1
    session.grading.set(audit, "recording.evidence", f"note {number} " + "words " * (number % 50))
    session.grading.set(audit, "planning.grade", ("good", "inadequate")[number % 2])
    if number % 7 == 0:
        session.grading.settle(audit)
    print(number, flush=True)
"""


def test_every_acknowledged_edit_survives_a_kill(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        audit, _ = session.audits.start("LA 1")
        path = session.workspace.path
    last = 0
    for _ in range(4):
        command = [sys.executable, "-c", WRITER, str(path), str(tmp_path / "app"), PASSPHRASE]
        writer = subprocess.Popen(
            [*command, str(Path(__file__).parent.parent), str(last)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        with writer, writer.stdout:
            assert writer.stdout.readline()
            time.sleep(random.uniform(0.05, 0.3))
            writer.kill()
            said = [int(line) for line in writer.stdout.read().split()]
        last = max([last + 1, *said])
        again = workspaces_in(tmp_path / "app").open(path, PASSPHRASE)
        kept = again.grading.open(audit).value("recording.evidence")
        assert int(kept.split()[1]) >= last
        assert history.verify(again.workspace.db) is None
        last = int(kept.split()[1])
        again.close()


def test_text_that_a_crash_left_unsettled_gets_its_line_at_the_next_opening(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        audit, _ = session.audits.start("LA 1")
        path = session.workspace.path
    script = WRITER.replace("while True:", "for _ in range(3):").replace("% 7", "% 700")
    command = [sys.executable, "-c", script + "\nimport os\nos._exit(9)", str(path), str(tmp_path / "app")]
    subprocess.run([*command, PASSPHRASE, str(Path(__file__).parent.parent), "0"], check=False, timeout=60)
    again = workspaces_in(tmp_path / "app").open(path, PASSPHRASE)
    last = history.of_subject(again.workspace.db, audit)[-1]
    assert last.kind == "recovered"
    assert [text.text.split()[:2] for text in last.texts] == [["note", "3"]]
    assert again.workspace.db.execute("SELECT * FROM unsettled").fetchall() == []
    again.close()


MARKER = "Xyzzymarker"
TYPIST = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from workspace_builders import workspaces_in
session = workspaces_in(Path(sys.argv[2])).open(Path(sys.argv[1]), sys.argv[3])
marker = sys.argv[5]
audit = session.audits.start(f"LA {marker}")[0]
for key in ("recording.evidence", "case.worker", "case.team", "safe.told", "action.1.what"):
    session.grading.set(audit, key, f"{marker} in {key} " * 40)
session.grading.settle(audit, "case.worker")
assert session.search.find(marker)
for row in session.workspace.db.execute("SELECT value FROM note ORDER BY value || random()"):
    pass
print("typed", flush=True)
sys.stdin.readline()
"""


def test_what_was_typed_is_nowhere_in_clear_after_a_kill(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        path = session.workspace.path
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    folders = {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    command = [sys.executable, "-c", TYPIST, str(path), str(tmp_path / "app"), PASSPHRASE]
    typist = subprocess.Popen(
        [*command, str(Path(__file__).parent.parent), MARKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **folders},
    )
    with typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == "typed\n"
        while_open = found_in(tmp_path)
        typist.kill()
    assert (while_open, found_in(tmp_path)) == ([], [])
    assert (tmp_path / "work.caseaudit-wal").stat().st_size > 0
    (temporary / "planted").write_bytes(f"… {MARKER} …".encode("utf-16-le"))
    assert found_in(tmp_path) == ["planted"]


def found_in(folder: Path) -> list[str]:
    """The names of the files that hold the marker or the passphrase, in any of the usual encodings."""
    wanted = [
        text.encode(form) for text in (MARKER, PASSPHRASE) for form in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    wanted += [text.lower() for text in wanted]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 4
    return [path.name for path in files if any(text in path.read_bytes() for text in wanted)]
