"""The summary on the screen: the real table, the audits behind its numbers, what is copied and written."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from table_desk import Desk, column

from audit_app.ui.models.summary_model import SummaryModel

EXPECTED = json.loads(
    (Path(__file__).resolve().parents[2] / "data" / "bcp_2019_q2_expected_summary.json").read_text()
)
GRADES = ("good", "requires_improvement", "inadequate")
HEADINGS = (
    *("Area", "Good", "Requires improvement", "Inadequate", "Graded", "Not graded", "Shares"),
    *("Good or better", "95% interval", "Grades"),
)


def cells(model: QAbstractItemModel) -> list[list[str]]:
    """Every cell of the table, as the model gives it."""
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(row, section).data()) for section in columns] for row in rows]


def expected_rows() -> list[tuple[str, dict[str, Any]]]:
    """The rows of the published table with their titles, from top to bottom."""
    domains = [(row["title"], row) for row in EXPECTED["domains"]]
    cohorts = [(f"Overall – {row['title']}", row) for row in EXPECTED["cohorts"]]
    return [*domains, ("Overall", EXPECTED["overall"]), *cohorts]


def index_of(desk: Desk, row: str, heading: str) -> QModelIndex:
    """The cell of a row under a heading."""
    model = desk.screen.sheet.model
    at = [line[0] for line in cells(model)].index(row)
    return model.index(at, HEADINGS.index(heading))


class Cells(HTMLParser):
    """The rows of the tables in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


# -- What is shown --------------------------------------------------------------------------------


def test_the_window_shows_the_published_table(real: Desk) -> None:
    model = real.go("summary").sheet.model
    headings = [
        model.headerData(section, Qt.Orientation.Horizontal) for section in range(model.columnCount())
    ]
    assert tuple(headings) == HEADINGS
    for line, (title, row) in zip(cells(model), expected_rows(), strict=True):
        counts = [str(row["grades"][grade]) for grade in GRADES]
        assert line[:6] == [title, *counts, str(row["graded"]), "0"]


def test_the_sentences_around_the_table_say_what_was_found(real: Desk) -> None:
    screen = real.go("summary")
    said = "\n".join(label.text() for label in screen.sheet.findChildren(type(screen.sheet._heading)))
    assert EXPECTED["title"] in said
    assert "Strongest area: Voice (11 of 12 Good)." in said
    assert "Areas of concern: Case recording and Management oversight (8 of 12 Good each)." in said
    assert "14 audits were submitted and 12 are counted." in said
    assert "7 October 2019 to 18 October 2019" in said


def test_each_row_with_grades_is_said_in_words_to_a_screen_reader(real: Desk) -> None:
    real.go("summary")
    role = Qt.ItemDataRole.AccessibleTextRole
    assert index_of(real, "Planning", "Grades").data(role) == (
        "Planning: 9 Good, 2 Requires improvement, 1 Inadequate; 12 graded, 0 not graded."
    )
    assert index_of(real, "Planning", "Good").data(role) == "Planning, Good: 9"


def test_the_model_keeps_the_rules_of_models(real: Desk) -> None:
    model = SummaryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(real.go("summary").summary)
    assert model.rowCount() == 9
    model.show(None)
    assert model.rowCount() == model.columnCount() == 0
    del tester


def test_a_programme_without_audits_has_dashes_and_no_numbers_to_open(own: Desk) -> None:
    from audit_app.services.programmes import ProgrammeDraft

    programme, _ = own.session.programmes.create(ProgrammeDraft("Spring"))
    model = own.go("summary", programme_id=programme.id).sheet.model
    assert cells(model)[0][:9] == ["Case recording", "–", "–", "–", "0", "0", "–", "–", "–"]
    assert all(model.behind(model.index(0, section)) is None for section in range(model.columnCount()))


def test_a_workspace_without_programmes_says_what_would_be_here(empty: Desk) -> None:
    screen = empty.go("summary")
    assert "Nothing to add up yet" in screen.empty.words
    assert screen.empty.isVisible()
    assert not screen._pdf.isEnabled()


def test_large_text_shortens_the_headings_of_the_grades_and_nothing_else(real: Desk) -> None:
    table = real.go("summary").sheet.table
    header = table.horizontalHeader()
    assert [header.words(section) for section in (1, 2, 3)] == ["Good", "Requires\nimprovement", "Inadequate"]
    real.context.theme.set_zoom(200)
    assert [header.words(section) for section in (1, 2, 3)] == ["Good", "RI", "Inad"]
    assert table.height() > sum(table.rowHeight(row) for row in range(table.model().rowCount()))
    real.context.theme.set_zoom(100)
    assert header.words(2) == "Requires\nimprovement"


# -- Filters --------------------------------------------------------------------------------------


def test_a_team_narrows_every_figure_and_is_named(real: Desk) -> None:
    screen = real.go("summary")
    team = screen.filters._team
    team.setCurrentIndex(team.findData("CIC 1"))
    team.activated.emit(team.currentIndex())
    real.settle()
    assert index_of(real, "Overall", "Graded").data() == "6"
    assert "Team: CIC 1" in screen.sheet._about.text()
    real.click("Clear")
    assert index_of(real, "Overall", "Graded").data() == "12"


def test_dates_are_inclusive(real: Desk) -> None:
    screen = real.go("summary")
    screen.filters._from.line.setFocus()
    real.type("07/10/2019")
    screen.filters._to.line.setFocus()
    real.type("08/10/2019")
    assert index_of(real, "Overall", "Graded").data() == "2"
    real.click("Clear")


