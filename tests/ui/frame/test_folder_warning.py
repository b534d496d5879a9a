"""The form for a new workspace warns of a folder in which work can be lost."""

from frame_desk import PASSPHRASE, Desk


def test_a_synced_folder_is_warned_about_while_it_is_chosen(desk: Desk) -> None:
    folder = desk.documents / "OneDrive - Anytown"
    folder.mkdir()
    desk.window.open_screen.make_new()
    assert "kept in step" not in desk.words()
    desk.type_into("File", str(folder / "Work.caseaudit"))
    assert "“OneDrive - Anytown” looks like a folder that is kept in step" in desk.words()
    desk.type_into("File", str(desk.documents / "Work.caseaudit"))
    assert "kept in step" not in desk.words()


def test_it_is_made_there_all_the_same(desk: Desk) -> None:
    folder = desk.documents / "Dropbox"
    folder.mkdir()
    desk.window.open_screen.make_new()
    desk.type_into("Your name", "Ann")
    desk.type_into("File", str(folder / "Work.caseaudit"))
    desk.type_into("Passphrase", PASSPHRASE)
    desk.type_into("Passphrase again", PASSPHRASE)
    desk.click("Create workspace")
    desk.wait(lambda: desk.window.workbench is not None)
    assert (folder / "Work.caseaudit").exists()
