"""A bug of ours: logged first, kept without case text, told once, offered at the next start."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, qWarning
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from audit_app import logs
from audit_app.core.errors import CannotWrite
from audit_app.crash import CrashRecorder
from audit_app.ui import qt_log
from audit_app.ui.background import Background, Progress
from audit_app.ui.crash_dialog import CrashDialog
from audit_app.ui.crash_teller import CrashTeller
from audit_app.ui.messages import Messages
from audit_app.ui.preferences import Preferences

CASE_TEXT = "Maya was not seen at home"
ROOT = Path(__file__).resolve().parents[3]


def bug() -> ZeroDivisionError:
    """An error with a trace, whose message and values hold case text."""
    evidence = CASE_TEXT
    try:
        raise ZeroDivisionError(evidence)
    except ZeroDivisionError as error:
        return error


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    logs.start(tmp_path)
    yield tmp_path / logs.FILE_NAME
    logs.stop()


@pytest.fixture
def recorder(tmp_path: Path, log: Path) -> CrashRecorder:
    return CrashRecorder(tmp_path)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def tell_there(teller: CrashTeller, _progress: Progress) -> None:
    teller.tell(bug())


class Nobody(QObject):
    """Receives what nobody needs."""

    def done(self, _nothing: None) -> None:
        pass


def dialogs() -> list[CrashDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]


def close_dialogs() -> None:
    for one in dialogs():
        one.accept()


def test_the_crash_file_and_the_log_say_where_and_hold_no_text(recorder: CrashRecorder, log: Path) -> None:
    recorder.record(bug())
    logging.getLogger(logs.LOGGER).error("Something failed", exc_info=bug())
    kept, logged = recorder.waiting(), log.read_text(encoding="utf-8")
    for text in (kept, logged):
        assert "ZeroDivisionError" in text
        assert "test_crash.py:" in text
        assert CASE_TEXT not in text
        assert "Maya" not in text


def test_what_caused_an_error_is_named_too(recorder: CrashRecorder) -> None:
    try:
        try:
            raise KeyError(CASE_TEXT)
        except KeyError as error:
            raise RuntimeError(CASE_TEXT) from error
    except RuntimeError as error:
        recorder.record(error)
    kept = recorder.waiting()
    assert kept.index("RuntimeError") < kept.index("KeyError")
    assert CASE_TEXT not in kept


def test_a_bug_is_told_in_one_dialog_however_often_it_repeats(
    recorder: CrashRecorder, window: QWidget, tmp_path: Path, qtbot: QtBot, log: Path
) -> None:
    teller = CrashTeller(recorder, Messages(Preferences(tmp_path)), window)
    for _ in range(50):
        teller.tell(bug())
    qtbot.waitUntil(lambda: bool(dialogs()))
    qtbot.wait(20)
    assert len(dialogs()) == 1
    details = dialogs()[0].findChild(QPlainTextEdit)
    assert "ZeroDivisionError" in details.toPlainText()
    assert CASE_TEXT not in details.toPlainText()
    close_dialogs()
    assert log.read_text(encoding="utf-8").count("met a bug") == 20
    assert recorder.waiting() == ""  # the person has seen it


def test_a_bug_on_another_thread_opens_its_dialog_in_the_gui_thread(
    recorder: CrashRecorder, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    teller = CrashTeller(recorder, Messages(Preferences(tmp_path)), window)
    background = Background()
    background.run(partial(tell_there, teller), Nobody().done)
    qtbot.waitUntil(lambda: bool(dialogs()))
    background.stop()
    assert recorder.waiting() == ""  # it was written, and seen
    details = dialogs()[0].findChild(QPlainTextEdit)
    assert "tell_there" not in details.toPlainText()
    assert "ZeroDivisionError" in details.toPlainText()
    assert dialogs()[0].thread() is QApplication.instance().thread()
    close_dialogs()


def test_a_situation_that_no_screen_expected_is_told_as_a_sentence(
    recorder: CrashRecorder, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    said: list[str] = []

    class Heard(Messages):
        def error(self, parent: QWidget | None, error: Any) -> None:
            said.append(error.sentence)

    teller = CrashTeller(recorder, Heard(Preferences(tmp_path)), window)
    teller.tell(CannotWrite("The disk is full."))
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["The disk is full."]
    assert recorder.waiting() == ""


def test_what_the_last_run_left_is_offered_once(
    recorder: CrashRecorder, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    CrashRecorder(tmp_path).record(bug())
    teller = CrashTeller(recorder, Messages(Preferences(tmp_path)), window)
    teller.offer_last()
    qtbot.waitUntil(lambda: bool(dialogs()))
    assert "stopped unexpectedly last time" in dialogs()[0].findChildren(QWidget)[0].text()
    close_dialogs()
    teller.offer_last()
    qtbot.wait(20)
    assert not dialogs()


def test_the_details_can_be_copied(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QPushButton

    dialog = CrashDialog(None, "builtins.KeyError", last_time=False)
    dialog.show()
    copy = next(one for one in dialog.findChildren(QPushButton) if "details" in one.text())
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "builtins.KeyError"
    dialog.accept()


def test_qts_complaints_are_logged_without_their_words(log: Path) -> None:
    qt_log.install()
    try:
        qWarning(f"QFile::open: no such file /home/{CASE_TEXT}")
    finally:
        qt_log.remove()
    logged = log.read_text(encoding="utf-8")
    assert "Qt: QFile::open" in logged
    assert CASE_TEXT not in logged


def test_a_log_that_is_full_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / logs.FILE_NAME).write_bytes(b"x" * 600_000)
    logs.start(tmp_path)
    logging.getLogger(logs.LOGGER).info("Started")
    logs.stop()
    assert (tmp_path / logs.FILE_NAME).stat().st_size < 1_000
    assert (tmp_path / "audit-app.old.log").stat().st_size == 600_000


def run(code: str, folder: Path, *, output: Any = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "AUDIT_APP_DATA_DIR": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
        text=True, timeout=120, check=False,
    )  # fmt: skip


WITH_A_BUG = f"""
import sys
{{first}}
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import audit_app.app as app
from audit_app.ui.main_window import MainWindow
usual = MainWindow.start
def start(window, path):
    usual(window, path)
    QTimer.singleShot(200, broken)
    QTimer.singleShot(600, QApplication.quit)
