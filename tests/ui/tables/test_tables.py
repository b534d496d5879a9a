"""Every table: what is found and in which order, columns, copying, selection, keys; few rows and many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot
from table_desk import column

from audit_app.core.form import Shape
from audit_app.ui.background import Background
from audit_app.ui.models.columns import Column, Mark
from audit_app.ui.models.prepared import Prepared, Query
from audit_app.ui.models.rows_model import RowsModel
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.table_pane import TablePane
from audit_app.ui.widgets.table_words import TableWords

MANY = 5_000  # more than are arranged at once


@dataclass(frozen=True, slots=True)
class Case:
    """A row for these tests."""

    id: str
    reference: str
    team: str = ""
    visits: int | None = None


def name_of(case: Case) -> str:
    return case.reference


COLUMNS: tuple[Column[Case], ...] = (
    Column("reference", "Case", name_of),
    Column("team", "Team", lambda case: case.team, tip=lambda case: f"Team {case.team}"),
    Column("visits", "Visits", lambda case: str(case.visits or ""), lambda case: case.visits, right=True),
    Column("hidden", "Hidden", lambda case: f"h{case.id}", shown=False),
    Column(
        "grade",
        "Grade",
        lambda _case: "Good",
        mark=lambda _case: Mark("good", Shape.CIRCLE),
    ),
)
WORDS = TableWords(
    id="cases",
    title="Cases",
    one="case",
    several="cases",
    sort="reference",
    empty_heading="No cases yet",
    empty_sentence="Cases are listed here.",
    empty_button="Add a case",
    filter_prompt="Anything",
)
FEW = (
    Case("a", "CIC-10", "North", 3),
    Case("b", "CIC-2", "South", None),
    Case("c", "cic-1", "Zoë’s team", 12),
    Case("d", "=1+1", "<b>bold</b>\nsecond line", 3),
)


def prepared(cases: Sequence[Case]) -> Prepared[Case]:
    return Prepared(COLUMNS, cases, lambda case: case.id)


@pytest.fixture
def make_pane(
    qtbot: QtBot, background: Background, preferences: Preferences, theme: Theme
) -> Callable[..., TablePane[Case]]:
    """Makes tables that remember under one name."""

    def make(cases: Sequence[Case] = FEW) -> TablePane[Case]:
        pane: TablePane[Case] = TablePane(WORDS, COLUMNS, background, preferences, theme)
        qtbot.addWidget(pane)
        pane.resize(900, 400)
        with qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        qtbot.waitUntil(pane.isActiveWindow)
        pane.show_prepared(prepared(cases))
        qtbot.waitUntil(lambda: not background._jobs)
        return pane

    return make


# -- What is found, against a plain oracle --------------------------------------------------------

words = st.text(alphabet="ab12 Éé-", max_size=6)
cases = st.lists(
    st.builds(Case, st.uuids().map(str), words, words, st.none() | st.integers(-3, 12)), max_size=25
)


def plain(text: str) -> str:
    """Without capitals and accents, for the letters of these tests."""
    return text.lower().replace("é", "e")


def numbers_in_order(text: str) -> list[tuple[int, int, str]]:
    """How words are compared: letter by letter, but the numbers in them as numbers."""
    parts: list[tuple[int, int, str]] = []
    at = 0
    text = plain(text)
    while at < len(text):
        end = at
        while end < len(text) and text[end].isdigit():
            end += 1
        if end > at:
            parts.append((ord("0"), int(text[at:end]), ""))
            at = end
        else:
            parts.append((ord(text[at]), -1, text[at]))
            at += 1
    return parts


def found_naively(rows: list[Case], text: str, sort: str | None, descending: bool) -> list[Case]:
    """The rows that hold every word, sorted one against the other, blanks last."""

    def holds(case: Case, word: str) -> bool:
        held = (case.reference, case.team, str(case.visits or ""), f"h{case.id}", "Good")
        return any(word in plain(one) for one in held)

    found = [case for case in rows if all(holds(case, word) for word in plain(text).split())]
    if sort is None:
        return found
    values: dict[str, Callable[[Case], Any]] = {
        "reference": lambda case: numbers_in_order(case.reference) if case.reference else None,
        "team": lambda case: numbers_in_order(case.team) if case.team else None,
        "visits": lambda case: case.visits,
    }
    value = values[sort]
    filled = [case for case in found if value(case) is not None]
    blank = [case for case in found if value(case) is None]
    return sorted(filled, key=value, reverse=descending) + blank


@given(cases, words, st.sampled_from([None, "reference", "team", "visits"]), st.booleans())
def test_what_is_found_and_its_order_are_those_of_a_plain_search(
    rows: list[Case], text: str, sort: str | None, descending: bool
) -> None:
    ready = prepared(rows)
    query: Query[Case] = Query(text, None, sort, descending)
    for _ in range(2):  # the second time from what was kept
        order = ready.arrange(query)
        assert [rows[at] for at in order] == found_naively(rows, text, sort, descending)


@given(cases, st.sets(st.integers(-3, 12)))
def test_a_rule_keeps_only_the_rows_it_says_yes_to(rows: list[Case], wanted: set[int]) -> None:
    order = prepared(rows).arrange(Query(keep=lambda case: case.visits in wanted))
    assert [rows[at] for at in order] == [case for case in rows if case.visits in wanted]


def test_more_values_than_are_sorted_at_once_stand_in_order() -> None:
    rows = [Case(str(at), f"CIC-{at * 7919 % 20_011}") for at in range(20_011)]
    order = prepared(rows).arrange(Query(sort="reference"))
    assert [rows[at].reference for at in order] == [f"CIC-{number}" for number in range(20_011)]


# -- The model ------------------------------------------------------------------------------------


def test_the_model_keeps_the_rules_of_models(theme: Theme) -> None:
    model: RowsModel[Case] = RowsModel(COLUMNS, theme)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ready = prepared(FEW)
    for order in (range(4), [2, 0], [], [3, 2, 1, 0]):
        model.show(ready, order)
        assert model.rowCount() == len(order)
        assert model.rowCount(model.index(0, 0)) == 0
    index = model.index(0, 1)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Team <b>bold</b>\nsecond line"
    right = model.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert not model.index(0, 4).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    del tester


def test_words_that_may_be_cut_off_can_be_read_whole(theme: Theme) -> None:
    model: RowsModel[Case] = RowsModel(COLUMNS, theme)
    model.show(prepared([Case("a", "short"), Case("b", "a reference of many letters")]), range(2))
    tips = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(2)]
    assert tips == [None, "a reference of many letters"]


# -- Filtering and sorting ------------------------------------------------------------------------


def test_typing_into_the_filter_shows_the_rows_with_every_word(make_pane: Any) -> None:
    pane = make_pane()
    QTest.keyClicks(pane.filter, "cic nor")
    assert column(pane, "reference") == ["CIC-10"]
    assert pane.count_text == "1 of 4 cases"
    QTest.keyClick(pane.filter, Qt.Key.Key_Escape)
    assert pane.count_text == "4 cases"


def test_accents_and_capitals_make_no_difference(make_pane: Any) -> None:
    pane = make_pane()
    pane.filter.setText("ZOE")
    assert column(pane, "reference") == ["cic-1"]


def test_letters_typed_into_the_table_and_a_slash_lead_to_the_filter(make_pane: Any) -> None:
    pane = make_pane()
    pane.focus_table()
    QTest.keyClicks(pane.view, "s")
    assert pane.filter.hasFocus()
    QTest.keyClicks(pane.filter, "outh")
    assert column(pane, "team") == ["South"]
    QTest.keyClick(pane.filter, Qt.Key.Key_Down)
    assert pane.view.hasFocus()
    QTest.keyClick(pane.view, "/")
    assert pane.filter.hasFocus()
    assert pane.filter.selectedText() == "south"
    QTest.keyClicks(pane.filter, "1/2")
    assert pane.filter.text() == "1/2"


def test_nothing_found_says_so_and_offers_to_clear_the_filter(make_pane: Any) -> None:
    pane = make_pane()
    pane.filter.setText("nowhere")
    assert "None of the 4 cases match" in pane.empty.words
    assert pane.empty.isVisible()
    pane.empty._button.click()
    assert pane.filter.text() == ""
    assert pane.view.isVisible()


def test_an_empty_table_says_what_would_be_here(make_pane: Any, qtbot: QtBot) -> None:
    pane = make_pane([])
    assert "No cases yet\nCases are listed here." in pane.empty.words
    with qtbot.waitSignal(pane.empty_acted):
        pane.empty._button.click()


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_it_round(make_pane: Any) -> None:
    pane = make_pane()
    header = pane.view.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(2) + 20, header.height() // 2)
    for expected in (["3", "3", "12", ""], ["12", "3", "3", ""]):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert column(pane, "visits") == expected
    assert header.sortIndicatorSection() == 2
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_the_sort_menu_does_the_same_by_keyboard(make_pane: Any) -> None:
    pane = make_pane()
    menu = pane._sort_menu
    menu.aboutToShow.emit()
    assert [action.text() for action in menu._by if action.isChecked()] == ["Case"]
    next(action for action in menu._by if action.text() == "Visits").trigger()
    menu._down.trigger()
    assert column(pane, "visits") == ["12", "3", "3", ""]


def test_the_order_widths_and_columns_are_remembered(make_pane: Any) -> None:
    pane = make_pane()
    pane.sort_by("visits", True)
    pane.view.horizontalHeader().resizeSection(0, 222)
    columns = pane._columns_menu
    columns.aboutToShow.emit()
    for title in ("Hidden", "Team"):
        next(action for action in columns.actions() if action.text() == title).trigger()
    again = make_pane()
    assert column(again, "visits") == ["12", "3", "3", ""]
    assert again.view.columnWidth(0) == 222
    assert [COLUMNS[at].id for at in again.view.shown_sections()] == [
        "reference",
        "visits",
        "hidden",
        "grade",
    ]
    again._columns_menu._reset.trigger()
    assert [COLUMNS[at].id for at in again.view.shown_sections()] == ["reference", "team", "visits", "grade"]
    assert column(again, "visits") == ["12", "3", "3", ""]


def test_a_remembered_width_grows_with_the_text(make_pane: Any, theme: Theme) -> None:
    pane = make_pane()
    pane.view.horizontalHeader().resizeSection(0, 150)
    theme.set_zoom(200)
    assert pane.view.columnWidth(0) == 300
    theme.set_zoom(100)
    assert pane.view.columnWidth(0) == 150


def test_the_last_column_that_is_shown_stays(make_pane: Any) -> None:
    pane = make_pane()
    for column_id in ("team", "visits", "grade", "reference"):
        pane.view.show_column(column_id, False)
    assert [COLUMNS[at].id for at in pane.view.shown_sections()] == ["reference"]


def test_what_was_remembered_of_columns_that_are_gone_does_no_harm(
    make_pane: Any, preferences: Preferences
) -> None:
    preferences.set_text("tables/cases", "gone=90;reference=abc;team=120|gone=1;team=0|gone=1")
    pane = make_pane()
    assert [COLUMNS[at].id for at in pane.view.shown_sections()] == ["reference", "visits", "grade"]
    assert column(pane, "reference") == [case.reference for case in FEW]
    preferences.set_text("tables/cases", "nonsense")
    assert column(make_pane(), "reference")[-1] == "CIC-10"


# -- Selection ------------------------------------------------------------------------------------


def test_what_is_selected_stays_so_when_rows_come_and_go_and_change_places(make_pane: Any) -> None:
    pane = make_pane()
    pane.select_ids(["a", "c"])
    pane.show_prepared(prepared([Case("new", "AAA"), FEW[2], FEW[0]]))
    assert {case.id for case in pane.selected_rows()} == {"a", "c"}
    pane.sort_by("reference", True)
    assert {case.id for case in pane.selected_rows()} == {"a", "c"}
    pane.show_prepared(prepared([FEW[0]]))
    assert [case.id for case in pane.selected_rows()] == ["a"]
    assert pane.view.current_position() == 0


def test_when_the_selected_row_is_gone_its_neighbour_takes_its_place(make_pane: Any) -> None:
    pane = make_pane()
    pane.select_ids(["b"])  # between "cic-1" and "CIC-10"
    pane.show_prepared(prepared([case for case in FEW if case.id != "b"]))
    assert [case.id for case in pane.selected_rows()] == ["a"]
    pane.show_prepared(prepared([]))
    pane.show_prepared(prepared(FEW))
    assert pane.selected_rows() == []


def test_the_current_row_is_followed_by_what_it_is_not_by_where_it_was(make_pane: Any, qtbot: QtBot) -> None:
    pane = make_pane()
    pane.focus_table()
    QTest.keyClick(pane.view, Qt.Key.Key_Down)
    current = pane.selected_rows()[0]
    pane.sort_by("reference", True)
    with qtbot.waitSignal(pane.opened) as opened:
        QTest.keyClick(pane.view, Qt.Key.Key_Return)
    assert opened.args == [current]


def test_a_double_click_opens_a_row(make_pane: Any, qtbot: QtBot) -> None:
    pane = make_pane()
    where = pane.view.visualRect(pane.model.index(1, 0)).center()
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(pane.opened) as opened:
        QTest.mouseDClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened.args[0].reference == column(pane, "reference")[1]


def test_how_many_are_selected_is_said(make_pane: Any) -> None:
    pane = make_pane()
    pane.focus_table()
    QTest.keyClick(pane.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert pane.count_text == "4 cases, 4 selected"


# -- Copying --------------------------------------------------------------------------------------


class Cells(HTMLParser):
    """The cells of a table in a piece of HTML, row by row, and what is said of them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.styles: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._inside = True
            self.rows[-1].append("")
            self.styles.append(dict(attrs).get("style", ""))
        if tag == "br":
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def test_selected_rows_are_copied_as_text_and_as_a_table(make_pane: Any) -> None:
    pane = make_pane()
    pane.sort_by("visits", False)
    pane.select_ids(["d", "c"])
    QTest.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().split("\n") == [
        "Case\tTeam\tVisits\tGrade",
        "=1+1\t<b>bold</b> second line\t3\tGood",
        "cic-1\tZoë’s team\t12\tGood",
    ]
    table = Cells(data.html())
    assert table.rows == [
        ["Case", "Team", "Visits", "Grade"],
        ["=1+1", "<b>bold</b>\nsecond line", "3", "Good"],
        ["cic-1", "Zoë’s team", "12", "Good"],
    ]
    assert "@" in table.styles[4], "Excel takes what was typed as text, never as a formula"
    assert pane.count_text == "2 rows copied"


