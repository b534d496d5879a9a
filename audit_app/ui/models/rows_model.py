"""The model of every table of rows: prepared rows, and a list of positions that is swapped."""

from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QIcon

from audit_app.ui.models.columns import Column, Mark
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.theme import Theme

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_FIRST = 1_000  # rows that say how wide the columns are
_LONGEST = 5
_SURELY_SEEN = 12  # letters
_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel, Generic[R]):
    """Shows what was prepared: every cell's words are there before they are asked for.

    The columns that come with the rows may know more than those given here (the grades of each programme),
    but are the same ones in the same order.
    """

    def __init__(self, columns: Sequence[Column[R]], theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._theme = theme
        self._prepared: Prepared[R] = Prepared(self.columns, (), str)
        self._order: Sequence[int] = ()
        self._icons: dict[Mark, QIcon] = {}
        theme.changed.connect(self._on_theme)

    # -- Rows ----------------------------------------------------------------------------------------

    def show(self, prepared: Prepared[R], order: Sequence[int]) -> None:
        """Show these rows in this order. The view loses its selection: the table's pane gives it back."""
        self.beginResetModel()
        self._prepared, self._order = prepared, order
        self.endResetModel()

    def show_keeping(
        self, prepared: Prepared[R], order: Sequence[int], positions: Sequence[int]
    ) -> list[int]:
        """Show these rows, and say where the rows at some positions are now, from top to bottom."""
        before, rows = self._prepared, {self._order[position] for position in positions}
        self.show(prepared, order)
        if not rows:
            return []
        if prepared is before:
            return [position for position, at in enumerate(order) if at in rows]
        return self.positions(before.ids[at] for at in rows)

    def row(self, position: int) -> R:
        """The row at a position of the table."""
        return self._prepared.rows[self._order[position]]

    def id_at(self, position: int) -> str:
        """The id of the row at a position."""
        return self._prepared.ids[self._order[position]]

    def words(self, position: int, section: int) -> str:
        """The words of a cell."""
        return self._prepared.cells[section][self._order[position]]

    def icon(self, position: int, section: int) -> QIcon | None:
        """The shape before the words of a cell, where it has one."""
        mark = self._prepared.columns[section].mark
        found = mark(self.row(position)) if mark else None
        if found is None:
            return None
        if found not in self._icons:
            size = self._theme.scaled(14)
            self._icons[found] = self._theme.grade_icon(found.grade_id, size, found.shape)
        return self._icons[found]

    def found(self, position: int, section: int) -> Sequence[tuple[int, int]]:
        """The parts of a cell's words that are marked, each from a letter to a letter."""
        found = self._prepared.columns[section].found
        return found(self.row(position)) if found else ()

    def longest(self, section: int) -> list[str]:
        """The longest words of a column, among the first rows there are."""
        cells = self._prepared.cells[section][:_FIRST]
        return nlargest(_LONGEST, set(cells), key=len)

    def positions(self, ids: Iterable[str]) -> list[int]:
        """Where these ids are shown now, from top to bottom."""
        wanted = set(ids)
        if not wanted:
            return []
        known = self._prepared.ids
        return [position for position, at in enumerate(self._order) if known[at] in wanted]

    def shown(self) -> tuple[Prepared[R], Sequence[int]]:
        """What is shown and in which order, to be read on another thread."""
        return self._prepared, self._order

    # -- Qt's own ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows the query shows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are; the view hides those that are not chosen."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A cell's words, tip, shape or alignment."""
        if role == _ROLE.DisplayRole:
            return self.words(index.row(), index.column())
        if role == _ROLE.TextAlignmentRole:
            return _alignment(self.columns[index.column()])
        if role == _ROLE.DecorationRole:
            return self.icon(index.row(), index.column())
        if role == _ROLE.ToolTipRole:
            return self._tip(index.row(), index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """A column's heading; rows have none."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _ROLE.DisplayRole:
            return self.columns[section].header
        return _alignment(self.columns[section]) if role == _ROLE.TextAlignmentRole else None

    # -- Inside --------------------------------------------------------------------------------------

    def _tip(self, position: int, section: int) -> str | None:
        """What the column says, or the words themselves where they may be cut off."""
        tip = self._prepared.columns[section].tip
        if tip is not None:
            return tip(self.row(position)) or None
        words = self.words(position, section)
        return words if len(words) > _SURELY_SEEN else None

    @Slot()
    def _on_theme(self) -> None:
        self._icons.clear()


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
