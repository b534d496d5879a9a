"""The list of recent workspaces, the strength of a passphrase, and a check that names each planted fault."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from workspace_builders import PASSPHRASE, fill_in, new_session, workspaces_in

from audit_app.services.checking import CheckReport
from audit_app.services.session import Session
from audit_app.services.workspaces import Workspaces
from audit_app.storage import history


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A workspace with a submitted audit and a draft."""
    with new_session(tmp_path) as found:
        first, _ = found.audits.start("LA 1")
        fill_in(found, first)
        found.grading.submit(first)
        second, _ = found.audits.start("LA 2")
        found.grading.set_many(
            second, {"safe.now": "no", "voice.grade": "good", "voice.evidence": "Seen alone"}
        )
        yield found


def checked(session: Session) -> CheckReport:
    """The check, beside the open window."""
    folder = session.workspace.path.parent
    return workspaces_in(folder / "app").check(session.workspace.path, PASSPHRASE)


def test_a_whole_workspace_is_said_to_be_whole_and_gets_no_line(session: Session) -> None:
    before = history.head(session.workspace.db)
    report = checked(session)
    assert report.ok, report.lines
    assert [line.name for line in report.lines] == [
        *("Pages", "Structure", "Links", "History", "Search", "Grades", "Worked-out values")
    ]
    assert history.head(session.workspace.db) == before


@pytest.mark.parametrize(
    ("part", "fault", "said"),
    [
        ("Links", "UPDATE audit SET auditor = 99", "2 records point at something that is gone"),
        ("History", "UPDATE history SET person = 'me' WHERE seq = 4", "line 4 of"),
        ("History", "DELETE FROM history WHERE seq > 9", "end is missing"),
        ("Search", "UPDATE note SET value = 'Not seen' WHERE value = 'Seen alone'", "may miss some"),
        ("Search", "DELETE FROM note WHERE value = 'Seen alone'", "may miss some"),
        ("Grades", "DELETE FROM judgement WHERE domain = 'voice'", "1 submitted audit lacks a grade"),
        ("Grades", "UPDATE audit SET overall = NULL", "1 submitted audit lacks a grade"),
        ("Worked-out values", "UPDATE audit SET suggested = 'inadequate' WHERE key = 2", "In 1 audit"),
        ("Worked-out values", "UPDATE audit SET unsafe_open = 0", "In 1 audit"),
    ],
)
def test_a_planted_fault_is_named(session: Session, part: str, fault: str, said: str) -> None:
    session.workspace.bear_witness()
    db = session.workspace.db
    for name, kind in db.execute("SELECT name, type FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP {kind} {name}")
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(fault)
    line = next(line for line in checked(session).lines if line.name == part)
    assert not line.ok
    assert said in line.sentence


def test_a_damaged_page_is_named(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        for number in range(40):
            audit, _ = session.audits.start(f"LA {number}")
            session.grading.set(audit, "voice.evidence", "words " * 500)
        path = session.workspace.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    report = workspaces_in(tmp_path / "app").check(path, PASSPHRASE)
    assert not report.ok
    assert report.lines[0].sentence == "1 page of the file is damaged."


def test_an_older_copy_is_named_by_the_check(session: Session, tmp_path: Path) -> None:
    session.workspace.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older = tmp_path / "older.caseaudit"
    shutil.copy(session.workspace.path, older)
    session.audits.start("LA 3")
    session.workspace.bear_witness()
    line = next(
        line
        for line in workspaces_in(tmp_path / "app").check(older, PASSPHRASE).lines
        if line.name == "History"
    )
    assert "older copy" in line.sentence


# The Open screen's list


def test_recent_workspaces_are_listed_latest_first_and_can_be_forgotten(tmp_path: Path) -> None:
    ways = workspaces_in(tmp_path / "app")
    paths = [tmp_path / f"{name}.caseaudit" for name in ("one", "two")]
    for path in paths:
        ways.create(path, PASSPHRASE, "Ann").close()
    ways.open(paths[0], PASSPHRASE).close()
    ways.open_to_read(paths[1], PASSPHRASE).close()
    assert [found.name for found in ways.recent()] == ["one", "two"]
    paths[0].unlink()
    assert [found.exists for found in ways.recent()] == [False, True]
    ways.forget(paths[0])
    assert [found.path for found in ways.recent()] == [paths[1]]


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"path": 1}]', '{"a": 1}'])
def test_a_broken_list_of_recent_workspaces_is_an_empty_one(tmp_path: Path, content: str) -> None:
    (tmp_path / "recent.json").write_text(content)
    assert workspaces_in(tmp_path).recent() == ()


@pytest.mark.parametrize(
    ("passphrase", "score"),
    [
        ("", 0),
        ("password", 0),
        ("Password1", 0),
        ("aaaaaaaaaaaaaaaaaaaa", 0),
        ("abcdefghijklmno", 0),
        ("Summer2024!", 0),
        ("plum river", 1),
        ("plum river window", 2),
        ("plum river window staple", 3),
        ("plum river window staple otter", 4),
        ("xK9#mQ2$vL7!pR", 4),
        ("plum plum plum plum plum", 0),
    ],
)
def test_strength_follows_what_a_guesser_needs(passphrase: str, score: int) -> None:
    strength = Workspaces.passphrase_strength(workspaces_in(Path()), passphrase)
    assert strength.score == score
    assert strength.sentence.endswith(".")
