"""The fields by themselves: what they take, what they leave to the window, and what they never do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from audit_app.core.form import NOT_GRADED, Grade, GradeScale, Option, Shape
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.choice_box import ChoiceBox
from audit_app.ui.widgets.date_edit import CalendarPopup, DateEdit
from audit_app.ui.widgets.grade_buttons import GradeButtons
from audit_app.ui.widgets.line_edit import LineEdit
from audit_app.ui.widgets.link_line import LinkLine
from audit_app.ui.widgets.text_edit import MAX_TEXT, TextEdit

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
CONTROL = Qt.KeyboardModifier.ControlModifier
SCALE = GradeScale(
    "t",
    (
        Grade("good", "Good", "Good", Shape.CIRCLE, 1),
        Grade("requires_improvement", "Requires improvement", "RI", Shape.TRIANGLE, 2),
    ),
    "good",
)


@pytest.fixture
def theme(qapp: QApplication, tmp_path: Path) -> Theme:
    return Theme(qapp, Preferences(tmp_path))


Show = Callable[[QWidget], QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Shows a widget in a window, with the focus."""
    kept = []

    def in_window(widget: QWidget) -> QWidget:
        window = QWidget()
        kept.append(window)
        QVBoxLayout(window).addWidget(widget)
        window.resize(500, 400)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        widget.setFocus()
        return window

    yield in_window
    for window in kept:
        shiboken6.delete(window)


@pytest.mark.parametrize("made", [TextEdit, LineEdit])
@pytest.mark.parametrize("keys", ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"])
def test_undo_and_redo_are_left_to_the_window(show: Show, made: type[QWidget], keys: str) -> None:
    editor = made()
    window = show(editor)
    presses: list[str] = []
    shortcut = QShortcut(QKeySequence(keys), window)
    shortcut.activated.connect(lambda: presses.append(keys))
    QTest.keyClicks(editor, "Seen")
    combination = QKeySequence(keys)[0]
    QTest.keyClick(editor, combination.key(), combination.keyboardModifiers())
    assert presses == [keys]
    assert editor.text() == "Seen"


@pytest.mark.parametrize("made", [TextEdit, LineEdit])
def test_the_menu_of_a_field_offers_no_undo_of_its_own(show: Show, made: type[QWidget]) -> None:
    editor = made()
    show(editor)
    where = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, editor.mapToGlobal(where))
    editor.contextMenuEvent(event)
    menu = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
    names = [action.objectName() for action in menu.actions()]
    menu.close()
    assert "edit-paste" in names
    assert not {"edit-undo", "edit-redo"} & set(names)
    assert names[0] != ""


def test_a_paste_brings_words_alone(show: Show) -> None:
    editor = TextEdit()
    show(editor)
    data = QMimeData()
    data.setHtml("<b>Bold</b> of ours")
    data.setText("Zoë’s\u00a0file \U0001f642\r\n\x07next\ttab\u2028line")
    editor.insertFromMimeData(data)
    assert editor.text() == "Zoë’s\u00a0file \U0001f642\nnext\ttab\nline"


def test_a_paste_beyond_all_measure_is_cut(show: Show) -> None:
    editor = TextEdit()
    show(editor)
    data = QMimeData()
    data.setText("x" * (MAX_TEXT + 10))
    editor.insertFromMimeData(data)
    assert len(editor.text()) <= MAX_TEXT


def test_the_cursor_is_counted_in_characters(show: Show) -> None:
    editor = TextEdit()
    show(editor)
    editor.show_value("a\U0001f642b")
    editor.set_cursor(2)
    assert editor.cursor_position() == 2
    QTest.keyClicks(editor, "X")
    assert editor.text() == "a\U0001f642Xb"
    editor.show_value("a\U0001f642\U0001f600Xb")
    assert editor.cursor_position() == 3


