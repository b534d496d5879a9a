"""The list at the left: the screens there are, auditing a case, and the lock."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from audit_app.ui.catalogue import ScreenEntry
from audit_app.ui.labelled import name, name_button
from audit_app.ui.roles import ButtonRole, Surface, set_button_role, set_surface
from audit_app.ui.theme import Theme

_ICON = 18
_WIDTH = 190
_LEAST = 140  # at the usual size of text, for the longest words in it


class Navigation(QFrame):
    """``chosen`` carries the id of a screen; ``entered`` says that the person wants to work in it now."""

    chosen = Signal(str)
    entered = Signal()
    audit_case = Signal()
    lock = Signal()

    def __init__(self, entries: Sequence[ScreenEntry], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, Surface.SUNKEN)
        self._entries = [entry for entry in entries if entry.icon]
        self._theme = theme
        self._start = QPushButton("Audit a case")
        set_button_role(self._start, ButtonRole.PRIMARY)
        name_button(
            self._start, "Audit a case", "Begin an audit, or go on with a draft of that case", "Ctrl+N"
        )
        self.list = QListWidget()
        self.list.setProperty("role", "navigation")
        name(self.list, "Screens")
        for entry in self._entries:
            item = QListWidgetItem(entry.title)
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            self.list.addItem(item)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lock = QPushButton("Lock")
        set_button_role(self._lock, ButtonRole.FLAT)
        name_button(self._lock, "Lock", "Close the workspace until the passphrase is typed again", "Ctrl+L")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 12)
        column.setSpacing(12)
        column.addWidget(self._start)
        column.addWidget(self.list, 1)
        column.addWidget(self._lock)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemClicked.connect(self._on_activated)
        self._start.clicked.connect(self.audit_case)
        self._lock.clicked.connect(self.lock)
        theme.changed.connect(self._dress)
        self._dress()

    def mark(self, screen_id: str) -> None:
        """Mark a screen without going there; one that is not listed leaves the mark where it was."""
        for row, entry in enumerate(self._entries):
            if entry.id == screen_id:
                self.list.blockSignals(True)
                self.list.setCurrentRow(row)
                self.list.blockSignals(False)

    @Slot()
    def _dress(self) -> None:
        size = self._theme.scaled(_ICON)
        self.list.setIconSize(QSize(size, size))
        self._lock.setIconSize(QSize(size, size))
        for row, entry in enumerate(self._entries):
            self.list.item(row).setIcon(self._theme.icon(entry.icon, _ICON))
        self._lock.setIcon(self._theme.icon("lock", _ICON))
        self.setFixedWidth(max(_WIDTH, self._theme.scaled(_LEAST)))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        # Also where it is marked already: from within an audit, a click on the list leads out of it.
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        self.entered.emit()
