"""A person at the real window: runs the program and presses keys in it, in a process that a test may kill.

    grading_driver.py begin WORKSPACE REFERENCE            unlock, audit a case, and write until killed
    grading_driver.py begin-late WORKSPACE REFERENCE       the same, with writing put off for a minute
    grading_driver.py finish WORKSPACE REFERENCE PDF       unlock, go on, submit and save the PDF

What it prints, a line each: "typed N AT" for each letter (AT by the clock that all processes share), "found
TEXT" for what stands in the field it comes back to, and "done".
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from audit_app.app import run_window
from audit_app.core.form import Form
from audit_app.ui.grading import writer
from audit_app.ui.grading.audit_view import AuditView
from audit_app.ui.main_window import MainWindow
from audit_app.ui.screens.grading_screen import GradingScreen

PASSPHRASE = "seven tall birch trees"
SENTENCE = "The worker saw the child alone on 3 May and wrote down what was said. "
WRITING = "voice"  # the domain in which the pen is taken away
GRADES = ("1", "2", "1", "3", "1", "1")
EVERY_MS = 15
GIVE_UP_AFTER = 60.0  # seconds for one step

Step = Callable[[], object] | None
_KEYS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def focus() -> QWidget:
    """What has the keyboard; a window that was shown just now has not got it yet."""
    return QApplication.focusWidget() or QApplication.activeWindow() or QWidget()


def press(key: str) -> None:
    """Press a key, as "Ctrl+Return"."""
    *held, name = key.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= _KEYS[one]
    QTest.keyClick(focus(), getattr(Qt.Key, f"Key_{name.upper() if len(name) == 1 else name}"), modifiers)


def write(text: str) -> None:
    """Type a text."""
    QTest.keyClicks(focus(), text)


class Person(QObject):
    """Does one thing at a time, each when the one before has had its effect.

    A script does something and yields what to wait for. It is run from the event loop, so that a dialog which
    keeps its caller waiting gets its keys too.
    """

    def __init__(self, script: Iterator[Step]) -> None:
        super().__init__()
        self._script = script
        self._waiting: Step = None
        self._since = time.monotonic()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def _on_time(self) -> None:
        shown = window()
        if shown is not None and shown.isVisible() and QApplication.activeWindow() is None:
            shown.activateWindow()  # as a desktop does when a dialog closes, and the offscreen platform not
        if self._waiting is not None and not self._waiting():
            if time.monotonic() - self._since > GIVE_UP_AFTER:
                say(f"stuck at {focus()} waiting for {self._waiting.__doc__}")
                os._exit(1)
            return
        self._since = time.monotonic()
        self._waiting = next(self._script, None)
        if self._waiting is None:
            self._timer.stop()


# -- What is on the screen ----


def window() -> MainWindow | None:
    """The window."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    return found[0] if found else None


def asks_for_passphrase() -> bool:
    """the passphrase field"""
    return isinstance(focus(), QLineEdit) and focus().echoMode() is QLineEdit.EchoMode.Password


def is_home() -> bool:
    """Home"""
    shown = window()
    return shown is not None and shown.workbench is not None and shown.workbench.screen_shown is not None


def in_dialog() -> bool:
    """the dialog that asks for a reference"""
    dialog = QApplication.activeModalWidget()
    return dialog is not None and dialog.isAncestorOf(focus()) and isinstance(focus(), QLineEdit)


def is_grading() -> bool:
    """the grading screen"""
    shown = window()
    bench = shown.workbench if shown else None
    return (
        bench is not None and isinstance(bench.screen_shown, GradingScreen) and view().isAncestorOf(focus())
    )


def screen() -> GradingScreen:
    """The grading screen."""
    shown = window()
    assert shown is not None
    assert shown.workbench is not None
    found = shown.workbench.screen_shown
    assert isinstance(found, GradingScreen)
    return found


def view() -> AuditView:
    """Its parts."""
    return screen().view


def at(place: str) -> Callable[[], bool]:
    """Whether the person is in a field, or in a step where they are in no field."""

    def is_there() -> bool:
        return view().where()[0] == place or view().page.step.id == place

    is_there.__doc__ = place
    return is_there


def nothing() -> bool:
    """nothing"""
    return True


# -- What the person does ----


