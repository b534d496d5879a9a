"""Home, as somebody new and as somebody busy meets it."""

from datetime import date, timedelta

from frame_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from audit_app.ui.home_words import due_words
from audit_app.ui.screen import Place


def show_home(desk: Desk) -> str:
    desk.bench.go(Place("home"))
    return desk.words(desk.bench.screen_shown)


def test_a_new_workspace_shows_three_ways_to_start(desk: Desk) -> None:
    desk.open()
    words = show_home(desk)
    for way in ("Audit a case", "Import audits", "Open the sample"):
        assert way in words
    assert "Your drafts" not in words


def test_an_audit_begins_with_a_reference_and_nothing_else(desk: Desk) -> None:
    desk.open()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.accessibleName() == "Case reference"
    desk.qtbot.keyClicks(focus, "2024-0117")
    desk.press(Qt.Key.Key_Return)
    assert desk.place.screen == "grading"
    (row,) = desk.session.audits.rows()
    assert (row.reference, row.programme) == ("2024-0117", "My audits")
    assert desk.place.audit_id == row.id


def test_no_reference_asks_for_one_beside_the_field(desk: Desk) -> None:
    desk.open()
    desk.press(Qt.Key.Key_Return)
    assert "Type the reference of the case." in desk.words()
    assert desk.place.screen == "home"


def test_ctrl_n_audits_a_case_from_anywhere(desk: Desk) -> None:
    from PySide6.QtCore import QTimer

    desk.open()
    desk.bench.go(Place("my_audits"))

    def answer() -> None:
        dialog = desk.dialog()
        desk.type_into("Case reference", "2024-0118", dialog)
        desk.press(Qt.Key.Key_Return)

    QTimer.singleShot(100, answer)
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: desk.place.screen == "grading")


def test_a_child_who_is_not_safe_stands_first_until_it_is_written_who_was_told(desk: Desk) -> None:
    desk.open()
    audit_id = desk.grade_new("2024-0119")
    grading = desk.session.grading
    desk.context.bus.publish(grading.set(audit_id, "safe.now", "no"))
    words = show_home(desk)
    assert "The child in case 2024-0119 is not safe" in words
    assert words.index("is not safe") < words.index("Audit a case")
    desk.click("Write who was told")
    assert (desk.place.screen, desk.place.audit_id) == ("grading", audit_id)
    told = {"safe.told": "Team manager", "safe.told_on": "2026-11-02", "safe.told_at": "14:00"}
    desk.context.bus.publish(grading.set_many(audit_id, {**told, "safe.told_how": "By telephone"}))
    assert "is not safe" not in show_home(desk)


def test_the_last_audit_is_continued_with_one_click(desk: Desk) -> None:
    desk.open()
    desk.grade_new("2024-0120")
    last = desk.grade_new("2024-0121")
    desk.context.bus.publish(desk.session.grading.set(last, "case.team", "North"))
    show_home(desk)
    desk.click("Continue")
    assert desk.place.audit_id == last


def test_what_is_due_is_listed_by_its_day_and_counted(desk: Desk) -> None:
    desk.open()
    today = date.today()
    for reference, days in (("late", -3), ("soon", 2), ("far", 100)):
        audit_id = desk.grade_new(reference)
        day = (today + timedelta(days=days)).isoformat()
        desk.context.bus.publish(desk.session.grading.set(audit_id, "audit.due", day))
    words = show_home(desk)
    assert "3 drafts · 1 overdue · 1 due soon · 0 submitted" in words
    assert "Overdue by 3 days" in words
    assert words.index("\nlate\n") < words.index("\nsoon\n") < words.rindex("\nfar\n")


def test_due_is_said_from_where_we_are() -> None:
    today = date(2026, 11, 22)
    said = {days: due_words(today + timedelta(days=days), today) for days in (-1, 0, 1, 14, 15)}
    assert said == {
        -1: "overdue by 1 day",
        0: "due today",
        1: "due tomorrow",
        14: "due in 14 days",
        15: "due 7 December 2026",
    }
    assert due_words(None, today) == ""


def test_the_sample_opens_from_home_and_this_workspace_stays_as_it_is(desk: Desk) -> None:
    desk.open()
    own = desk.session.workspace.path
    desk.click("Open the sample")
    desk.wait(lambda: desk.window.workbench is not None and desk.session.workspace.path != own)
    assert len(desk.session.audits.rows()) > 10
