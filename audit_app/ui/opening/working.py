"""What is shown while something works on the file of a workspace, which is closed meanwhile."""

from typing import Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from audit_app.services.session import Session
from audit_app.ui.background import Background, Work
from audit_app.ui.labelled import name
from audit_app.ui.roles import TextRole, set_text_role


class Reopened(Protocol):
    """What such work gives: the workspace, open again, and what else there is to tell."""

    @property
    def session(self) -> Session:
        """The workspace, open."""


class Working(QWidget):
    """What is being done, why it may take a moment, and how far it is."""

    def __init__(self, title: str, words: str, background: Background) -> None:
        super().__init__()
        heading = set_text_role(QLabel(title), TextRole.TITLE)
        explained = set_text_role(QLabel(words), TextRole.QUIET)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        name(self._bar, title)
        self._far = set_text_role(QLabel(), TextRole.QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for label in (heading, explained):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._far)
        background.working.connect(self._on_working)

    @Slot(object)
    def _on_working(self, work: Work | None) -> None:
        if work is not None and work.total > 1:
            self._bar.setRange(0, work.total)
            self._bar.setValue(work.done)
            self._far.setText(f"{work.done} of {work.total} {work.what}")
