"""Snapshots are made by themselves, are whole and encrypted, go by the rule and stay with their workspace."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from snapshot_builders import (
    NAME,
    begin,
    begin_long,
    go_on,
    opened,
    references_in,
    snapshots,
    spoil,
    with_snapshot,
)
from workspace_builders import PASSPHRASE, bare, new_session, workspaces_in

from audit_app.core.errors import Cancelled, CannotWrite, DamagedWorkspace, NotAllowed
from audit_app.core.snapshot_rule import SnapshotRule
from audit_app.services.session import Session
from audit_app.storage.snapshots import named

MARKER = "Quibblemarker"


def test_a_snapshot_is_a_whole_workspace_in_one_file(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path, ("LA 1", "LA 2"))
    assert snapshots(tmp_path) == [made]
    assert references_in(made) == ["LA 1", "LA 2"]
    assert snapshots(tmp_path) == [made], "no log was needed to read it"
    conn = bare(made)
    assert conn.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    conn.close()
    moved = tmp_path / "elsewhere" / NAME
    moved.parent.mkdir()
    shutil.copy(made, moved)
    with opened_at(moved, tmp_path / "other app") as session:
        assert [row.reference for row in session.audits.rows()] == ["LA 1", "LA 2"]


def opened_at(path: Path, app: Path) -> "closing[Session]":
    """A workspace that lies somewhere else, with the program's own folder there."""
    return closing(workspaces_in(app).open(path, PASSPHRASE))