def test_copying_nothing_leaves_the_clipboard_alone(make_pane: Any) -> None:
    QGuiApplication.clipboard().setText("before")
    pane = make_pane()
    pane.view.clearSelection()
    pane.copy_selected()
    assert QGuiApplication.clipboard().text() == "before"


# -- Many rows ------------------------------------------------------------------------------------


@pytest.fixture
def many(make_pane: Any) -> TablePane[Case]:
    """A table whose rows are arranged and copied off the GUI thread."""
    pane: TablePane[Case] = make_pane(
        [Case(str(at), f"CIC-{at}", f"Team {at % 40}", at % 7) for at in range(MANY)]
    )
    return pane


def test_many_rows_are_found_and_sorted_just_the_same(
    many: TablePane[Case], qtbot: QtBot, background: Background
) -> None:
    for letter in "team 12":
        QTest.keyClick(many.filter, letter)
    qtbot.waitUntil(lambda: not background._jobs)
    many.sort_by("reference", True)
    qtbot.waitUntil(lambda: not background._jobs)
    expected = [at for at in range(MANY) if at % 40 == 12 or "12" in str(at)]
    assert column(many, "reference") == [f"CIC-{at}" for at in reversed(expected)]


def test_only_the_last_of_many_requests_is_shown(
    many: TablePane[Case], qtbot: QtBot, background: Background
) -> None:
    shown: list[int] = []
    many.arranged.connect(lambda: shown.append(many.model.rowCount()))
    for letters in ("team 1", "team 2", "cic-4999"):
        many.filter.setText(letters)
    qtbot.waitUntil(lambda: not background._jobs)
    assert shown == [1]