def later(*keys: str) -> None:
    """Press keys once the caller is back in the event loop: a dialog opens and keeps it."""
    for key in keys:
        QTimer.singleShot(0, lambda key=key: press(key))


def unlock(reference: str) -> Iterator[Step]:
    """From the Open screen to the audit of a case."""
    yield lambda: window() is not None
    yield asks_for_passphrase
    write(PASSPHRASE)
    press("Return")
    yield is_home
    later("Ctrl+N")
    yield in_dialog
    write(reference)
    later("Return")
    yield is_grading


def tab_to(key: str) -> Iterator[Step]:
    """Tab until a field has the focus."""
    for _ in range(200):
        if view().where()[0] == key:
            return
        press("Tab")
        yield nothing
    say(f"stuck: Tab does not lead to {key}")
    os._exit(1)


def standards(form: Form, domain_id: str) -> Iterator[Step]:
    """Answer every standard by its letter."""
    for _ in form.domain(domain_id).standards:
        press("m")
        yield nothing


def begin(reference: str) -> Iterator[Step]:
    """Grade the first domains, and write in the fourth until killed."""
    yield from unlock(reference)
    form = screen().draft.form
    for domain, digit in zip(form.domains, GRADES, strict=True):
        press("Ctrl+Return")
        yield at(domain.id)
        yield from standards(form, domain.id)
        yield from tab_to(f"{domain.id}.evidence")
        if domain.id == WRITING:
            break
        write(SENTENCE)
        press(f"Alt+{digit}")
        yield from tab_to(f"{domain.id}.development")
        write("Bring the father in.")
    letters = 0
    while True:
        write(SENTENCE[letters % len(SENTENCE)])
        letters += 1
        say(f"typed {letters} {time.monotonic()}")
        yield nothing


def finish(reference: str, pdf: Path) -> Iterator[Step]:
    """Go on where the pen was taken away, and end with a PDF."""
    yield from unlock(reference)
    form = screen().draft.form
    for domain, digit in list(zip(form.domains, GRADES, strict=True)):
        number = [one.id for one in form.domains].index(domain.id) + 1
        press(f"Ctrl+{number}")
        yield at(domain.id)
        if domain.id not in [one.id for one in form.domains][3:]:
            continue
        yield from standards(form, domain.id)
        yield from tab_to(f"{domain.id}.evidence")
        if domain.id == WRITING:
            say(f"found {focus().toPlainText()}")
        press("Ctrl+End")
        write(f"Finished {domain.id}.")
        press(f"Alt+{digit}")
        yield from tab_to(f"{domain.id}.development")
        write("Keep it up.")
    press("Ctrl+Return")
    yield at("safe.now")
    press("y")
    press("Alt+3")
    yield nothing
    press("Ctrl+Return")
    yield at("feedback")
    for person in form.asks.people:
        yield from tab_to(f"{person}.asked")
        press("n")
        yield from tab_to(f"{person}.why_not")
        write("On leave")
    press("Ctrl+Return")
    yield at("actions")
    press("Space")
    yield at("action.1.what")
    write("Write the chronology up to date")
    yield from tab_to("action.1.owner")
    write("Team manager")
    yield from tab_to("action.1.due")
    write("1/6/2030")
    press("Ctrl+Return")
    yield at("review")
    press("Space")  # Submit has the focus: nothing is missing
    yield lambda: screen().draft.read_only
    later("Space")  # and now saving it as a PDF
    yield lambda: isinstance(QApplication.activeModalWidget(), QFileDialog) and in_dialog()
    press("Ctrl+A")
    write(str(pdf))
    later("Return")
    yield pdf.exists
    yield lambda: pdf.name in screen()._told.sentence
    say("done")
    later("Ctrl+Q")
    yield nothing


def main() -> int:
    """Run the program with somebody at the keys."""
    what, workspace, reference, *rest = sys.argv[1:]
    if what == "begin-late":
        writer.COMMIT_AFTER_MS = 60_000
    script = finish(reference, Path(rest[0])) if what == "finish" else begin(reference)
    run_for_good = QApplication.exec
    people = []

    def run(*_: object) -> int:
        people.append(Person(script))
        return run_for_good()

    QApplication.exec = run
    return run_window(Path(workspace))


if __name__ == "__main__":
    sys.exit(main())
