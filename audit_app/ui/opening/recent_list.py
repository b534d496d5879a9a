"""The workspaces opened lately on this computer, to choose one from."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QVBoxLayout, QWidget

from audit_app.core.words import long_date
from audit_app.ui.roles import ButtonRole, set_button_role

if TYPE_CHECKING:
    from audit_app.services.recent import RecentWorkspace

_MOST = 6


class RecentList(QWidget):
    """``chosen`` is the path of the one that was clicked."""

    chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: list[Path] = []
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        # All at once, though few may be seen: Tab goes in the order in which widgets are made.
        for number in range(_MOST):
            button = QPushButton()
            button.setCheckable(True)
            set_button_role(button, ButtonRole.CHOICE)
            self._group.addButton(button, number)
            column.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)

    def show_recent(self, recent: Sequence["RecentWorkspace"]) -> None:
        """Show the latest of these, which come newest first."""
        self._paths = [found.path for found in recent[:_MOST]]
        for number in range(_MOST):
            button = self._group.button(number)
            button.setVisible(number < len(self._paths))
            if number < len(self._paths):
                self._tell(button, recent[number])

    @staticmethod
    def _tell(button: QAbstractButton, found: "RecentWorkspace") -> None:
        opened = long_date(found.last_opened.astimezone().date())
        state = f"opened {opened}" if found.exists else "not there any more"
        button.setText(f"{found.name}\n{found.path.parent.name} · {state}".replace("&", "&&"))
        button.setAccessibleName(f"{found.name}, {state}")
        button.setAccessibleDescription(str(found.path))
        button.setToolTip(str(found.path))

    def mark(self, path: Path | None) -> bool:
        """Mark the workspace with this path, or none where the list does not have it; whether it has."""
        self._group.setExclusive(False)
        for number, found in enumerate(self._paths):
            self._group.button(number).setChecked(found == path)
        self._group.setExclusive(True)
        return path in self._paths

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(self._paths[self._group.id(button)])
