"""Choosing, making and unlocking a workspace, as a person does it."""

from pathlib import Path

import pytest
from frame_desk import PASSPHRASE, Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from audit_app.ui.opening.create_form import NO_WAY_BACK


def test_the_first_start_offers_three_ways_to_begin(desk: Desk) -> None:
    for button in ("New workspace…", "Open a file…", "See the sample"):
        assert desk.button(button).isEnabled()
    assert desk.window.focusWidget() is desk.button("New workspace…")


def test_a_workspace_is_made_by_keyboard_and_opens_on_home(desk: Desk) -> None:
    path = desk.documents / "Zoë’s audits.caseaudit"
    desk.press(Qt.Key.Key_Space)
    assert NO_WAY_BACK in desk.words()
    desk.type_into("Your name", "Zoë Adeyemi")
    desk.type_into("File", str(path))
    desk.type_into("Passphrase", PASSPHRASE)
    desk.type_into("Passphrase again", PASSPHRASE)
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.window.workbench is not None)
    assert desk.place.screen == "home"
    assert desk.session.workspace.path == path
    assert desk.session.workspace.owner.name == "Zoë Adeyemi"
    assert PASSPHRASE.encode() not in path.read_bytes()


def test_what_is_wrong_in_a_new_workspace_is_said_beside_the_field(desk: Desk) -> None:
    taken = desk.make()
    desk.window.open_screen.make_new()
    desk.type_into("File", str(taken))
    desk.type_into("Passphrase", "short")
    desk.type_into("Passphrase again", "shore")
    desk.click("Create workspace")
    assert desk.window.open_screen.create_form.refusals == (
        "Write your name: audits are signed with it.",
        "There is a file of that name already. Choose another name; nothing was changed.",
        "Use at least 8 characters; a few words are best.",
        "The two passphrases differ.",
    )
    name = desk.field("Your name")
    assert desk.window.focusWidget() is name
    assert "Write your name" in name.accessibleDescription()


def test_the_ending_is_added_to_a_name_that_has_none(desk: Desk) -> None:
    desk.window.open_screen.make_new()
    desk.type_into("Your name", "Zoë")
    desk.type_into("File", str(desk.documents / "Autumn 2026"))
    desk.type_into("Passphrase", PASSPHRASE)
    desk.type_into("Passphrase again", PASSPHRASE)
    desk.click("Create workspace")
    desk.wait(lambda: desk.window.workbench is not None)
    assert desk.session.workspace.path == desk.documents / "Autumn 2026.caseaudit"


def test_the_strength_of_a_passphrase_is_told_while_it_is_typed(desk: Desk) -> None:
    desk.window.open_screen.make_new()
    desk.type_into("Passphrase", "password")
    weak = desk.words()
    desk.type_into("Passphrase", "velvet anchor thirty lemons")
    assert "Very weak" in weak
    assert "Very weak" not in desk.words()


def test_the_right_passphrase_opens_home_and_the_title_names_the_workspace(desk: Desk) -> None:
    desk.open()
    assert desk.place.screen == "home"
    assert desk.window.windowTitle() == "Work – Audit App"


def test_a_wrong_passphrase_is_refused_changes_nothing_and_makes_the_next_try_wait(desk: Desk) -> None:
    path = desk.make()
    before = path.read_bytes()
    desk.window.start(path)
    desk.unlock("four quiet green kettle")
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    assert "passphrase" in desk.window.open_screen.unlock.refusal
    assert path.read_bytes() == before
    assert not desk.button("Try again in 1 s").isEnabled()
    desk.press(Qt.Key.Key_Return)
    assert desk.window.workbench is None
    desk.wait(lambda: "Unlock" in desk.words())
    desk.unlock()
    desk.wait(lambda: desk.window.workbench is not None)


