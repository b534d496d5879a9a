"""The workspaces opened lately on this computer, to choose one from."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from audit_app.ui.labelled import name

if TYPE_CHECKING:
    from audit_app.services.workspaces import RecentWorkspace


class RecentList(QListWidget):
    """``chosen`` is the path of the one that is marked; the first is marked at the start."""

    chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name(self, "Recent workspaces")
        self.setProperty("role", "navigation")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(self._on_clicked)

    def show_recent(self, recent: Sequence["RecentWorkspace"]) -> None:
        """Show these, newest first."""
        self.clear()
        for found in recent:
            opened = found.last_opened
            day = QDate(opened.year, opened.month, opened.day)
            when = QLocale.system().toString(day, QLocale.FormatType.ShortFormat)
            state = f"opened {when}" if found.exists else "not there any more"
            item = QListWidgetItem(f"{found.name}\n{found.path.parent.name} · {state}")
            item.setToolTip(str(found.path))
            item.setData(Qt.ItemDataRole.UserRole, str(found.path))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{found.name}, {state}")
            self.addItem(item)

    def mark(self, path: Path | None) -> None:
        """Mark the workspace with this path, or none where the list does not have it."""
        self.blockSignals(True)
        self.setCurrentRow(-1)
        for row in range(self.count()):
            if path is not None and self.item(row).data(Qt.ItemDataRole.UserRole) == str(path):
                self.setCurrentRow(row)
        self.blockSignals(False)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._choose(item)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))
