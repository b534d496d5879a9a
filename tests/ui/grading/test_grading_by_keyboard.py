"""A case is graded without touching the mouse."""

import pytest
from grading_desk import Desk

from audit_app.core.programme import ProgrammeType
from audit_app.services.programmes import ProgrammeDraft
from audit_app.ui.screen import Place

pytest_plugins = ("grading_fixtures",)

GRADES = ("good", "requires_improvement", "inadequate", "good", "not_graded", "good")
DIGITS = {"good": "1", "requires_improvement": "2", "inadequate": "3", "not_graded": "0"}


def test_every_domain_is_graded_by_keyboard_alone(desk: Desk) -> None:
    assert desk.step == "case"
    form = desk.screen.draft.form
    for domain, grade in zip(form.domains, GRADES, strict=True):
        desk.press("Ctrl+Return")
        assert desk.step == domain.id
        for _ in domain.standards:
            desk.press("m")
        desk.tab_to(f"{domain.id}.evidence")
        desk.type(f"Read the file of {domain.id} in 2024")
        desk.press(f"Alt+{DIGITS[grade]}")
        if grade == "not_graded":
            assert desk.focus == f"{domain.id}.not_graded_reason"
            desk.type("Moved in last week")
    desk.screen.commit()
    for domain, grade in zip(form.domains, GRADES, strict=True):
        assert desk.kept(f"{domain.id}.grade") == grade
        assert desk.kept(f"{domain.id}.evidence") == f"Read the file of {domain.id} in 2024"
        assert all(desk.kept(f"{domain.id}.standard.{one.id}") == "met" for one in domain.standards)
    assert desk.kept("outcomes.not_graded_reason") == "Moved in last week"


@pytest.mark.parametrize("key", ["2", "Keypad+2", "Alt+2"])
def test_a_digit_grades_outside_text(desk: Desk, key: str) -> None:
    desk.go("recording")
    desk.press(key)
    assert desk.kept("recording.grade") == "requires_improvement"


def test_a_digit_typed_into_text_is_text(desk: Desk) -> None:
    desk.go("recording.evidence")
    desk.type("On 3 May")
    desk.screen.commit()
    assert desk.kept("recording.evidence") == "On 3 May"
    assert desk.kept("recording.grade") == ""


def test_alt_and_a_digit_grade_while_writing_and_write_nothing(desk: Desk) -> None:
    desk.go("recording.evidence")
    desk.type("Seen")
    desk.press("Alt+3")
    assert desk.kept("recording.grade") == "inadequate"
    assert desk.kept("recording.evidence") == "Seen"
    assert desk.focus == "recording.evidence"


def test_digits_grade_nothing_where_nothing_is_graded(desk: Desk) -> None:
    desk.go("actions")
    desk.press("1", "Alt+1")
    assert not [key for key in desk.screen.draft.answers if key.endswith(".grade")]


def test_letters_answer_the_standard_and_go_on_to_the_next(desk: Desk) -> None:
    first, second, third = (f"recording.standard.{one}" for one in ("up_to_date", "visits", "chronology"))
    desk.go("recording")
    desk.press("m", "p")
    assert desk.focus == third
    assert (desk.kept(first), desk.kept(second)) == ("met", "partly_met")
    desk.press("Up", "a", "Up", "Up", "Delete")
    assert (desk.kept(first), desk.kept(second)) == ("", "not_applicable")
    desk.press("Right", "Right", "Space")
    assert (desk.kept(first), desk.focus) == ("not_met", first)


def test_steps_are_reached_by_key(desk: Desk) -> None:
    desk.press("Ctrl+4")
    assert desk.step == "voice"
    desk.press("Ctrl+Return")
    assert desk.step == "outcomes"
    desk.press("Ctrl+Shift+Return", "Ctrl+Shift+Return")
    assert desk.step == "planning"
    desk.go("planning.evidence")
    desk.press("Ctrl+Return")  # from within text, which stays as it is
    assert (desk.step, desk.kept("planning.evidence")) == ("voice", "")
    desk.go("review")
    desk.press("Ctrl+Return")
    assert desk.step == "review"


def test_tab_follows_the_order_of_reading(desk: Desk) -> None:
    desk.go("planning")
    fields = [key for key, field in desk.screen.draft.fields.items() if field.step == "planning"]
    seen = [desk.focus]
    while seen[-1] != "planning.grade":
        desk.press("Tab")
        seen += [desk.focus] if desk.focus != seen[-1] else []
    fields.remove("planning.not_graded_reason")  # asked only where there is no grade
    assert seen == fields


def test_outstanding_has_the_fourth_digit(desk: Desk) -> None:
    draft = ProgrammeDraft("Week", ProgrammeType.PRACTICE_WEEK, "", None, None, "six-domains-4", ())
    programme, _ = desk.session.programmes.create(draft)
    other, _ = desk.session.audits.start("CF-2", programme.id)
    desk.screen.show_place(Place("grading", audit_id=other, field="recording"))
    desk.press("4")
    assert desk.session.audits.get(other).value("recording.grade") == "outstanding"
    desk.press("1")
    assert desk.session.audits.get(other).value("recording.grade") == "good"


def test_help_for_the_field_follows_the_focus(desk: Desk) -> None:
    help_strip = desk.screen.view.help
    desk.go("recording")
    desk.press("F1")
    assert help_strip.text.startswith("Compare what the plan says")
    desk.press("Down")
    assert help_strip.text.startswith("Within your authority’s timescale")
    desk.press("F1")
    assert help_strip.text == ""


def test_descriptors_can_be_hidden_and_that_is_remembered(desk: Desk) -> None:
    spread = desk.screen.view.spread
    desk.go("recording")
    assert spread.panel.isVisible()
    desk.press("Ctrl+D")
    assert not spread.panel.isVisible()
    assert not desk.context.preferences.flag("grading/descriptors_beside", True)
    desk.go("planning")
    assert not spread.panel.isVisible()
    desk.press("Ctrl+D")
    assert spread.panel.isVisible()
