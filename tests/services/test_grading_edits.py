"""Setting fields: what is taken, what is refused, what lands in the history, and that it is there at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from workspace_builders import bare, fill_in, new_session

from audit_app.core.changes import NOTHING, Kind
from audit_app.core.errors import CannotWrite, NotAllowed, NotFound
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.services.session import Session
from audit_app.storage import history


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An open workspace."""
    with new_session(tmp_path) as found:
        yield found


@pytest.fixture
def audit(session: Session) -> str:
    """A draft in a programme with two cohorts."""
    cohorts = (CohortDraft(None, "Last 10 into care"), CohortDraft(None, "8–11 months"))
    programme, _ = session.programmes.create(ProgrammeDraft("Baseline", cohorts=cohorts))
    return session.audits.start("LA 1", programme.id)[0]


def lines(session: Session, audit: str) -> list[tuple[str, list[str]]]:
    """The audit's lines: their kinds and the fields they are about."""
    found = history.of_subject(session.workspace.db, audit)
    return [(line.kind, [change["field"] for change in line.detail.get("changes", ())]) for line in found]


def on_disk(session: Session, query: str) -> list[tuple[object, ...]]:
    """What another program reads from the file at this moment."""
    conn = bare(session.workspace.path)
    try:
        return list(conn.execute(query).fetchall())
    finally:
        conn.close()


def test_a_grade_is_on_the_disk_when_set_returns(session: Session, audit: str) -> None:
    changes = session.grading.set(audit, "voice.grade", "good")
    assert on_disk(session, "SELECT domain, grade FROM judgement") == [("voice", "good")]
    assert changes.audit_id == audit
    assert changes.kinds == {Kind.ANSWERS, Kind.AUDITS}
    assert lines(session, audit)[-1] == ("changed", ["voice.grade"])


def test_every_field_of_the_form_is_kept_and_read_back(session: Session, audit: str) -> None:
    values = {}
    form = session.audits.form_of(session.audits.get(audit))
    from audit_app.core.fields import FieldKind, all_fields

    cohort = session.programmes.all()[0].cohorts[1].id
    for key, field in all_fields(form).items():
        options = [option.id for option in field.options]
        values[key] = {
            FieldKind.CHOICE: options[-1] if options else cohort,
            FieldKind.DATE: "2026-03-02",
            FieldKind.LINE: f"line of {key}",
            FieldKind.TEXT: f"text of {key}\nsecond line",
        }[field.kind]
        session.grading.set(audit, key, values[key])
    assert dict(session.audits.get(audit).answers) == values
    for key in values:
        session.grading.set(audit, key, "")
    assert dict(session.audits.get(audit).answers) == {}
    for table in ("judgement", "answer", "note"):
        assert session.workspace.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_setting_what_is_there_already_does_nothing(session: Session, audit: str) -> None:
    session.grading.set(audit, "voice.grade", "good")
    before = history.head(session.workspace.db)
    assert session.grading.set(audit, "voice.grade", "good") is NOTHING
    assert session.grading.set(audit, "voice.evidence", "") is NOTHING
    assert session.grading.set(audit, "voice.evidence", " \n ") is NOTHING
    assert history.head(session.workspace.db) == before


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("voice.grade", "outstanding", "choose one of the answers"),
        ("voice.grade", "Good", "choose one of the answers"),
        ("safe.now", "perhaps", "choose one of the answers"),
        ("audit.date", "31/12/2026", "that is not a date"),
        ("audit.date", "2026-02-30", "that is not a date"),
        ("audit.date", "0001-01-01", "the year must be"),
        ("case.cohort", "Last 10 into care", "no such cohort"),
        ("voice.evidence", "x" * 100_001, "longer than 100,000 characters"),
        ("voice.colour", "red", "does not ask that"),
    ],
)
def test_what_a_field_does_not_take_is_refused(
    session: Session, audit: str, key: str, value: str, sentence: str
) -> None:
    before = session.audits.get(audit).answers
    with pytest.raises(NotAllowed, match=sentence):
        session.grading.set_many(audit, {"voice.strengths": "kept out too", key: value})
    assert session.audits.get(audit).answers == before


def test_text_is_tidied_of_what_cannot_be_shown(session: Session, audit: str) -> None:
    session.grading.set(audit, "voice.evidence", "one\r\ntwo\x00\x1b\ttab\ud800 end ")
    session.grading.set(audit, "case.team", "North\nEast")
    answers = session.audits.get(audit).answers
    assert answers["voice.evidence"] == "one\ntwo\ttab end "
    assert answers["case.team"] == "North East"


def test_typing_gets_one_line_when_it_is_settled(session: Session, audit: str) -> None:
    before = lines(session, audit)
    for text in ("S", "Se", "See", "Seen"):
        session.grading.set(audit, "voice.evidence", text)
        assert on_disk(session, "SELECT value FROM note") == [(text,)]
    assert lines(session, audit) == before
    session.grading.settle(audit, "voice.strengths")
    assert lines(session, audit) == before
    session.grading.settle(audit, "voice.evidence")
    session.grading.settle(audit, "voice.evidence")
    assert lines(session, audit) == [*before, ("changed", ["voice.evidence"])]


