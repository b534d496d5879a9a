"""Who gets into a workspace and who does not, and that a refusal changes nothing."""

import shutil
import sqlite3  # noqa: TID251 - makes a file of another program
import unicodedata
from pathlib import Path

import pytest
from workspace_builders import OWNER, PASSPHRASE, bare, new_session, snapshot, workspaces_in

from audit_app.core.errors import (
    CannotWrite,
    DamagedWorkspace,
    NewerWorkspace,
    NotAllowed,
    NotAWorkspace,
    OlderCopy,
    WrongPassphrase,
)
from audit_app.storage import history
from audit_app.storage.connection import RawKey
from audit_app.storage.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one closed workspace and what the program remembers of it; copied, never changed."""
    folder = tmp_path_factory.mktemp("made")
    with new_session(folder) as session:
        session.audits.start("LA 1")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder. The witness names the place, so a fresh one is borne here."""
    target = tmp_path / "here"
    shutil.copytree(made, target)
    Workspace.open(target / "work.caseaudit", PASSPHRASE, app_folder=target / "app").close()
    return target


def refused(folder: Path, passphrase: str = PASSPHRASE, name: str = "work.caseaudit") -> str:
    """The sentence with which opening is refused, both ways; the file's bytes must stay."""
    before = snapshot(folder)[name]
    sentences = []
    for opening in (Workspace.open, Workspace.open_to_read):
        with pytest.raises((WrongPassphrase, NotAWorkspace, NewerWorkspace, DamagedWorkspace)) as caught:
            opening(folder / name, passphrase, app_folder=folder / "app")
        sentences.append(f"{type(caught.value).__name__}: {caught.value}")
        assert snapshot(folder)[name] == before
    assert sentences[0] == sentences[1]
    return sentences[0]


def test_plain_sqlcipher_opens_it_with_the_passphrase_alone(folder: Path) -> None:
    conn = bare(folder / "work.caseaudit")
    assert conn.execute("SELECT name FROM person").fetchall() == [(OWNER,)]
    conn.close()


def test_a_passphrase_typed_in_another_unicode_form_opens_it(folder: Path) -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    Workspace.open(folder / "work.caseaudit", decomposed, app_folder=folder / "app").close()


def test_a_wrong_passphrase_is_refused_and_changes_nothing(folder: Path) -> None:
    assert refused(folder, "wrong").startswith("WrongPassphrase: That passphrase does not open “work”.")


def test_a_wrong_passphrase_leaves_a_crashs_log_alone(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        session.audits.start("LA 1")
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for name in ("work.caseaudit", "work.caseaudit-wal"):
            shutil.copy(tmp_path / name, crashed / name)
        before = snapshot(crashed)
        assert before["work.caseaudit-wal"]
        refused(crashed, "wrong")
        after = snapshot(crashed)
        assert {name: after[name] for name in before} == before
        opened = Workspace.open(crashed / "work.caseaudit", PASSPHRASE, app_folder=crashed / "app")
        assert opened.db.execute("SELECT reference FROM casefile").fetchall() == [("LA 1",)]
        opened.close()


@pytest.mark.parametrize("content", [b"", b"short", b"%PDF-1.7 " * 2_000, b"\0" * 8_192])
def test_a_file_that_is_not_a_workspace_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "work.caseaudit").write_bytes(content)
    assert refused(tmp_path).split(":")[0] in ("NotAWorkspace", "WrongPassphrase")


def test_plain_sqlite_is_refused_untouched(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "work.caseaudit")
    other.execute("CREATE TABLE meta (key, value)")
    other.close()
    assert refused(tmp_path).startswith("NotAWorkspace: “work.caseaudit” is not a workspace of this program.")


def test_another_programs_encrypted_file_is_refused_untouched(tmp_path: Path) -> None:
    other = bare(tmp_path / "work.caseaudit")
    other.execute("CREATE TABLE meta (key, value)")
    other.close()
    assert refused(tmp_path).startswith("NotAWorkspace: ")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.caseaudit", tmp_path):
        with pytest.raises(NotAWorkspace):
            Workspace.open(path, PASSPHRASE, app_folder=tmp_path / "app")


