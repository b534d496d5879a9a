"""The view of every table: whole rows, headings that sort, columns that are chosen, rows that are copied."""

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from audit_app.ui.labelled import name
from audit_app.ui.models.rows_model import RowsModel
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.column_fit import ColumnFit
from audit_app.ui.widgets.row_painter import RowLook, RowPainter, Span
from audit_app.ui.widgets.table_memory import TableMemory

_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """Shows a RowsModel. Its signals tell what the person asks for; the owner does it."""

    opened = Signal()  # Enter or a double click: the current row
    delete_asked = Signal()
    copy_asked = Signal()
    typed = Signal(str)  # letters typed into the table: the filter takes them
    sort_asked = Signal(str, bool)
    columns_menu_asked = Signal(QPoint)
    row_menu_asked = Signal(QPoint)

    def __init__(
        self,
        title: str,
        model: RowsModel[Any],
        theme: Theme,
        memory: TableMemory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._theme = theme
        self._memory = memory
        self._arranging = True  # what happens to the headings now is not by the person
        self._painter = RowPainter(model, theme)
        self._fit = ColumnFit(model, theme)
        self.setModel(model)
        name(self, title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        # Headings look whether every row of their column is selected: with many rows that takes seconds.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._use_even_figures()
        self.restore_columns()
        header.sortIndicatorChanged.connect(self._on_sort)
        header.sectionResized.connect(self._on_resized)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self.doubleClicked.connect(self._on_double_click)
        theme.changed.connect(self.restore_columns)

    # -- Columns -------------------------------------------------------------------------------------

    @Slot()
    def restore_columns(self) -> None:
        """Widths, the columns shown and the mark of the order, as they are remembered or as at first."""
        self._arranging = True
        header, state = self.horizontalHeader(), self._memory.state
        for section, column in enumerate(self._rows.columns):
            self.setColumnHidden(section, not state.shown.get(column.id, column.shown))
        kept = {
            section: self._theme.scaled(state.widths[column.id])
            for section, column in enumerate(self._rows.columns)
            if column.id in state.widths
        }
        room = self.viewport().width()
        for section, width in self._fit.widths(self.font(), self.shown_sections(), kept, room).items():
            header.resizeSection(section, width)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.75))
        self._arranging = False
        self.show_order()

    def show_order(self) -> None:
        """Mark the column that the rows are sorted by."""
        state = self._memory.state
        sections = [at for at, column in enumerate(self._rows.columns) if column.id == state.sort]
        down = Qt.SortOrder.DescendingOrder if state.descending else Qt.SortOrder.AscendingOrder
        self._arranging = True
        self.horizontalHeader().setSortIndicator(sections[0] if sections else -1, down)
        self._arranging = False

    def shown_sections(self) -> list[int]:
        """The columns that are shown, from left to right."""
        return [at for at in range(len(self._rows.columns)) if not self.isColumnHidden(at)]

    def show_column(self, column_id: str, shown: bool) -> None:
        """Show or hide a column, and remember it; the last one stays."""
        sections = [at for at, column in enumerate(self._rows.columns) if column.id == column_id]
        if shown or self.shown_sections() != sections:
            self._memory.set_shown(column_id, shown)
            self.restore_columns()

    @Slot(int, Qt.SortOrder)
    def _on_sort(self, section: int, order: Qt.SortOrder) -> None:
        if not self._arranging and section >= 0:
            self.sort_asked.emit(self._rows.columns[section].id, order == Qt.SortOrder.DescendingOrder)

    @Slot(int, int, int)
    def _on_resized(self, section: int, _before: int, width: int) -> None:
        # The last column takes what is left over: its width is not the person's choice.
        if not self._arranging and section != self.shown_sections()[-1]:
            self._memory.set_width(self._rows.columns[section].id, round(width * 100 / self._theme.zoom))

    @Slot(QPoint)
    def _on_header_menu(self, at: QPoint) -> None:
        self.columns_menu_asked.emit(self.horizontalHeader().mapToGlobal(at))

    # -- Rows ----------------------------------------------------------------------------------------

    def selected_positions(self) -> list[int]:
        """The selected rows, from top to bottom."""
        return [row for top, bottom in self._selected_spans() for row in range(top, bottom + 1)]

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(bottom - top + 1 for top, bottom in self._selected_spans())

    def _selected_spans(self) -> list[tuple[int, int]]:
        """First and last of each run of selected rows, from top to bottom, none twice."""
        found: list[tuple[int, int]] = []
        spans = cast(Iterable[QItemSelectionRange], self.selectionModel().selection())
        for top, bottom in sorted((span.top(), span.bottom()) for span in spans):
            start = max(top, found[-1][1] + 1) if found else top
            if start <= bottom:
                found.append((start, bottom))
        return found

    def current_position(self) -> int | None:
        """The row that Enter would open."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def select_positions(self, positions: Iterable[int], current: int | None) -> None:
        """Select these rows (ascending) and make one of them current."""
        flags = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        last = self._rows.columnCount() - 1
        for top, bottom in _spans(positions):
            selection.select(self._rows.index(top, 0), self._rows.index(bottom, last))
        chosen = self.selectionModel()
        if current is not None:
            section = self.shown_sections()[0]
            chosen.setCurrentIndex(self._rows.index(current, section), flags.NoUpdate)
        chosen.select(selection, flags.ClearAndSelect | flags.Rows)

    @Slot(QModelIndex)
    def _on_double_click(self, _index: QModelIndex) -> None:
        self.opened.emit()

    # -- Qt's own ------------------------------------------------------------------------------------

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Letters go to the filter: it looks at every column, and does not ask the model a row at a time."""
        if search.strip():
            self.typed.emit(search)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something in a table from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete deletes, Copy copies; everything else moves or selects."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() in _OPEN_KEYS and self.currentIndex().isValid():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the rows, at the mouse or at the current row."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.row_menu_asked.emit(at)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs other rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._painter.forget_widths()
            self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.75))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that are to be seen."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        area, palette = event.rect(), self.palette()
        columns = self._spans_within(area)
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return
        if last < 0:
            last = self._rows.rowCount() - 1
        right = self.horizontalHeader().length() - self.horizontalHeader().offset()
        chosen, current = self.selectionModel(), self.currentIndex().row() if self.hasFocus() else -1
        for row in range(first, last + 1):
            where = QRect(0, self.rowViewportPosition(row), right, self.rowHeight(row))
            look = RowLook(where, chosen.isRowSelected(row), row == current)
            self._painter.paint(painter, palette, row, look, columns)
        painter.end()

    def _spans_within(self, area: QRect) -> list[Span]:
        spans = [
            Span(section, self.columnViewportPosition(section), self.columnWidth(section))
            for section in self.shown_sections()
        ]
        return [span for span in spans if span.left <= area.right() and span.left + span.width >= area.left()]

    def _use_even_figures(self) -> None:
        """Figures of one width, so that they stand under each other."""
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)


def _is_ours(event: QKeyEvent) -> bool:
    copies = event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll)
    return copies or event.key() == Qt.Key.Key_Delete


def _spans(positions: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending positions as the first and last of each unbroken run."""
    found: list[tuple[int, int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], position)
        else:
            found.append((position, position))
    return found
