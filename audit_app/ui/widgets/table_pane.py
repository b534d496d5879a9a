"""A table with its filter, its columns and orders to choose, its count, and what is said when it is empty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.words import number, plural
from audit_app.ui.background import Background, Progress
from audit_app.ui.labelled import announce, label_for
from audit_app.ui.models.columns import Column
from audit_app.ui.models.prepared import Prepared, Query
from audit_app.ui.models.rows_model import RowsModel
from audit_app.ui.preferences import Preferences
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.column_menus import ColumnsMenu, SortMenu
from audit_app.ui.widgets.empty_state import EmptyState
from audit_app.ui.widgets.latest import Latest
from audit_app.ui.widgets.row_copier import RowCopier
from audit_app.ui.widgets.table_memory import TableMemory, TableState
from audit_app.ui.widgets.table_view import TableView
from audit_app.ui.widgets.table_words import TableWords

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Arranged(Generic[R]):
    """The answer to a query."""

    prepared: Prepared[R]
    query: Query[R]
    order: Sequence[int]


class TablePane(QWidget, Generic[R]):
    """Give it prepared rows: it filters, sorts and copies them, off the GUI thread where they are many."""

    opened = Signal(object)  # the row
    delete_asked = Signal()
    selection_changed = Signal()
    typed = Signal(str)
    cleared = Signal()  # whatever narrows the rows is to be given up
    empty_acted = Signal()  # the button of the empty state
    arranged = Signal()  # the rows of the last query are shown

    def __init__(
        self,
        words: TableWords,
        columns: Sequence[Column[R]],
        background: Background,
        preferences: Preferences,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._memory = TableMemory(
            preferences, words.id, TableState(sort=words.sort or None, descending=words.descending)
        )
        state = self._memory.state
        self._query: Query[R] = Query(sort=state.sort, descending=state.descending)
        self._answered = self._query
        self._prepared: Prepared[R] | None = None
        self._note = ""
        self._is_new = False  # rows came that the columns were not fitted to
        self.row_actions: list[QAction] = []
        self.model: RowsModel[R] = RowsModel(columns, theme, self)
        self.view = TableView(words.title, self.model, theme, self._memory)
        self.filter = QLineEdit()
        self.empty = EmptyState()
        self._tools = QHBoxLayout()
        self._count = set_text_role(QLabel(), TextRole.QUIET)
        self._stack = QStackedWidget()
        self._columns_menu = ColumnsMenu(columns, self._memory, self)
        self._sort_menu = SortMenu(columns, self._memory, self)
        self._arranging = Latest(background, self)
        self._copier = RowCopier(background, self)
        self._lay_out()
        self._connect()
        self.say_loading()

    def _lay_out(self) -> None:
        self.filter.setClearButtonEnabled(True)
        self.filter.setPlaceholderText(self._words.filter_prompt)
        self.filter.setMinimumWidth(120)
        top = QHBoxLayout()
        top.setSpacing(8)
        label = label_for(self.filter, "F&ilter", "Shows the rows that hold every word typed")
        top.addWidget(label)
        top.addWidget(self.filter, 1)
        top.addLayout(self._tools)
        if not self._words.filter_prompt:
            label.hide()
            self.filter.hide()
            top.addStretch(1)
        for text, menu in (("&Sort", self._sort_menu), ("&Columns", self._columns_menu)):
            button = QPushButton(text)
            set_button_role(button, ButtonRole.FLAT)
            button.setMenu(menu)
            button.setStyleSheet("QPushButton { padding-right: 24px; }")  # room for the arrow
            top.addWidget(button)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self._count)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.filter.installEventFilter(self)
        self.empty.acted.connect(self._on_empty_acted)
        self.view.opened.connect(self._on_opened)
        self.view.delete_asked.connect(self.delete_asked)
        self.view.copy_asked.connect(self.copy_selected)
        self.view.typed.connect(self._on_typed)
        self.view.sort_asked.connect(self.sort_by)
        self.view.columns_menu_asked.connect(self._columns_menu.popup)
        self.view.row_menu_asked.connect(self._show_row_menu)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self._columns_menu.chosen.connect(self.view.show_column)
        self._columns_menu.reset.connect(self._on_columns_reset)
        self._sort_menu.chosen.connect(self.sort_by)
        self._arranging.finished.connect(self._on_arranged)
        self._arranging.slow.connect(self._say_working)
        self._copier.copied.connect(self._on_copied)
        if not self._words.filter_prompt:
            return
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self.focus_filter)

    def add_tool(self, tool: QWidget, stops: Sequence[QWidget]) -> None:
        """Put a widget behind the filter; ``stops`` are the parts of it that Tab reaches, in order."""
        self._tools.addWidget(tool)
        before: QWidget = self.filter
        for stop in stops:
            QWidget.setTabOrder(before, stop)
            before = stop

    # -- What it shows -------------------------------------------------------------------------------

    def show_prepared(self, prepared: Prepared[R], note: str = "") -> None:
        """Show these rows under the query there is; what was selected stays so, by id.

        ``note`` is a sentence to stand behind their number.
        """
        self._prepared = prepared
        self._note = note
        self._is_new = True
        self._ask(self._query)

    def say_nothing(self, heading: str, sentence: str) -> None:
        """Say something instead of the table."""
        self.empty.say(heading, sentence)
        self._stack.setCurrentWidget(self.empty)
        self._count.setText("")

    def say_loading(self) -> None:
        """Say that the rows are on their way, where there is nothing to show meanwhile."""
        if self._prepared is None:
            self.empty.say(f"Reading the {self._words.several}…", "")
            self._stack.setCurrentWidget(self.empty)

    def keep(self, rule: Callable[[R], bool] | None) -> None:
        """Show only the rows that a rule says yes to; it is asked off the GUI thread."""
        self._ask(replace(self._query, keep=rule))

    @Slot(str, bool)
    def sort_by(self, column_id: str, descending: bool) -> None:
        """Put the rows in this order, and remember it."""
        self._memory.set_sort(column_id, descending)
        self.view.show_order()
        self._ask(replace(self._query, sort=column_id, descending=descending))

    def rows_shown(self) -> list[R]:
        """The rows that the query shows, from top to bottom."""
        return [self.model.row(position) for position in range(self.model.rowCount())]

    def selected_rows(self) -> list[R]:
        """The selected rows, from top to bottom."""
        return [self.model.row(position) for position in self.view.selected_positions()]

    def select_ids(self, ids: Sequence[str]) -> None:
        """Select the rows with these ids, as far as they are shown, and go to the first."""
        found = self.model.positions(ids)
        self.view.select_positions(found, found[0] if found else None)

    @property
    def count_text(self) -> str:
        """What is said beneath the table."""
        return self._count.text()

    # -- Asking and answering --------------------------------------------------------------------------

    def _ask(self, query: Query[R]) -> None:
        self._query = query
        prepared = self._prepared
        if prepared is None:
            return

        def work(_progress: Progress | None) -> _Arranged[R]:
            return _Arranged(prepared, query, prepared.arrange(query))

        self._arranging.few_or_many(len(prepared.rows), work)

    @Slot(object)
    def _on_arranged(self, answer: _Arranged[R]) -> None:
        view, model = self.view, self.model
        current = view.current_position()
        current_id = None if current is None else model.id_at(current)
        positions = model.show_keeping(answer.prepared, answer.order, view.selected_positions())
        if self._is_new:
            self._is_new = False
            view.restore_columns()
            if current is not None and not positions and answer.order:
                positions = [min(current, len(answer.order) - 1)]  # it is gone: its neighbour takes its place
        current_now = model.positions([] if current_id is None else [current_id]) or positions[:1]
        view.select_positions(positions, current_now[0] if current_now else None)
        if answer.query != self._answered:
            self._answered = answer.query
            if current_now:
                view.scrollTo(view.currentIndex())
            else:
                view.scrollToTop()
        self._show_state()
        self.arranged.emit()

    def _show_state(self) -> None:
        total = len(self._prepared.rows) if self._prepared else 0
        shown = self.model.rowCount()
        words = self._words
        if total == 0:
            self.empty.say(words.empty_heading, words.empty_sentence, words.empty_button)
        elif shown == 0:
            heading = f"None of the {number(total)} {words.several} match"
            self.empty.say(heading, self._why_none(), "Clear the filter")
        had_focus = self.view.hasFocus()
        self._stack.setCurrentWidget(self.view if shown else self.empty)
        if had_focus and not shown:
            self.filter.setFocus()
        before = self._count.text()
        self._say_count()
        if self._count.text() != before and self.filter.hasFocus():
            announce(self.filter, self._count.text())

    def _why_none(self) -> str:
        typed = " ".join(self._query.text.split())
        return f"No row holds every word of “{typed}”." if typed else "Nothing is of the kind chosen above."

    @Slot()
    def _on_selection(self) -> None:
        self._say_count()
        self.selection_changed.emit()

    def _say_count(self) -> None:
        total = len(self._prepared.rows) if self._prepared else 0
        shown = self.model.rowCount()
        selected = self.view.selected_count()
        text = plural(total, self._words.one, self._words.several)
        if shown != total:
            text = f"{number(shown)} of {text}"
        text = f"{text}, {number(selected)} selected" if selected > 1 else text
        self._count.setText(f"{text}. {self._note}" if self._note else text)

    @Slot()
    def _say_working(self) -> None:
        self._count.setText("Working…")

    # -- What the person does --------------------------------------------------------------------------

    @Slot()
    def focus_filter(self) -> None:
        """Go to the filter, ready to be typed over."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self._ask(replace(self._query, text=text))

    @Slot(str)
    def _on_typed(self, letters: str) -> None:
        if self._words.filter_prompt:
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)  # what stands there is typed on, not over
            self.filter.insert(letters)
        else:
            self.typed.emit(letters)

    @Slot()
    def _on_opened(self) -> None:
        position = self.view.current_position()
        if position is not None:
            self.opened.emit(self.model.row(position))

    @Slot()
    def _on_empty_acted(self) -> None:
        if self._prepared is not None and self._prepared.rows:
            self.filter.clear()
            self.cleared.emit()
        else:
            self.empty_acted.emit()

    @Slot()
    def _on_columns_reset(self) -> None:
        self._memory.forget_columns()
        self.view.restore_columns()

    @Slot(QPoint)
    def _show_row_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.row_actions)
        copy = menu.addAction("&Copy")
        copy.triggered.connect(self.copy_selected)
        menu.popup(at)

    @Slot()
    def copy_selected(self) -> None:
        """Put the selected rows, of the columns that are shown, on the clipboard."""
        prepared, order = self.model.shown()
        self._copier.copy(prepared, order, self.view.selected_positions(), self.view.shown_sections())

    @Slot(int)
    def _on_copied(self, rows: int) -> None:
        self._count.setText(f"{plural(rows, 'row')} copied")
        announce(self.view, self._count.text())

    # -- Qt's own ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the filter, Down and Enter go into the table; Escape clears what was typed."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
                self.focus_table()
                return True
            if key == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return bool(super().eventFilter(watched, event))

    def focus_table(self) -> None:
        """Go into the table, to its current row or the first."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.model.rowCount() and not self.view.selected_count():
            current = self.view.current_position() or 0
            self.view.select_positions([current], current)