@pytest.mark.parametrize(
    "planted",
    [
        "PRAGMA user_version = 99",
        "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('workspace', 'schema_99')",
    ],
)
def test_a_newer_workspace_is_refused_untouched(folder: Path, planted: str) -> None:
    conn = bare(folder / "work.caseaudit")
    conn.execute(planted)
    conn.close()
    assert refused(folder).startswith("NewerWorkspace: A newer version of this program made “work”")


def test_creating_over_a_file_is_refused_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "work.caseaudit"
    path.write_bytes(b"somebody's")
    with pytest.raises(CannotWrite):
        Workspace.create(path, PASSPHRASE, OWNER, app_folder=tmp_path / "app")
    assert path.read_bytes() == b"somebody's"


def test_creating_where_no_folder_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        Workspace.create(tmp_path / "no" / "w.caseaudit", PASSPHRASE, OWNER, app_folder=tmp_path / "app")


@pytest.mark.parametrize(("passphrase", "owner"), [("", OWNER), (PASSPHRASE, "  ")])
def test_a_workspace_needs_a_passphrase_and_an_owner(tmp_path: Path, passphrase: str, owner: str) -> None:
    with pytest.raises(NotAllowed):
        Workspace.create(tmp_path / "w.caseaudit", passphrase, owner, app_folder=tmp_path / "app")
    assert not (tmp_path / "w.caseaudit").exists()


@pytest.mark.parametrize(
    ("place", "kind"), [(0, "Start"), (15, "Start"), (16, "Workspace"), (4_095, "Workspace")]
)
def test_a_damaged_start_is_called_damage_when_the_passphrase_is_right(
    folder: Path, place: int, kind: str
) -> None:
    flip(folder / "work.caseaudit", place)
    assert refused(folder).startswith(f"Damaged{kind}: The passphrase is right, but the start of")


def test_a_wrong_passphrase_on_a_damaged_salt_is_not_called_wrong(folder: Path) -> None:
    flip(folder / "work.caseaudit", 3)
    assert refused(folder, "wrong").startswith("DamagedWorkspace: “work” did not open")


def test_a_wrong_passphrase_is_called_wrong_on_a_file_damaged_after_its_salt(folder: Path) -> None:
    flip(folder / "work.caseaudit", 200)
    assert refused(folder, "wrong").startswith("WrongPassphrase: ")


def test_a_file_never_seen_here_is_not_said_to_be_whole_when_it_does_not_open(folder: Path) -> None:
    shutil.rmtree(folder / "app")
    flip(folder / "work.caseaudit", 200)
    assert "the file may be damaged" in refused(folder)


