"""What Home puts first."""

from datetime import date, timedelta
from pathlib import Path

from workspace_builders import fill_in, new_session

TODAY = date(2026, 6, 15)


def test_a_new_workspace_is_new(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        view = session.home.now(TODAY)
        assert view.is_new
        assert (view.unsafe_open, view.continue_with, view.drafts) == ((), None, ())


def test_home_orders_drafts_and_counts_what_is_due(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        days = {"A": None, "B": 8, "C": -1, "D": 0, "E": 7, "F": None, "G": -400}
        ids = {}
        for name, days_away in days.items():
            ids[name], _ = session.audits.start(name)
            if days_away is not None:
                due = (TODAY + timedelta(days=days_away)).isoformat()
                session.grading.set(ids[name], "audit.due", due)
        submitted, _ = session.audits.start("H")
        fill_in(session, submitted)
        session.grading.set(submitted, "audit.due", "2020-01-01")
        session.grading.submit(submitted)
        session.grading.set(ids["D"], "voice.grade", "good")
        view = session.home.now(TODAY)
        assert [row.reference for row in view.drafts] == ["G", "C", "D", "E", "B", "F", "A"]
        assert (view.overdue, view.due_soon) == (2, 2)
        assert (view.draft_count, view.submitted_count, view.is_new) == (7, 1, False)
        assert view.continue_with is not None
        assert view.continue_with.reference == "D"


def test_an_unsafe_child_leads_whatever_the_state(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        audit, _ = session.audits.start("A")
        session.grading.set(audit, "safe.now", "no")
        assert [row.reference for row in session.home.now(TODAY).unsafe_open] == ["A"]
        session.grading.set(audit, "safe.now", "yes")
        assert session.home.now(TODAY).unsafe_open == ()


def test_at_most_twenty_drafts_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        for number in range(23):
            session.audits.start(f"LA {number}")
        view = session.home.now(TODAY)
        assert (len(view.drafts), view.draft_count) == (20, 23)
