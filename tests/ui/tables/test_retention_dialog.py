"""How long audits are kept, through the window: periods, holds put on and released, deleting for good."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from table_desk import Desk, button, column, select

from audit_app.storage.workspace import Workspace
from audit_app.ui.dialogs.programme_dialog import ProgrammeDialog
from audit_app.ui.dialogs.retention_dialog import RetentionDialog
from audit_app.ui.models.retention_columns import DUE, HELD, NOT_YET
from audit_app.ui.programmes.period_box import NO_PERIOD

PASSPHRASE = "five small brown bridges"
Open = Callable[[], RetentionDialog]


@pytest.fixture
def open_dialog(own: Desk) -> Iterator[Open]:
    """Opens the dialog as the menu does."""
    opened: list[RetentionDialog] = []

    def show() -> RetentionDialog:
        dialog = RetentionDialog(own.context, own.bench)
        opened.append(dialog)
        with own.qtbot.waitExposed(dialog):
            dialog.show()
        own.settle()
        return dialog

    yield show
    for dialog in opened:
        dialog.reject()
        dialog.deleteLater()


def keep_for(desk: Desk, words: str) -> None:
    """Set the period of the only programme in its dialog."""
    [programme] = desk.session.programmes.all()
    dialog = ProgrammeDialog(desk.context, programme, desk.bench)
    with desk.qtbot.waitExposed(dialog):
        dialog.show()
    dialog.kept_box.setCurrentIndex(dialog.kept_box.findText(words))
    button(dialog, "Keep").click()
    dialog.deleteLater()


def hold(desk: Desk, dialog: RetentionDialog, which: str, reason: str) -> None:
    def type_reason(asked: QWidget) -> None:
        asked.reason_edit.setText(reason)  # type: ignore[attr-defined]
        button(asked, "Put on hold").click()

    desk.answers.do(type_reason)
    desk.click(which, dialog)


def test_a_period_is_set_in_the_programme_and_shown_there_again(own: Desk) -> None:
    keep_for(own, "3 years")
    [programme] = own.session.programmes.all()
    assert programme.retention_months == 36
    dialog = ProgrammeDialog(own.context, programme, own.bench)
    assert dialog.kept_box.currentText() == "3 years"
    dialog.deleteLater()
    keep_for(own, NO_PERIOD)
    assert own.session.programmes.all()[0].retention_months is None


def test_a_period_from_elsewhere_is_offered_too(own: Desk) -> None:
    dialog = ProgrammeDialog(own.context, None, own.bench)
    dialog.kept_box.show_months(31)
    assert (dialog.kept_box.currentText(), dialog.kept_box.months) == ("2 years and 7 months", 31)
    dialog.deleteLater()


def test_without_a_period_it_says_where_to_set_one(own: Desk, open_dialog: Open) -> None:
    dialog = open_dialog()
    assert "edit it under Programmes" in dialog.table.empty.words
    assert dialog.said.text().startswith("Nothing is due")
    assert not button(dialog, "Delete for good").isEnabled()


def test_what_is_due_is_listed_with_why(own: Desk, open_dialog: Open) -> None:
    keep_for(own, "3 years")
    dialog = open_dialog()
    assert dialog.said.text() == "14 audits are due for deletion."
    assert set(column(dialog.table, "standing")) == {DUE}
    select(dialog.table, "case", "CIC-01")
    assert dialog.about.text().startswith("Audited on ")
    assert "2019 and kept for 3 years: due since " in dialog.about.text()
    keep_for(own, "75 years")
    dialog.load()
    own.settle()
    assert set(column(dialog.table, "standing")) == {NOT_YET}
    assert not button(dialog, "Delete for good").isEnabled()


def test_a_case_is_put_on_hold_and_released(own: Desk, open_dialog: Open) -> None:
    keep_for(own, "3 years")
    dialog = open_dialog()
    select(dialog.table, "case", "CIC-02")
    hold(own, dialog, "Hold the case", "A complaint")
    assert dialog.said.text() == "13 audits are due for deletion. 1 other would be, but is on hold."
    select(dialog.table, "case", "CIC-02")
    assert "Its case was put on hold by Anna Jones on " in dialog.about.text()
    assert dialog.about.text().endswith(": A complaint.")
    own.answers.press("Release")
    own.click("Release", dialog)
    assert "Release CIC-02?" in own.answers.said[-1]
    assert dialog.said.text() == "14 audits are due for deletion."


def test_a_programme_on_hold_leaves_nothing_to_delete(own: Desk, open_dialog: Open) -> None:
    keep_for(own, "3 years")
    dialog = open_dialog()
    select(dialog.table, "case", "CIC-02")
    hold(own, dialog, "Hold the programme", "An inquiry")
    assert dialog.said.text() == "Nothing is due for deletion: 14 audits would be, but are on hold."
    assert set(column(dialog.table, "standing")) == {HELD}
    assert not button(dialog, "Delete for good").isEnabled()


def test_a_hold_without_a_reason_is_refused_beside_the_field(own: Desk, open_dialog: Open) -> None:
    keep_for(own, "3 years")
    dialog = open_dialog()
    select(dialog.table, "case", "CIC-02")
    said: list[str] = []

    def try_without(asked: QWidget) -> None:
        button(asked, "Put on hold").click()
        said.append(asked._reason.error)  # type: ignore[attr-defined]
        button(asked, "Cancel").click()

    own.answers.do(try_without)
    own.click("Hold the case", dialog)
    assert said == ["Say why it is kept: whoever looks at it later needs the reason."]
    assert own.session.retention.holds() == ()


def test_deleting_asks_with_the_names_and_only_then_deletes(own: Desk, open_dialog: Open) -> None:
    keep_for(own, "3 years")
    own.go("my_audits")
    dialog = open_dialog()
    select(dialog.table, "case", "CIC-02")
    hold(own, dialog, "Hold the case", "A complaint")
    own.answers.press("Cancel")
    own.click("Delete for good", dialog)
    assert len(own.session.audits.rows()) == 14
    own.answers.press("Delete for good")
    own.click("Delete for good", dialog)
    asked = own.answers.said[-1]
    assert "13 audits of CIC-01, CIC-03, " in asked
    assert "and 3 more" in asked
    assert "nobody can bring them back" in asked
    own.wait(lambda: dialog.said.text().startswith("13 audits were deleted for good"))
    own.settle()
    assert [row.reference for row in own.session.audits.rows()] == ["CIC-02"]
    assert column(dialog.table, "case") == ["CIC-02"]
    assert column(own.table, "reference") == ["CIC-02"]


def test_closed_while_it_deletes_it_still_tells_the_screens(own: Desk) -> None:
    keep_for(own, "3 years")
    own.go("my_audits")

    def delete_and_close(asked: QWidget) -> None:
        assert isinstance(asked, RetentionDialog)
        own.answers.press("Delete for good")
        button(asked, "Delete for good").click()
        button(asked, "Close").click()

    own.answers.do(delete_and_close)
    RetentionDialog.show_for(own.context, own.bench)
    own.settle()
    assert own.session.audits.rows() == ()
    own.wait(lambda: own.table.model.rowCount() == 0)


def test_traces_that_a_reader_keeps_are_told_and_the_list_is_right(own: Desk, open_dialog: Open) -> None:
    keep_for(own, "3 years")
    workspace = own.session.workspace
    reader = Workspace.open_to_read(workspace.path, PASSPHRASE, app_folder=workspace.path.parent)
    reader.db.execute("BEGIN")
    reader.db.execute("SELECT count(*) FROM note").fetchone()
    dialog = open_dialog()
    own.answers.press("Delete for good")
    own.answers.press("Close")
    own.click("Delete for good", dialog)
    own.wait(lambda: len(own.answers.said) == 2)
    assert "another program is reading" in own.answers.said[-1]
    own.settle()
    assert column(dialog.table, "case") == []
    reader.db.execute("ROLLBACK")
    reader.close()
