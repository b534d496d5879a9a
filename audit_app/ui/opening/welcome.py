"""What somebody meets who has no workspace yet: what the program is, and three ways to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role

_ABOUT = (
    "Audit children’s case files, grade them through the six domains, and add the grades up for a report. "
    "Everything is kept in a workspace: one encrypted file on this computer, and nowhere else."
)


class Welcome(QWidget):
    """``new``, ``other`` and ``sample`` are the three ways."""

    new = Signal()
    other = Signal()
    sample = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._new = QPushButton("&New workspace…")
        set_button_role(self._new, ButtonRole.PRIMARY)
        other = QPushButton("&Open a file…")
        sample = QPushButton("See the &sample")
        about = QLabel(_ABOUT)
        about.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(16)
        grid.setColumnStretch(0, 1)
        for row, (heading, words, button) in enumerate(
            (
                ("Begin", "Make the file that your own audits are kept in. It takes a minute.", self._new),
                ("Go on", "Open a workspace that is on this computer already.", other),
                ("Look around", "See the whole program at work, with invented audits.", sample),
            )
        ):
            grid.addLayout(self._way(heading, words), row, 0)
            grid.addWidget(button, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(set_text_role(QLabel("Audit App"), TextRole.TITLE))
        column.addWidget(about)
        column.addSpacing(16)
        column.addLayout(grid)
        self._new.clicked.connect(self.new)
        other.clicked.connect(self.other)
        sample.clicked.connect(self.sample)

    def focus(self) -> None:
        """Put the focus where most begin."""
        self._new.setFocus()

    @staticmethod
    def _way(heading: str, words: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(set_text_role(QLabel(heading), TextRole.STRONG))
        label = set_text_role(QLabel(words), TextRole.QUIET)
        label.setWordWrap(True)
        column.addWidget(label)
        return column