def test_each_wrong_passphrase_waits_longer(desk: Desk) -> None:
    from audit_app.core.errors import WrongPassphrase
    from audit_app.ui.opening.unlock_form import UnlockForm

    form = UnlockForm()
    desk.qtbot.addWidget(form)
    form.ask(Path("Work.caseaudit"), "Work", "")
    form.show()
    waits = []
    for _ in range(7):
        form.fail(WrongPassphrase("No."))
        waits.append(next(word for word in desk.words(form).splitlines() if "Try again" in word))
    assert waits == [f"Try again in {seconds} s" for seconds in (1, 2, 4, 8, 16, 30, 30)]
    form.close()


def test_a_workspace_open_in_another_window_is_told_so(desk: Desk) -> None:
    path = desk.make()
    elsewhere = desk.service.open(path, PASSPHRASE)
    try:
        desk.window.start(path)
        desk.unlock()
        desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    finally:
        elsewhere.close()
    assert "open" in desk.window.open_screen.unlock.refusal
    assert desk.window.workbench is None


def test_a_file_that_is_no_workspace_is_told_so(desk: Desk) -> None:
    path = desk.documents / "letter.caseaudit"
    path.write_text("Dear all" * 500)
    desk.window.start(path)
    desk.unlock()
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    assert path.read_text() == "Dear all" * 500


def test_recent_workspaces_are_listed_the_last_one_asking_for_its_passphrase(desk: Desk) -> None:
    first, second = desk.make("Spring"), desk.make("Autumn")
    desk.window.start(None)
    assert desk.words().index("Autumn") < desk.words().index("Spring")
    assert desk.window.focusWidget() is desk.field("Passphrase")
    spring = next(
        button
        for button in desk.window.findChildren(type(desk.button("Unlock")))
        if button.isVisible() and button.text().startswith("Spring")
    )
    desk.qtbot.mouseClick(spring, Qt.MouseButton.LeftButton)
    desk.unlock()
    desk.wait(lambda: desk.window.workbench is not None)
    assert desk.session.workspace.path == first != second


def test_a_workspace_can_be_taken_off_the_list_and_stays_where_it_is(desk: Desk) -> None:
    path = desk.make()
    desk.window.start(None)
    desk.click("Remove from this list")
    assert "New workspace…" in desk.words()
    assert path.exists()
    assert not desk.parts.recent.all()


def test_what_is_typed_is_hidden_until_it_is_shown(desk: Desk) -> None:
    desk.window.start(desk.make())
    field = desk.field("Passphrase")
    assert field.echoMode() == QLineEdit.EchoMode.Password
    desk.click("Show")
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    desk.click("Hide")
    assert field.echoMode() == QLineEdit.EchoMode.Password


def test_the_passphrase_is_gone_from_the_window_once_it_was_used(desk: Desk) -> None:
    desk.open()
    assert not any(edit.text() == PASSPHRASE for edit in desk.window.findChildren(QLineEdit))


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_passphrase_asks_for_one(desk: Desk, text: str) -> None:
    desk.window.start(desk.make())
    desk.unlock(text)
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    assert desk.window.workbench is None


def test_the_sample_opens_from_the_first_screen(desk: Desk) -> None:
    desk.click("See the sample")
    desk.wait(lambda: desk.window.workbench is not None)
    assert len(desk.session.audits.rows()) > 10


def test_an_older_copy_opens_when_the_person_says_so(desk: Desk) -> None:
    from PySide6.QtCore import QTimer

    path = desk.make()
    older = path.read_bytes()
    with_work = desk.service.open(path, PASSPHRASE)
    with_work.audits.start("2024-0117")
    with_work.close()
    path.write_bytes(older)
    desk.window.start(path)
    asked = []

    def answer() -> None:
        dialog = desk.dialog()
        if dialog is None:
            QTimer.singleShot(50, answer)
            return
        asked.append(desk.words(dialog))
        desk.click("Open without them", dialog)

    QTimer.singleShot(50, answer)
    desk.unlock()
    desk.wait(lambda: desk.window.workbench is not None)
    assert len(asked) == 1
    assert not desk.session.audits.rows()
