"""The lock: by hand, by itself, and the way back to the same field and cursor."""

import pytest
from frame_desk import PASSPHRASE, Desk
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QTextEdit

from audit_app.core.errors import CannotWrite
from audit_app.ui.screen import Place


def lock(desk: Desk) -> None:
    desk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: desk.window.workbench is None)


def test_locking_closes_the_workspace_and_shows_nothing_of_it(desk: Desk) -> None:
    desk.open()
    desk.session.audits.start("2024-0117")
    path = desk.session.workspace.path
    lock(desk)
    assert "Work is locked" in desk.words()
    assert "2024-0117" not in desk.words()
    assert desk.window.context is None
    desk.service.open(path, PASSPHRASE).close()  # nobody else has it open now


def test_unlocking_returns_to_the_same_field_and_cursor_with_what_was_typed(desk: Desk) -> None:
    desk.open()
    audit_id = desk.grade_new()
    desk.bench.go(Place("grading", audit_id=audit_id, field="voice.evidence"))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QTextEdit)
    desk.qtbot.keyClicks(editor, "She says that she is heard")
    for _ in range(6):
        desk.press(Qt.Key.Key_Left)
    lock(desk)
    desk.unlock()
    desk.wait(lambda: desk.window.workbench is not None)
    assert desk.session.audits.get(audit_id).value("voice.evidence") == "She says that she is heard"
    assert (desk.place.audit_id, desk.place.field, desk.place.cursor) == (audit_id, "voice.evidence", 20)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QTextEdit)
    assert editor.textCursor().position() == 20


def test_the_window_locks_itself_after_the_minutes_that_were_set(desk: Desk) -> None:
    desk.parts.preferences.lock_minutes = 5
    desk.open()
    watch = desk.window.idle_watch
    assert watch is not None
    desk.clock.now += 299
    watch.check()
    desk.qtbot.wait(20)
    assert desk.window.workbench is not None
    desk.clock.now += 1
    watch.check()
    desk.wait(lambda: desk.window.workbench is None)


def test_a_key_starts_the_wait_anew(desk: Desk) -> None:
    desk.open()
    watch = desk.window.idle_watch
    assert watch is not None
    desk.clock.now += 14 * 60
    desk.press(Qt.Key.Key_Shift)
    desk.clock.now += 14 * 60
    watch.check()
    desk.qtbot.wait(20)
    assert desk.window.workbench is not None


def test_a_dialog_in_front_is_given_up_by_the_lock(desk: Desk) -> None:
    desk.open()
    QTimer.singleShot(50, desk.window.lock)
    desk.click("Audit a case")
    desk.wait(lambda: desk.window.workbench is None)
    assert desk.dialog() is None


def test_it_stays_open_when_what_was_typed_cannot_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, played by a screen that cannot commit."""
    desk.open()
    shown = desk.bench.screen_shown

    def refuse() -> None:
        raise CannotWrite("The disk is full.")

    monkeypatch.setattr(shown, "commit", refuse)
    said = []

    def answer() -> None:
        dialog = desk.dialog()
        assert dialog is not None
        said.append(desk.words(dialog))
        desk.click("Close", dialog)

    QTimer.singleShot(100, answer)
    desk.window.lock()
    desk.wait(lambda: bool(said))
    assert "The disk is full." in said[0]
    assert desk.window.workbench is not None
    monkeypatch.undo()


def test_a_locked_window_can_open_another_workspace(desk: Desk) -> None:
    desk.open()
    audit_id = desk.grade_new()
    path = desk.session.workspace.path
    lock(desk)
    desk.click("Open another workspace")
    desk.open(desk.make("Other"))
    assert desk.place.screen == "home"
    desk.window.open_another()
    desk.open(path)
    assert desk.place.screen == "home"  # a place is kept for the way straight back alone
    assert desk.session.audits.get(audit_id).reference == "2024-0117"


def test_wrong_passphrases_are_forgotten_once_one_was_right(desk: Desk) -> None:
    desk.window.start(desk.make())
    desk.unlock("wrong")
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    desk.wait(lambda: "Unlock" in desk.words())
    desk.unlock()
    desk.wait(lambda: desk.window.workbench is not None)
    lock(desk)
    desk.unlock("wrong")
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    assert "Try again in 1 s" in desk.words()


def test_the_lock_is_not_offered_before_anything_is_open(desk: Desk) -> None:
    desk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.wait(20)
    assert "New workspace…" in desk.words()
