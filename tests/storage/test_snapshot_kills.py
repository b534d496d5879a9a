"""Killed at any moment of a snapshot or a restore, the workspace is whole: as it was, or as it is to be."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlcipher3
from snapshot_builders import NAME, begin, go_on, opened, references_in, snapshots, with_snapshot
from workspace_builders import PASSPHRASE, bare

DRIVER = Path(__file__).with_name("killed_at_each_step.py")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")


def is_whole(path: Path) -> bool:
    """Whether any other program finds a file sound, every page of it."""
    if path.stat().st_size < 4096:
        return False
    conn = bare(path)
    try:
        pages = conn.execute("PRAGMA cipher_integrity_check").fetchall()
        return pages == [] and conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlcipher3.DatabaseError:
        return False
    finally:
        conn.close()


def killed_at_each_step(what: str, folder: Path, *arguments: str) -> list[Path]:
    """What every attempt left behind; the last one was not killed."""
    command = [sys.executable, str(DRIVER), what, str(folder), PASSPHRASE, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return [Path(f"{folder}-{number}") for number in range(1, int(ran.stdout) + 1)]


def test_a_kill_at_any_step_of_a_snapshot_leaves_whole_ones_alone(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    with_snapshot(folder)
    go_on(folder, "LA 2")
    attempts = killed_at_each_step("snapshot", folder)
    assert len(attempts) > 6
    seen = set()
    for left in attempts:
        found = [path for path in snapshots(left) if path.name.endswith("Z.caseaudit")]
        assert all(is_whole(path) for path in found)
        seen.add(len(found))
        with opened(left) as session:
            assert [row.reference for row in session.audits.rows()] == ["LA 1", "LA 2"]
            session.backups.keep()
            assert session.backups.trouble == ""
    assert seen == {1, 2}


def test_a_kill_at_any_step_of_a_restore_leaves_the_old_or_the_new_whole(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    made = with_snapshot(folder)
    go_on(folder, "LA 2")
    attempts = killed_at_each_step("restore", folder, made.name)
    assert len(attempts) > 15
    seen = []
    for left in attempts:
        assert is_whole(left / NAME)
        found = references_in(left / NAME)
        seen.append(found)
        if found == ["LA 1"]:
            [kept] = [path for path in snapshots(left) if path.name.endswith("replaced.caseaudit")]
            assert references_in(kept) == ["LA 1", "LA 2"]
        with opened(left) as session:  # whether or not it was remembered that it was restored
            assert sorted(row.reference for row in session.audits.rows()) == found
    assert seen == sorted(seen, key=len, reverse=True), "old until some step, new from then on"
    assert {len(found) for found in seen} == {1, 2}


def test_a_file_that_is_written_over_instead_is_caught(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    made = with_snapshot(folder)
    go_on(folder, "LA 2")
    whole = {is_whole(left / NAME) for left in killed_at_each_step("restore-badly", folder, made.name)}
    assert whole == {True, False}


def test_a_kill_at_any_step_of_replacing_a_damaged_workspace_loses_no_byte_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    made = with_snapshot(folder)
    damaged, log = b"nothing that opens" * 1_000, b"what a crash left" * 100
    (folder / NAME).write_bytes(damaged)
    (folder / f"{NAME}-wal").write_bytes(log)
    seen = set()
    for left in killed_at_each_step("restore", folder, made.name):
        names = (left / NAME, *snapshots(left))
        assert damaged in [path.read_bytes() for path in names]
        logs = (left / f"{NAME}-wal", *snapshots(left))
        assert log in [path.read_bytes() for path in logs if path.exists()]
        is_new = (left / NAME).read_bytes() != damaged
        if is_new:
            with opened(left) as session:
                assert len(session.audits.rows()) == 1
        seen.add(is_new)
    assert seen == {False, True}


FOREVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from snapshot_builders import begin
from workspace_builders import workspaces_in
folder = Path(sys.argv[1])
session = workspaces_in(folder / "app").open(folder / "work.caseaudit", sys.argv[2])
print("open", flush=True)
number = 0
while True:
    number += 1
    begin(session, f"CF {number}", "words " * 10_000)
    session.backups.snapshot()
"""


def test_a_kill_at_any_moment_of_making_snapshots_leaves_whole_ones_alone(tmp_path: Path) -> None:
    with_snapshot(tmp_path)
    for _ in range(5):
        command = [sys.executable, "-c", FOREVER, str(tmp_path), PASSPHRASE, str(DRIVER.parents[1])]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        with writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
            time.sleep(random.uniform(0.05, 0.6))
            writer.kill()
        found = [path for path in snapshots(tmp_path) if path.name.endswith("Z.caseaudit")]
        assert all(is_whole(path) for path in found)
    with opened(tmp_path) as session:
        begin(session, "LA 2")
        assert session.backups.snapshot() is not None
