"""What each step asks, when it asks it, and what it says is wrong."""

import pytest
from grading_desk import Desk
from PySide6.QtWidgets import QLabel, QWidget

from audit_app.core.programme import ProgrammeType
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.ui.grading.actions_step import ActionsStep
from audit_app.ui.grading.field_kinds import NOT_A_DATE
from audit_app.ui.grading.step_state import Progress
from audit_app.ui.screen import Place

pytest_plugins = ("grading_fixtures",)

TOLD = ("safe.concern", "safe.told", "safe.told_on", "safe.told_at", "safe.told_how")


def words(widget: QWidget) -> str:
    """Everything that can be read on a widget now."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def progress(desk: Desk, step: str) -> Progress:
    states = desk.screen.view._side.list.states
    return next(state.progress for state in states if state.step.id == step)


def test_who_was_told_is_asked_when_the_child_is_not_safe(desk: Desk) -> None:
    desk.go("overall")
    assert not any(desk.shown(key) for key in TOLD)
    desk.press("n")
    assert all(desk.shown(key) for key in TOLD)
    desk.go("safe.told")
    desk.type("Team manager")
    desk.go("safe.now")
    desk.press("y")
    assert desk.shown("safe.told")  # what is in the record stays in sight
    assert not desk.shown("safe.concern")


def test_a_reason_is_asked_when_the_overall_is_not_the_suggested_one(desk: Desk) -> None:
    desk.fill(but="overall.grade")
    desk.go("overall")
    assert "Good is suggested" in words(desk.page)
    desk.press("Alt+1")
    assert not desk.shown("overall.reason")
    desk.press("Alt+3")
    assert desk.shown("overall.reason")
    assert "Say why" in words(desk.page)
    desk.press("Alt+0")
    assert not desk.shown("overall.reason")
    assert desk.focus == "overall.not_graded_reason"


def test_feedback_asks_what_was_said_or_why_not(desk: Desk) -> None:
    desk.go("feedback")
    assert not desk.shown("worker.said")
    desk.press("y")
    assert desk.shown("worker.said")
    assert not desk.shown("worker.why_not")
    desk.press("n")
    assert desk.shown("worker.why_not")
    assert not desk.shown("worker.said")
    assert not desk.shown("child.why_not")


@pytest.mark.parametrize("typed", ["31/10/2019", "31.10.19", "2019-10-31", "31 October 2019"])
def test_a_date_is_typed_as_people_do(desk: Desk, typed: str) -> None:
    desk.go("audit.due")
    desk.type(typed)
    desk.press("Tab")
    assert desk.kept("audit.due") == "2019-10-31"


def test_a_whole_date_is_kept_before_its_field_is_left(desk: Desk) -> None:
    desk.go("audit.due")
    desk.type("31/10/2019")
    desk.screen.draft.writer.flush()
    assert desk.kept("audit.due") == "2019-10-31"


def test_what_is_no_date_is_told_beside_the_field_and_not_kept(desk: Desk) -> None:
    desk.go("audit.due")
    desk.type("31/13/2019")
    desk.press("Tab")
    assert desk.kept("audit.due") == ""
    assert NOT_A_DATE in words(desk.page)
    desk.go("review")
    assert "“31/13/2019” is not a date" in desk.page.first().accessibleName()
    desk.page.first().click()
    assert desk.focus == "audit.due"
    desk.type("31/12/2019")
    desk.press("Tab")
    assert desk.kept("audit.due") == "2019-12-31"
    assert NOT_A_DATE not in words(desk.page)


def test_a_date_can_be_taken_away_again(desk: Desk) -> None:
    desk.go("audit.date")
    assert desk.kept("audit.date")
    desk.press("Delete", "Tab")  # everything is selected on entering
    assert desk.kept("audit.date") == ""


def test_actions_are_added_by_key_and_only_kept_when_written(desk: Desk) -> None:
    desk.go("actions")
    desk.press("Space")
    assert desk.focus == "action.1.what"
    desk.type("One")
    desk.screen.commit()
    page = desk.page
    assert isinstance(page, ActionsStep)
    page.add()
    assert desk.focus == "action.2.what"
    desk.go("review")
    desk.go("actions")
    assert not [key for key in desk.screen.draft.answers if key.startswith("action.2")]
    desk.tab_to("action.1.due")
    desk.type("1/6/2024")
    desk.press("Tab")
    assert desk.kept("action.1.due") == "2024-06-01"


def test_steps_say_how_far_they_are(desk: Desk) -> None:
    assert progress(desk, "recording") is Progress.NOTHING
    desk.go("recording")
    desk.press("m")
    assert progress(desk, "recording") is Progress.BEGUN
    desk.fill()
    assert progress(desk, "recording") is Progress.COMPLETE
    assert progress(desk, "actions") is Progress.NOTHING
    desk.go("recording")
    desk.press("0")
    assert progress(desk, "recording") is Progress.BEGUN  # a reason is asked for
    desk.type("Locked part of the file")
    assert progress(desk, "recording") is Progress.COMPLETE


def test_the_cohorts_of_the_programme_can_be_chosen(desk: Desk) -> None:
    cohorts = (CohortDraft(None, "Last 10 into care"),)
    draft = ProgrammeDraft("Autumn", ProgrammeType.BASELINE, "", None, None, "dip-sample", cohorts)
    programme, _ = desk.session.programmes.create(draft)
    other, _ = desk.session.audits.start("CF-9", programme.id)
    desk.screen.show_place(Place("grading", audit_id=other, field="case.cohort"))
    desk.press("Space")
    assert desk.session.audits.get(other).value("case.cohort") == programme.cohorts[0].id
    steps = [step.id for step in desk.screen.view.stack.steps]
    assert "feedback" not in steps
    assert "actions" not in steps
