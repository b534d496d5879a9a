"""A person at the grading screen: where they are, what they press and type, and what is kept."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from audit_app.services.session import Session
from audit_app.ui.change_bus import SaveState
from audit_app.ui.context import Context
from audit_app.ui.grading.step_page import StepPage
from audit_app.ui.messages import FileKind, Messages
from audit_app.ui.screens.grading_screen import GradingScreen

PASSPHRASE = "seven tall birch trees"
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Keypad": Qt.KeyboardModifier.KeypadModifier,
}


class Chosen(Messages):
    """Answers the file dialog, which is the system's, with a path."""

    path: Path | None = None

    def choose_save(self, parent: QWidget | None, title: str, suggested: str, kind: FileKind) -> Path | None:
        self.suggested = suggested
        return self.path


@dataclass
class Desk:
    """The screen with an audit on it, and what a person does at it."""

    context: Context
    screen: GradingScreen
    audit_id: str
    qtbot: QtBot
    states: list[SaveState] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.context.session

    @property
    def page(self) -> StepPage:
        return self.screen.view.page

    @property
    def step(self) -> str:
        return self.page.step.id

    @property
    def focus(self) -> str:
        """The key of the field that has the focus, or the step."""
        return self.screen.view.where()[0]

    def kept(self, key: str) -> str:
        """What is on the disk for a field."""
        return self.session.audits.get(self.audit_id).value(key)

    def shown(self, key: str) -> bool:
        """Whether a field of the step in front can be seen."""
        return key in self.page.fields and self.page.fields[key].isVisibleTo(self.page)

    def press(self, *keys: str) -> None:
        """Press keys, each as "Ctrl+Return", "m" or "Tab", wherever the focus is."""
        for key in keys:
            *held, name = key.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= _MODIFIERS[one]
            target = QApplication.focusWidget() or self.screen
            code = getattr(Qt.Key, f"Key_{name.upper() if len(name) == 1 else name}")
            if len(name) == 1 and modifiers in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                QTest.keyClick(target, name, modifiers)
            else:
                QTest.keyClick(target, code, modifiers)

    def type(self, words: str) -> None:
        """Type words wherever the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, words)

    def go(self, place: str) -> None:
        """Go to a step or a field."""
        self.screen.view.go_to(place)

    def tab_to(self, key: str) -> None:
        """Press Tab until a field has the focus."""
        for _ in range(200):
            if self.focus == key:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {key}")

    def fill(self, *, but: str = "") -> None:
        """Answer all that the form requires through the services, but for one field."""
        form = self.screen.draft.form
        grading = self.session.grading
        values = {"audit.date": "2024-05-01", "safe.now": "yes", "overall.grade": "good"}
        for domain in form.domains:
            values |= {f"{domain.id}.standard.{standard.id}": "met" for standard in domain.standards}
            values |= {f"{domain.id}.grade": "good", f"{domain.id}.evidence": f"Read in {domain.id}"}
        for person in form.asks.people:
            values |= {f"{person}.asked": "no", f"{person}.why_not": "On leave"}
        values.pop(but, None)
        self.context.bus.publish(grading.set_many(self.audit_id, values))
