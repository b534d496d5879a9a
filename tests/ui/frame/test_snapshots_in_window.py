"""Snapshots through the window: made beside all else, shown before one replaces anything, put in place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from frame_desk import PASSPHRASE, Desk
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from audit_app.core.snapshot_rule import SnapshotRule
from audit_app.ui.messages import FileKind, Messages
from audit_app.ui.snapshots.restore_dialog import RestoreDialog
from audit_app.ui.snapshots.snapshots_dialog import SnapshotsDialog


def snapshots(path: Path) -> list[Path]:
    """The snapshots of a workspace."""
    return sorted(path.with_name(path.name + "-snapshots").glob("*.caseaudit"))


def with_work(desk: Desk, *references: str) -> Path:
    """A closed workspace with audits of these cases and a snapshot of the first."""
    path = desk.documents / "Work.caseaudit"
    session = desk.service.create(path, PASSPHRASE, "Zoë Adeyemi")
    for reference in references:
        session.audits.start(reference)
        if reference == references[0]:
            session.backups.keep()
    session.close()
    return path


def cases(desk: Desk) -> list[str]:
    return sorted(row.reference for row in desk.session.audits.rows())


def menu(desk: Desk, text: str) -> QAction:
    return next(action for action in desk.window.findChildren(QAction) if action.text() == text)


def when_asked(desk: Desk, kind: type[QDialog], act: Callable[[QWidget], None]) -> None:
    """Once a dialog of this kind is in front, do something in it."""

    def look() -> None:
        front = desk.dialog()
        if isinstance(front, kind):
            act(front)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def once(desk: Desk, ready: Callable[[], bool], act: Callable[[], None]) -> None:
    """Do something as soon as it can be done."""

    def look() -> None:
        if ready():
            act()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def restore_first(desk: Desk, passphrase: str = "") -> Callable[[QWidget], None]:
    """In the dialog of snapshots: choose the oldest, say yes to what it says."""

    def confirm(asked: QWidget) -> None:
        if passphrase:
            desk.type_into("Passphrase", passphrase, asked)
        desk.click("Restore this snapshot", asked)

    def choose(dialog: QWidget) -> None:
        assert isinstance(dialog, SnapshotsDialog)

        def go_on() -> None:
            dialog.table.selectRow(dialog.table.model().rowCount() - 1)
            when_asked(desk, RestoreDialog, confirm)
            desk.click("Restore…", dialog)

        once(desk, lambda: dialog.table.model().rowCount() > 0, go_on)

    return choose


def unlock(desk: Desk, path: Path) -> None:
    desk.window.open_screen.ask_for(path)
    desk.type_into("Passphrase", PASSPHRASE)
    desk.click("Unlock")
    desk.wait(lambda: desk.window.context is not None)


def refused(desk: Desk, path: Path) -> str:
    desk.window.open_screen.ask_for(path)
    desk.type_into("Passphrase", PASSPHRASE)
    desk.click("Unlock")
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    return desk.window.open_screen.unlock.refusal


# By themselves


def test_one_is_made_beside_all_else_and_only_if_something_was_changed(desk: Desk) -> None:
    path = with_work(desk, "LA 1")
    session = desk.service.open(path, PASSPHRASE)
    session.audits.start("LA 2")
    session.close()
    unlock(desk, path)
    for _ in range(2):
        desk.bench.snapshots.keep()
        desk.wait(lambda: not desk.parts.background.at_work)
        assert len(snapshots(path)) == 2


def test_it_comes_by_itself_a_moment_after_opening(desk: Desk) -> None:
    path = with_work(desk, "LA 1")
    snapshots(path)[0].unlink()
    unlock(desk, path)
    desk.wait(lambda: len(snapshots(path)) == 1)


def test_locking_does_not_wait_for_one(desk: Desk) -> None:
    path = with_work(desk, "LA 1", "LA 2")
    unlock(desk, path)
    desk.bench.snapshots.keep()
    desk.window.lock()
    desk.wait(lambda: desk.window.context is None)
    left = [file.name for file in path.with_name(path.name + "-snapshots").iterdir()]
    assert not [name for name in left if ".new" in name]


def test_where_none_can_be_made_the_strip_says_so_and_work_goes_on(desk: Desk) -> None:
    path = desk.make()
    path.with_name(path.name + "-snapshots").write_text("a file where the folder would be")
    unlock(desk, path)
    desk.session.audits.start("LA 1")
    desk.bench.snapshots.keep()
    desk.wait(lambda: "No snapshot was made" in desk.words(desk.bench.strip))
    assert desk.dialog() is None
    path.with_name(path.name + "-snapshots").unlink()
    desk.bench.snapshots.keep()
    desk.wait(lambda: "No snapshot was made" not in desk.words(desk.bench.strip))


# Shown, and put in place


def test_each_is_described_before_anything_is_replaced(desk: Desk) -> None:
    unlock(desk, with_work(desk, "LA 1", "LA 2", "LA 3"))
    dialog = SnapshotsDialog.of_session(desk.context, desk.window)
    dialog.open()
    desk.wait(lambda: dialog.table.model().rowCount() == 1)
    assert "It holds 1 audit (1 draft)." in dialog.about.text()
    assert "What was done since would be lost: 2 changes to 2 audits" in dialog.about.text()
    row = [
        dialog.table.model().index(0, column).data() for column in range(dialog.table.model().columnCount())
    ]
    assert (row[1:4], row[5]) == (["Snapshot", "1", "1"], "2 changes")
    assert desk.button("Restore…", dialog).isEnabled()
    dialog.reject()
    dialog.deleteLater()


def test_one_is_put_in_place_and_the_window_goes_on_with_it(desk: Desk) -> None:
    path = with_work(desk, "LA 1", "LA 2")
    unlock(desk, path)
    assert cases(desk) == ["LA 1", "LA 2"]
    when_asked(desk, SnapshotsDialog, restore_first(desk, PASSPHRASE))
    once(desk, lambda: "was put in place" in told(desk), lambda: close_what_is_told(desk))
    menu(desk, "&Snapshots…").trigger()
    desk.wait(lambda: desk.window.context is not None and cases(desk) == ["LA 1"])
    desk.wait(lambda: desk.dialog() is None)
    assert [file.name for file in snapshots(path) if "replaced" in file.name]


def told(desk: Desk) -> str:
    """What a message box in front says."""
    front = desk.dialog()
    return desk.words(front) if front is not None else ""


def close_what_is_told(desk: Desk) -> None:
    front = desk.dialog()
    assert front is not None
    desk.click("Close", front)


def test_a_wrong_passphrase_restores_nothing(desk: Desk) -> None:
    path = with_work(desk, "LA 1", "LA 2")
    unlock(desk, path)
    before = snapshots(path)
    view = desk.session.backups.views()[0]
    dialog = RestoreDialog("Work", view, desk.context, desk.window)
    dialog.open()
    assert "would be lost: 1 change to 1 audit" in desk.words(dialog)
    desk.type_into("Passphrase", "not the passphrase", dialog)
    desk.click("Restore this snapshot", dialog)
    desk.wait(lambda: "not the passphrase of this workspace" in desk.words(dialog))
    assert dialog.isVisible()
    dialog.reject()
    dialog.deleteLater()
    assert (cases(desk), snapshots(path)) == (["LA 1", "LA 2"], before)


def test_giving_up_at_the_last_look_changes_nothing(desk: Desk) -> None:
    path = with_work(desk, "LA 1", "LA 2")
    unlock(desk, path)
    dialog = SnapshotsDialog.of_session(desk.context, desk.window)
    dialog.open()
    desk.wait(lambda: dialog.table.model().rowCount() == 1)
    when_asked(desk, RestoreDialog, lambda asked: desk.click("Cancel", asked))
    desk.click("Restore…", dialog)
    assert (dialog.isVisible(), dialog.wanted) == (True, None)
    dialog.reject()
    dialog.deleteLater()


@pytest.mark.parametrize("harm", ["damaged", "gone"])
def test_a_workspace_that_does_not_open_offers_its_snapshots(desk: Desk, harm: str) -> None:
    path = with_work(desk, "LA 1", "LA 2")
    if harm == "gone":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[100:4_000] = bytes(3_900)
        path.write_bytes(bytes(data))
    said = refused(desk, path)
    assert ("damaged" if harm == "damaged" else "no file") in said
    when_asked(desk, SnapshotsDialog, restore_first(desk))
    once(desk, lambda: "was put in place" in told(desk), lambda: close_what_is_told(desk))
    desk.click("Restore a snapshot…")
    desk.wait(lambda: desk.window.context is not None)
    assert cases(desk) == ["LA 1"]
    desk.wait(lambda: desk.dialog() is None)


def test_damage_is_told_from_a_wrong_passphrase_by_the_snapshots(desk: Desk) -> None:
    """As on another computer, which has never seen the workspace."""
    path = with_work(desk, "LA 1")
    for known in (desk.parts.sample_folder.parent / "workspaces").iterdir():
        known.unlink()
    data = bytearray(path.read_bytes())
    data[:4_000] = bytes(4_000)
    path.write_bytes(bytes(data))
    assert refused(desk, path).startswith("The passphrase is right, but the start of")
    assert desk.button("Restore a snapshot…").isVisible()


def test_a_wrong_passphrase_and_a_whole_file_offer_none(desk: Desk) -> None:
    path = with_work(desk, "LA 1")
    desk.window.open_screen.ask_for(path)
    desk.type_into("Passphrase", "not the passphrase")
    desk.click("Unlock")
    desk.wait(lambda: bool(desk.window.open_screen.unlock.refusal))
    assert "Restore a snapshot…" not in desk.words()


# How many, and copies


def test_how_many_are_kept_is_chosen_and_kept(desk: Desk) -> None:
    unlock(desk, with_work(desk, "LA 1"))
    desk.session.backups.set_rule(SnapshotRule(7, 30))
    dialog = SnapshotsDialog.of_session(desk.context, desk.window)
    dialog.open()
    last, days = dialog.findChildren(QComboBox)
    assert (last.currentText(), days.currentText()) == ("7 snapshots", "30 days")
    last.setCurrentIndex(last.findText("20 snapshots"))
    last.activated.emit(last.currentIndex())
    days.setCurrentIndex(days.findText("0 days"))
    days.activated.emit(days.currentIndex())
    assert desk.session.backups.rule == SnapshotRule(20, 0)
    dialog.reject()
    dialog.deleteLater()
    desk.wait(lambda: not desk.parts.background.at_work)


def test_a_copy_is_saved_elsewhere(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlock(desk, with_work(desk, "LA 1"))
    target = tmp_path / "stick.caseaudit"

    def choose(self: Messages, parent: QWidget, title: str, suggested: str, kind: FileKind) -> Path:
        assert suggested == "Work (copy).caseaudit"
        return target

    monkeypatch.setattr(Messages, "choose_save", choose)  # the file dialog is the system's
    dialog = SnapshotsDialog.of_session(desk.context, desk.window)
    dialog.open()
    desk.click("Save a copy elsewhere…", dialog)
    desk.wait(lambda: "The copy is in “stick.caseaudit”" in dialog.about.text())
    assert target.exists()
    desk.click("Save a copy elsewhere…", dialog)
    desk.wait(lambda: "left as it is" in dialog.about.text())
    dialog.reject()
    dialog.deleteLater()