def test_what_is_no_date_is_said_and_changes_nothing(real: Desk) -> None:
    screen = real.go("summary")
    screen.filters._from.line.setFocus()
    real.type("soon")
    screen.filters._to.line.setFocus()
    assert "“soon” is not a date" in screen.filters._refused.text()
    assert index_of(real, "Overall", "Graded").data() == "12"
    screen.filters._from.line.clear()
    screen.filters._from.commit()
    assert screen.filters._refused.isHidden()


def test_new_audits_are_counted_at_once(own: Desk) -> None:
    screen = own.go("summary")
    assert "unfinished" not in screen.sheet._sentences.text()
    _, changes = own.session.audits.start("CIC-99", screen.summary.programme.id)
    own.context.bus.publish(changes)
    own.wait(lambda: "1 more audit is unfinished and not counted." in screen.sheet._sentences.text())


# -- The audits behind a number -------------------------------------------------------------------


def test_a_click_on_a_number_shows_its_audits(real: Desk) -> None:
    table = real.go("summary").sheet.table
    where = table.visualRect(index_of(real, "Planning", "Requires improvement")).center()
    real.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    real.wait(lambda: real.screen.screen_id == "my_audits")
    real.settle()
    assert sorted(column(real.table, "reference")) == ["CIC-08", "CIC-14"]
    assert real.screen.about.sentence == (
        "The 2 audits behind Requires improvement in Planning, “Children in care baseline”"
    )
    assert real.table.view.hasFocus()
    real.click("Show all audits")
    assert len(column(real.table, "reference")) == 14


@pytest.mark.parametrize(
    ("row", "heading", "count"),
    [
        ("Overall", "Good", 8),
        ("Overall", "Graded", 12),
        ("Overall – 8-11 months into care", "Requires improvement", 2),
        ("Voice", "Good or better", 11),
    ],
)
def test_enter_on_a_number_shows_as_many_audits_as_it_says(
    real: Desk, row: str, heading: str, count: int
) -> None:
    table = real.go("summary").sheet.table
    table.setFocus()
    table.setCurrentIndex(index_of(real, row, heading))
    real.press(Qt.Key.Key_Return)
    real.wait(lambda: real.screen.screen_id == "my_audits")
    real.settle()
    assert len(column(real.table, "reference")) == count


def test_a_zero_opens_nothing(real: Desk) -> None:
    table = real.go("summary").sheet.table
    table.setFocus()
    table.setCurrentIndex(index_of(real, "Voice", "Inadequate"))
    real.press(Qt.Key.Key_Return)
    assert real.screen.screen_id == "summary"


# -- Copying and writing --------------------------------------------------------------------------


def test_the_table_is_copied_as_text_and_as_html(real: Desk) -> None:
    model = real.go("summary").sheet.model
    real.click("Copy table")
    data = QGuiApplication.clipboard().mimeData()
    shown = [line[:-1] for line in cells(model)]
    lines = data.text().split("\n")
    assert lines[0] == EXPECTED["title"]
    assert [line.split("\t") for line in lines if line.count("\t") == 8] == [list(HEADINGS[:-1]), *shown]
    assert Cells(data.html()).rows == [list(HEADINGS[:-1]), *shown]
    assert "Strongest area: Voice" in data.html()


def test_the_picture_holds_the_bars_in_the_colours_of_the_grades(real: Desk) -> None:
    from audit_app.ui.colours import grade_colours

    real.go("summary")
    real.click("Copy picture")
    image = QGuiApplication.clipboard().image()
    assert image.width() > 2_000
    found = {
        image.pixelColor(x, y).rgb() for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)
    }
    assert all(grade_colours(grade, dark=False).fill.rgb() in found for grade in GRADES)


def test_a_pdf_for_the_board_holds_the_figures_and_no_references(own: Desk, tmp_path: Path) -> None:
    own.messages.path = tmp_path / "summary.pdf"
    own.go("summary")
    own.answers.press("Choose where")
    own.click("PDF")
    own.wait(own.messages.path.exists)
    own.settle()
    assert own.messages.suggested == "Children in care baseline summary.pdf"
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(own.messages.path).pages)
    assert EXPECTED["title"] in text
    assert "CIC-01" not in text
    assert "summary.pdf" in own.screen.notice.sentence


def test_a_workbook_for_the_team_lists_the_audits(own: Desk, tmp_path: Path) -> None:
    from audit_app.ui.dialogs.export_dialog import ExportDialog

    def for_the_team(dialog: Any) -> None:
        assert isinstance(dialog, ExportDialog)
        assert dialog.profile == "board"
        dialog._group.button(1).setChecked(True)
        dialog.accept()

    own.messages.path = tmp_path / "summary.xlsx"
    own.go("summary")
    own.answers.do(for_the_team)
    own.click("Excel")
    own.wait(own.messages.path.exists)
    own.settle()
    book = openpyxl.load_workbook(own.messages.path)
    assert book.sheetnames[0] == "Summary"
    assert any(cell.value == "CIC-01" for row in book["Audits"].iter_rows() for cell in row)


def test_a_summary_that_does_not_add_up_is_not_shown_or_offered(own: Desk) -> None:
    screen = own.go("summary")
    with own.session.workspace.write() as writer:
        writer.execute(
            "DELETE FROM judgement WHERE domain = 'planning' AND audit = (SELECT min(key) FROM audit)"
        )
    screen._count()
    own.settle()
    assert "do not add up" in screen.problem.sentence
    assert "Planning" in screen.problem.sentence
    assert screen.sheet.isHidden()
    for button in (screen._copy_table, screen._copy_picture, screen._pdf, screen._excel):
        assert not button.isEnabled()
