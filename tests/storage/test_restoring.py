"""A snapshot takes its workspace's place in one step and what was there is kept; damaged ones are refused."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from snapshot_builders import (
    NAME,
    begin,
    begin_long,
    go_on,
    opened,
    references,
    references_in,
    restore,
    snapshots,
    spoil,
    with_snapshot,
)
from sqlite_utils import Database
from workspace_builders import PASSPHRASE, bare, catalogue, new_session, snapshot, workspaces_in

from audit_app.core.errors import (
    AppError,
    Cancelled,
    CannotWrite,
    DamagedWorkspace,
    NewerWorkspace,
    NotAllowed,
    NotFound,
    OlderCopy,
    WorkspaceInUse,
    WrongPassphrase,
    WrongRecoveryKey,
)
from audit_app.core.recovery_key import RecoveryKey
from audit_app.core.snapshot import Loss
from audit_app.services.workspaces import Workspaces
from audit_app.storage import migrations as steps
from audit_app.storage import upgrade


def files(folder: Path) -> dict[str, bytes]:
    """The workspace and its snapshots with their bytes, but no empty log, which a reader makes."""
    found = snapshot(folder) | snapshot(folder / f"{NAME}-snapshots")
    return {name: data for name, data in found.items() if data and not name.endswith((".lock", "-shm"))}


def refused(folder: Path, source: Path, passphrase: str = PASSPHRASE) -> AppError:
    """What is said where a restore is refused, after seeing that nothing was changed."""
    before = files(folder)
    with pytest.raises(AppError) as caught:
        restore(folder, source, passphrase)
    assert files(folder) == before
    return caught.value


def test_the_workspace_is_as_it_was_and_the_replaced_file_is_kept(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2", "LA 3")
    done = restore(tmp_path, made)
    assert references(tmp_path) == ["LA 1"]
    assert done.snapshot.path == made
    assert done.kept is not None
    assert references_in(done.kept) == ["LA 1", "LA 2", "LA 3"]
    assert snapshots(tmp_path) == [made, done.kept]
    with opened(tmp_path) as session:
        assert [row.reference for row in session.audits.rows()] == ["LA 1"]
    assert workspaces_in(tmp_path / "app").check(tmp_path / NAME, PASSPHRASE).ok


def test_the_history_says_so_and_what_was_put_aside_is_not_missed(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2")
    restore(tmp_path, made)
    (witness,) = (tmp_path / "app" / "workspaces").iterdir()
    before = witness.read_bytes()
    with opened(tmp_path) as session:
        kinds = [kind for (kind,) in session.workspace.db.execute("SELECT kind FROM history ORDER BY seq")]
        assert kinds[-2:] == ["restored", "opened"]
    witness.write_bytes(before)
    with opened(tmp_path):
        pass


def test_a_witness_from_before_the_restore_accepts_it_too(tmp_path: Path) -> None:
    """As where the program was killed after the file took its place and before that was remembered."""
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2")
    (witness,) = (tmp_path / "app" / "workspaces").iterdir()
    before = witness.read_bytes()
    restore(tmp_path, made)
    witness.write_bytes(before)
    with opened(tmp_path):
        pass
    assert workspaces_in(tmp_path / "app").check(tmp_path / NAME, PASSPHRASE).ok


def test_an_older_copy_put_in_place_by_hand_is_still_noticed(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2")
    shutil.copy(tmp_path / NAME, tmp_path / "second")
    done = restore(tmp_path, made)
    shutil.copy(tmp_path / NAME, tmp_path / "third")
    go_on(tmp_path, "LA 3")
    assert done.kept is not None
    for older in (made, tmp_path / "second", done.kept, tmp_path / "third"):
        shutil.copy(older, tmp_path / NAME)
        with pytest.raises(OlderCopy):
            workspaces_in(tmp_path / "app").open(tmp_path / NAME, PASSPHRASE)


def test_a_restore_is_undone_by_restoring_what_it_replaced(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2")
    kept = restore(tmp_path, made).kept
    assert kept is not None
    again = restore(tmp_path, kept).kept
    assert again is not None
    assert (references(tmp_path), references_in(again)) == (["LA 1", "LA 2"], ["LA 1"])
    with opened(tmp_path) as session:
        assert len(session.audits.rows()) == 2


def test_what_is_in_each_snapshot_and_would_be_lost_is_said_beforehand(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path, ("LA 1", "LA 2"))
    with opened(tmp_path) as session:
        audit_id = session.audits.rows()[0].id
        session.grading.set(audit_id, "recording.grade", "good")
        begin(session, "LA 3")
        lines = session.workspace.db.execute("SELECT max(at) FROM history WHERE subject LIKE '%-%-%'")
        session.backups.snapshot()
        last = lines.fetchone()[0]
        for views in (
            session.backups.views(),
            workspaces_in(tmp_path / "app").snapshots(tmp_path / NAME, PASSPHRASE),
        ):
            newer, older = views
            assert newer.loss == Loss(0, 0, None)
            assert newer.contents is not None
            assert older.contents is not None
            assert (newer.contents.audits, older.contents.audits, older.contents.drafts) == (3, 2, 2)
            assert older.snapshot.path == made
            assert older.loss is not None
            assert (older.loss.changes, older.loss.audits) == (3, 2)
            assert older.loss.last is not None
            assert older.loss.last.isoformat(timespec="milliseconds") == last


def test_text_that_is_not_settled_would_be_lost_too(tmp_path: Path) -> None:
    with_snapshot(tmp_path)
    with opened(tmp_path) as session:
        session.grading.set(session.audits.rows()[0].id, "voice.evidence", "typed just now")
        [view] = session.backups.views()
    assert view.loss == Loss(1, 0, None)


def test_what_a_crash_left_in_the_log_is_kept(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    conn = bare(tmp_path / NAME)
    conn.execute("INSERT INTO meta VALUES ('in the log', '')")
    left = {ending: (tmp_path / (NAME + ending)).read_bytes() for ending in ("", "-wal")}
    conn.close()
    for ending, data in left.items():
        (tmp_path / (NAME + ending)).write_bytes(data)
    kept = restore(tmp_path, made).kept
    assert kept is not None
    conn = bare(kept)
    assert conn.execute("SELECT count(*) FROM meta WHERE key = 'in the log'").fetchone() == (1,)
    conn.close()
    conn = bare(tmp_path / NAME)
    assert conn.execute("SELECT count(*) FROM meta WHERE key = 'in the log'").fetchone() == (0,)
    conn.close()


@pytest.mark.parametrize("place", ["start", "middle", "cut"])
def test_a_damaged_workspace_is_replaced_and_kept_byte_for_byte_with_its_log(
    tmp_path: Path, place: str
) -> None:
    with new_session(tmp_path) as session:
        begin_long(session)
        made = session.backups.snapshot()
    assert made is not None
    path, log = tmp_path / NAME, tmp_path / f"{NAME}-wal"
    size = path.stat().st_size
    if place == "cut":
        os.truncate(path, 5_000)
    else:
        spoil(path, 40 if place == "start" else size // 2)
    log.write_bytes(b"what a crash left")
    data = path.read_bytes()
    kept = restore(tmp_path, made.path).kept
    assert kept is not None
    assert references(tmp_path) == ["LA 1"]
    assert not log.exists() or log.read_bytes() != b"what a crash left"
    if place != "middle":  # a log that does not fit is let go by SQLite when it reads the rest
        assert (kept.read_bytes(), kept.with_name(kept.name + "-wal").read_bytes()) == (
            data,
            b"what a crash left",
        )
    with opened(tmp_path) as again:
        assert len(again.audits.rows()) == 1
        assert again.backups.views()[0].contents is None or place == "middle"


def test_a_workspace_that_vanished_comes_back(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    (tmp_path / NAME).unlink()
    ways = workspaces_in(tmp_path / "app")
    assert ways.has_snapshots(tmp_path / NAME)
    [view] = ways.snapshots(tmp_path / NAME, PASSPHRASE)
    assert (view.contents is not None, view.loss) == (True, None)
    assert restore(tmp_path, made).kept is None
    with opened(tmp_path) as session:
        assert len(session.audits.rows()) == 1


def test_a_copy_from_elsewhere_is_restored(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    copy = tmp_path / "stick" / "backup of May.caseaudit"
    copy.parent.mkdir()
    shutil.copy(made, copy)
    go_on(tmp_path, "LA 2")
    view = workspaces_in(tmp_path / "app").look_into(tmp_path / NAME, PASSPHRASE, copy)
    assert view.loss is not None
    assert view.loss.audits == 1
    restore(tmp_path, copy)
    assert references(tmp_path) == ["LA 1"]
    assert list(copy.parent.iterdir()) == [copy]


def test_the_recovery_key_does_it_as_well(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    with opened(tmp_path) as session:
        key = RecoveryKey(session.workspace.key.key, session.workspace.key.salt)
    ways = workspaces_in(tmp_path / "app")
    assert ways.snapshots(tmp_path / NAME, key)[0].contents is not None
    ways.restore(tmp_path / NAME, key, made)
    spoil(made, 200)
    with pytest.raises(DamagedWorkspace):
        ways.restore(tmp_path / NAME, key, made)
    shutil.rmtree(tmp_path / "app")
    with pytest.raises(WrongRecoveryKey):
        ways.restore(tmp_path / NAME, RecoveryKey(bytes(32), bytes(16)), made)


# Refusals


def test_a_wrong_passphrase_changes_nothing(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    assert isinstance(refused(tmp_path, made, "wrong"), WrongPassphrase)
    with pytest.raises(WrongPassphrase):
        workspaces_in(tmp_path / "app").snapshots(tmp_path / NAME, "wrong")
    spoil(tmp_path / NAME, 40)
    assert isinstance(refused(tmp_path, made, "wrong"), WrongPassphrase)


@pytest.mark.parametrize("page", [0, 1, 7, -9, -1])
def test_a_damaged_snapshot_is_refused_and_named_so(tmp_path: Path, page: int) -> None:
    with new_session(tmp_path) as session:
        begin_long(session)
        made = session.backups.snapshot()
        begin(session, "LA 2")
    assert made is not None
    pages = made.path.stat().st_size // 4096
    spoil(made.path, page % pages * 4096 + 1_000)
    said = refused(tmp_path, made.path)
    assert isinstance(said, DamagedWorkspace)
    assert "is damaged, so it was not put in place and nothing was changed" in str(said)


def test_a_snapshot_whose_first_bytes_are_damaged_is_refused(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    with opened(tmp_path) as session:
        begin(session, "LA 2")
        session.backups.snapshot()
    spoil(made, 3)
    assert isinstance(refused(tmp_path, made), DamagedWorkspace)


def test_a_snapshot_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    os.truncate(made, made.stat().st_size - 4096)
    assert isinstance(refused(tmp_path, made), DamagedWorkspace)
    os.truncate(made, 7)
    assert isinstance(refused(tmp_path, made), NotFound)


def test_a_snapshot_with_a_changed_history_is_refused(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    conn = bare(made)
    conn.execute("DROP TRIGGER history_is_never_changed")
    conn.execute("UPDATE history SET at = '2020-01-01T00:00:00.000+00:00' WHERE seq = 2")
    conn.close()
    assert isinstance(refused(tmp_path, made), DamagedWorkspace)


def test_a_snapshot_of_another_workspace_is_refused(tmp_path: Path) -> None:
    with_snapshot(tmp_path)
    (tmp_path / "other").mkdir()
    other = with_snapshot(tmp_path / "other")
    assert isinstance(refused(tmp_path, other), NotAllowed)
    spoil(tmp_path / NAME, 40)
    assert isinstance(refused(tmp_path, other), NotAllowed)


def test_what_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    with_snapshot(tmp_path)
    text = tmp_path / "letter.txt"
    text.write_text("Dear Sir or Madam " * 1_000)
    assert isinstance(refused(tmp_path, text), AppError)
    text.write_text("short")
    assert isinstance(refused(tmp_path, text), NotFound)
    assert isinstance(refused(tmp_path, tmp_path / "gone.caseaudit"), NotFound)
    foreign = tmp_path / "foreign.caseaudit"
    conn = bare(foreign)
    conn.execute("CREATE TABLE t (x)")
    conn.close()
    assert isinstance(refused(tmp_path, foreign), NotFound)


def test_a_newer_snapshot_is_refused(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    conn = bare(made)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    assert isinstance(refused(tmp_path, made), NewerWorkspace)


def test_a_workspace_that_is_open_is_not_replaced(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    with opened(tmp_path) as session:
        with pytest.raises(WorkspaceInUse):
            restore(tmp_path, made)
        begin(session, "LA 2")
    reader = workspaces_in(tmp_path / "app").open_to_read(tmp_path / NAME, PASSPHRASE)
    with pytest.raises(WorkspaceInUse, match="is being read"):
        restore(tmp_path, made)
    assert [row.reference for row in reader.audits.rows()] == ["LA 1", "LA 2"]
    reader.close()
    restore(tmp_path, made)
    assert references(tmp_path) == ["LA 1"]


def test_a_restore_that_is_stopped_changes_nothing(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2")
    before, left = files(tmp_path), 0

    def check() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Cancelled("Cancelled.")

    for step in range(1, 9):
        left = step
        try:
            workspaces_in(tmp_path / "app").restore(tmp_path / NAME, PASSPHRASE, made, check)
        except Cancelled:
            assert files(tmp_path) == before
        else:
            break
    assert (step > 2, references(tmp_path)) == (True, ["LA 1"])


@pytest.mark.parametrize("failing", range(1, 8))
def test_whatever_the_disk_refuses_the_workspace_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2")
    real, count = os.fsync, 0

    def full(number: int) -> None:
        nonlocal count
        count += 1
        if count == failing:
            raise OSError(28, "No space left on device")
        real(number)

    monkeypatch.setattr(os, "fsync", full)
    with suppress(CannotWrite):
        restore(tmp_path, made)
    monkeypatch.undo()
    assert references(tmp_path) in (["LA 1"], ["LA 1", "LA 2"])
    with opened(tmp_path):
        pass
    assert not [path for path in snapshots(tmp_path) if ".new" in path.name]


@pytest.mark.parametrize("damaged", [False, True])
def test_where_the_file_cannot_be_given_its_name_all_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    made = with_snapshot(tmp_path)
    if damaged:
        spoil(tmp_path / NAME, 40)
        (tmp_path / f"{NAME}-wal").write_bytes(b"a log")
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == NAME:
            raise PermissionError(13, "in use by a scanner")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    before = files(tmp_path)
    with pytest.raises(CannotWrite):
        restore(tmp_path, made)
    assert files(tmp_path).keys() == before.keys()
    if damaged:
        assert files(tmp_path) == before


# Older schemas


def test_an_older_snapshot_is_brought_up_to_date_before_it_takes_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = with_snapshot(tmp_path)
    known = list(steps.migrations._migrations)

    @steps.migrations(name="planted")
    def planted(db: Database) -> None:
        db.executescript("CREATE TABLE planted (x TEXT) STRICT; PRAGMA user_version = 98;")

    monkeypatch.setattr(upgrade, "SCHEMAS", (*steps.SCHEMAS, *["planted"] * 98))
    try:
        with opened(tmp_path):
            pass
        restore(tmp_path, made)
        with opened(tmp_path) as session:
            assert session.workspace.db.execute("SELECT count(*) FROM planted").fetchone() == (0,)
            assert len(session.audits.rows()) == 1
    finally:
        steps.migrations._migrations[:] = known


def test_a_link_goes_on_pointing_to_the_workspace(tmp_path: Path) -> None:
    made = with_snapshot(tmp_path)
    go_on(tmp_path, "LA 2")
    link = tmp_path / "link.caseaudit"
    link.symlink_to(tmp_path / NAME)
    Workspaces(tmp_path / "app", catalogue()).restore(link, PASSPHRASE, made)
    assert link.is_symlink()
    assert references(tmp_path) == ["LA 1"]
