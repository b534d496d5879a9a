"""The left of the Open screen: the recent workspaces, and the other ways in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from audit_app.ui.opening.recent_list import RecentList
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_button_role, set_surface, set_text_role

if TYPE_CHECKING:
    from audit_app.services.recent import RecentWorkspace

_WIDTH = 320


class Side(QFrame):
    """``chosen`` is the path of a recent workspace; ``forget`` takes the marked one off the list."""

    chosen = Signal(object)  # Path
    new = Signal()
    other = Signal()
    sample = Signal()
    forget = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_surface(self, Surface.SUNKEN)
        self.setMinimumWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._recent = RecentList()
        self._forget = QPushButton("&Remove from this list")
        self._forget.setAccessibleDescription("The workspace’s file stays where it is")
        set_button_role(self._forget, ButtonRole.LINK)
        new = QPushButton("&New workspace…")
        other = QPushButton("&Open a file…")
        sample = QPushButton("See the &sample")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(8)
        column.addWidget(set_text_role(QLabel("Audit App"), TextRole.TITLE))
        column.addSpacing(16)
        column.addWidget(set_text_role(QLabel("Recent workspaces"), TextRole.QUIET))
        column.addWidget(self._recent)
        column.addWidget(self._forget)
        column.addStretch()
        for button in (new, other, sample):
            column.addWidget(button)
        self._recent.chosen.connect(self.chosen)
        self._forget.clicked.connect(self.forget)
        new.clicked.connect(self.new)
        other.clicked.connect(self.other)
        sample.clicked.connect(self.sample)

    def show_recent(self, recent: Sequence["RecentWorkspace"]) -> None:
        """Show the latest of these, which come newest first."""
        self._recent.show_recent(recent)

    def mark(self, path: Path | None) -> None:
        """Mark the one with this path, or none."""
        self._forget.setVisible(self._recent.mark(path))
