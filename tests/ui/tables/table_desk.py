"""A person at the tables: the screens of the window over a real workspace, and what is pressed there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from audit_app.services.session import Session
from audit_app.ui.context import Context
from audit_app.ui.labelled import plain
from audit_app.ui.messages import FileKind, Messages
from audit_app.ui.screen import Place, Screen
from audit_app.ui.widgets.table_pane import TablePane
from audit_app.ui.workbench import Workbench

NO_KEYS = Qt.KeyboardModifier.NoModifier


class Chosen(Messages):
    """Answers the file dialogs, which are the system's, with a path."""

    path: Path | None = None
    suggested = ""

    def choose_save(self, parent: QWidget | None, title: str, suggested: str, kind: FileKind) -> Path | None:
        self.suggested = suggested
        return self.path

    def choose_open(self, parent: QWidget | None, title: str, kind: FileKind) -> Path | None:
        return self.path


class Answers(QObject):
    """Waits for dialogs, does what it was told in each, in turn, and remembers what they said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._acts: list[Callable[[QWidget], None]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)

    def press(self, words: str) -> None:
        """Press the button with these words in the next dialog."""
        self.do(lambda dialog: button(dialog, words).click())

    def do(self, act: Callable[[QWidget], None]) -> None:
        """Do something in the next dialog."""
        self._acts.append(act)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        focus = QApplication.focusWidget()
        if dialog is None or focus is None or not dialog.isAncestorOf(focus):
            return  # keys would go to the window behind
        act = self._acts.pop(0)
        if not self._acts:
            self._timer.stop()
        self.said.append(words_of(dialog))
        try:
            act(dialog)
        except BaseException:
            dialog.close()  # or the test would wait for it for ever
            raise


def words_of(widget: QWidget) -> str:
    """What can be read in a dialog."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(within: QWidget, words: str) -> QAbstractButton:
    """The button that can be seen with these words on it."""
    found = [
        one
        for one in within.findChildren(QAbstractButton)
        if one.isVisible() and plain(one.text()).rstrip("…") == words
    ]
    assert len(found) == 1, f"{len(found)} buttons say {words!r}"
    return found[0]


@dataclass
class Desk:
    """The screens of the window with a workspace open, and what a person does at them."""

    context: Context
    bench: Workbench
    qtbot: QtBot
    answers: Answers = field(default_factory=Answers)

    @property
    def session(self) -> Session:
        return self.context.session

    @property
    def screen(self) -> Any:
        """The screen in front."""
        assert isinstance(self.bench.screen_shown, Screen)
        return self.bench.screen_shown

    @property
    def table(self) -> TablePane[Any]:
        """The table of the screen in front."""
        return self.screen.table

    @property
    def messages(self) -> Chosen:
        assert isinstance(self.context.messages, Chosen)
        return self.context.messages

    def go(self, screen: str, **place: Any) -> Any:
        """Go to a screen and wait until the background is done."""
        self.bench.go(Place(screen, **place))
        self.settle()
        return self.screen

    def settle(self) -> None:
        """Wait until nothing is left to do in the background."""
        self.qtbot.waitUntil(lambda: not self.context.background._jobs, timeout=10_000)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=10_000)

    def click(self, words: str, within: QWidget | None = None) -> None:
        self.qtbot.mouseClick(button(within or self.bench, words), Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.bench, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        """Type words wherever the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.bench, words)
        self.settle()


def column(pane: TablePane[Any], column_id: str) -> list[str]:
    """The words of a column, from top to bottom, read through the model."""
    section = [one.id for one in pane.model.columns].index(column_id)
    rows = range(pane.model.rowCount())
    return [str(pane.model.index(row, section).data()) for row in rows]


def select(pane: TablePane[Any], column_id: str, words: str) -> None:
    """Select the row with these words in a column."""
    position = column(pane, column_id).index(words)
    pane.view.setFocus()
    pane.view.select_positions([position], position)
