"""An audit's history as a person reads it."""

from pathlib import Path

from workspace_builders import OWNER, fill_in, new_session

from audit_app.services.history import ERASED
from audit_app.services.programmes import CohortDraft, ProgrammeDraft


def test_history_reads_in_plain_words(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        programme, _ = session.programmes.create(ProgrammeDraft("Q2", cohorts=(CohortDraft(None, "Ten"),)))
        audit, _ = session.audits.start("LA 1", programme.id)
        grading = session.grading
        grading.set(audit, "case.cohort", programme.cohorts[0].id)
        grading.set(audit, "voice.grade", "requires_improvement")
        grading.set(audit, "voice.grade", "good")
        grading.set(audit, "voice.evidence", "Seen")
        grading.settle(audit)
        grading.set(audit, "voice.evidence", "Seen alone")
        grading.settle(audit)
        grading.undo(audit)
        grading.redo(audit)
        grading.set(audit, "voice.grade", "")
        lines = session.history.of_audit(audit)
        assert {line.who for line in lines} == {OWNER}
        assert [(line.sentence, line.before, line.after) for line in lines] == [
            ("Started the audit", "", ""),
            ("Cohort: filled in", "", "Ten"),
            ("Voice: grade: filled in", "", "Requires improvement"),
            ("Voice: grade: changed", "Requires improvement", "Good"),
            ("Voice: Evidence: filled in", "", "Seen"),
            ("Voice: Evidence: changed", "Seen", "Seen alone"),
            ("Voice: Evidence: undone", "Seen alone", "Seen"),
            ("Voice: Evidence: done again", "Seen", "Seen alone"),
            ("Voice: grade: cleared", "Good", ""),
        ]


def test_submitting_and_taking_back_are_told(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        audit, _ = session.audits.start("LA 1")
        fill_in(session, audit)
        session.grading.submit(audit)
        session.grading.take_back(audit, "wrong date")
        last = session.history.of_audit(audit)[-2:]
        assert [(line.sentence, line.after) for line in last] == [
            ("Submitted the audit", ""),
            ("Took the audit back to change it", "wrong date"),
        ]


def test_erased_text_is_said_to_be_erased(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        audit, _ = session.audits.start("LA 1")
        session.grading.set(audit, "voice.evidence", "Seen")
        session.grading.settle(audit)
        session.workspace.db.execute("DELETE FROM text_version")
        assert session.history.of_audit(audit)[-1].after == ERASED
