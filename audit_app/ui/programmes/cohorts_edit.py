"""The cohorts of a programme in their order: added, renamed, moved and removed, with keys or buttons."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.programme import Cohort
from audit_app.services.programmes import CohortDraft
from audit_app.ui.labelled import name_button
from audit_app.ui.roles import ButtonRole, set_button_role

NEW_TITLE = "New cohort"
_ID = Qt.ItemDataRole.UserRole
_ROWS_SEEN = 5


class CohortsEdit(QWidget):
    """``edited``: something changed by the person."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.list.installEventFilter(self)
        self.list.setSpacing(2)
        self.list.setMinimumHeight(self.fontMetrics().height() * _ROWS_SEEN + 16)
        self._add = QPushButton("&Add")
        self._rename = QPushButton("&Rename")
        self._up = QPushButton("Move &up")
        self._down = QPushButton("Move &down")
        self._remove = QPushButton("Remo&ve")
        column = QVBoxLayout()
        column.setSpacing(4)
        for button, tip, key in (
            (self._add, "Add a cohort", "Ins"),
            (self._rename, "Rename the cohort", "F2"),
            (self._up, "Move the cohort up", "Alt+Up"),
            (self._down, "Move the cohort down", "Alt+Down"),
            (self._remove, "Remove the cohort", "Del"),
        ):
            set_button_role(button, ButtonRole.FLAT)
            button.setAutoDefault(False)
            name_button(button, tip, shortcut=key)
            column.addWidget(button)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list, 1)
        row.addLayout(column)
        self._add.clicked.connect(self.add)
        self._rename.clicked.connect(self.rename)
        self._up.clicked.connect(self.move_up)
        self._down.clicked.connect(self.move_down)
        self._remove.clicked.connect(self.remove)
        self.list.currentRowChanged.connect(self._on_current)
        self.list.itemChanged.connect(self.edited)
        self._on_current(-1)

    def show_cohorts(self, cohorts: tuple[Cohort, ...]) -> None:
        """Show the cohorts of a programme."""
        self.list.clear()
        for cohort in cohorts:
            self.list.addItem(_item(cohort.title, cohort.id))
        self.list.setCurrentRow(0)
        self._on_current(self.list.currentRow())

    def drafts(self) -> tuple[CohortDraft, ...]:
        """The cohorts as they stand now."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(CohortDraft(item.data(_ID) or None, item.text().strip()) for item in items)

    def finish(self) -> None:
        """Take a title that is still being typed: a key may keep the programme without leaving the list."""
        editor = self.list.findChild(QLineEdit)
        if editor is not None and editor.hasFocus():
            self.list.setFocus()

    # -- What the person does ------------------------------------------------------------------------

    @Slot()
    def add(self) -> None:
        """Add a cohort beneath the current one, ready to be named."""
        row = self.list.currentRow() + 1
        item = _item(NEW_TITLE, "")
        self.list.insertItem(row, item)
        self.list.setCurrentRow(row)
        self.list.editItem(item)
        self.edited.emit()

    @Slot()
    def rename(self) -> None:
        """Type another title for the current cohort."""
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item)

    @Slot()
    def move_up(self) -> None:
        """Move the current cohort towards the top."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Move the current cohort towards the bottom."""
        self._move(1)

    @Slot()
    def remove(self) -> None:
        """Take the current cohort off the list; nothing happens to it before the programme is kept."""
        row = self.list.currentRow()
        if row >= 0:
            self.list.takeItem(row)
            self._on_current(self.list.currentRow())
            self.edited.emit()

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)
            self.edited.emit()

    @Slot(int)
    def _on_current(self, row: int) -> None:
        self._rename.setEnabled(row >= 0)
        self._remove.setEnabled(row >= 0)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < self.list.count() - 1)

    # -- Qt's own ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            act = {
                (Qt.Key.Key_Insert, False): self.add,
                (Qt.Key.Key_Delete, False): self.remove,
                (Qt.Key.Key_Up, True): self.move_up,
                (Qt.Key.Key_Down, True): self.move_down,
            }.get((Qt.Key(event.key()), bool(alt)))
            if act is not None:
                act()
                return True
        return bool(super().eventFilter(watched, event))


def _item(title: str, cohort_id: str) -> QListWidgetItem:
    item = QListWidgetItem(title)
    item.setData(_ID, cohort_id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    return item
