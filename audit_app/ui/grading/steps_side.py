"""The left side: the list of steps, and the buttons to the next and the one before."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from audit_app.core.form import GradeScale
from audit_app.ui.grading.step_list import StepList
from audit_app.ui.labelled import name_button
from audit_app.ui.theme import Theme

_WIDTH = 236  # logical pixels at 100%
_SHARE = 0.23  # of the screen, at most


class StepsSide(QFrame):
    """A column as wide as its words, and never more than its share of the screen."""

    next_step = Signal()
    previous_step = Signal()

    def __init__(self, scale: GradeScale, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.list = StepList(theme, scale)
        self._previous, self._next = QPushButton("Back"), QPushButton("Next")
        name_button(self._previous, "Back", "Go to the step before", "Ctrl+Shift+Return")
        name_button(self._next, "Next", "Go to the next step", "Ctrl+Return")
        gap = theme.space(2)
        ways = QHBoxLayout()
        ways.setSpacing(theme.space(1))
        ways.addWidget(self._previous)
        ways.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap, 0, gap)
        column.addWidget(self.list, 1)
        column.addLayout(ways)
        self._previous.clicked.connect(self.previous_step)
        self._next.clicked.connect(self.next_step)

    @property
    def last(self) -> QWidget:
        """After this, Tab goes on to the step."""
        return self._next

    def fit(self, screen_width: int) -> None:
        """Take the width that suits a screen so wide, and the longest word at least."""
        least = self.list.least_width() + 2 * self._theme.space(2)
        self.setFixedWidth(max(least, min(self._theme.scaled(_WIDTH), round(screen_width * _SHARE))))

    def show_ends(self, *, first: bool, last: bool) -> None:
        """At the first step there is no way back, at the last none on."""
        self._previous.setEnabled(not first)
        self._next.setEnabled(not last)
