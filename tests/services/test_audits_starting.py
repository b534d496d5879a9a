"""Starting an audit from a reference alone, listing audits, and deleting a draft."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from workspace_builders import OWNER, fill_in, new_session

from audit_app.core.changes import Kind
from audit_app.core.errors import NotAllowed, NotFound
from audit_app.core.identity import case_id
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.services.session import Session
from audit_app.storage import history


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An open workspace."""
    with new_session(tmp_path) as found:
        yield found


def test_a_reference_is_all_it_takes(session: Session) -> None:
    audit_id, changes = session.audits.start("  LA/2026  001 ")
    audit = session.audits.get(audit_id)
    assert (audit.reference, audit.case_id) == ("LA/2026 001", case_id("la/2026 001"))
    assert (audit.auditor.name, audit.state) == (OWNER, "draft")
    assert audit.answers == {"audit.date": date.today().isoformat()}
    assert [programme.title for programme in session.programmes.all()] == ["My audits"]
    assert session.audits.form_of(audit).ref == session.forms.default().ref
    assert changes.kinds == {Kind.AUDITS, Kind.CASES, Kind.PROGRAMMES}


def test_the_last_programme_used_is_used_again(session: Session) -> None:
    other, _ = session.programmes.create(ProgrammeDraft("Q2"))
    session.audits.start("LA 1")
    assert session.audits.rows()[0].programme == "My audits"
    session.audits.start("LA 2", other.id)
    session.audits.start("LA 3")
    assert [row.programme for row in session.audits.rows()] == ["My audits", "Q2", "Q2"]
    assert len(session.programmes.all()) == 2


def test_an_open_draft_is_returned_instead_of_a_second(session: Session) -> None:
    first, _ = session.audits.start("LA 1")
    again, changes = session.audits.start("la  １")
    assert again == first
    assert not changes
    fill_in(session, first)
    session.grading.submit(first)
    assert session.audits.start("LA 1")[0] != first
    assert len(session.audits.rows()) == 2


@pytest.mark.parametrize("reference", ["", "  ", "x" * 101, "LA\n1", "LA\x00", "LA\u202e1", "\u200b"])
def test_what_cannot_be_a_reference_is_refused(session: Session, reference: str) -> None:
    with pytest.raises(NotAllowed):
        session.audits.start(reference)
    assert session.audits.rows() == ()
    assert session.programmes.all() == ()


def test_an_unknown_programme_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        session.audits.start("LA 1", "nothing")
    assert session.audits.rows() == ()


def test_rows_say_what_lists_show(session: Session) -> None:
    programme, _ = session.programmes.create(ProgrammeDraft("Q2", cohorts=(CohortDraft(None, "Ten"),)))
    audit, _ = session.audits.start("LA 1", programme.id)
    values = {
        "case.cohort": programme.cohorts[0].id,
        "case.service": "Children in care",
        "case.team": "North",
        "case.worker": "W 1",
        "audit.date": "2026-05-01",
        "audit.due": "2026-05-20",
        "overall.grade": "not_graded",
        "safe.now": "no",
    }
    session.grading.set_many(audit, values)
    [row] = session.audits.rows()
    assert (row.id, row.reference, row.programme, row.programme_id) == (audit, "LA 1", "Q2", programme.id)
    assert (row.cohort, row.service, row.team, row.worker) == ("Ten", "Children in care", "North", "W 1")
    assert (row.audit_date, row.due) == (date(2026, 5, 1), date(2026, 5, 20))
    assert (row.state, row.overall, row.safe_now, row.supported) == ("draft", "not_graded", "no", None)
    assert (row.unsafe_open, row.overridden, row.auditor) == (True, False, OWNER)


def test_a_deleted_draft_takes_its_text_and_its_case_with_it(session: Session) -> None:
    audit, _ = session.audits.start("LA 1")
    session.grading.set(audit, "voice.evidence", "text to go")
    session.grading.settle(audit)
    session.audits.delete_draft(audit)
    db = session.workspace.db
    for table in ("audit", "casefile", "note", "text_version", "text_index"):
        where = "WHERE text = 'text to go'" if table == "text_version" else ""
        assert db.execute(f"SELECT count(*) FROM {table} {where}").fetchone() == (0,)
    assert [line.kind for line in history.of_subject(db, audit)] == ["started", "changed", "deleted"]
    assert history.verify(db) is None
    with pytest.raises(NotFound):
        session.grading.set(audit, "voice.grade", "good")


def test_a_deleted_draft_can_be_brought_back(session: Session) -> None:
    audit, _ = session.audits.start("LA 1")
    session.grading.set_many(audit, {"voice.evidence": "text", "voice.grade": "good", "safe.now": "no"})
    before, row = session.audits.get(audit), session.audits.rows()[0]
    session.audits.delete_draft(audit)
    session.audits.restore_draft(audit)
    assert session.audits.get(audit).answers == before.answers
    assert session.audits.rows()[0].unsafe_open == row.unsafe_open
    session.grading.set(audit, "voice.evidence", "text again")
    session.grading.settle(audit)
    last = history.of_subject(session.workspace.db, audit)[-1]
    assert last.detail["changes"][0]["from"]
    with pytest.raises(NotFound, match="can no longer be brought back"):
        session.audits.restore_draft(audit)


def test_a_case_with_other_audits_stays_when_a_draft_goes(session: Session) -> None:
    first, _ = session.audits.start("LA 1")
    fill_in(session, first)
    session.grading.submit(first)
    with pytest.raises(NotAllowed, match="Take it back first"):
        session.audits.delete_draft(first)
    second, _ = session.audits.start("LA 1")
    session.audits.delete_draft(second)
    assert session.audits.get(first).reference == "LA 1"
