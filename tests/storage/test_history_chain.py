"""The record of changes: what a line holds, and that no change to it goes unnoticed."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workspace_builders import PASSPHRASE, new_session, workspaces_in

from audit_app.services.session import Session
from audit_app.storage import history
from audit_app.storage.connection import DatabaseError


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A workspace with some history."""
    with new_session(tmp_path) as found:
        audit, _ = found.audits.start("LA 1")
        found.grading.set(audit, "recording.evidence", "Seen alone in May")
        found.grading.settle(audit)
        found.grading.set(audit, "recording.grade", "good")
        found.grading.set(audit, "recording.grade", "inadequate")
        yield found


def tamper(session: Session, *statements: str) -> None:
    """What a person with the file and the passphrase could do: take the guards away and rewrite."""
    db = session.workspace.db
    db.execute("DROP TRIGGER history_is_never_changed")
    db.execute("DROP TRIGGER history_is_never_deleted")
    db.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        db.execute(statement)


def chained_again(rows: list[tuple[Any, ...]]) -> list[bytes]:
    """The chain by its definition: SHA-256 of the hash before and the line as canonical JSON."""
    previous, hashes = bytes(32), []
    for seq, at, person, kind, subject, detail in rows:
        line = {"seq": seq, "at": at, "person": person, "kind": kind, "subject": subject}
        line["detail"] = json.loads(detail)
        text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(previous + text.encode()).digest()
        hashes.append(previous)
    return hashes


def test_each_line_is_hashed_with_the_one_before(session: Session) -> None:
    rows = session.workspace.db.execute(
        "SELECT seq, at, person, kind, subject, detail, hash FROM history ORDER BY seq"
    ).fetchall()
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert chained_again([row[:6] for row in rows]) == [row[6] for row in rows]
    assert history.verify(session.workspace.db) is None


def test_a_line_says_who_when_what_from_and_to(session: Session) -> None:
    audit = session.audits.rows()[0].id
    last = history.of_subject(session.workspace.db, audit)[-1]
    assert last.person == session.workspace.owner.id
    assert last.kind == "changed"
    assert last.detail == {"changes": [{"field": "recording.grade", "from": "good", "to": "inadequate"}]}


def test_a_line_holds_a_seal_of_free_text_and_the_text_stands_apart(session: Session) -> None:
    db = session.workspace.db
    assert not db.execute("SELECT 1 FROM history WHERE detail LIKE '%alone%'").fetchall()
    [(seq, salt, text)] = db.execute(
        "SELECT seq, salt, text FROM text_version WHERE field = 'recording.evidence'"
    ).fetchall()
    [(detail,)] = db.execute("SELECT detail FROM history WHERE seq = ?", [seq]).fetchall()
    sealed = hmac.new(salt, text.encode(), hashlib.sha256).hexdigest()
    assert text == "Seen alone in May"
    assert json.loads(detail)["changes"] == [{"field": "recording.evidence", "from": "", "to": sealed}]


def test_lines_cannot_be_changed_or_deleted_by_us(session: Session) -> None:
    for statement in ("UPDATE history SET kind = 'x'", "DELETE FROM history"):
        with pytest.raises(DatabaseError, match="history is never"):
            session.workspace.db.execute(statement)


@pytest.mark.parametrize("column", ["at", "person", "kind", "subject", "detail"])
def test_a_changed_line_is_found(session: Session, column: str) -> None:
    tamper(session, f"UPDATE history SET {column} = replace({column} || ' ', 'e', 'o') WHERE seq = 3")
    assert history.verify(session.workspace.db) == 3


def test_swapped_lines_are_found(session: Session) -> None:
    swap = "UPDATE history SET seq = CASE seq WHEN {0} THEN -{1} ELSE -{0} END WHERE seq IN ({0}, {1})"
    tamper(session, swap.format(3, 4), "UPDATE history SET seq = -seq WHERE seq < 0")
    assert history.verify(session.workspace.db) == 3


def test_a_missing_line_is_found(session: Session) -> None:
    tamper(session, "DELETE FROM history WHERE seq = 2")
    assert history.verify(session.workspace.db) == 2


def test_a_line_added_by_hand_is_found(session: Session) -> None:
    last = history.head(session.workspace.db).seq
    session.workspace.db.execute(
        "INSERT INTO history SELECT seq + 1, at, person, kind, subject, detail, hash FROM history"
        " WHERE seq = ?",
        [last],
    )
    assert history.verify(session.workspace.db) == last + 1


def test_a_cut_tail_is_found_against_the_witness(session: Session) -> None:
    db = session.workspace.db
    session.workspace.bear_witness()
    seen = session.workspace.witnessed
    assert seen is not None
    assert history.verify(db, seen.head) is None
    tamper(session, f"DELETE FROM history WHERE seq >= {seen.seq - 1}")
    assert history.verify(db) is None
    assert history.verify(db, seen.head) == seen.seq - 1


def test_an_exchanged_text_is_found_and_an_erased_one_leaves_the_chain_whole(session: Session) -> None:
    db = session.workspace.db
    [(seq,)] = db.execute("SELECT seq FROM text_version WHERE field = 'recording.evidence'").fetchall()
    db.execute("UPDATE text_version SET text = 'Not seen' WHERE seq = ?", [seq])
    assert history.verify(db) == seq
    db.execute("DELETE FROM text_version WHERE seq = ?", [seq])
    assert history.verify(db) is None


def test_a_witness_that_is_behind_raises_no_alarm(session: Session, tmp_path: Path) -> None:
    """After a crash the file may hold more than the witness saw; only less is a loss."""
    session.workspace.bear_witness()
    seen = session.workspace.witnessed
    assert seen is not None
    session.audits.start("LA 2")
    assert history.verify(session.workspace.db, seen.head) is None
    reader = workspaces_in(tmp_path / "app").open_to_read(session.workspace.path, PASSPHRASE)
    reader.close()
