"""What is deleted for good is nowhere any more: not in a table, a page, the log, the index or a snapshot."""

import shutil
from datetime import date
from pathlib import Path

import marked_workspace
import page_reading
import pytest
from marked_workspace import Words, found
from workspace_builders import PASSPHRASE, bare, new_session, workspaces_in

from audit_app.core.errors import NotAllowed
from audit_app.core.summary import Filters
from audit_app.services.programmes import ProgrammeDraft
from audit_app.services.session import Session
from audit_app.storage import history, purge

LATER = date(2099, 1, 1)


def later(session: Session, day: date = LATER) -> Session:
    """The same session on a later day."""
    session.retention._today = lambda: day
    return session


def test_the_reader_of_pages_decrypts_as_the_standard_says() -> None:
    key = bytes(range(32))  # FIPS 197, appendix C.3
    cipher = bytes.fromhex("8ea2b7ca516745bfeafc49904b496089")
    assert page_reading.cbc_decrypted(cipher, key, bytes(16)).hex() == "00112233445566778899aabbccddeeff"


def test_after_a_purge_no_word_of_it_is_anywhere_in_the_folder(tmp_path: Path) -> None:
    words = Words()
    path = marked_workspace.make(tmp_path, words)
    before = found(tmp_path, words.made)
    assert set(before) == set(words.made), "the search itself does not find what is there"
    for place in ("work.caseaudit: page", "work.caseaudit: note", "work.caseaudit: words of the index"):
        assert any(each.startswith(place) for places in before.values() for each in places)
    in_snapshots = [places for places in before.values() if any("-snapshots" in each for each in places)]
    assert len(in_snapshots) == len(words.made)

    session = later(workspaces_in(tmp_path / "app").open(path, PASSPHRASE))
    snapshots = len(session.backups.views())
    assert snapshots >= 2
    done = session.retention.purge(session.retention.due())
    assert found(tmp_path, words.made) == {}  # with the workspace open, its log beside it
    assert (sum(each.audits for each in done.deletions), done.snapshots) == (3, snapshots)
    assert session.audits.rows() == ()
    assert history.verify(session.workspace.db, session.workspace.witnessed.head) is None  # type: ignore[union-attr]
    session.close()
    assert found(tmp_path, words.made) == {}
    report = workspaces_in(tmp_path / "app").check(path, PASSPHRASE)
    assert report.ok, report.lines
    with_passphrase = workspaces_in(tmp_path / "app").open_to_read(path, PASSPHRASE)
    assert with_passphrase.backups.views() != ()  # one was made afterwards
    with_passphrase.close()


def test_without_secure_deletion_the_search_finds_what_free_pages_hold(tmp_path: Path) -> None:
    words = Words()
    path = marked_workspace.make(tmp_path, words)
    other = tmp_path / "other"
    other.mkdir()
    copy = Path(shutil.copy(path, other))
    conn = bare(copy)
    conn.execute("PRAGMA secure_delete = OFF")
    for table in ("unsettled", "note", "answer", "judgement", "audit", "text_version", "casefile"):
        conn.execute(f"DELETE FROM {table}")
    conn.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")
    conn.close()
    left = [
        places for places in found(other, words.made).values() if all(": page " in each for each in places)
    ]
    assert len(left) > len(words.made) / 2


def test_the_log_of_an_open_workspace_is_searched_too(tmp_path: Path) -> None:
    words = Words()
    with new_session(tmp_path) as session:
        marked_workspace.fill(session, tmp_path, words)
        places = found(tmp_path, words.made)
        assert any(": log frame" in each for place in places.values() for each in place)


def test_only_what_is_due_goes_and_the_rest_is_whole(tmp_path: Path) -> None:
    words, kept = Words(1), Words(2)
    with new_session(tmp_path) as session:
        marked_workspace.fill(session, tmp_path, words)
        own, _ = session.programmes.create(ProgrammeDraft("Own"))
        other, _ = session.audits.start(f"LA {kept.new('reference')}", own.id)
        marked_workspace.mark(session, other, kept)
        session.grading.settle(other)
        before = session.audits.get(other)
        later(session).retention.purge(session.retention.due())
        assert [row.id for row in session.audits.rows()] == [other]
        assert (session.audits.get(other) == before) is True  # a difference would fill pages
        assert session.search.find(next(iter(reversed(kept.made))))
        assert found(tmp_path, words.made) == {}
        assert set(found(tmp_path, kept.made)) == set(kept.made)


def test_where_a_case_was_held_goes_with_the_audit_that_said_so(tmp_path: Path) -> None:
    words = Words()
    with new_session(tmp_path) as session:
        programme = marked_workspace.fill(session, tmp_path, words)
        reference = session.audits.rows()[0].reference
        own, _ = session.programmes.create(ProgrammeDraft("Own"))
        remaining, _ = session.audits.start(reference, own.id)
        session.grading.set_many(remaining, {"case.worker": "Kept", "case.team": "", "case.service": ""})
        session.grading.settle(remaining)
        later(session).retention.purge(session.retention.due(programme.id))
        assert session.audits.get(remaining).value("case.worker") == "Kept"
        left = {words.made[word] for word in found(tmp_path, words.made)}
    allowed = {"reference", "case.worker", "case.team", "case.service", "the reason for a hold"}
    # The other audit began with where the case was held, and its history says so.
    assert left <= allowed


