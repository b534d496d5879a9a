"""Review lists what is missing; submitting waits until nothing is; submitted, it can only be read."""

import io
from pathlib import Path

from grading_desk import Chosen, Desk
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton

from audit_app.core.audit import AuditState
from audit_app.ui.grading.review_step import MissingLink
from audit_app.ui.screen import Place

pytest_plugins = ("grading_fixtures",)


def links(desk: Desk) -> list[MissingLink]:
    found = desk.page.findChildren(MissingLink)
    return [link for link in found if link.isVisibleTo(desk.page)]


def button(desk: Desk, words: str) -> QPushButton:
    found = [one for one in desk.page.findChildren(QPushButton) if one.text().replace("&", "") == words]
    assert found[0].isVisibleTo(desk.page)
    return found[0]


def state(desk: Desk) -> AuditState:
    return desk.session.audits.get(desk.audit_id).state


def test_the_list_is_what_the_service_misses_and_each_line_leads_to_its_field(desk: Desk) -> None:
    desk.go("review")
    missing = desk.session.grading.missing(desk.audit_id)
    assert [link.accessibleName() for link in links(desk)] == [thing.sentence for thing in missing]
    for at, thing in enumerate(missing):
        desk.go("review")
        links(desk)[at].click()
        assert desk.focus == thing.key


def test_submitting_is_refused_and_says_why(desk: Desk) -> None:
    desk.fill(but="voice.evidence")
    desk.go("review")
    button(desk, "Submit").click()
    assert state(desk) is AuditState.DRAFT
    assert desk.page._refused.isVisible()
    assert "1 thing is still missing" in desk.page._refused.text()
    assert links(desk)[0].hasFocus()
    desk.press("Return")
    assert desk.focus == "voice.evidence"
    desk.type("Seen alone in May")
    desk.go("review")
    assert not links(desk)
    assert not desk.page._refused.isVisible()


def test_submitted_by_key_it_can_only_be_read_until_it_is_taken_back(desk: Desk) -> None:
    desk.fill()
    desk.go("review")
    assert button(desk, "Submit").hasFocus()
    desk.press("Space")
    assert state(desk) is AuditState.SUBMITTED
    assert "can only be read" in desk.screen._state.sentence
    for key in ("Ctrl+1", "m", "3", "Alt+3"):
        desk.press(key)
    desk.go("recording.evidence")
    desk.type("More")
    desk.go("audit.due")
    desk.type("1/1/2024")
    desk.go("case.legal_status")
    desk.press("Down")
    desk.go("worker.asked")
    desk.press("y")
    desk.screen.commit()
    assert desk.kept("recording.grade") == "good"
    assert desk.kept("recording.evidence") == "Read in recording"
    assert (desk.kept("audit.due"), desk.kept("case.legal_status"), desk.kept("worker.asked")) == (
        "",
        "",
        "no",
    )
    assert not desk.screen.can_undo()
    desk.go("review")
    button(desk, "Take back").click()
    assert state(desk) is AuditState.DRAFT
    assert desk.screen._state.sentence == ""
    desk.go("recording.evidence")
    desk.type("More: ")
    desk.screen.commit()
    assert "More: " in desk.kept("recording.evidence")


def test_text_typed_last_is_in_the_submitted_audit(desk: Desk) -> None:
    desk.fill()
    desk.go("recording.strengths")
    desk.type("Plain words")
    desk.screen.draft.submit()
    assert desk.kept("recording.strengths") == "Plain words"


def test_a_submitted_audit_is_saved_as_a_pdf(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    desk.screen.draft.submit()
    messages = desk.context.messages
    assert isinstance(messages, Chosen)
    messages.path = tmp_path / "audit.pdf"
    desk.go("review")
    desk.press("Space")
    desk.qtbot.waitUntil(lambda: "audit.pdf" in desk.screen._told.sentence, timeout=20_000)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(messages.path.read_bytes())).pages)
    assert "Read in oversight" in text
    assert messages.suggested.startswith("Audit CF-")


def test_a_pdf_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    desk.screen.draft.submit()
    desk.context.messages.path = tmp_path / "no such folder" / "audit.pdf"
    desk.screen._on_pdf()
    desk.qtbot.waitUntil(lambda: desk.screen._told.sentence != "", timeout=20_000)
    assert "audit.pdf" not in [path.name for path in tmp_path.iterdir()]


def test_a_deleted_draft_is_let_go(desk: Desk) -> None:
    desk.context.bus.publish(desk.session.audits.delete_draft(desk.audit_id))
    assert desk.screen.place() == Place("grading")
    desk.screen.commit()
