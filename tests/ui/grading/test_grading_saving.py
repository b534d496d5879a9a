"""What is typed is on the disk within half a second or when its field is left, or it says why not."""

from pathlib import Path

import pytest
from grading_desk import Desk
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from audit_app.core.errors import CannotWrite
from audit_app.ui.grading.writer import COMMIT_AFTER_MS
from audit_app.ui.screen import Place

pytest_plugins = ("grading_fixtures",)

EVIDENCE = "recording.evidence"


def test_typed_text_is_on_the_disk_after_a_pause(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Seen on 3 May")
    assert desk.kept(EVIDENCE) == ""
    assert desk.states[-1].pending
    desk.qtbot.waitUntil(lambda: desk.kept(EVIDENCE) == "Seen on 3 May")
    assert not desk.states[-1].pending
    assert desk.states[-1].at is not None


def test_who_never_pauses_is_saved_while_typing(desk: Desk) -> None:
    """Keys come faster than the pause that others wait for, and still reach the disk."""
    desk.go(EVIDENCE)
    typed = ""
    for _ in range(60):
        desk.type("a")
        typed += "a"
        QTest.qWait(COMMIT_AFTER_MS // 20)
        if desk.kept(EVIDENCE):
            break
    assert 0 < len(desk.kept(EVIDENCE)) < 60
    assert typed.startswith(desk.kept(EVIDENCE))


def test_text_is_written_before_its_field_is_left_and_gets_its_version(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Seen")
    desk.press("Tab")
    assert desk.kept(EVIDENCE) == "Seen"
    line = desk.session.history.of_audit(desk.audit_id)[-1]
    assert (line.before, line.after) == ("", "Seen")


def test_one_visit_to_a_field_is_one_version(desk: Desk) -> None:
    before = len(desk.session.history.of_audit(desk.audit_id))
    desk.go(EVIDENCE)
    for word in ("Seen ", "on ", "3 May"):
        desk.type(word)
        desk.screen.draft.writer.flush()
    desk.press("Tab")
    lines = desk.session.history.of_audit(desk.audit_id)[before:]
    assert [line.after for line in lines] == ["Seen on 3 May"]


@pytest.mark.parametrize("leave", ["commit", "another step", "another audit", "another window"])
def test_text_is_written_before_the_screen_is_left(desk: Desk, leave: str) -> None:
    desk.go(EVIDENCE)
    desk.type("Seen")
    if leave == "commit":
        desk.screen.commit()
    elif leave == "another step":
        desk.go("voice")
    elif leave == "another audit":
        other, _ = desk.session.audits.start("CF-other")
        desk.screen.show_place(Place("grading", audit_id=other))
    else:
        QApplication.focusWidget().clearFocus()
    assert desk.kept(EVIDENCE) == "Seen"


def test_a_grade_is_on_the_disk_at_once_and_takes_waiting_text_along(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Seen")
    desk.press("Alt+1")
    assert (desk.kept("recording.grade"), desk.kept(EVIDENCE)) == ("good", "Seen")


def test_spaces_alone_are_no_answer_and_stay_where_they_are_typed(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("  a")
    desk.screen.draft.writer.flush()
    assert desk.kept(EVIDENCE) == "  a"
    desk.press("Backspace", "Home", "Delete")
    desk.screen.draft.writer.flush()
    assert desk.kept(EVIDENCE) == ""
    assert desk.page.fields[EVIDENCE].cursor_place() == 0


def test_the_other_writer_is_shown_and_what_is_being_typed_stays(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Mine")
    desk.context.bus.publish(desk.session.grading.set(desk.audit_id, "recording.strengths", "Theirs"))
    desk.screen.commit()
    assert (desk.kept(EVIDENCE), desk.kept("recording.strengths")) == ("Mine", "Theirs")
    assert desk.screen.draft.value("recording.strengths") == "Theirs"
    assert desk.focus == EVIDENCE


# -- When the disk is full ----


@pytest.fixture
def full_disk(desk: Desk):
    """No page can be added to the file, which is what a full disk comes down to; gives a way to make room."""
    db = desk.session.workspace.db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    def make_room() -> None:
        db.execute("PRAGMA max_page_count = 1000000").fetchone()

    yield make_room
    make_room()


def test_a_write_that_fails_keeps_the_text_and_says_so(desk: Desk, full_disk) -> None:
    desk.go(EVIDENCE)
    long = "Seen on 3 May. " * 1000
    QApplication.clipboard().setText(long)
    desk.press("Ctrl+V")
    desk.screen.draft.writer.flush()
    assert desk.kept(EVIDENCE) == ""
    assert desk.screen.draft.value(EVIDENCE) == long
    assert "still here" in desk.screen.findChildren(type(desk.screen._problem))[0].sentence
    assert desk.states[-1].problem
    with pytest.raises(CannotWrite):
        desk.screen.commit()
    full_disk()
    desk.screen._problem.button(0).click()
    assert desk.kept(EVIDENCE) == long
    assert desk.screen._problem.sentence == ""
    assert not desk.states[-1].problem
    desk.screen.commit()


def test_what_could_not_be_written_is_tried_again_by_itself(desk: Desk, full_disk) -> None:
    desk.screen.draft.writer._retry.setInterval(20)
    desk.go(EVIDENCE)
    QApplication.clipboard().setText("Seen on 3 May. " * 1000)
    desk.press("Ctrl+V")
    desk.screen.draft.writer.flush()
    assert desk.kept(EVIDENCE) == ""
    full_disk()
    desk.qtbot.waitUntil(lambda: desk.kept(EVIDENCE) != "")
    assert desk.screen._problem.sentence == ""


def test_after_a_failure_grades_and_text_arrive_in_the_order_they_were_given(desk: Desk, full_disk) -> None:
    desk.go(EVIDENCE)
    QApplication.clipboard().setText("Seen on 3 May. " * 1000)
    desk.press("Ctrl+V", "Alt+2", "Alt+3")
    assert desk.kept("recording.grade") == ""
    assert desk.screen.view.grades.value == "inadequate"
    full_disk()
    assert desk.screen.draft.writer.flush()
    assert desk.kept("recording.grade") == "inadequate"
    assert desk.kept(EVIDENCE).startswith("Seen on 3 May.")


# -- Coming back ----


def test_a_person_comes_back_to_their_field_and_cursor(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Seen twice")
    desk.press("Left", "Left")
    desk.screen.commit()
    place = desk.screen.place()
    assert place == Place("grading", audit_id=desk.audit_id, field=EVIDENCE, cursor=8)
    desk.go("review")
    desk.screen.show_place(place)
    desk.type("X")
    desk.screen.commit()
    assert desk.kept(EVIDENCE) == "Seen twiXce"


def test_the_audit_opens_where_work_on_it_goes_on(desk: Desk, tmp_path: Path) -> None:
    assert desk.step == "case"  # it is new
    desk.fill(but="planning.grade")
    other, _ = desk.session.audits.start("CF-other")
    desk.screen.show_place(Place("grading", audit_id=other))
    desk.screen.show_place(Place("grading", audit_id=desk.audit_id))
    assert desk.step == "planning"


def test_each_audit_shows_its_own_answers(desk: Desk) -> None:
    desk.go(EVIDENCE)
    desk.type("Of the first")
    desk.press("Alt+1", "Ctrl+1", "m")
    other, _ = desk.session.audits.start("CF-other")
    desk.screen.show_place(Place("grading", audit_id=other, field=EVIDENCE))
    assert desk.screen.view.grades.value == ""
    desk.type("Of the second")
    desk.screen.commit()
    assert desk.session.audits.get(other).value(EVIDENCE) == "Of the second"
    assert desk.kept(EVIDENCE) == "Of the first"
    assert desk.session.audits.get(other).value("recording.standard.up_to_date") == ""