def test_text_typed_and_taken_away_again_needs_no_line(session: Session, audit: str) -> None:
    before = lines(session, audit)
    session.grading.set(audit, "voice.evidence", "oops")
    session.grading.set(audit, "voice.evidence", "")
    session.grading.settle(audit)
    assert lines(session, audit) == before


def test_a_full_disk_is_told_and_what_was_saved_stays(session: Session, audit: str) -> None:
    session.grading.set(audit, "voice.evidence", "saved")
    pages = session.workspace.db.execute("PRAGMA page_count").fetchone()[0]
    session.workspace.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CannotWrite, match="The disk is full"):
        session.grading.set(audit, "voice.evidence", "x" * 90_000)
    assert session.audits.get(audit).value("voice.evidence") == "saved"
    session.workspace.db.execute("PRAGMA max_page_count = 1000000")
    assert session.grading.undo(audit)
    session.grading.set(audit, "voice.evidence", "x" * 90_000)
    assert len(session.audits.get(audit).value("voice.evidence")) == 90_000


def test_the_suggestion_follows_the_grades(session: Session, audit: str) -> None:
    assert session.grading.suggested(audit) is None
    session.grading.set(audit, "voice.grade", "good")
    assert session.grading.suggested(audit) == "good"
    session.grading.set(audit, "planning.grade", "inadequate")
    assert session.grading.suggested(audit) == "inadequate"
    session.grading.set(audit, "overall.grade", "good")
    assert session.audits.rows()[0].overridden
    session.grading.set(audit, "planning.grade", "")
    assert not session.audits.rows()[0].overridden


def test_an_unsafe_child_stays_open_until_it_is_written_who_was_told(session: Session, audit: str) -> None:
    session.grading.set(audit, "safe.now", "no")
    for key, value in (("safe.told", "Duty"), ("safe.told_on", "2026-01-02"), ("safe.told_at", "10:00")):
        session.grading.set(audit, key, value)
        assert session.audits.rows()[0].unsafe_open
    session.grading.set(audit, "safe.told_how", "by telephone")
    assert not session.audits.rows()[0].unsafe_open
    session.grading.undo(audit)
    assert session.audits.rows()[0].unsafe_open


def test_an_audit_that_is_gone_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        session.grading.set("nothing", "voice.grade", "good")


# Submission


def test_submitting_is_refused_while_anything_is_missing(session: Session, audit: str) -> None:
    assert session.grading.missing(audit)
    with pytest.raises(NotAllowed, match="still missing"):
        session.grading.submit(audit)


def test_a_submitted_audit_has_every_grade_and_is_read_only(session: Session, audit: str) -> None:
    fill_in(session, audit)
    session.grading.set_many(audit, {"voice.grade": "not_graded", "voice.not_graded_reason": "no record"})
    session.grading.set(audit, "recording.evidence", "typed last")
    session.grading.submit(audit)
    kinds = [kind for kind, _ in lines(session, audit)]
    assert kinds[-2:] == ["changed", "submitted"]
    detail = history.of_subject(session.workspace.db, audit)[-1].detail["grades"]
    assert (len(detail), detail["voice"], detail["overall"]) == (7, "not_graded", "good")
    assert on_disk(session, "SELECT count(*) FROM judgement") == [(6,)]
    for attempt in (
        lambda: session.grading.set(audit, "voice.grade", "good"),
        lambda: session.grading.submit(audit),
    ):
        with pytest.raises(NotAllowed, match="has been submitted"):
            attempt()
    assert not session.grading.can_undo(audit)
    assert session.grading.undo(audit) is None


def test_submitting_says_where_the_case_is_held_now(session: Session, audit: str) -> None:
    session.grading.set_many(audit, {"case.team": "North", "case.worker": "W 1"})
    fill_in(session, audit)
    session.grading.submit(audit)
    again, _ = session.audits.start("la  1")
    answers = session.audits.get(again).answers
    assert (answers["case.team"], answers["case.worker"]) == ("North", "W 1")


def test_taking_back_makes_a_draft_again_with_its_reason_sealed(session: Session, audit: str) -> None:
    with pytest.raises(NotAllowed, match="nothing to take back"):
        session.grading.take_back(audit)
    fill_in(session, audit)
    session.grading.submit(audit)
    session.grading.take_back(audit, "wrong child")
    line = history.of_subject(session.workspace.db, audit)[-1]
    assert line.kind == "taken_back"
    assert "wrong child" not in str(line.detail)
    assert [text.text for text in line.texts] == ["wrong child"]
    session.grading.set(audit, "voice.grade", "inadequate")
    assert session.audits.rows()[0].state == "draft"
