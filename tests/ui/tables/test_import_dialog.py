"""Import: what a file would do is seen first; then all of it happens, or nothing."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from table_desk import Desk, button, column

from audit_app.ui.dialogs.import_dialog import ImportDialog, Stage
from audit_app.ui.importing.file_drop import FileDrop, spreadsheet_in

DATA = Path(__file__).resolve().parents[2] / "data"
REAL = DATA / "bcp_2019_q2_audits.csv"
TITLE = "Children in care baseline"
Open = Callable[..., ImportDialog]


@pytest.fixture
def open_dialog(open_desk: object, qtbot: QtBot) -> Iterator[Open]:
    """Opens the dialog over a desk as the window does."""
    opened: list[tuple[Desk, ImportDialog]] = []

    def show(desk: Desk, path: Path | None = None, title: str = "") -> ImportDialog:
        dialog = ImportDialog(desk.context, None, desk.bench)
        opened.append((desk, dialog))
        with qtbot.waitExposed(dialog):
            dialog.show()
        if title:
            dialog.choice.title_box.setEditText(title)
        if path is not None:
            dialog.choice.choose(path)
        settle(desk, dialog)
        return dialog

    yield show
    for _, dialog in opened:
        dialog._stop.ask()
        dialog.reject()
        dialog.deleteLater()


def settle(desk: Desk, dialog: ImportDialog) -> None:
    """Wait until the dialog has read what it was asked to."""
    desk.qtbot.waitUntil(lambda: not dialog.choice.waiting.isActive(), timeout=10_000)
    desk.settle()


def sheet(folder: Path, *changes: tuple[str, str], more: str = "") -> Path:
    """The real sheet with some words changed and rows added."""
    text = REAL.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = folder / "audits.csv"
    path.write_text(text.rstrip() + "\n" + more, encoding="utf-8")
    return path


def test_a_new_sheet_is_previewed_and_nothing_is_changed_before_it_is_accepted(
    empty: Desk, open_dialog: Open
) -> None:
    dialog = open_dialog(empty, REAL, TITLE)
    assert dialog.stage is Stage.READY
    assert f"The programme “{TITLE}” will be made" in dialog.said.text()
    assert f"14 audits will be added to “{TITLE}”." in dialog.said.text()
    assert sorted(column(dialog.lines, "reference")) == [f"CIC-{number:02}" for number in range(1, 15)]
    assert set(column(dialog.lines, "what")) == {"New"}
    assert not empty.session.audits.rows()
    assert not empty.session.programmes.all()
    button(dialog, "Cancel").click()
    assert not dialog.isVisible()
    assert not empty.session.audits.rows()


def test_accepting_imports_everything_and_says_so_and_leads_on(empty: Desk, tmp_path: Path) -> None:
    def go_through(dialog: Any) -> None:
        dialog.choice.title_box.setEditText(TITLE)
        dialog.choice.choose(REAL)
        empty.qtbot.waitUntil(lambda: dialog.stage is Stage.READY, timeout=10_000)
        button(dialog, "Import").click()
        empty.qtbot.waitUntil(lambda: dialog.stage is Stage.DONE, timeout=10_000)
        said.append(dialog.said.text())
        button(dialog, "Show the summary").click()

    said: list[str] = []
    empty.go("my_audits")
    empty.answers.do(go_through)
    place = ImportDialog.ask(empty.context, empty.bench)
    empty.settle()
    assert said == [f"14 audits were added to “{TITLE}”."]
    assert len(column(empty.table, "reference")) == 14, "the list behind is up to date"
    assert place is not None
    empty.bench.go(place)
    empty.settle()
    assert empty.screen.summary.title == "12 cases where audit findings can be supported"


def test_what_would_change_is_listed_from_and_to(own: Desk, open_dialog: Open, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        (
            "CIC-09,Last 10 into care,Children in care,CIC 1",
            "CIC-09,Last 10 into care,Children in care,CIC 7",
        ),
        more="CIC-77,Last 10 into care,,CIC 2,Worker 5,Auditor 4,2019-10-16" + ",Good" * 7 + ",\n",
    )
    dialog = open_dialog(own, path, TITLE)
    lines = dict(zip(column(dialog.lines, "reference"), column(dialog.lines, "change"), strict=True))
    assert lines == {"CIC-09": "Team from “CIC 1” to “CIC 7”", "CIC-77": ""}
    assert "1 audit will be added" in dialog.said.text()
    assert "1 audit will be changed as listed; no grade changes." in dialog.said.text()
    assert "13 audits are here already with the same content" in dialog.said.text()
    button(dialog, "Import").click()
    own.wait(lambda: dialog.stage is Stage.DONE)
    assert dialog.said.text() == f"1 audit was added to “{TITLE}” and 1 audit was changed."
    teams = {row.reference: row.team for row in own.session.audits.rows()}
    assert (teams["CIC-09"], teams["CIC-77"]) == ("CIC 7", "CIC 2")


def test_the_same_sheet_again_has_nothing_to_do(own: Desk, open_dialog: Open) -> None:
    dialog = open_dialog(own, REAL)
    assert dialog.choice.title_box.currentText() == TITLE, "the only programme is offered"
    assert "14 audits are here already with the same content: nothing to do." in dialog.said.text()
    assert "Nothing to do" in dialog.lines.empty.words
    assert not button(dialog, "Import").isEnabled()


def test_a_refused_file_lists_every_row_column_value_and_reason(
    own: Desk, open_dialog: Open, tmp_path: Path
) -> None:
    path = sheet(tmp_path, ("2019-10-14", "soon"), ("2019-10-18,RI", "2019-10-18,Splendid"))
    dialog = open_dialog(own, path, "Another round")
    assert dialog.stage is Stage.REFUSED
    assert "Nothing was imported" in dialog.refused.text()
    rows = list(zip(*(column(dialog.problems, one) for one in ("row", "value")), strict=True))
    assert sorted(rows) == [("15", "Splendid"), ("8", "soon")]
    assert all(column(dialog.problems, "reason"))
    assert all(column(dialog.problems, "column"))
    assert not button(dialog, "Import").isEnabled()
    assert len(own.session.programmes.all()) == 1


def test_other_grades_than_here_are_refused_and_nothing_is_overwritten(
    own: Desk, open_dialog: Open, tmp_path: Path
) -> None:
    path = sheet(tmp_path, ("2019-10-18,RI", "2019-10-18,Good"))
    dialog = open_dialog(own, path, TITLE)
    assert dialog.stage is Stage.REFUSED
    assert column(dialog.problems, "value") == ["CIC-14"]


def test_a_form_is_chosen_for_a_new_programme_only(own: Desk, open_dialog: Open) -> None:
    dialog = open_dialog(own, REAL)
    assert not dialog.choice.form_box.isEnabled()
    dialog.choice.title_box.setEditText("Another round")
    assert dialog.choice.form_box.isEnabled()
    dialog.choice.form_box.setCurrentIndex(dialog.choice.form_box.findData("six-domains-4"))
    dialog.choice.form_box.activated.emit(dialog.choice.form_box.currentIndex())
    settle(own, dialog)
    assert "four grades" in dialog.said.text()
    dialog.choice.title_box.setEditText(TITLE.upper())
    assert dialog.choice.form_box.currentData() == "six-domains-3"


def test_a_file_that_is_none_is_refused_in_a_sentence(own: Desk, open_dialog: Open, tmp_path: Path) -> None:
    path = tmp_path / "photo.xlsx"
    path.write_bytes(b"\x89PNG not a workbook")
    dialog = open_dialog(own, path, "Another round")
    assert dialog.stage is Stage.REFUSED
    assert "photo.xlsx" in dialog.refused.text()


def test_a_long_reading_can_be_stopped_and_leaves_nothing(
    own: Desk, open_dialog: Open, tmp_path: Path
) -> None:
    row = "X-{},,,,,Auditor 1,2019-10-16,Good,Good,Good,Good,Good,Good,Good,\n"
    path = sheet(tmp_path, more="".join(row.format(at) for at in range(20_000)))
    dialog = open_dialog(own)
    dialog.choice.title_box.setEditText("Another round")
    dialog.choice.choose(path)
    assert dialog.stage is Stage.READING
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(own, dialog)
    assert dialog.isVisible()
    assert dialog.said.text() == "Cancelled. Nothing was changed."
    assert dialog.stage is Stage.CHOOSING


def test_an_import_that_is_stopped_leaves_nothing_half_done(
    own: Desk, open_dialog: Open, tmp_path: Path
) -> None:
    row = "X-{},,,,,Auditor 1,2019-10-16,Good,Good,Good,Good,Good,Good,Good,\n"
    path = sheet(tmp_path, more="".join(row.format(at) for at in range(3_000)))
    dialog = open_dialog(own, path, "Another round")
    assert dialog.stage is Stage.READY
    button(dialog, "Import").click()
    dialog.close()  # the cross of the window stops it first
    assert dialog.isVisible()
    settle(own, dialog)
    assert dialog.stage is Stage.READY
    assert dialog.said.text() == "Cancelled. Nothing was changed."
    assert len(own.session.audits.rows()) == 14
    assert len(own.session.programmes.all()) == 1
    button(dialog, "Import").click()
    own.wait(lambda: dialog.stage is Stage.DONE)
    assert len(own.session.audits.rows()) == 14 + 3_014


def test_a_workspace_that_changed_meanwhile_is_not_imported_into(own: Desk, open_dialog: Open) -> None:
    dialog = open_dialog(own, REAL, "Another round")
    own.session.importing.apply(own.session.importing.preview(REAL, "Another round"))
    button(dialog, "Import").click()
    own.wait(lambda: dialog.stage is Stage.REFUSED)
    assert "has changed since this preview" in dialog.refused.text()


# -- Dropping -------------------------------------------------------------------------------------


def dragged(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: QWidget, data: QMimeData) -> bool:
    """Drag something over a window and let it go; whether it was taken."""
    copy, left, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the only way there is to make one
        enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), copy, data, left, keys))
    return True


def test_a_spreadsheet_dropped_onto_the_window_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    taken: list[Path] = []
    drops = FileDrop(window)
    drops.dropped.connect(taken.append)
    assert drop(window, dragged(tmp_path / "Audits.XLSX"))
    assert taken == [tmp_path / "Audits.XLSX"]


def test_other_things_are_not_taken(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    FileDrop(window)
    assert not drop(window, dragged(tmp_path / "photo.png"))
    assert not drop(window, dragged(tmp_path / "a.csv", tmp_path / "b.csv"))
    text = QMimeData()
    text.setText("CIC-01")
    assert not drop(window, text)
    remote = QMimeData()
    remote.setUrls([QUrl("https://example.org/a.csv")])
    assert spreadsheet_in(remote) is None