def test_all_of_many_rows_can_be_selected_kept_and_copied(
    many: TablePane[Case], qtbot: QtBot, background: Background
) -> None:
    many.view.selectAll()
    many.filter.setText("team 3")
    qtbot.waitUntil(lambda: not background._jobs)
    assert len(many.selected_rows()) == many.model.rowCount() > 1_000
    many.filter.clear()
    qtbot.waitUntil(lambda: not background._jobs)
    many.view.selectAll()
    many.copy_selected()
    qtbot.waitUntil(lambda: many.count_text == "5,000 rows copied")
    assert QGuiApplication.clipboard().text().count("\n") == MANY


def test_painting_asks_nothing_of_the_rows_out_of_sight(
    many: TablePane[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt's headings look through every row of a column when all are selected; ours must not."""
    asked: list[int] = []
    real = RowsModel.rowCount
    many.view.selectAll()
    monkeypatch.setattr(RowsModel, "rowCount", lambda *args: asked.append(1) or real(*args))
    many.view.grab()
    assert len(asked) < 2_000
    assert isinstance(many.view.horizontalHeader(), QHeaderView)


def test_keys_meant_for_the_table_do_not_reach_the_window(make_pane: Any, qtbot: QtBot) -> None:
    pane = make_pane()
    with qtbot.waitSignal(pane.delete_asked):
        pane.focus_table()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