def test_a_text_grows_with_what_is_written_up_to_a_bound(show: Show) -> None:
    editor = TextEdit(rows=2, most_rows=5)
    show(editor)
    small = editor.sizeHint().height()
    editor.show_value("line\n" * 3)
    larger = editor.sizeHint().height()
    editor.show_value("line\n" * 40)
    assert small < larger < editor.sizeHint().height() < 2.5 * larger


def test_a_wheel_over_a_list_scrolls_the_page(show: Show) -> None:
    box = ChoiceBox((Option("a", "One"), Option("b", "Two")))
    show(box)
    chosen: list[str] = []
    box.chosen.connect(chosen.append)
    wheel = QWheelEvent(
        QPointF(5, 5), box.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    box.wheelEvent(wheel)
    assert not wheel.isAccepted()
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert chosen == ["a", ""]


def test_an_answer_that_the_form_no_longer_has_is_still_shown(show: Show) -> None:
    box = ChoiceBox((Option("a", "One"),))
    show(box)
    box.show_value("gone")
    assert box.currentText() == "gone"


def test_a_day_is_picked_from_the_calendar_by_key(show: Show) -> None:
    edit = DateEdit(locale=BRITISH)
    show(edit)
    entered: list[str] = []
    edit.entered.connect(entered.append)
    edit.show_value("2019-10-31")
    QTest.keyClick(edit.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = edit.findChild(CalendarPopup)
    calendar = popup.findChild(QCalendarWidget)
    QTest.keyClick(calendar.focusProxy() or calendar, Qt.Key.Key_Left)
    calendar.activated.emit(calendar.selectedDate())
    assert entered == ["2019-10-30"]
    assert edit.line.text() == "30/10/2019"


def test_a_date_is_not_taken_before_its_year_is_whole(show: Show) -> None:
    edit = DateEdit(locale=BRITISH)
    show(edit)
    entered: list[str] = []
    edit.entered.connect(entered.append)
    QTest.keyClicks(edit.line, "1/2/20")
    assert entered == []
    QTest.keyClicks(edit.line, "19")
    assert entered == ["2019-02-01"]


def test_grades_move_with_the_arrows_and_are_given_with_space(show: Show, theme: Theme) -> None:
    buttons = GradeButtons(SCALE, theme)
    buttons.set_what("Voice")
    show(buttons)
    graded: list[str] = []
    buttons.graded.connect(graded.append)
    buttons.take_focus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert graded == ["requires_improvement", NOT_GRADED, ""]


def test_grades_are_given_with_the_mouse_and_only_once(show: Show, theme: Theme) -> None:
    buttons = GradeButtons(SCALE, theme)
    show(buttons)
    graded: list[str] = []
    buttons.graded.connect(graded.append)
    button = buttons._buttons()[1]
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    buttons.set_read_only(True)
    QTest.mouseClick(buttons._buttons()[0], Qt.MouseButton.LeftButton)
    assert graded == ["requires_improvement"]
    assert button.isChecked()


def test_grades_use_their_short_words_where_the_long_ones_do_not_fit(
    show: Show, qtbot: QtBot, theme: Theme
) -> None:
    buttons = GradeButtons(SCALE, theme)
    window = show(buttons)
    window.resize(700, 400)
    qtbot.waitUntil(lambda: buttons.width() > 650)
    buttons.set_what("Voice")
    assert [button.words for button in buttons._buttons()] == ["Good", "Requires improvement", "Not graded"]
    window.resize(330, 400)
    qtbot.waitUntil(lambda: buttons._buttons()[1].words == "RI")
    assert buttons._buttons()[1].accessibleName().startswith("Requires improvement")


def test_a_link_takes_as_many_lines_as_it_needs(show: Show, theme: Theme) -> None:
    link = LinkLine(theme)
    show(link)
    link.say("Write the evidence behind the grade for Management oversight")
    assert link.heightForWidth(150) > 2 * link.heightForWidth(900) - 10
    pressed: list[bool] = []
    link.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(link, Qt.Key.Key_Return)
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert len(pressed) == 2
