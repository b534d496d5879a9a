"""Search: finds what is written anywhere in the workspace, marks it, and leads to the field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from table_desk import Desk, column

EVIDENCE = "The chronology was updated in March, and Zoë was seen alone."


def write(desk: Desk, reference: str = "CIC-60", **texts: str) -> str:
    """Begin an audit with these texts through the services."""
    audit_id, changes = desk.session.audits.start(reference)
    answers = {key.replace("__", "."): text for key, text in texts.items()}
    desk.context.bus.publish(changes | desk.session.grading.set_many(audit_id, answers))
    return audit_id


def look_for(desk: Desk, words: str) -> None:
    """Type words into the search and wait for what is found."""
    desk.screen.edit.setFocus()
    desk.screen.edit.selectAll()
    QTest.keyClicks(desk.screen.edit, words)
    desk.qtbot.waitUntil(lambda: not desk.screen._timer.isActive())
    desk.settle()


def test_a_word_is_found_with_its_case_its_field_and_the_text_around_it(own: Desk) -> None:
    write(own, recording__evidence=EVIDENCE)
    own.go("search")
    assert own.screen.edit.hasFocus()
    look_for(own, "chronol")
    pane = own.table
    assert column(pane, "reference") == ["CIC-60"]
    assert column(pane, "field") == ["Case recording: Evidence"]
    assert "chronology was updated" in column(pane, "snippet")[0]
    assert pane.count_text == "1 place"


def test_the_words_looked_for_are_marked_whatever_their_accents(own: Desk) -> None:
    write(own, recording__evidence=EVIDENCE)
    own.go("search")
    look_for(own, "zoe march")
    model = own.table.model
    section = [one.id for one in model.columns].index("snippet")
    snippet = column(own.table, "snippet")[0]
    marked = [snippet[start:end] for start, end in model.found(0, section)]
    assert marked == ["Zoë", "March"]
    assert own.table.view.grab().toImage() != own.bench.grab().toImage()


def test_enter_leads_to_the_field(own: Desk) -> None:
    audit_id = write(own, recording__evidence=EVIDENCE)
    own.go("search")
    look_for(own, "chronology")
    own.press(Qt.Key.Key_Return)
    assert own.table.view.hasFocus()
    own.press(Qt.Key.Key_Return)
    own.wait(lambda: own.screen.screen_id == "grading")
    place = own.bench.place()
    assert (place.audit_id, place.field) == (audit_id, "recording.evidence")


def test_a_reference_leads_to_its_audit(own: Desk) -> None:
    audit_id = write(own, "CIC-60")
    own.go("search", text="CIC-60")
    own.wait(lambda: not own.screen._timer.isActive())
    own.settle()
    assert column(own.table, "field") == ["Case reference"]
    own.screen.edit.setFocus()
    own.press(Qt.Key.Key_Down)
    own.press(Qt.Key.Key_Return)
    own.wait(lambda: own.screen.screen_id == "grading")
    assert own.bench.place().audit_id == audit_id


def test_letters_typed_among_the_places_go_back_to_the_words(own: Desk) -> None:
    write(own, recording__evidence=EVIDENCE)
    own.go("search")
    look_for(own, "chrono")
    own.press(Qt.Key.Key_Down)
    QTest.keyClicks(own.table.view, "x")
    assert own.screen.edit.hasFocus()
    assert own.screen.edit.text() == "chronox"


def test_nothing_found_says_so_and_nothing_typed_says_what_this_is_for(own: Desk) -> None:
    own.go("search")
    assert "Search everything that is written here" in own.table.empty.words
    look_for(own, "xylophone")
    assert "Nothing found" in own.table.empty.words
    own.screen.edit.clear()
    own.qtbot.waitUntil(lambda: not own.screen._timer.isActive())
    assert "Search everything that is written here" in own.table.empty.words


def test_where_there_are_too_many_places_it_says_so(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit_app.ui.screens.search_screen._MOST", 3)
    own.go("search")
    look_for(own, "cic")
    assert own.table.count_text == "3 places. There are more: another word narrows them."


def test_what_is_written_meanwhile_is_found(own: Desk) -> None:
    own.go("search")
    look_for(own, "genogram")
    assert own.table.model.rowCount() == 0
    write(own, recording__strengths="A genogram that is used")
    own.wait(lambda: own.table.model.rowCount() == 1)


def test_the_words_are_there_when_the_person_comes_back(own: Desk) -> None:
    write(own, recording__evidence=EVIDENCE)
    own.go("search")
    look_for(own, "chronology")
    own.go("my_audits")
    own.bench.back()
    own.settle()
    assert own.screen.edit.text() == "chronology"
    assert column(own.table, "reference") == ["CIC-60"]
