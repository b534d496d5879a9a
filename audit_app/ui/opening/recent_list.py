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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._group.buttonClicked.connect(self._on_clicked)

    def show_recent(self, recent: Sequence["RecentWorkspace"]) -> None:
        """Show the latest of these, which come newest first."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._paths = [found.path for found in recent[:_MOST]]
        for number, found in enumerate(recent[:_MOST]):
            opened = long_date(found.last_opened.astimezone().date())
            state = f"opened {opened}" if found.exists else "not there any more"
            button = QPushButton(f"{found.name}\n{found.path.parent.name} · {state}".replace("&", "&&"))
            button.setCheckable(True)
            button.setAccessibleName(f"{found.name}, {state}")
            button.setAccessibleDescription(str(found.path))
            button.setToolTip(str(found.path))
            set_button_role(button, ButtonRole.CHOICE)
            self._group.addButton(button, number)
            self._column.addWidget(button)

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
