"""The recovery key and the passphrase, as a person at the window meets them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from frame_desk import PASSPHRASE, Desk
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from audit_app.core.errors import WrongPassphrase
from audit_app.core.recovery_key import RecoveryKey
from audit_app.ui.messages import FileKind, Messages
from audit_app.ui.opening.attempts import Attempts

NEW = "Five other words, and commas"


class Answering(QObject):
    """Answers the dialogs that stop the test, one after the other, each once it is in front."""

    def __init__(self, desk: Desk, *answers: Callable[[QDialog], None]) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._answers = list(answers)
        self._answered: list[QDialog] = []
        self.seen: list[str] = []
        QTimer.singleShot(20, self._answer)

    def _answer(self) -> None:
        dialog = self._desk.dialog()
        if dialog is not None and dialog not in self._answered and dialog.isVisible():
            self._answered.append(dialog)
            self.seen.append(self._desk.words(dialog))
            answer = self._answers.pop(0)
            if self._answers:
                QTimer.singleShot(20, self._answer)
            answer(dialog)
        else:
            QTimer.singleShot(20, self._answer)


def create(desk: Desk) -> Path:
    """Make a workspace in the window."""
    path = desk.documents / "Work.caseaudit"
    desk.window.open_screen.make_new()
    desk.type_into("Your name", "Zoë Adeyemi")
    desk.type_into("File", str(path))
    desk.type_into("Passphrase", PASSPHRASE)
    desk.type_into("Passphrase again", PASSPHRASE)
    desk.click("Create workspace")
    desk.wait(lambda: desk.window.workbench is not None)
    return path


def key_in(dialog: QWidget) -> str:
    """What the field for the recovery key holds."""
    (found,) = dialog.findChildren(QPlainTextEdit)
    return found.toPlainText()


def keys(desk: Desk) -> None:
    """Choose File > Keys."""
    desk.window.commands.actions.keys.trigger()


def unlock(desk: Desk, passphrase: str) -> None:
    """Type the passphrase and click, wherever the focus is after a dialog."""
    desk.type_into("Passphrase", passphrase)
    desk.click("Unlock")


def enter_key(desk: Desk, text: str) -> None:
    """Type a recovery key where the passphrase is asked for."""
    desk.click("Use the recovery key")
    (field,) = (one for one in desk.window.findChildren(QPlainTextEdit) if one.isVisible())
    assert desk.window.focusWidget() is field
    field.setPlainText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_new_workspace_offers_its_recovery_key_and_it_can_be_put_off(desk: Desk) -> None:
    create(desk)
    desk.wait(lambda: desk.dialog() is not None)
    offer = desk.dialog()
    assert "only the recovery key opens the workspace" in desk.words(offer)
    desk.click("Not now", offer)
    desk.wait(lambda: desk.dialog() is None)
    assert desk.session.keys.taken() is None


def test_the_recovery_key_that_is_shown_opens_the_workspace(desk: Desk) -> None:
    path = create(desk)
    desk.wait(lambda: desk.dialog() is not None)
    shown: list[str] = []

    def write_down(dialog: QDialog) -> None:
        shown.append(key_in(dialog))
        desk.click("Done", dialog)
        shown.append(key_in(dialog))

    answering = Answering(desk, write_down)
    offer = desk.dialog()
    QTimer.singleShot(0, offer.accept if offer else desk.window.close)
    desk.wait(lambda: len(shown) == 2)
    assert shown[1] == ""  # nothing of it stays in the window
    assert "Whoever has it and the workspace’s file can read everything" in answering.seen[-1]
    assert desk.session.keys.taken() is not None
    desk.wait(lambda: desk.dialog() is None)
    desk.window.lock()
    desk.wait(lambda: desk.window.workbench is None)
    enter_key(desk, shown[0].lower().replace("  ", "-"))
    desk.wait(lambda: desk.window.workbench is not None)
    assert desk.session.workspace.path == path
    assert desk.session.keys.opened_by_recovery_key


def test_a_slip_in_the_recovery_key_is_said_beside_it_and_nothing_waits(desk: Desk) -> None:
    path = desk.make()
    session = desk.service.open(path, PASSPHRASE)
    groups = list(session.keys.show().groups)
    session.close()
    desk.window.start(path)
    right = " ".join(groups)
    groups[6] = groups[6][:5] + ("7" if groups[6][5] != "7" else "8")
    enter_key(desk, " ".join(groups))
    form = desk.window.open_screen.unlock
    assert form.refusal == "Group 7 (line 2, group 3) is not as it was written down. Compare each character."
    assert form.recovery.key() is None
    (field,) = (one for one in desk.window.findChildren(QPlainTextEdit) if one.isVisible())
    assert "Group 7" in field.accessibleDescription()
    field.setPlainText(right)
    assert form.refusal == ""
    desk.click("Unlock")
    desk.wait(lambda: desk.window.workbench is not None)
    assert not any(right in one.toPlainText() for one in desk.window.findChildren(QPlainTextEdit))


def test_another_workspaces_recovery_key_is_refused_in_words(desk: Desk) -> None:
    other = RecoveryKey(bytes(32), bytes(16))
    path = desk.make()
    before = path.read_bytes()
    desk.window.start(path)
    enter_key(desk, " ".join(other.groups))
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    assert "That recovery key does not open “Work”." in desk.window.open_screen.unlock.refusal
    assert desk.button("Unlock").isEnabled()
    assert path.read_bytes() == before
    desk.click("Use the passphrase")
    unlock(desk, PASSPHRASE)
    desk.wait(lambda: desk.window.workbench is not None)


def test_the_keys_dialog_asks_for_the_passphrase_before_it_shows_the_key(desk: Desk) -> None:
    desk.open()
    shown: list[str] = []

    def wrong_then_right(dialog: QDialog) -> None:
        assert "a forgotten passphrase cannot be recovered" in desk.words(dialog)
        desk.type_into("Passphrase, to show it", "not it", dialog)
        desk.click("Show the recovery key…", dialog)
        desk.wait(lambda: "That is not the passphrase" in desk.words(dialog))
        desk.type_into("Passphrase, to show it", PASSPHRASE, dialog)
        desk.click("Show the recovery key…", dialog)
        desk.wait(lambda: bool(shown) and desk.dialog() is dialog)
        assert "It was shown on" in desk.words(dialog)
        desk.click("Close", dialog)

    def write_down(dialog: QDialog) -> None:
        shown.append(key_in(dialog))
        desk.click("Done", dialog)

    Answering(desk, wrong_then_right, write_down)
    keys(desk)
    assert RecoveryKey.read(shown[0]) == desk.session.keys.recovery_key()


def test_the_recovery_key_is_saved_where_the_person_says_after_a_warning(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open()
    target = desk.documents / "safe" / "key.txt"
    target.parent.mkdir()

    def choose(
        _self: Messages, _parent: QWidget | None, _title: str, suggested: str, _kind: FileKind
    ) -> Path | None:
        assert suggested == "Recovery key of Work.txt"
        return target

    monkeypatch.setattr(Messages, "choose_save", choose)  # the system's own dialog
    from audit_app.ui.keys.recovery_key_dialog import RecoveryKeyDialog

    def save(dialog: QDialog) -> None:
        desk.click("Save to a file…", dialog)
        assert f"Saved in {target}" in desk.words(dialog)
        desk.click("Done", dialog)

    def agree(dialog: QDialog) -> None:
        desk.click("Choose where…", dialog)

    answering = Answering(desk, save, agree)
    RecoveryKeyDialog.show_for(desk.context, desk.window)
    assert "do not leave it on this computer" in answering.seen[1]
    assert RecoveryKey.read(target.read_text(encoding="utf-8")) == desk.session.keys.recovery_key()


def change(desk: Desk, present: str | None, new: str = NEW) -> None:
    """Change the passphrase through the dialogs, and wait for the offer of a new recovery key."""

    def to_change(dialog: QDialog) -> None:
        desk.click("Change the passphrase…", dialog)

    def type_it(dialog: QDialog) -> None:
        if present is not None:
            desk.type_into("Present passphrase", present, dialog)
        desk.type_into("New passphrase", new, dialog)
        desk.type_into("New passphrase again", new, dialog)
        desk.click("Change the passphrase", dialog)

    Answering(desk, to_change, type_it)
    keys(desk)
    desk.wait(lambda: desk.window.workbench is not None and desk.dialog() is not None)


def test_the_passphrase_is_changed_and_the_person_is_where_they_were(desk: Desk) -> None:
    desk.open()
    path = desk.session.workspace.path
    audit_id = desk.grade_new()
    before = desk.place
    change(desk, PASSPHRASE)
    said = desk.words(desk.dialog())
    assert "The passphrase of “Work” was changed." in said
    assert "A recovery key from before no longer opens it" in said
    desk.click("Not now", desk.dialog())
    assert (desk.place.screen, desk.place.audit_id) == (before.screen, audit_id)
    desk.window.lock()
    desk.wait(lambda: desk.window.workbench is None)
    with pytest.raises(WrongPassphrase):
        desk.service.open(path, PASSPHRASE)
    unlock(desk, NEW)
    desk.wait(lambda: desk.window.workbench is not None)


def test_who_came_in_by_the_recovery_key_sets_a_new_passphrase_without_the_old(desk: Desk) -> None:
    path = desk.make()
    session = desk.service.open(path, PASSPHRASE)
    key = " ".join(session.keys.show().groups)
    session.close()
    desk.window.start(path)
    enter_key(desk, key)
    desk.wait(lambda: desk.window.workbench is not None)
    change(desk, None)
    desk.click("Not now", desk.dialog())
    desk.window.lock()
    desk.wait(lambda: desk.window.workbench is None)
    unlock(desk, NEW)
    desk.wait(lambda: desk.window.workbench is not None)
    assert not desk.session.keys.opened_by_recovery_key


def test_what_is_wrong_in_the_change_is_said_beside_the_field(desk: Desk) -> None:
    from audit_app.ui.keys.change_passphrase_dialog import ChangePassphraseDialog

    desk.open()

    def fill(dialog: QDialog, *texts: str) -> str:
        for name, text in zip(
            ("Present passphrase", "New passphrase", "New passphrase again"), texts, strict=True
        ):
            desk.type_into(name, text, dialog)
        desk.click("Change the passphrase", dialog)
        return desk.words(dialog)

    def try_each(dialog: QDialog) -> None:
        assert "The two passphrases differ." in fill(dialog, PASSPHRASE, NEW, NEW + "!")
        assert "Use at least 8 characters" in fill(dialog, PASSPHRASE, "short", "short")
        assert "That is the passphrase it has already." in fill(dialog, PASSPHRASE, PASSPHRASE, PASSPHRASE)
        assert "Type the passphrase that the workspace has now." in fill(dialog, "", NEW, NEW)
        fill(dialog, "not it", NEW, NEW)
        desk.wait(lambda: "That is not the passphrase" in desk.words(dialog))
        desk.click("Cancel", dialog)

    Answering(desk, try_each)
    assert ChangePassphraseDialog.ask(desk.context, desk.window) is None


def test_a_change_that_is_refused_leaves_the_workspace_locked_and_says_why(desk: Desk) -> None:
    desk.open()
    path = desk.session.workspace.path
    reader = desk.service.open_to_read(path, PASSPHRASE)
    assert reader.audits.rows() == ()
    try:

        def to_change(dialog: QDialog) -> None:
            desk.click("Change the passphrase…", dialog)

        def type_it(dialog: QDialog) -> None:
            desk.type_into("Present passphrase", PASSPHRASE, dialog)
            desk.type_into("New passphrase", NEW, dialog)
            desk.type_into("New passphrase again", NEW, dialog)
            desk.click("Change the passphrase", dialog)

        Answering(desk, to_change, type_it)
        keys(desk)
        desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    finally:
        reader.close()
    assert "is being read in another window or command" in desk.window.open_screen.unlock.refusal
    unlock(desk, PASSPHRASE)
    desk.wait(lambda: desk.window.workbench is not None)


def test_a_damaged_start_is_mended_when_the_person_says_so(desk: Desk) -> None:
    path = desk.make()
    content = path.read_bytes()
    path.write_bytes(bytes(5) + content[5:])
    desk.window.start(path)

    def mend(dialog: QDialog) -> None:
        desk.click("Mend it and open", dialog)

    answering = Answering(desk, mend)
    unlock(desk, PASSPHRASE)
    desk.wait(lambda: desk.window.workbench is not None)
    assert "its first 16 bytes" in answering.seen[0]
    assert path.read_bytes()[:16] == content[:16]


def test_locking_while_the_key_is_shown_takes_it_away(desk: Desk) -> None:
    from audit_app.ui.keys.recovery_key_dialog import RecoveryKeyDialog

    desk.open()
    seen: list[QDialog] = []

    def lock(dialog: QDialog) -> None:
        seen.append(dialog)
        desk.window.lock()
        assert key_in(dialog) == ""

    Answering(desk, lock)
    RecoveryKeyDialog.show_for(desk.context, desk.window)
    desk.wait(lambda: desk.window.workbench is None)
    assert seen
    assert QApplication.activeModalWidget() is None


def test_wrong_passphrases_wait_per_workspace_whichever_form_asks() -> None:
    now = [100.0]
    attempts = Attempts(lambda: now[0])
    one, other = Path("one.caseaudit"), Path("other.caseaudit")
    waits = []
    for _ in range(7):
        attempts.wrong(one)
        waits.append(attempts.wait(one))
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    assert attempts.wait(one.absolute()) == 30
    assert attempts.wait(other) == 0
    now[0] += 29.5
    assert attempts.wait(one) == 1
    now[0] += 0.5
    assert attempts.wait(one) == 0
    attempts.wrong(one)
    attempts.right(one)
    assert attempts.wait(one) == 0
    attempts.wrong(one)
    assert attempts.wait(one) == 1


def test_going_to_another_workspace_and_back_does_not_shorten_the_wait(desk: Desk) -> None:
    first, second = desk.make("First"), desk.make("Second")
    desk.window.start(first)
    for wrong in range(2):
        desk.wait(lambda: "Unlock" in desk.words())
        unlock(desk, "wrong" * (wrong + 1))
        desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    assert "Try again in 2 s" in desk.words()
    desk.window.open_screen.ask_for(second)
    assert "Try again" not in desk.words()
    desk.window.open_screen.ask_for(first)
    assert "Try again in" in desk.words()
    desk.window.open_screen.ask_for(second)
    unlock(desk, PASSPHRASE)
    desk.wait(lambda: desk.window.workbench is not None)
