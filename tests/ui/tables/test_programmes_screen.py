"""Programmes: listed with their audits, made, changed and removed, by keyboard too; and what is refused."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from table_desk import Desk, button, column, select

from audit_app.core.programme import Programme, ProgrammeType
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.ui.dialogs.programme_dialog import ProgrammeDialog

TITLE = "Children in care baseline"
Open = Callable[..., ProgrammeDialog]


@pytest.fixture
def open_dialog(own: Desk) -> Iterator[Open]:
    """Opens the dialog as the screen does, for a programme or a new one."""
    opened: list[ProgrammeDialog] = []

    def show(programme: Programme | None = None) -> ProgrammeDialog:
        dialog = ProgrammeDialog(own.context, programme, own.bench)
        opened.append(dialog)
        with own.qtbot.waitExposed(dialog):
            dialog.show()
        return dialog

    yield show
    for dialog in opened:
        dialog.reject()
        dialog.deleteLater()


def titles(dialog: ProgrammeDialog) -> list[str]:
    return [cohort.title for cohort in dialog.draft().cohorts]


def keys(*pressed: tuple[Qt.Key, Qt.KeyboardModifier] | Qt.Key) -> None:
    """Press keys wherever the focus is."""
    for one in pressed:
        key, modifier = one if isinstance(one, tuple) else (one, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def enter(desk: Desk, dialog: ProgrammeDialog) -> None:
    """Press Enter in a title that is being typed, which Qt takes a moment later."""
    keys(Qt.Key.Key_Return)
    desk.wait(dialog.cohorts.list.hasFocus)


# -- The list -------------------------------------------------------------------------------------


def test_programmes_are_listed_with_how_many_audits_they_hold(own: Desk) -> None:
    draft = ProgrammeDraft("Spring", ProgrammeType.PRACTICE_WEEK, "Voice", form_id="dip-sample")
    programme, _ = own.session.programmes.create(draft)
    own.session.audits.start("CIC-50", programme.id)
    pane = own.go("programmes").table
    rows = dict(zip(column(pane, "title"), range(2), strict=True))
    assert set(rows) == {TITLE, "Spring"}
    at = rows["Spring"]
    assert [column(pane, one)[at] for one in ("type", "theme", "drafts", "submitted", "cohorts")] == [
        *("Practice week", "Voice", "1", "0", ""),
    ]
    at = rows[TITLE]
    assert [column(pane, one)[at] for one in ("drafts", "submitted")] == ["0", "14"]
    assert column(pane, "cohorts")[at] == "Last 10 into care, 8-11 months into care"


def test_a_workspace_without_programmes_says_what_one_is(empty: Desk) -> None:
    screen = empty.go("programmes")
    assert "A programme is a round of audits" in screen.table.empty.words


def test_a_programme_leads_to_its_audits_and_to_its_summary(own: Desk) -> None:
    screen = own.go("programmes")
    select(screen.table, "title", TITLE)
    own.click("Show its audits")
    assert own.screen.screen_id == "my_audits"
    assert own.screen.about.sentence == f"Audits in “{TITLE}”"
    own.go("programmes")
    select(own.table, "title", TITLE)
    own.click("Show its summary")
    assert own.screen.screen_id == "summary"
    assert own.screen.summary.programme.title == TITLE


def test_an_empty_programme_is_deleted_after_asking_with_its_name(own: Desk) -> None:
    own.session.programmes.create(ProgrammeDraft("Spring"))
    screen = own.go("programmes")
    select(screen.table, "title", "Spring")
    own.answers.press("Delete")
    own.press(Qt.Key.Key_Delete)
    own.wait(lambda: column(screen.table, "title") == [TITLE])
    assert "Delete “Spring”?" in own.answers.said[0]


def test_a_programme_with_audits_is_not_deleted_and_the_reason_is_told(own: Desk) -> None:
    screen = own.go("programmes")
    select(screen.table, "title", TITLE)
    assert not button(own.bench, "Delete").isEnabled()
    own.answers.press("Close")
    own.press(Qt.Key.Key_Delete)
    assert "has audits" in own.answers.said[0]


# -- The dialog -----------------------------------------------------------------------------------


def test_a_programme_is_made_by_keyboard_alone(own: Desk) -> None:
    def fill(dialog: Any) -> None:
        QTest.keyClicks(QApplication.focusWidget(), "Spring 2026")
        keys(Qt.Key.Key_Tab)
        QTest.keyClicks(QApplication.focusWidget(), "Practice")
        keys(Qt.Key.Key_Tab)
        QTest.keyClicks(QApplication.focusWidget(), "Short")  # a form by the letters of its title
        keys(Qt.Key.Key_Tab)
        QTest.keyClicks(QApplication.focusWidget(), "Voice")
        keys(Qt.Key.Key_Tab)
        QTest.keyClicks(QApplication.focusWidget(), "1/4/2026")
        keys(Qt.Key.Key_Tab)
        QTest.keyClicks(QApplication.focusWidget(), "30/4/2026")
        keys(Qt.Key.Key_Tab, Qt.Key.Key_Tab)  # past how long its audits are kept
        for title in ("Under five", "Over five"):
            keys(Qt.Key.Key_Insert)
            QTest.keyClicks(QApplication.focusWidget(), title)
            enter(own, dialog)
        keys((Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier))
        button(dialog, "Keep").setFocus()
        keys(Qt.Key.Key_Space)

    screen = own.go("programmes")
    own.answers.do(fill)
    button(own.bench, "New programme").setFocus()
    own.press(Qt.Key.Key_Space)
    own.wait(lambda: "Spring 2026" in column(screen.table, "title"))
    made = own.session.programmes.by_title("Spring 2026")
    assert made.type is ProgrammeType.PRACTICE_WEEK
    assert (made.theme, made.period_from, made.period_to) == ("Voice", date(2026, 4, 1), date(2026, 4, 30))
    assert [cohort.title for cohort in made.cohorts] == ["Over five", "Under five"]
    assert [row.programme.title for row in screen.table.selected_rows()] == ["Spring 2026"]


def test_cohorts_are_renamed_moved_and_removed_with_keys_and_with_buttons(
    own: Desk, open_dialog: Open
) -> None:
    draft = ProgrammeDraft("Spring", cohorts=tuple(CohortDraft(None, title) for title in "ABC"))
    programme, _ = own.session.programmes.create(draft)
    dialog = open_dialog(programme)
    cohorts = dialog.cohorts
    cohorts.list.setFocus()
    cohorts.list.setCurrentRow(0)
    keys((Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier))
    assert titles(dialog) == ["B", "A", "C"]
    keys(Qt.Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "Under five")
    enter(own, dialog)
    assert titles(dialog) == ["B", "Under five", "C"]
    keys(Qt.Key.Key_Delete)
    assert titles(dialog) == ["B", "C"]
    cohorts.list.setCurrentRow(1)
    button(dialog, "Move up").click()
    assert titles(dialog) == ["C", "B"]
    button(dialog, "Remove").click()
    assert titles(dialog) == ["B"]
    button(dialog, "Keep").click()
    after = own.session.programmes.get(programme.id)
    assert [cohort.title for cohort in after.cohorts] == ["B"]
    assert after.cohorts[0].id == next(c.id for c in programme.cohorts if c.title == "B")


@pytest.mark.parametrize("title", ["", "  ", "CHILDREN in care  baseline"])
def test_a_title_that_cannot_be_is_refused_beside_the_title(open_dialog: Open, title: str) -> None:
    dialog = open_dialog()
    dialog.title_edit.setText(title)
    button(dialog, "Keep").click()
    assert dialog._title.error
    assert dialog.title_edit.hasFocus()
    assert dialog.isVisible()
    dialog.title_edit.setText("Another")
    button(dialog, "Keep").click()
    assert not dialog.isVisible()


def test_a_period_that_ends_before_it_begins_is_refused_beside_its_end(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.title_edit.setText("Spring")
    dialog.from_edit.show_value("")
    for edit, words in ((dialog.from_edit, "2/5/2026"), (dialog.to_edit, "1/5/2026")):
        edit.line.setFocus()
        QTest.keyClicks(edit.line, words)
    button(dialog, "Keep").click()
    assert "ends before it begins" in dialog._to.error


def test_what_is_no_date_is_refused_beside_its_field(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.title_edit.setText("Spring")
    dialog.from_edit.line.setFocus()
    QTest.keyClicks(dialog.from_edit.line, "soon")
    button(dialog, "Keep").click()
    assert "“soon” is not a date" in dialog._from.error
    assert dialog.isVisible()
    dialog.from_edit.line.setFocus()
    dialog.from_edit.line.selectAll()
    QTest.keyClicks(dialog.from_edit.line, "1/5/2026")
    button(dialog, "Keep").click()
    assert not dialog.isVisible()


@pytest.mark.parametrize("second", ["", "under  FIVE"])
def test_a_cohort_without_a_title_of_its_own_is_refused_beside_the_cohorts(
    own: Desk, open_dialog: Open, second: str
) -> None:
    dialog = open_dialog()
    dialog.title_edit.setText("Spring")
    for title in ("Under five", second):
        dialog.cohorts.add()
        edit = dialog.cohorts.list.findChild(QLineEdit)
        edit.setText(title)
        enter(own, dialog)
    button(dialog, "Keep").click()
    assert dialog._cohorts.error


def test_a_title_still_being_typed_is_kept_with_the_programme(own: Desk, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.title_edit.setText("Spring")
    dialog.cohorts.add()
    QTest.keyClicks(QApplication.focusWidget(), "Under five")
    QTest.keyClick(dialog, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    own.wait(lambda: not dialog.isVisible())
    assert [cohort.title for cohort in own.session.programmes.by_title("Spring").cohorts] == ["Under five"]


def test_a_cohort_with_audits_stays(own: Desk, open_dialog: Open) -> None:
    programme = own.session.programmes.by_title(TITLE)
    dialog = open_dialog(programme)
    dialog.cohorts.list.setCurrentRow(0)
    button(dialog, "Remove").click()
    button(dialog, "Keep").click()
    assert "has audits, so it can be renamed but not removed" in dialog._cohorts.error
    assert own.session.programmes.get(programme.id).cohorts == programme.cohorts


def test_the_form_of_a_programme_with_audits_cannot_be_chosen(own: Desk, open_dialog: Open) -> None:
    dialog = open_dialog(own.session.programmes.by_title(TITLE))
    assert not dialog.form_box.isEnabled()
    assert dialog.form_box.currentData() == "six-domains-3"


def test_giving_up_changes_nothing(own: Desk) -> None:
    def rename_and_leave(dialog: Any) -> None:
        dialog.title_edit.setText("Something else")
        button(dialog, "Cancel").click()

    screen = own.go("programmes")
    select(screen.table, "title", TITLE)
    own.answers.do(rename_and_leave)
    own.press(Qt.Key.Key_Return)
    assert column(screen.table, "title") == [TITLE]
