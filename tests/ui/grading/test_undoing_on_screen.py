"""Undo and redo go through the whole audit, and to the field that they change."""

from grading_desk import Desk

pytest_plugins = ("grading_fixtures",)

EVIDENCE = "recording.evidence"


def test_undo_goes_back_through_grades_and_texts_and_to_their_fields(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Seen")
    desk.press("Alt+2", "Ctrl+2", "m")
    desk.go("safe.now")
    desk.press("n")
    undo, kept = desk.screen.undo, desk.kept
    undo()
    assert (desk.focus, kept("safe.now")) == ("safe.now", "")
    undo()
    assert (desk.focus, kept("assessment.standard.in_time")) == ("assessment.standard.in_time", "")
    undo()
    assert (desk.focus, kept("recording.grade"), kept(EVIDENCE)) == ("recording.grade", "", "Seen")
    undo()
    assert (desk.focus, kept(EVIDENCE)) == (EVIDENCE, "")
    assert not desk.screen.can_undo()
    for _ in range(4):
        assert desk.screen.can_redo()
        desk.screen.redo()
    assert not desk.screen.can_redo()
    assert (kept(EVIDENCE), kept("recording.grade")) == ("Seen", "requires_improvement")
    assert (kept("assessment.standard.in_time"), kept("safe.now")) == ("met", "no")


def test_what_was_typed_just_now_can_be_undone(desk: Desk) -> None:
    desk.go(EVIDENCE)
    assert not desk.screen.can_undo()
    desk.type("Seen")
    assert desk.screen.can_undo()
    desk.screen.undo()
    assert (desk.kept(EVIDENCE), desk.focus) == ("", EVIDENCE)
    desk.screen.redo()
    assert (desk.kept(EVIDENCE), desk.page.fields[EVIDENCE].cursor_place()) == ("Seen", 4)


def test_long_text_is_undone_piece_by_piece_while_it_is_typed(desk: Desk) -> None:
    desk.go(EVIDENCE)
    for number in range(6):
        desk.type(f"Sentence number {number} about this child. ")
    desk.screen.undo()
    assert desk.kept(EVIDENCE).startswith("Sentence number 0")
    assert 0 < len(desk.kept(EVIDENCE)) < 200
    while desk.kept(EVIDENCE):
        desk.screen.undo()
    assert not desk.screen.can_undo()
    while desk.screen.can_redo():
        desk.screen.redo()
    assert desk.kept(EVIDENCE).endswith("number 5 about this child. ")
    desk.press("Tab")
    desk.screen.undo()  # left, it is one step
    assert desk.kept(EVIDENCE) == ""


def test_the_cursor_goes_to_what_undo_changed(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Seen at home by the worker")
    desk.press("Tab")
    desk.go(EVIDENCE)
    desk.press("Home", "Right", "Right", "Right", "Right")
    desk.type(" twice")
    desk.press("Tab")
    desk.screen.undo()
    assert desk.kept(EVIDENCE) == "Seen at home by the worker"
    assert desk.page.fields[EVIDENCE].cursor_place() == 4


def test_an_action_that_was_removed_comes_back_whole(desk: Desk) -> None:
    desk.go("actions")
    desk.page.add()
    desk.type("Write the chronology")
    desk.tab_to("action.1.owner")
    desk.type("Team manager")
    desk.screen.commit()
    desk.page.remove(1)
    assert (desk.kept("action.1.what"), desk.kept("action.1.owner")) == ("", "")
    assert "Ctrl+Z" in desk.screen._told.sentence
    desk.screen.undo()
    assert (desk.kept("action.1.what"), desk.kept("action.1.owner")) == (
        "Write the chronology",
        "Team manager",
    )
    assert desk.focus == "action.1.what"


def test_undo_in_a_date_that_cannot_be_read_puts_back_the_date(desk: Desk) -> None:
    desk.go("audit.due")
    desk.type("1/2/2024")
    desk.press("Tab")
    desk.go("audit.due")
    desk.type("soon")
    assert desk.screen.can_undo()
    desk.screen.undo()
    assert desk.kept("audit.due") == "2024-02-01"
    assert "audit.due" not in desk.screen.draft.unread
