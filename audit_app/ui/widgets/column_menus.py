"""The menus of a table: which columns are shown, and in which order the rows stand."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from audit_app.ui.models.columns import Column
from audit_app.ui.widgets.table_memory import TableMemory


class ColumnsMenu(QMenu):
    """One line for each column. ``chosen`` carries the column's id and whether to show it."""

    chosen = Signal(str, bool)
    reset = Signal()

    def __init__(
        self, columns: Sequence[Column[Any]], memory: TableMemory, parent: QWidget | None = None
    ) -> None:
        super().__init__("Columns", parent)
        self._columns = columns
        self._memory = memory
        self._actions: list[QAction] = []
        for column in columns:
            action = self.addAction(_words(column))
            action.setCheckable(True)
            action.setData(column.id)
            self._actions.append(action)
        self.addSeparator()
        self._reset = self.addAction("As at first")
        self.aboutToShow.connect(self._tick)
        self.triggered.connect(self._on_triggered)

    @Slot()
    def _tick(self) -> None:
        shown = self._memory.state.shown
        for column, action in zip(self._columns, self._actions, strict=True):
            action.setChecked(shown.get(column.id, column.shown))
        ticked = [action for action in self._actions if action.isChecked()]
        for action in self._actions:
            action.setEnabled(ticked != [action])

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action is self._reset:
            self.reset.emit()
        else:
            self.chosen.emit(str(action.data()), action.isChecked())


class SortMenu(QMenu):
    """One line for each column and each direction. ``chosen``: the column's id and whether descending."""

    chosen = Signal(str, bool)

    def __init__(
        self, columns: Sequence[Column[Any]], memory: TableMemory, parent: QWidget | None = None
    ) -> None:
        super().__init__("Sort", parent)
        self._memory = memory
        by, way = QActionGroup(self), QActionGroup(self)
        self._by = [self._line(by, _words(column), column.id) for column in columns]
        self.addSeparator()
        self._up = self._line(way, "Smallest, earliest or A first", "")
        self._down = self._line(way, "Largest, latest or Z first", "")
        self.aboutToShow.connect(self._tick)
        self.triggered.connect(self._on_triggered)

    def _line(self, group: QActionGroup, words: str, data: str) -> QAction:
        action = QAction(words, group)
        action.setCheckable(True)
        action.setData(data)
        self.addAction(action)
        return action

    @Slot()
    def _tick(self) -> None:
        state = self._memory.state
        for action in self._by:
            action.setChecked(action.data() == state.sort)
        self._down.setChecked(state.descending)
        self._up.setChecked(not state.descending)

    @Slot(QAction)
    def _on_triggered(self, _action: QAction) -> None:
        by = next((action for action in self._by if action.isChecked()), None)
        if by is not None:
            self.chosen.emit(str(by.data()), self._down.isChecked())


def _words(column: Column[Any]) -> str:
    return column.header.replace("&", "&&")
