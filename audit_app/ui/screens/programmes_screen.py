"""The programmes in this workspace: how many audits each holds, made, changed and removed here."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import AppError
from audit_app.ui.background import Progress
from audit_app.ui.context import Context
from audit_app.ui.dialogs.programme_dialog import ProgrammeDialog
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.models.programme_columns import ProgrammeRow, programme_columns
from audit_app.ui.screen import Place, Screen
from audit_app.ui.widgets.latest import Latest
from audit_app.ui.widgets.screen_head import ScreenHead
from audit_app.ui.widgets.table_pane import TablePane
from audit_app.ui.widgets.table_words import TableWords

_WORDS = TableWords(
    id="programmes",
    title="Programmes",
    one="programme",
    several="programmes",
    sort="from",
    descending=True,
    empty_heading="No programmes yet",
    empty_sentence="A programme is a round of audits with its period, its form and its cohorts. "
    "One is also made when you audit a first case or import a spreadsheet.",
    empty_button="New programme",
    filter_prompt="Title, theme, cohort…",
)
_SHOWN = frozenset({Kind.AUDITS, Kind.PROGRAMMES})


class ProgrammesScreen(Screen):
    """Lists programmes. Enter changes one."""

    screen_id: ClassVar[str] = "programmes"
    title: ClassVar[str] = "Programmes"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._wanted: str | None = None  # the programme to select once it is listed
        self.table: TablePane[ProgrammeRow] = TablePane(
            _WORDS, programme_columns(), context.background, context.preferences, context.theme
        )
        self._new = QPushButton("&New programme")
        self._change = QPushButton("Edi&t…")
        self._audits = QPushButton("Show its &audits")
        self._summary = QPushButton("Show its s&ummary")
        self._delete = QPushButton("&Delete")
        self._loading = Latest(context.background, self)
        self._lay_out()
        for button, slot in (
            (self._new, self.make),
            (self._change, self.change),
            (self._audits, self._on_audits),
            (self._summary, self._on_summary),
            (self._delete, self.delete),
        ):
            button.clicked.connect(slot)
        self._loading.finished.connect(self._on_loaded)
        self._loading.failed.connect(self._on_failed)
        self.table.opened.connect(self.change)
        self.table.delete_asked.connect(self.delete)
        self.table.empty_acted.connect(self.make)
        self.table.selection_changed.connect(self._on_selection)
        self.table.arranged.connect(self._on_arranged)
        self._on_selection()

    def _lay_out(self) -> None:
        for words, slot in (
            ("Edi&t…", self.change),
            ("Show its &audits", self._on_audits),
            ("Show its s&ummary", self._on_summary),
            ("&Delete…", self.delete),
        ):
            action = QAction(words, self)
            action.triggered.connect(slot)
            self.table.row_actions.append(action)
        buttons = (self._audits, self._summary, self._delete, self._change, self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        column.addWidget(ScreenHead(self.title, *buttons))
        column.addWidget(self.table, 1)

    # -- Places --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the programmes; one that the place names is selected."""
        self._wanted = place.programme_id
        if place.text is not None:
            self.table.filter.setText(place.text)
        if self._stale:
            self._load()
        else:
            self._on_arranged()

    def place(self) -> Place:
        """The programme that is selected, and what is typed in the filter."""
        row = self._row()
        return Place(
            self.screen_id,
            programme_id=row.programme.id if row else None,
            text=self.table.filter.text(),
        )

    def refresh(self, changes: Changes) -> None:
        """List them again when programmes or audits changed."""
        if changes.kinds & _SHOWN:
            self._load()

    # -- Loading -------------------------------------------------------------------------------------

    def _load(self) -> None:
        session = self._context.session
        self._stale = False
        self.table.say_loading()

        def job(progress: Progress) -> Prepared[ProgrammeRow]:
            rows = []
            for programme in session.programmes.all():
                progress.check()
                counts = session.programmes.counts(programme.id)
                form = session.programmes.form(programme)
                rows.append(ProgrammeRow(programme, form.title, counts.drafts, counts.submitted))
            return Prepared(programme_columns(), rows, _id_of, progress.check)

        self._loading.run(job)

    @Slot(object)
    def _on_loaded(self, prepared: Prepared[ProgrammeRow]) -> None:
        self.table.show_prepared(prepared)

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._stale = True
        self._context.messages.error(self, error)

    @Slot()
    def _on_arranged(self) -> None:
        if self._wanted is not None and self.table.model.positions([self._wanted]):
            self.table.select_ids([self._wanted])
            self.table.focus_table()
            self._wanted = None

    # -- What the person does ------------------------------------------------------------------------

    def _row(self) -> ProgrammeRow | None:
        rows = self.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    @Slot()
    def _on_selection(self) -> None:
        row = self._row()
        for button in (self._change, self._audits, self._summary):
            button.setEnabled(row is not None)
        self._delete.setEnabled(row is not None and not row.drafts + row.submitted)

    @Slot()
    def make(self) -> None:
        """Make a programme."""
        self._wanted = ProgrammeDialog.ask(self._context, self)

    @Slot()
    def change(self) -> None:
        """Change the programme that is selected."""
        row = self._row()
        if row is not None:
            self._wanted = ProgrammeDialog.ask(self._context, self, row.programme)

    @Slot()
    def _on_audits(self) -> None:
        row = self._row()
        if row is not None:
            self.go.emit(Place("my_audits", programme_id=row.programme.id))

    @Slot()
    def _on_summary(self) -> None:
        row = self._row()
        if row is not None:
            self.go.emit(Place("summary", programme_id=row.programme.id))

    @Slot()
    def delete(self) -> None:
        """Remove the programme that is selected, after asking; one with audits stays."""
        row = self._row()
        if row is None:
            return
        is_empty = not row.drafts + row.submitted
        question = "The programme holds no audits. It cannot be brought back."
        title = f"Delete “{row.programme.title}”?"
        if is_empty and not self._context.messages.ask(self, title, question, "&Delete", danger=True):
            return
        try:
            # One that holds audits is refused, with the reason.
            changes = self._context.session.programmes.delete(row.programme.id)
        except AppError as error:
            self._context.messages.error(self, error)
            return
        self._context.bus.publish(changes)


def _id_of(row: ProgrammeRow) -> str:
    return row.programme.id