def broken():
    evidence = {CASE_TEXT!r}
    raise ValueError(evidence)
MainWindow.start = start
sys.exit(app.run_window(None))
"""


@pytest.mark.parametrize("first", ["", "sys.stdout = sys.stderr = None"], ids=["console", "no console"])
def test_the_program_lives_on_after_a_bug_and_writes_no_text(tmp_path: Path, first: str) -> None:
    ran = run(WITH_A_BUG.format(first=first), tmp_path)
    assert ran.returncode == 0, ran.stdout
    logged = (tmp_path / "logs" / logs.FILE_NAME).read_text(encoding="utf-8")
    assert "builtins.ValueError" in logged
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert CASE_TEXT.encode() not in file.read_bytes(), file
    assert CASE_TEXT not in (ran.stdout or "")


def test_a_fault_that_brings_the_interpreter_down_is_there_at_the_next_start(tmp_path: Path) -> None:
    code = """
import ctypes
from pathlib import Path
from audit_app.crash import CrashRecorder
recorder = CrashRecorder(Path({folder!r}))
recorder.install()
ctypes.string_at(0)
"""
    ran = run(code.format(folder=str(tmp_path)), tmp_path)
    assert ran.returncode != 0
    assert "most recent call first" in CrashRecorder(tmp_path).waiting()


CALLS = """
import audit_app.ui
from PySide6.QtCore import QObject, Signal
class Source(QObject):
    told = Signal()
source = Source()
for _ in range(100_000):
    source.told.emit()  # gives back True
    source.blockSignals(False)  # gives back False
    source.setObjectName("x")  # gives back None
    source == 1  # asks, and is given NotImplemented
print("lived")
"""


def test_a_hundred_thousand_calls_of_qt_do_no_harm(tmp_path: Path) -> None:
    """PySide6 6.12 takes a reference from None and True with each; within minutes Python 3.11 ends."""
    assert run(CALLS, tmp_path).stdout.strip() == "lived"
