"""The workspace's file disappears while a person writes: they are told, and what they typed stays."""

import os
from pathlib import Path

import pytest
from grading_desk import Desk
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

pytest_plugins = ("grading_fixtures",)
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody remove a file that is open")

EVIDENCE = "recording.evidence"


def test_the_text_stays_on_the_screen_and_is_written_once_the_file_is_back(
    desk: Desk, tmp_path: Path
) -> None:
    path = desk.session.workspace.path
    desk.go(EVIDENCE)
    path.rename(tmp_path / "put away")
    try:
        QTest.keyClicks(QApplication.focusWidget(), "Seen on 3 May")
        desk.screen.draft.writer.flush()
        told = desk.screen._problem.sentence
        assert "was moved, renamed, deleted or replaced while it was open" in told
        assert "still here" in told
        assert desk.states[-1].problem
        assert desk.screen.draft.value(EVIDENCE) == "Seen on 3 May"
        assert QApplication.focusWidget().toPlainText() == "Seen on 3 May"
        assert desk.kept(EVIDENCE) == ""
    finally:
        (tmp_path / "put away").rename(path)
    desk.screen._problem.button(0).click()
    assert desk.kept(EVIDENCE) == "Seen on 3 May"
    assert desk.screen._problem.sentence == ""
    assert not desk.states[-1].problem