def test_what_is_on_hold_stays_until_it_is_released(tmp_path: Path) -> None:
    words = Words()
    with new_session(tmp_path) as session:
        marked_workspace.fill(session, tmp_path, words)
        session.grading.settle_all()
        later(session)
        audit = session.audits.rows()[0]
        hold, _ = session.retention.hold_case(audit.id, "Aardvark")
        listed = session.retention.due()
        assert [each.audit.id for each in listed if not each.goes] == [audit.id]
        session.retention.purge(listed)
        assert [row.id for row in session.audits.rows()] == [audit.id]
        programme_hold, _ = session.retention.hold_programme(audit.programme_id, "Zeppelin")
        session.retention.release(hold.id)
        [due] = session.retention.due()
        assert [each.reason for each in due.holds] == ["Zeppelin"]
        session.retention.release(programme_hold.id)
        assert session.retention.purge(session.retention.due()).deletions[0].audits == 1
        assert session.retention.holds() == ()
        assert found(tmp_path, [*words.made, "aardvark", "zeppelin"]) == {}


def test_a_list_that_is_no_longer_right_deletes_nothing(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        marked_workspace.fill(session, tmp_path, Words())
        listed = later(session).retention.due()
        session.retention.hold_case(listed[0].audit.id, "Aardvark")
        with pytest.raises(NotAllowed, match="nothing was deleted"):
            session.retention.purge(listed)
        assert len(session.audits.rows()) == 3
        assert session.retention.deletions() == ()


def test_a_draft_on_hold_cannot_be_deleted(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        draft, _ = session.audits.start("LA 1")
        hold, _ = session.retention.hold_case(draft, "Aardvark")
        with pytest.raises(NotAllowed, match="on hold"):
            session.audits.delete_draft(draft)
        session.retention.release(hold.id)
        session.audits.delete_draft(draft)


def test_the_record_keeps_counts_that_add_up_and_names_nobody(tmp_path: Path) -> None:
    words = Words()
    with new_session(tmp_path) as session:
        programme = marked_workspace.fill(session, tmp_path, words)
        before = session.summaries.summary(programme.id, Filters())
        later(session).retention.purge(session.retention.due())
        assert session.summaries.summary(programme.id, Filters()).counts.submitted == 0
        [record] = session.retention.deletions()
        after = session.retention.figures(record)
        assert (after.title, after.counts) == (before.title, before.counts)
        assert (after.domains, after.overall, after.cohorts) == (
            *(before.domains, before.overall, before.cohorts),
        )
        assert (record.audits, record.months, record.day, record.who) == (3, 1, LATER, "Ann Auditor")
        with pytest.raises(NotAllowed, match="record of that names it"):
            session.programmes.delete(programme.id)
        kinds = [
            kind for (kind,) in session.workspace.db.execute("SELECT kind FROM history ORDER BY seq DESC")
        ]
        assert kinds[:4] == ["deleted_for_good", *[purge.ERASED] * 3]


def test_snapshots_made_afterwards_survive_the_next_purge(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        marked_workspace.fill(session, tmp_path, Words())
        later(session).retention.purge(session.retention.due())
        [kept] = session.backups.views()
        programme = session.programmes.by_title("Marked")
        session.audits.start("LA 9", programme.id)
        done = later(session, date(2199, 1, 1)).retention.purge(session.retention.due())
        assert done.snapshots == 0
        assert kept.snapshot.path.exists()


def test_snapshots_left_where_the_workspace_lay_before_go_too(tmp_path: Path) -> None:
    words = Words()
    path = marked_workspace.make(tmp_path, words)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = path.rename(elsewhere / "moved.caseaudit")
    session = later(workspaces_in(tmp_path / "app").open(moved, PASSPHRASE))
    session.retention.purge(session.retention.due())
    session.close()
    assert found(tmp_path, words.made) == {}


def test_copies_that_were_begun_and_those_that_cannot_be_read_go_too(tmp_path: Path) -> None:
    words = Words()
    path = marked_workspace.make(tmp_path, words)
    snapshots = path.with_name(path.name + "-snapshots")
    shutil.copy(path, snapshots / "000099 2026-01-01T000000Z.caseaudit.0011aabb.new")
    shutil.copy(path, tmp_path / "copy.caseaudit.0011aabb.new")
    broken = snapshots / "000098 2026-01-01T000000Z.caseaudit"
    broken.write_bytes(b"x" * 4096 + path.read_bytes()[4096:])
    stranger = tmp_path / "another.caseaudit.0011aabb.new"
    stranger.write_bytes(b"y" * 8192)
    with_passphrase = later(workspaces_in(tmp_path / "app").open(path, PASSPHRASE))
    with_passphrase.retention.purge(with_passphrase.retention.due())
    with_passphrase.close()
    assert not broken.exists()
    assert [each.name for each in tmp_path.rglob("*.new")] == [stranger.name]
    assert found(tmp_path, words.made) == {}
