"""Everybody can use it: names and states for screen readers, large text, narrow windows."""

import pytest
from grading_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from audit_app.core.form import NOT_GRADED
from audit_app.ui.dialogs.audit_history import AuditHistoryDialog
from audit_app.ui.grading.mnemonics import with_mnemonics
from audit_app.ui.grading.overall_step import rule_in_words
from audit_app.ui.grading.step_list import StepList
from audit_app.ui.theme import Theme

pytest_plugins = ("grading_fixtures",)

STEPS = ("case", "recording", "overall", "feedback", "actions", "review")


def unnamed(root: QWidget) -> list[str]:
    """What can take the focus and says nothing to a screen reader."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(root):
            interface = QAccessible.queryAccessibleInterface(widget)
            if not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


@pytest.mark.parametrize("submitted", [False, True])
def test_everything_that_takes_the_focus_has_a_name(desk: Desk, submitted: bool) -> None:
    desk.context.bus.publish(desk.session.grading.set(desk.audit_id, "action.1.what", "Write it up"))
    if submitted:
        desk.fill()
        values = {"action.1.owner": "Manager", "action.1.due": "2024-06-01"}
        desk.context.bus.publish(desk.session.grading.set_many(desk.audit_id, values))
        desk.screen.draft.submit()
    for step in STEPS:
        desk.go(step)
        assert unnamed(desk.screen) == []


def test_a_widget_without_a_name_is_noticed(desk: Desk) -> None:
    planted = QWidget(desk.page)
    planted.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    planted.show()
    assert unnamed(desk.screen) == ["QWidget in CaseStep"]


def test_answers_and_grades_are_told_with_their_state(desk: Desk) -> None:
    desk.go("recording")
    desk.press("m", "Up", "2")
    answer = QAccessible.queryAccessibleInterface(QApplication.focusWidget())
    assert answer.role() is QAccessible.Role.RadioButton
    assert answer.text(QAccessible.Text.Name).startswith("Met – The record is up to date")
    assert answer.state().checked
    desk.go("recording.grade")
    grade = QAccessible.queryAccessibleInterface(QApplication.focusWidget())
    assert grade.text(QAccessible.Text.Name) == "Requires improvement – Case recording: grade"
    assert grade.state().checked


def test_a_step_tells_its_progress_and_grade(desk: Desk) -> None:
    desk.go("recording")
    desk.press("2")
    steps = desk.screen.findChildren(StepList)[0]
    told = steps.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Case recording, begun, Requires improvement"


def test_prompts_are_told_to_a_screen_reader(desk: Desk) -> None:
    desk.go("recording.evidence")
    told = QAccessible.queryAccessibleInterface(QApplication.focusWidget())
    assert told.text(QAccessible.Text.Name) == "Evidence"
    assert told.text(QAccessible.Text.Description).startswith("Which entries")


@pytest.fixture
def large_text(desk: Desk):
    theme: Theme = desk.context.theme
    theme.set_zoom(200)
    yield
    theme.set_zoom(100)


@pytest.mark.parametrize("size", [(986, 600), (902, 494)])
def test_nothing_is_cut_off_at_the_side_in_large_text(desk: Desk, large_text, size: tuple[int, int]) -> None:
    if size == (902, 494):
        desk.context.theme.set_zoom(100)  # 1366 by 768 at 125%
    desk.context.bus.publish(desk.session.grading.set(desk.audit_id, "action.1.what", "Write it up"))
    desk.context.bus.publish(desk.session.grading.set(desk.audit_id, "safe.now", "no"))
    desk.screen.resize(*size)
    for step in STEPS:
        desk.go(step)
        desk.qtbot.wait(20)  # the layouts settle in the event loop
        assert desk.screen.width() == size[0]
        assert desk.page.horizontalScrollBar().maximum() == 0, step


def test_descriptors_go_beneath_when_there_is_no_room_beside(desk: Desk, large_text) -> None:
    spread = desk.screen.view.spread
    desk.screen.resize(986, 600)
    desk.go("recording")
    assert not spread.panel.isVisible()
    desk.press("Ctrl+D")
    assert spread.panel.isVisible()
    assert spread.orientation() is Qt.Orientation.Vertical


def test_the_list_of_steps_is_a_right_model(desk: Desk) -> None:
    model = desk.screen.findChildren(StepList)[0].model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    desk.go("recording")
    desk.press("m", "2", "0")
    desk.go("overall")
    desk.press("n", "3")


def test_the_history_says_who_when_from_and_to(desk: Desk) -> None:
    desk.go("recording")
    desk.press("2", "1")
    dialog = AuditHistoryDialog(desk.context, desk.screen.draft.audit)
    desk.qtbot.addWidget(dialog)
    model = dialog.table.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    latest = [model.index(0, column).data() for column in range(1, 5)]
    assert latest == ["Anna Jones", "Case recording: grade: changed", "Requires improvement", "Good"]
    assert unnamed(dialog) == []
    assert isinstance(dialog, QDialog)


def test_labels_get_letters_that_no_other_has() -> None:
    labels = with_mnemonics(["Evidence", "Strengths", "Areas for development", "Strengths & more", "Eve"])
    letters = [label.replace("&&", "").partition("&")[2][:1].casefold() for label in labels]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set("fevh")
    assert [label.replace("&&", "\0").replace("&", "").replace("\0", "&") for label in labels] == [
        "Evidence", "Strengths", "Areas for development", "Strengths & more", "Eve",
    ]  # fmt: skip


def test_the_rule_is_told_in_words(desk: Desk) -> None:
    assert rule_in_words(desk.screen.draft.form) == (
        "any Inadequate gives Inadequate; 2 or more Requires improvement gives Requires improvement; "
        "otherwise Good."
    )
    four = desk.session.forms.by_id("six-domains-4")
    assert "4 or more Outstanding with no Requires improvement or Inadequate" in rule_in_words(four)


def test_domains_that_are_not_graded_are_counted_beside_the_suggestion(desk: Desk) -> None:
    desk.fill()
    desk.context.bus.publish(desk.session.grading.set(desk.audit_id, "voice.grade", NOT_GRADED))
    desk.go("overall")
    assert desk.page._left_out.isVisible()
    assert "1 of 6 domains" in desk.page._left_out.text()


def test_the_width_of_the_descriptors_is_remembered_once_dragged(desk: Desk) -> None:
    spread = desk.screen.view.spread
    desk.go("recording")
    spread.moveSplitter(spread.width() - 350, 1)
    dragged = spread.panel.width()
    desk.go("case")
    desk.go("planning")
    assert abs(spread.panel.width() - dragged) <= 5
