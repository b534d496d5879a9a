"""My audits: what is listed, narrowed, opened, begun, deleted and brought back."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from table_desk import Desk, column, select

from audit_app.ui.screen import AuditSet

REFERENCES = [f"CIC-{number:02}" for number in range(1, 15)]


def draft(desk: Desk, reference: str, **answers: str) -> str:
    """Begin an audit through the services, and say so."""
    audit_id, changes = desk.session.audits.start(reference)
    changes |= desk.session.grading.set_many(
        audit_id, {key.replace("__", "."): value for key, value in answers.items()}
    )
    desk.context.bus.publish(changes)
    desk.settle()
    return audit_id


def test_every_audit_is_listed_with_its_words(real: Desk) -> None:
    pane = real.go("my_audits").table
    assert sorted(column(pane, "reference")) == REFERENCES
    at = column(pane, "reference").index("CIC-08")
    assert column(pane, "overall")[at] == "Inadequate"
    assert column(pane, "state")[at] == "Submitted"
    assert column(pane, "cohort")[at] == "Last 10 into care"
    assert column(pane, "team")[at] == "CIC 2"
    assert column(pane, "worker")[at] == "Worker 4"
    assert column(pane, "reading")[at] == "Supported"
    assert pane.count_text == "14 audits"


def test_grades_sort_from_best_to_worst_and_carry_their_shape(real: Desk) -> None:
    pane = real.go("my_audits").table
    pane.sort_by("overall", False)
    overall = column(pane, "overall")
    assert overall == [*["Good"] * 9, *["Requires improvement"] * 3, *["Inadequate"] * 2]
    section = [one.id for one in pane.model.columns].index("overall")
    icons = {
        grade: pane.model.index(overall.index(grade), section)
        .data(Qt.ItemDataRole.DecorationRole)
        .pixmap(16)
        .toImage()
        for grade in set(overall)
    }
    assert icons["Good"] != icons["Inadequate"] != icons["Requires improvement"]


def test_enter_opens_the_audit(own: Desk) -> None:
    audit_id = draft(own, "CIC-40")
    pane = own.go("my_audits").table
    select(pane, "reference", "CIC-40")
    own.press(Qt.Key.Key_Return)
    own.wait(lambda: own.screen.screen_id == "grading")
    assert own.bench.place().audit_id == audit_id


def test_drafts_and_submitted_audits_are_one_press_apart(own: Desk) -> None:
    draft(own, "CIC-40")
    pane = own.go("my_audits").table
    own.click("Drafts")
    assert column(pane, "reference") == ["CIC-40"]
    own.click("Submitted")
    assert sorted(column(pane, "reference")) == REFERENCES
    own.click("All")
    assert len(column(pane, "reference")) == 15


def test_a_place_can_bring_words_for_the_filter(real: Desk) -> None:
    pane = real.go("my_audits", text="worker baseline cic-08").table
    assert column(pane, "reference") == ["CIC-08"]
    assert real.bench.place().text == "worker baseline cic-08"
    real.go("my_audits", text="")
    assert len(column(pane, "reference")) == 14


def test_a_place_can_name_some_audits_and_they_can_be_left_again(real: Desk) -> None:
    rows = real.session.audits.rows()
    some = AuditSet("The two first", tuple(row.id for row in rows[:2]))
    screen = real.go("my_audits", audits=some)
    assert len(column(screen.table, "reference")) == 2
    assert screen.about.sentence == "The two first"
    assert real.bench.place().audits == some
    real.click("Show all audits")
    assert len(column(screen.table, "reference")) == 14
    assert screen.about.sentence == ""


def test_a_place_can_name_a_programme(own: Desk) -> None:
    from audit_app.services.programmes import ProgrammeDraft

    other, _ = own.session.programmes.create(ProgrammeDraft("Spring"))
    _, changes = own.session.audits.start("CIC-41", other.id)
    own.context.bus.publish(changes)
    screen = own.go("my_audits", programme_id=other.id)
    assert column(screen.table, "reference") == ["CIC-41"]
    assert screen.about.sentence == "Audits in “Spring”"


def test_an_overdue_draft_says_so_in_words(own: Desk) -> None:
    late, early = date.today() - timedelta(days=2), date.today() + timedelta(days=2)
    draft(own, "CIC-40", audit__due=late.isoformat())
    draft(own, "CIC-41", audit__due=early.isoformat())
    pane = own.go("my_audits").table
    due = dict(zip(column(pane, "reference"), column(pane, "due"), strict=True))
    assert due["CIC-40"].endswith(", overdue")
    assert due["CIC-41"] != ""
    assert "overdue" not in due["CIC-41"]


def test_what_is_begun_elsewhere_appears_and_the_selection_stays(own: Desk) -> None:
    pane = own.go("my_audits").table
    select(pane, "reference", "CIC-07")
    draft(own, "CIC-40")
    assert "CIC-40" in column(pane, "reference")
    assert [row.reference for row in pane.selected_rows()] == ["CIC-07"]


def test_a_new_audit_is_begun_from_here(own: Desk) -> None:
    from PySide6.QtWidgets import QLineEdit

    def type_reference(dialog: object) -> None:
        edit = dialog.findChild(QLineEdit)  # type: ignore[attr-defined]
        edit.setText("CIC-77")
        own.qtbot.keyClick(edit, Qt.Key.Key_Return)

    own.go("my_audits")
    own.answers.do(type_reference)
    own.click("New audit")
    own.wait(lambda: own.screen.screen_id == "grading")
    assert [row.reference for row in own.session.audits.rows() if row.reference == "CIC-77"] == ["CIC-77"]


def test_a_draft_is_deleted_after_asking_with_its_name_and_can_be_brought_back(own: Desk) -> None:
    audit_id = draft(own, "CIC-40", recording__evidence="Seen alone twice")
    screen = own.go("my_audits")
    select(screen.table, "reference", "CIC-40")
    own.answers.press("Delete")
    own.press(Qt.Key.Key_Delete)
    assert "Delete the draft of CIC-40?" in own.answers.said[0]
    assert "CIC-40" not in column(screen.table, "reference")
    assert "The draft of CIC-40 was deleted." in screen.deleted.sentence
    assert screen.can_undo()
    screen.undo()
    own.settle()
    assert "CIC-40" in column(screen.table, "reference")
    assert own.session.audits.get(audit_id).value("recording.evidence") == "Seen alone twice"
    assert not screen.can_undo()


def test_a_draft_stays_when_the_person_says_no(own: Desk) -> None:
    draft(own, "CIC-40")
    screen = own.go("my_audits")
    select(screen.table, "reference", "CIC-40")
    own.answers.press("Cancel")
    own.press(Qt.Key.Key_Delete)
    assert "CIC-40" in column(screen.table, "reference")
    assert not screen.can_undo()


def test_several_drafts_are_deleted_together_and_brought_back_together(own: Desk) -> None:
    ids = [draft(own, f"CIC-4{number}") for number in range(3)]
    screen = own.go("my_audits")
    screen.table.select_ids(ids)
    own.answers.press("Delete")
    own.click("Delete draft")
    assert "Delete 3 drafts?" in own.answers.said[0]
    assert all(f"CIC-4{number}" in own.answers.said[0] for number in range(3))
    assert len(column(screen.table, "reference")) == 14
    own.click("Bring them back")
    assert len(column(screen.table, "reference")) == 17


def test_a_submitted_audit_is_not_deleted_and_the_reason_is_told(real: Desk) -> None:
    screen = real.go("my_audits")
    select(screen.table, "reference", "CIC-01")
    real.answers.press("Close")
    real.press(Qt.Key.Key_Delete)
    assert "Only drafts can be deleted" in real.answers.said[0]
    assert len(column(screen.table, "reference")) == 14


def test_a_new_workspace_says_what_would_be_here(empty: Desk) -> None:
    screen = empty.go("my_audits")
    assert "No audits yet" in screen.table.empty.words
    assert "Every audit that you begin here or import from a spreadsheet" in screen.table.empty.words