def test_nothing_of_it_is_in_clear_and_another_passphrase_does_not_open_it(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        begin(session, f"LA {MARKER}", MARKER * 50)
        made = session.backups.snapshot()
    assert made is not None
    data = made.path.read_bytes()
    assert data[16:64] != (tmp_path / NAME).read_bytes()[16:64], "pages are encrypted anew"
    for encoding in ("utf-8", "utf-16-le"):
        assert MARKER.encode(encoding) not in data
    assert not data.startswith(b"SQLite format 3")
    conn = bare(made.path, "another passphrase")
    with pytest.raises(Exception, match="not a database"):
        conn.execute("SELECT * FROM casefile")
    conn.close()


def test_opening_and_restoring_are_no_reason_for_another_snapshot_but_work_is(tmp_path: Path) -> None:
    with_snapshot(tmp_path)
    for _ in range(3):
        with opened(tmp_path) as session:
            assert session.backups.snapshot() is None
    go_on(tmp_path, "LA 2")
    with opened(tmp_path) as session:
        assert session.backups.snapshot() is not None
        session.grading.set(session.audits.rows()[0].id, "voice.evidence", "typed and not settled")
        assert session.backups.snapshot() is not None
    assert len(snapshots(tmp_path)) == 3


def test_a_workspace_in_which_nothing_was_done_has_none(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        assert session.backups.snapshot() is None
    assert snapshots(tmp_path) == []


def test_importing_is_preceded_by_one(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("case_reference,recording\nLA 7,Good\n")
    with new_session(tmp_path) as session:
        begin(session, "LA 1")
        session.importing.apply(session.importing.preview(sheet, "Sheet"))
    [made] = snapshots(tmp_path)
    assert references_in(made) == ["LA 1"]


def test_what_others_write_meanwhile_is_not_held_up_and_not_in_it(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        begin_long(session)
        other = bare(tmp_path / NAME)
        steps = 0

        def between() -> None:
            nonlocal steps
            steps += 1
            other.execute("INSERT INTO meta VALUES (?, 'written meanwhile')", [f"step {steps}"])

        made = session.backups.snapshot(between)
        kept = other.execute("SELECT count(*) FROM meta WHERE key LIKE 'step %'").fetchone()
        other.close()
    assert made is not None
    assert kept == (steps,)
    assert steps > 3
    conn = bare(made.path)
    assert conn.execute("SELECT count(*) FROM meta WHERE key LIKE 'step %'").fetchone() == (0,)
    conn.close()


def test_one_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop() -> None:
        raise Cancelled("Cancelled.")

    with new_session(tmp_path) as session:
        begin(session, "LA 1")
        with pytest.raises(Cancelled):
            session.backups.keep(stop)
        assert (snapshots(tmp_path), session.backups.trouble) == ([], "")
        assert session.backups.snapshot() is not None


@pytest.mark.parametrize("step", range(1, 6))
def test_one_is_stopped_at_any_step(tmp_path: Path, step: int) -> None:
    left = step

    def stop() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Cancelled("Cancelled.")

    with new_session(tmp_path) as session:
        begin_long(session)
        with pytest.raises(Cancelled):
            session.backups.snapshot(stop)
        assert snapshots(tmp_path) == []


def test_without_room_work_goes_on_and_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    sheet = tmp_path / "sheet.csv"
    sheet.write_text("case_reference,recording\nLA 7,Good\n")
    with new_session(tmp_path) as session:
        begin(session, "LA 1")
        monkeypatch.setattr(os, "fsync", full)
        session.importing.apply(session.importing.preview(sheet, "Sheet"))
        assert [row.reference for row in session.audits.rows()] == ["LA 1", "LA 7"]
        assert session.backups.trouble == (
            "No snapshot was made: the disk is full, or the workspace’s folder cannot be written to. "
            "Your work is saved as always."
        )
        assert snapshots(tmp_path) == []
        with pytest.raises(CannotWrite, match="the disk is full"):
            session.backups.snapshot()
        monkeypatch.undo()
        session.backups.keep()
        assert (session.backups.trouble, len(snapshots(tmp_path))) == ("", 1)


NO_ROOM = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from snapshot_builders import begin
from workspace_builders import workspaces_in
folder = Path(sys.argv[1])
session = workspaces_in(folder / "app").open(folder / "work.caseaudit", sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
begin(session, "LA 2")
session.backups.keep()
print(session.backups.trouble)
begin(session, "LA 3")
session.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits files as Unix does")
def test_where_sqlite_finds_no_room_work_goes_on_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        begin_long(session)
    command = [sys.executable, "-c", NO_ROOM, str(tmp_path), PASSPHRASE, str(Path(__file__).parents[1])]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("No snapshot was made: the disk is full"), ran.stderr
    assert ran.stderr == ""
    assert snapshots(tmp_path) == []
    assert references_in(tmp_path / NAME) == ["LA 1", "LA 2", "LA 3"]


def test_a_workspace_that_is_damaged_gives_no_snapshot_and_that_is_said(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        begin_long(session)
    spoil(tmp_path / NAME, (tmp_path / NAME).stat().st_size // 2)
    with opened(tmp_path) as session:
        session.backups.keep()
        assert "damaged" in session.backups.trouble
        with pytest.raises(DamagedWorkspace):
            session.backups.snapshot()
    assert snapshots(tmp_path) == []


def test_old_ones_go_by_the_rule_and_the_rule_can_be_set(tmp_path: Path) -> None:
    newest = with_snapshot(tmp_path)
    now = datetime.now(UTC)
    for number in range(40):
        old = named(tmp_path / NAME, now - timedelta(days=100 - 2 * number), number)
        shutil.copy(newest, old)
    newest.rename(named(tmp_path / NAME, now, 40))
    left_behind = snapshots(tmp_path)[0].with_suffix(".caseaudit.0a1b2c3d.new")
    left_behind.write_bytes(b"half of a snapshot")
    os.utime(left_behind, (0, 0))
    go_on(tmp_path, "LA 2")
    with opened(tmp_path) as session:
        assert session.backups.rule == SnapshotRule(10, 30)
        session.backups.snapshot()
        assert [int(path.name[:6]) for path in snapshots(tmp_path)] == list(range(32, 42))
        session.backups.set_rule(SnapshotRule(2, 0))
        begin(session, "LA 3")
        session.backups.snapshot()
        assert [int(path.name[:6]) for path in snapshots(tmp_path)] == [41, 42]
        lines = session.workspace.db.execute("SELECT detail FROM history WHERE kind = 'snapshot_rule'")
        assert lines.fetchall() == [
            (
                '{"changes":[{"field":"snapshots.last","from":"10","to":"2"},'
                '{"field":"snapshots.days","from":"30","to":"0"}]}',
            )
        ]
    with opened(tmp_path) as session:
        assert session.backups.rule == SnapshotRule(2, 0)


@pytest.mark.parametrize("place", ["renamed.caseaudit", "elsewhere/work.caseaudit"])
def test_they_follow_a_workspace_that_was_renamed_or_moved(tmp_path: Path, place: str) -> None:
    with_snapshot(tmp_path)
    moved = tmp_path / place
    moved.parent.mkdir(exist_ok=True)
    (tmp_path / NAME).rename(moved)
    with opened_at(moved, tmp_path / "app") as session:
        assert session.backups.snapshot() is None
        assert len(session.backups.views()) == 1
    assert not (tmp_path / f"{NAME}-snapshots").exists()
    assert len(list(moved.with_name(moved.name + "-snapshots").iterdir())) == 1


def test_they_stay_with_the_original_when_it_is_copied(tmp_path: Path) -> None:
    with_snapshot(tmp_path)
    copy = tmp_path / "copy.caseaudit"
    shutil.copy(tmp_path / NAME, copy)
    with opened_at(copy, tmp_path / "app") as session:
        assert session.backups.snapshot() is not None
    assert len(snapshots(tmp_path)) == 1


def test_those_of_another_workspace_are_not_taken_along(tmp_path: Path) -> None:
    with_snapshot(tmp_path)
    (tmp_path / NAME).rename(tmp_path / "renamed.caseaudit")
    with new_session(tmp_path) as session:
        begin(session, "LA 9")
        session.backups.snapshot()
    (tmp_path / NAME).unlink()
    first, second = snapshots(tmp_path)
    first.unlink()
    with opened_at(tmp_path / "renamed.caseaudit", tmp_path / "app") as session:
        session.backups.keep()
    assert snapshots(tmp_path) == [second]


def test_a_copy_is_made_where_a_person_says_and_noted(tmp_path: Path) -> None:
    target = tmp_path / "stick" / "copy of work.caseaudit"
    target.parent.mkdir()
    with new_session(tmp_path) as session:
        begin(session, "LA 1")
        session.backups.copy_to(target)
        assert references_in(target) == ["LA 1"]
        last = session.workspace.db.execute("SELECT kind, detail FROM history ORDER BY seq DESC").fetchone()
        assert last == ("exported", '{"report":"backup"}')
        before = target.read_bytes()
        with pytest.raises(CannotWrite, match="left as it is"):
            session.backups.copy_to(target)
        assert target.read_bytes() == before
        with pytest.raises(CannotWrite, match="cannot be written to"):
            session.backups.copy_to(tmp_path / "nowhere" / "copy.caseaudit")
    reader = workspaces_in(tmp_path / "app").open_to_read(tmp_path / NAME, PASSPHRASE)
    with pytest.raises(NotAllowed):
        reader.backups.copy_to(tmp_path / "other.caseaudit")
    reader.close()
    assert not (tmp_path / "other.caseaudit").exists()


def test_one_is_made_beside_an_open_window(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        begin(session, "LA 1")
        reader = workspaces_in(tmp_path / "app").open_to_read(tmp_path / NAME, PASSPHRASE)
        assert reader.backups.snapshot() is not None
        reader.close()
        begin(session, "LA 2")
    [made] = snapshots(tmp_path)
    assert references_in(made) == ["LA 1"]
