"""A person at the window: what they see, click and type, from the Open screen on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from audit_app.services.recent import RecentWorkspaces
from audit_app.services.session import Session
from audit_app.services.workspaces import Workspaces
from audit_app.ui.background import Background
from audit_app.ui.context import Context
from audit_app.ui.labelled import plain
from audit_app.ui.main_window import MainWindow
from audit_app.ui.messages import Messages
from audit_app.ui.parts import Parts
from audit_app.ui.preferences import Preferences
from audit_app.ui.screen import Place
from audit_app.ui.theme import Theme
from audit_app.ui.workbench import Workbench

PASSPHRASE = "four quiet green kettles"
W = TypeVar("W", bound=QWidget)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """The window and its parts."""

    window: MainWindow
    parts: Parts
    clock: Clock
    documents: Path
    service: Workspaces
    qtbot: QtBot

    @property
    def session(self) -> Session:
        return self.context.session

    @property
    def context(self) -> Context:
        assert self.window.context is not None
        return self.window.context

    @property
    def bench(self) -> Workbench:
        assert self.window.workbench is not None
        return self.window.workbench

    @property
    def place(self) -> Place:
        found = self.bench.place()
        assert found is not None
        return found

    # -- What is seen ----------------------------------------------------------------------------

    def words(self, within: QWidget | None = None) -> str:
        """Every word that can be read, line by line."""
        return "\n".join(words_in(within or self.window))

    def button(self, text: str, within: QWidget | None = None) -> QAbstractButton:
        """The button that can be seen with these words on it."""
        buttons = (within or self.window).findChildren(QAbstractButton)
        found = [one for one in buttons if one.isVisible() and plain(one.text()) == text]
        assert len(found) == 1, f"{len(found)} buttons say {text!r}"
        return found[0]

    def field(self, name: str, within: QWidget | None = None) -> QLineEdit:
        """The field that can be seen and has this name for a screen reader."""
        fields = (within or self.window).findChildren(QLineEdit)
        found = [one for one in fields if one.isVisible() and one.accessibleName() == name]
        assert len(found) == 1, f"{len(found)} fields are called {name!r}"
        return found[0]

    def dialog(self) -> QDialog | None:
        """The dialog in front, if any."""
        found = QApplication.activeModalWidget()
        return found if isinstance(found, QDialog) else None

    # -- What is done ----------------------------------------------------------------------------

    def click(self, text: str, within: QWidget | None = None) -> None:
        self.qtbot.mouseClick(self.button(text, within), Qt.MouseButton.LeftButton)

    def type_into(self, name: str, text: str, within: QWidget | None = None) -> None:
        field = self.field(name, within)
        field.setFocus()
        field.clear()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:  # Qt's keys for tests are ASCII
            field.insert(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=10_000)

    def make(self, name: str = "Work") -> Path:
        """A workspace that is there already, made and closed by the service."""
        path = self.documents / f"{name}.caseaudit"
        self.service.create(path, PASSPHRASE, "Zoë Adeyemi").close()
        return path

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        """Type a passphrase and press Enter."""
        self.type_into("Passphrase", passphrase)
        self.press(Qt.Key.Key_Return)

    def open(self, path: Path | None = None) -> None:
        """From a workspace's file to Home."""
        self.window.start(path or self.make())
        self.unlock()
        self.wait(lambda: self.window.workbench is not None)

    def grade_new(self, reference: str = "2024-0117") -> str:
        """Begin an audit and go to it; its id."""
        audit_id, changes = self.session.audits.start(reference)
        self.context.bus.publish(changes)
        self.bench.go(Place("grading", audit_id=audit_id))
        return audit_id


def words_in(widget: QWidget) -> list[str]:
    """The texts of labels and buttons that can be seen, in the order in which they were made."""
    found = []
    for child in widget.findChildren(QWidget):
        if child.isVisible() and isinstance(child, QLabel | QAbstractButton) and child.text():
            found.append(plain(child.text()))
    return found


def build(
    app: QApplication, data: Path, documents: Path, service: Workspaces, theme: Theme, qtbot: QtBot
) -> Desk:
    """A window that is not shown yet."""
    clock = Clock()
    preferences = Preferences(data)
    parts = Parts(
        app=app,
        recent=RecentWorkspaces(data),
        workspaces=lambda: service,
        background=Background(),
        preferences=preferences,
        theme=theme,
        messages=Messages(preferences),
        sample_folder=data / "sample",
        clock=clock,
    )
    return Desk(MainWindow(parts), parts, clock, documents, service, qtbot)
