"""Changing the passphrase: what then opens the file, its snapshots and copies, and what a refusal leaves."""

import os
import shutil
from pathlib import Path

import pytest
from workspace_builders import OWNER, PASSPHRASE, bare, new_session, snapshot, workspaces_in

from audit_app.core.errors import (
    AppError,
    CannotWrite,
    NotAllowed,
    WorkspaceInUse,
    WrongPassphrase,
    WrongRecoveryKey,
)
from audit_app.storage import history, rekey
from audit_app.storage.snapshots import folder_of, snapshots_of
from audit_app.storage.workspace import Workspace

NEW = "vier ungleiche Wörter — neu"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed workspace with an audit and two snapshots."""
    with new_session(tmp_path) as session:
        for reference in ("LA 1", "LA 2"):
            session.audits.start(reference)
            session.backups.snapshot()
    path = tmp_path / "work.caseaudit"
    assert len(snapshots_of(path)) >= 2
    return path


def opened(path: Path, passphrase: str) -> Workspace:
    return Workspace.open(path, passphrase, app_folder=path.parent / "app")


def change(path: Path, old: str = PASSPHRASE, new: str = NEW) -> rekey.Rekeyed:
    workspace = opened(path, old)
    try:
        return rekey.change_passphrase(workspace, new)
    finally:
        workspace.close()


def references(workspace: Workspace) -> list[str]:
    return [row[0] for row in workspace.db.execute("SELECT reference FROM casefile ORDER BY 1")]


def test_the_new_passphrase_opens_everything_and_the_old_one_nothing(path: Path) -> None:
    before = path.read_bytes()[:16]
    kept = len(snapshots_of(path))
    assert change(path) == rekey.Rekeyed(snapshots=kept, removed=0, waiting=0)
    assert path.read_bytes()[:16] != before  # a new salt
    with pytest.raises(WrongPassphrase, match="That passphrase does not open “work”"):
        opened(path, PASSPHRASE)
    workspace = opened(path, NEW)
    assert references(workspace) == ["LA 1", "LA 2"]
    assert history.verify(workspace.db, workspace.witnessed.head if workspace.witnessed else None) is None
    workspace.close()
    # SQLCipher alone, as any other program would read them.
    for file in (path, *(each.path for each in snapshots_of(path))):
        conn = bare(file, NEW)
        assert conn.execute("SELECT name FROM person").fetchall() == [(OWNER,)]
        conn.close()
        conn = bare(file)
        with pytest.raises(Exception, match="file is not a database"):
            conn.execute("SELECT name FROM person")
        conn.close()


def test_nothing_is_left_that_the_old_key_opens(path: Path) -> None:
    old = opened(path, PASSPHRASE)
    salt = old.key.salt
    old.close()
    change(path)
    names = {file.name for file in path.parent.iterdir() if file.is_file()}
    assert names == {"work.caseaudit", "work.caseaudit.lock"}
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    assert all(salt not in file.read_bytes() for file in files)
    workspace = opened(path, NEW)
    assert workspace.db.execute("SELECT * FROM meta WHERE key = 'key_before'").fetchall() == []
    workspace.close()


def test_the_history_has_a_line_and_the_workspace_goes_on(path: Path) -> None:
    workspace = opened(path, PASSPHRASE)
    rekey.change_passphrase(workspace, NEW)
    with workspace.write() as db:
        db.execute("UPDATE casefile SET team = 'North'")
    assert workspace.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    lines = history.of_subject(workspace.db, workspace.id)
    assert (lines[-1].kind, lines[-1].detail) == ("passphrase_changed", {})
    assert workspace.is_opened_by(NEW)
    assert not workspace.is_opened_by(PASSPHRASE)
    workspace.close()


@pytest.mark.parametrize(
    ("new", "sentence"), [("", "needs a passphrase"), (PASSPHRASE, "the passphrase it has already")]
)
def test_a_blank_or_the_same_passphrase_is_refused(path: Path, new: str, sentence: str) -> None:
    workspace = opened(path, PASSPHRASE)
    with pytest.raises(NotAllowed, match=sentence):
        rekey.change_passphrase(workspace, new)
    workspace.close()
    opened(path, PASSPHRASE).close()


def test_while_another_reads_nothing_is_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit_app.storage.connection._BUSY_SECONDS", 0.1)
    reader = Workspace.open_to_read(path, PASSPHRASE, app_folder=path.parent / "app")
    assert references(reader) == ["LA 1", "LA 2"]
    workspace = opened(path, PASSPHRASE)
    with pytest.raises(WorkspaceInUse):
        rekey.change_passphrase(workspace, NEW)
    with workspace.write() as db:
        db.execute("UPDATE casefile SET team = 'North'")  # it goes on
    assert references(reader) == ["LA 1", "LA 2"]
    workspace.close()
    reader.close()
    assert not list(path.parent.glob("*.rekeyed*"))
    opened(path, PASSPHRASE).close()
    change(path)


def test_a_disk_that_refuses_the_copy_leaves_all_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "in use")

    workspace = opened(path, PASSPHRASE)
    with monkeypatch.context() as planted:
        planted.setattr(os, "replace", refuse)
        with pytest.raises(CannotWrite):
            rekey.change_passphrase(workspace, NEW)
    assert references(workspace) == ["LA 1", "LA 2"]
    workspace.close()
    assert not list(path.parent.glob("*.rekeyed*"))
    with pytest.raises(WrongPassphrase):
        opened(path, NEW)
    opened(path, PASSPHRASE).close()


def test_stopped_before_the_file_is_replaced_nothing_is_changed(path: Path) -> None:
    class Enough(AppError):
        """What the person who waits raises."""

    def stop(_done: int, _total: int, _what: str) -> None:
        raise Enough

    workspace = opened(path, PASSPHRASE)
    before = snapshot(folder_of(path))
    with pytest.raises(Enough):
        rekey.change_passphrase(workspace, NEW, stop)
    workspace.close()
    assert snapshot(folder_of(path)) == before
    opened(path, PASSPHRASE).close()


def test_stopped_among_the_snapshots_the_next_opening_sees_to_the_rest(path: Path) -> None:
    class Enough(AppError):
        """What the person who waits raises."""

    def stop(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise Enough

    workspace = opened(path, PASSPHRASE)
    with pytest.raises(Enough):
        rekey.change_passphrase(workspace, NEW, stop)
    workspace.close()
    salts = {each.path.read_bytes()[:16] for each in snapshots_of(path)}
    assert len(salts) == 2  # some under the old key, some under the new
    workspaces_in(path.parent / "app").open(path, NEW).close()
    assert {each.path.read_bytes()[:16] for each in snapshots_of(path)} == {path.read_bytes()[:16]}


def test_a_snapshot_that_cannot_be_read_is_removed(path: Path) -> None:
    broken = snapshots_of(path)[0].path
    content = bytearray(broken.read_bytes())
    content[5_000] ^= 1
    broken.write_bytes(content)
    kept = len(snapshots_of(path))
    assert change(path) == rekey.Rekeyed(snapshots=kept - 1, removed=1, waiting=0)
    assert not broken.exists()


def test_a_replaced_file_that_was_kept_with_its_log_keeps_what_the_log_holds(path: Path) -> None:
    session = workspaces_in(path.parent / "app").open(path, PASSPHRASE)
    session.audits.start("LA 3")
    kept = folder_of(path) / "000900 2026-01-05T090000Z replaced.caseaudit"
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", f"{kept}{ending}")
    session.close()
    assert change(path).removed == 0
    assert not kept.with_name(f"{kept.name}-wal").exists()
    conn = bare(kept, NEW)
    assert conn.execute("SELECT count(*) FROM casefile WHERE reference = 'LA 3'").fetchone() == (1,)
    conn.close()


def test_an_older_copy_in_its_place_is_told_and_not_called_a_wrong_passphrase(path: Path) -> None:
    older = path.read_bytes()
    change(path)
    path.write_bytes(older)
    with pytest.raises(AppError) as caught:
        opened(path, NEW)
    assert type(caught.value).__name__ == "DamagedWorkspace"
    assert "an older copy with another passphrase" in caught.value.sentence
    with pytest.raises(AppError) as caught:
        opened(path, PASSPHRASE)
    assert type(caught.value).__name__ == "OlderCopy"


def test_a_link_to_the_workspace_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "linked.caseaudit"
    link.parent.mkdir()
    link.symlink_to(path)
    workspace = Workspace.open(link, PASSPHRASE, app_folder=tmp_path / "app")
    rekey.change_passphrase(workspace, NEW)
    workspace.close()
    assert link.is_symlink()
    opened(path, NEW).close()


def test_a_recovery_key_opens_it_until_the_passphrase_is_changed(path: Path) -> None:
    workspaces = workspaces_in(path.parent / "app")
    session = workspaces.open(path, PASSPHRASE)
    key = session.keys.show()
    session.close()
    for session in (workspaces.open_to_read(path, key), workspaces.open(path, key)):
        assert session.keys.opened_by_recovery_key
        assert [row.reference for row in session.audits.rows()] == ["LA 1", "LA 2"]
        session.close()
    changed = workspaces.change_passphrase(path, key, NEW)  # the passphrase itself was forgotten
    other = changed.session.keys.show()
    changed.session.close()
    before = path.read_bytes()
    with pytest.raises(WrongRecoveryKey, match="was made before the passphrase was changed"):
        workspaces.open(path, key)
    assert path.read_bytes() == before
    workspaces.open(path, other).close()
    workspaces.open(path, NEW).close()
