"""The frame around the screens: where one is, what is saved, menus and keys, and leaving."""

from datetime import datetime

import pytest
from frame_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget

from audit_app.core.changes import Changes, Kind
from audit_app.ui.catalogue import SCREENS
from audit_app.ui.change_bus import SaveState
from audit_app.ui.screen import Place
from audit_app.ui.strip import saved_words


def navigation(desk: Desk) -> QListWidget:
    return desk.bench.navigation.list


def test_the_navigation_lists_the_screens_there_are_in_order(desk: Desk) -> None:
    desk.open()
    listed = [navigation(desk).item(row).text() for row in range(navigation(desk).count())]
    assert listed == [entry.title for entry in SCREENS if entry.icon]


def test_arrow_keys_show_screens_and_enter_goes_into_them(desk: Desk) -> None:
    desk.open()
    navigation(desk).setFocus()
    desk.press(Qt.Key.Key_Down)
    shown = desk.bench.screen_shown
    assert desk.place.screen == "my_audits"
    assert QApplication.focusWidget() is not None
    navigation(desk).setFocus()
    desk.press(Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert shown is not None
    assert focus is not None
    assert shown.isAncestorOf(focus)


def test_back_leads_where_one_was(desk: Desk) -> None:
    desk.open()
    audit_id = desk.grade_new()
    desk.bench.go(Place("my_audits"))
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (desk.place.screen, desk.place.audit_id) == ("grading", audit_id)
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.place.screen == "home"


def test_a_place_that_is_gone_is_told_and_one_stays_where_one_is(desk: Desk) -> None:
    from PySide6.QtCore import QTimer

    desk.open()
    said = []

    def answer() -> None:
        dialog = desk.dialog()
        assert dialog is not None
        said.append(desk.words(dialog))
        desk.click("Close", dialog)

    QTimer.singleShot(100, answer)
    desk.bench.go(Place("grading", audit_id="3f6c1a52-0000-4000-8000-000000000000"))
    assert said
    assert desk.place.screen == "home"


def test_f6_goes_from_part_to_part_and_round_again(desk: Desk) -> None:
    desk.open()
    parts = []
    for _ in range(3):
        desk.press(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        parts.append(desk.bench.navigation.isAncestorOf(focus))
    assert True in parts
    assert False in parts


def test_a_screen_that_is_not_in_front_learns_of_changes_when_it_is_shown(desk: Desk) -> None:
    desk.open()
    home = desk.bench.screen_shown
    desk.bench.go(Place("my_audits"))
    _, changes = desk.session.audits.start("2024-0117")
    desk.context.bus.publish(changes)
    desk.bench.go(Place("home"))
    assert desk.bench.screen_shown is home
    assert "2024-0117" in desk.words(home)


# -- What is saved ---------------------------------------------------------------------------------


def test_the_strip_says_what_is_kept() -> None:
    at = datetime(2026, 11, 22, 14, 3).astimezone()
    assert saved_words(SaveState()) == "All changes saved"
    assert saved_words(SaveState(at)).startswith("All changes saved ")
    assert "14" in saved_words(SaveState(at)) or "2" in saved_words(SaveState(at))
    assert saved_words(SaveState(at, pending=True)) == "Saving…"
    assert saved_words(SaveState(at, True, "The disk is full.")) == "Not saved: The disk is full."


def test_the_strip_follows_what_the_screens_tell(desk: Desk) -> None:
    desk.open()
    bus, strip = desk.context.bus, desk.bench.strip
    assert strip.saved_text == "All changes saved"
    bus.say_pending()
    assert strip.saved_text == "Saving…"
    bus.publish(Changes(frozenset({Kind.ANSWERS})))
    assert strip.saved_text.startswith("All changes saved ")
    bus.say_not_saved("The disk is full.")
    assert strip.saved_text == "Not saved: The disk is full."


# -- Menus and keys --------------------------------------------------------------------------------


def test_undo_and_redo_in_the_menu_work_on_the_audit(desk: Desk) -> None:
    desk.open()
    audit_id = desk.grade_new()
    desk.bench.go(Place("grading", audit_id=audit_id, field="voice.grade"))
    desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert desk.session.audits.get(audit_id).value("voice.grade") == "requires_improvement"
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.session.audits.get(audit_id).value("voice.grade") == ""
    desk.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert desk.session.audits.get(audit_id).value("voice.grade") == "requires_improvement"


def test_what_makes_no_sense_is_switched_off_in_the_menus(desk: Desk) -> None:
    actions = desk.window.commands.actions
    assert not any(action.isEnabled() for action in actions.need_workspace)
    desk.open()
    assert actions.lock.isEnabled()
    assert actions.find.isEnabled()
    assert not actions.undo.isEnabled()
    assert not actions.back.isEnabled()


def test_every_menu_entry_has_a_mnemonic_of_its_own(desk: Desk) -> None:
    for menu in desk.window.menuBar().actions():
        opened = menu.menu()
        texts = [action.text() for action in opened.actions() if not action.isSeparator()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters), texts


def test_the_size_of_text_changes_by_key_and_is_remembered(desk: Desk) -> None:
    before = desk.window.font().pointSizeF()
    desk.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.parts.preferences.zoom == 125
    assert desk.window.font().pointSizeF() == pytest.approx(before * 1.25, rel=0.02)
    desk.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.font().pointSizeF() == before


def test_the_navigation_can_be_hidden_and_stays_hidden(desk: Desk) -> None:
    desk.open()
    desk.press(Qt.Key.Key_F9)
    assert not desk.bench.navigation.isVisible()
    path = desk.session.workspace.path
    desk.window.open_another()
    desk.open(path)
    assert not desk.bench.navigation.isVisible()


def test_another_workspace_can_be_opened_in_the_same_window(desk: Desk) -> None:
    desk.open()
    other = desk.make("Other")
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    desk.open(other)
    assert desk.session.workspace.path == other
    assert desk.place.screen == "home"


# -- Leaving ---------------------------------------------------------------------------------------


def test_closing_keeps_what_was_typed_and_lets_the_workspace_go(desk: Desk) -> None:
    from frame_desk import PASSPHRASE

    desk.open()
    audit_id = desk.grade_new()
    desk.bench.go(Place("grading", audit_id=audit_id, field="voice.evidence"))
    desk.qtbot.keyClicks(QApplication.focusWidget(), "Seen alone")
    path = desk.session.workspace.path
    desk.window.close()
    again = desk.service.open(path, PASSPHRASE)
    assert again.audits.get(audit_id).value("voice.evidence") == "Seen alone"
    again.close()


def test_the_size_of_the_window_is_remembered(desk: Desk) -> None:
    desk.window.resize(900, 640)
    desk.window.close()
    assert not desk.parts.preferences.state("window/geometry").isEmpty()
