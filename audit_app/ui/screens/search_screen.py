"""Finds words in everything that is written in this workspace, and leads to where they stand."""

from typing import ClassVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import AppError
from audit_app.services.search import Hit
from audit_app.ui.background import Progress
from audit_app.ui.context import Context
from audit_app.ui.labelled import label_for
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.models.search_columns import search_columns
from audit_app.ui.roles import TextRole, set_text_role
from audit_app.ui.screen import Place, Screen
from audit_app.ui.widgets.latest import Latest
from audit_app.ui.widgets.table_pane import TablePane
from audit_app.ui.widgets.table_words import TableWords

_WAIT = 200  # milliseconds after the last letter
_MOST = 500
_WORDS = TableWords(
    id="search",
    title="Places found",
    one="place",
    several="places",
    sort="",
    empty_heading="Nothing found",
    empty_sentence="No case, worker, team or text in this workspace holds all these words.",
)
_BEFORE = (
    "Search everything that is written here",
    "Case references, teams, workers and every text of every audit. "
    "Part of a word is enough if it is its beginning; capitals and accents make no difference.",
)
_MORE = "There are more: another word narrows them."
_DOWN_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchScreen(Screen):
    """Looks a moment after the last letter; Enter leads to the field."""

    screen_id: ClassVar[str] = "search"
    title: ClassVar[str] = "Search"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.edit = QLineEdit()
        self.edit.setClearButtonEnabled(True)
        self.edit.setPlaceholderText("Words to find")
        self.edit.installEventFilter(self)
        self.table: TablePane[Hit] = TablePane(
            _WORDS, search_columns(), context.background, context.preferences, context.theme
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label_for(self.edit, "Fi&nd", "Looks through every text of every audit"))
        row.addWidget(self.edit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        column.addWidget(set_text_role(QLabel(self.title), TextRole.TITLE))
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._look)
        self._looking = Latest(context.background, self)
        self._looking.finished.connect(self._on_found)
        self._looking.failed.connect(self._on_failed)
        self.edit.textChanged.connect(self._on_typed)
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self._on_typed_below)
        self.table.say_nothing(*_BEFORE)

    # -- Places --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Be ready to type; a place may bring the words."""
        if place.text is not None:
            self.edit.setText(place.text)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def place(self) -> Place:
        """What is looked for."""
        return Place(self.screen_id, text=self.edit.text())

    def refresh(self, changes: Changes) -> None:
        """Look again where texts changed."""
        if changes.kinds & {Kind.ANSWERS, Kind.AUDITS, Kind.CASES} and self.edit.text().strip():
            self._timer.start()

    # -- Looking -------------------------------------------------------------------------------------

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._timer.start()

    @Slot(str)
    def _on_typed_below(self, letters: str) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)  # what stands there is typed on, not over
        self.edit.insert(letters)

    @Slot()
    def _look(self) -> None:
        text, session = self.edit.text().strip(), self._context.session
        if not text:
            self._looking.forget()
            self.table.say_nothing(*_BEFORE)
            return

        def job(progress: Progress) -> Prepared[Hit]:
            hits = session.search.find(text, _MOST)
            return Prepared(search_columns(text), hits, _id_of, progress.check)

        self._looking.run(job)

    @Slot(object)
    def _on_found(self, found: Prepared[Hit]) -> None:
        there_is_more = len(found.rows) == _MOST
        self.table.show_prepared(found, _MORE if there_is_more else "")

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._context.messages.error(self, error)

    @Slot(object)
    def _on_opened(self, hit: Hit) -> None:
        self.go.emit(Place("grading", audit_id=hit.audit_id, field=hit.field_key or None))

    # -- Qt's own ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the words, Down and Enter lead to the places."""
        goes_down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if goes_down and cast(QKeyEvent, event).key() in _DOWN_KEYS and self.table.view.isVisible():
            self.table.focus_table()
            return True
        return bool(super().eventFilter(watched, event))


def _id_of(hit: Hit) -> str:
    return f"{hit.audit_id} {hit.field_key}"