def flip(path: Path, place: int) -> None:
    """Change one bit of one byte."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_a_file_with_the_journal_of_a_crash_opens_as_it_was_before(folder: Path, tmp_path: Path) -> None:
    path = folder / "work.caseaudit"
    conn = bare(path)
    conn.execute("PRAGMA journal_mode = DELETE")
    conn.execute("PRAGMA cache_size = 5")
    conn.execute("BEGIN")
    for number in range(200):  # more than the cache holds, so that the file is written before the end
        conn.execute("INSERT INTO meta VALUES (?, ?)", [f"planted {number}", "x" * 3_000])
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("work.caseaudit", "work.caseaudit-journal"):
        shutil.copy(folder / name, crashed / name)
    conn.close()
    assert len((crashed / "work.caseaudit").read_bytes()) > len(path.read_bytes())
    before = snapshot(crashed)
    with pytest.raises(WrongPassphrase):
        Workspace.open(crashed / "work.caseaudit", "wrong", app_folder=tmp_path / "app")
    assert snapshot(crashed) == before
    opened = Workspace.open(crashed / "work.caseaudit", PASSPHRASE, app_folder=tmp_path / "app")
    assert opened.db.execute("SELECT count(*) FROM meta WHERE key LIKE 'planted%'").fetchone() == (0,)
    assert history.verify(opened.db) is None
    opened.close()


def test_a_moved_workspace_opens(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "work.caseaudit", tmp_path / "moved.caseaudit")
    Workspace.open(tmp_path / "moved.caseaudit", PASSPHRASE, app_folder=folder / "app").close()


def test_an_older_copy_elsewhere_is_told_and_opens_when_accepted(folder: Path) -> None:
    copy = folder / "copy.caseaudit"
    shutil.copy(folder / "work.caseaudit", copy)
    Workspace.open(folder / "work.caseaudit", PASSPHRASE, app_folder=folder / "app").close()
    assert refused(folder, name="copy.caseaudit").startswith("OlderCopy: “copy” is an older copy")
    opened = Workspace.open(copy, PASSPHRASE, app_folder=folder / "app", accept_older=True)
    lines = history.of_subject(opened.db, opened.id)
    assert lines[-1].detail["older_copy"] is True
    opened.close()
    Workspace.open(copy, PASSPHRASE, app_folder=folder / "app").close()


def test_an_older_copy_in_the_same_place_is_told_as_lost_changes(folder: Path) -> None:
    older = (folder / "work.caseaudit").read_bytes()
    Workspace.open(folder / "work.caseaudit", PASSPHRASE, app_folder=folder / "app").close()
    (folder / "work.caseaudit").write_bytes(older)
    with pytest.raises(OlderCopy, match="Changes were lost"):
        Workspace.open(folder / "work.caseaudit", PASSPHRASE, app_folder=folder / "app")


def test_a_broken_witness_says_nothing(folder: Path) -> None:
    for path in (folder / "app" / "workspaces").iterdir():
        path.write_bytes(b"{")
    Workspace.open(folder / "work.caseaudit", PASSPHRASE, app_folder=folder / "app").close()


def test_a_program_folder_that_cannot_be_written_costs_no_work(folder: Path) -> None:
    shutil.rmtree(folder / "app")
    (folder / "app").write_bytes(b"a file where the folder should be")
    with pytest.raises(WrongPassphrase):
        Workspace.open(folder / "work.caseaudit", "wrong", app_folder=folder / "app")
    session = workspaces_in(folder / "app").open(folder / "work.caseaudit", PASSPHRASE)
    session.audits.start("LA 2")
    session.close()


def test_keys_are_not_shown(folder: Path) -> None:
    workspace = Workspace.open(folder / "work.caseaudit", PASSPHRASE, app_folder=folder / "app")
    key = RawKey.derive(PASSPHRASE, (folder / "work.caseaudit").read_bytes()[:16])
    shown = f"{workspace!r} {workspace} {key!r} {key}"
    assert key.key.hex() not in shown
    assert PASSPHRASE not in shown
    workspace.close()
    assert "key" not in " ".join(name for name, value in vars(workspace).items() if value and "_key" in name)


def test_a_closed_workspace_leaves_no_log_beside_it(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir() if "wal" in path.name or "shm" in path.name) == []


def test_making_a_workspace_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(history, "now", fail)
    with pytest.raises(ZeroDivisionError):
        Workspace.create(tmp_path / "w.caseaudit", PASSPHRASE, OWNER, app_folder=tmp_path / "app")
    assert [
        path.name for path in tmp_path.iterdir() if "caseaudit" in path.name and "lock" not in path.name
    ] == []


@pytest.mark.parametrize("name", ["50% off?#1 &c=d", "späce – ü", 'it\'s; "quoted"', "../b/..up"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    path = folder / f"{name}.caseaudit"
    Workspace.create(path, PASSPHRASE, OWNER, app_folder=tmp_path / "app").close()
    Workspace.open_to_read(path, PASSPHRASE, app_folder=tmp_path / "app").close()
    assert path.stat().st_size > 4_096


def test_closing_settles_what_was_typed(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        audit, _ = session.audits.start("LA 1")
        session.grading.set(audit, "voice.evidence", "typed and closed")
    workspace = Workspace.open(tmp_path / "work.caseaudit", PASSPHRASE, app_folder=tmp_path / "app")
    assert [line.kind for line in history.of_subject(workspace.db, audit)] == ["started", "changed"]
    workspace.close()


def test_a_damaged_page_is_told_as_damage_when_it_is_read(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        for number in range(60):
            session.audits.start(f"LA {number}")
    content = bytearray((tmp_path / "work.caseaudit").read_bytes())
    for page in range(8, len(content) // 4_096):
        content[page * 4_096 + 100] ^= 1
    (tmp_path / "work.caseaudit").write_bytes(content)
    with pytest.raises(DamagedWorkspace):
        workspaces_in(tmp_path / "app").open_to_read(tmp_path / "work.caseaudit", PASSPHRASE).audits.rows()
