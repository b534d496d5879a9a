"""Every audit in this workspace as a table: found, opened, begun, and drafts deleted and brought back."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from audit_app.core.audit import AuditState
from audit_app.core.audit_row import AuditRow
from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import AppError
from audit_app.core.words import joined
from audit_app.ui.background import Progress
from audit_app.ui.context import Context
from audit_app.ui.models.audit_columns import AuditColumns
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.screen import AuditSet, Place, Screen
from audit_app.ui.widgets.latest import Latest
from audit_app.ui.widgets.notice_bar import NoticeBar
from audit_app.ui.widgets.screen_head import ScreenHead
from audit_app.ui.widgets.segments import Segments
from audit_app.ui.widgets.table_pane import TablePane
from audit_app.ui.widgets.table_words import TableWords

_WORDS = TableWords(
    id="my_audits",
    title="Audits",
    one="audit",
    several="audits",
    sort="changed",
    descending=True,
    empty_heading="No audits yet",
    empty_sentence="Every audit that you begin here or import from a spreadsheet is listed here.",
    empty_button="Audit a case",
    filter_prompt="Case, team, worker, cohort…",
)
_STATES: tuple[tuple[str, frozenset[AuditState]], ...] = (
    ("&All", frozenset(AuditState)),
    ("&Drafts", frozenset({AuditState.DRAFT})),
    ("S&ubmitted", frozenset({AuditState.SUBMITTED, AuditState.MODERATED})),
)
_SHOWN = frozenset({Kind.AUDITS, Kind.PROGRAMMES})
_NAMED_AT_MOST = 5


class MyAuditsScreen(Screen):
    """Lists audits; a place may name some of them, a programme, or words to filter by."""

    screen_id: ClassVar[str] = "my_audits"
    title: ClassVar[str] = "My audits"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._set: AuditSet | None = None
        self._programme_id: str | None = None
        self._wanted: str | None = None  # the audit to select once it is listed
        self._deleted: list[str] = []
        self._stale = True
        self._wants_keys = False
        self.table: TablePane[AuditRow] = TablePane(
            _WORDS,
            AuditColumns({}, date.today()).all(),
            context.background,
            context.preferences,
            context.theme,
        )
        self.states = Segments("State", [words for words, _ in _STATES])
        self.about = NoticeBar()
        self.deleted = NoticeBar()
        self._import = QPushButton("I&mport…")
        self._start = QPushButton("&New audit")
        self._delete = QPushButton("Delete draf&t")
        self._loading = Latest(context.background, self)
        self._open = QAction("&Open", self)
        self._delete_action = QAction("&Delete draft", self)
        self._lay_out()
        self._loading.finished.connect(self._on_loaded)
        self._loading.failed.connect(self._on_failed)
        self._import.clicked.connect(self._on_import)
        self._start.clicked.connect(self._on_start)
        self._delete.clicked.connect(self._on_delete)
        self._open.triggered.connect(self._on_open_current)
        self._delete_action.triggered.connect(self._on_delete)
        self.states.chosen.connect(self._on_state)
        self.about.pressed.connect(self.show_all)
        self.deleted.pressed.connect(self.undo)
        self.table.opened.connect(self._on_opened)
        self.table.delete_asked.connect(self._on_delete)
        self.table.selection_changed.connect(self._on_selection)
        self.table.empty_acted.connect(self._on_start)
        self.table.cleared.connect(self.show_all)
        self.table.arranged.connect(self._on_arranged)
        self._on_selection()

    def _lay_out(self) -> None:
        self.table.row_actions += [self._open, self._delete_action]
        self.table.add_tool(self.states, self.states.buttons())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        column.addWidget(ScreenHead(self.title, self._delete, self._import, self._start))
        column.addWidget(self.about)
        column.addWidget(self.deleted)
        column.addWidget(self.table, 1)

    # -- Places --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the audits that the place is about; words in it go into the filter."""
        self._set, self._programme_id, self._wanted = place.audits, place.programme_id, place.audit_id
        if place.text is not None:
            self.table.filter.setText(place.text)
        if place.audits or place.programme_id:
            self.states.choose(0)
        self._narrow()
        if self._stale:
            self._load()
        if place != Place(self.screen_id):  # a link led here, not the navigation, which keeps the keys
            self._wants_keys = True
            self._take_keys()

    def place(self) -> Place:
        """What is shown, and the audit that is current."""
        rows = self.table.selected_rows()
        return Place(
            self.screen_id,
            audit_id=rows[0].id if len(rows) == 1 else None,
            programme_id=self._programme_id,
            text=self.table.filter.text(),
            audits=self._set,
        )

    def refresh(self, changes: Changes) -> None:
        """List them again when audits or programmes changed."""
        if changes.kinds & _SHOWN:
            self._stale = True
            self._load()

    def panes(self) -> tuple[QWidget, ...]:
        """The tools above and the table."""
        return (self,)

    # -- Loading -------------------------------------------------------------------------------------

    def _load(self) -> None:
        session, today = self._context.session, date.today()
        self._stale = False
        self.table.say_loading()

        def job(progress: Progress) -> Prepared[AuditRow]:
            programmes = session.programmes.all()
            scales = {programme.id: session.programmes.form(programme).scale for programme in programmes}
            progress.check()
            columns = AuditColumns(scales, today).all()
            return Prepared(columns, session.audits.rows(), _id_of, progress.check)

        self._loading.run(job)

    @Slot(object)
    def _on_loaded(self, prepared: Prepared[AuditRow]) -> None:
        self.table.show_prepared(prepared)
        self._say_what_is_shown()

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._stale = True
        self._context.messages.error(self, error)

    def _take_keys(self) -> None:
        if self._wants_keys and self.table.model.rowCount():
            self._wants_keys = False
            self.table.focus_table()

    @Slot()
    def _on_arranged(self) -> None:
        self._take_keys()
        if self._wanted is not None and self.table.model.positions([self._wanted]):
            self.table.select_ids([self._wanted])
            self._wanted = None

    # -- What is shown -------------------------------------------------------------------------------

    @Slot(int)
    def _on_state(self, _number: int) -> None:
        self._narrow()

    @Slot()
    def show_all(self) -> None:
        """Give up the set, the programme and the state."""
        self._set = self._programme_id = None
        self.states.choose(0)
        self._narrow()

    def _narrow(self) -> None:
        self.table.keep(_rule(_STATES[self.states.current][1], self._set, self._programme_id))
        self._say_what_is_shown()

    def _say_what_is_shown(self) -> None:
        if self._set is not None:
            self.about.say(self._set.words, "Sho&w all audits")
        elif self._programme_id is not None:
            titles = {programme.id: programme.title for programme in self._context.session.programmes.all()}
            self.about.say(f"Audits in “{titles.get(self._programme_id, '')}”", "Sho&w all audits")
        else:
            self.about.say("")

    # -- What the person does ------------------------------------------------------------------------

    @Slot(object)
    def _on_opened(self, row: AuditRow) -> None:
        self.go.emit(Place("grading", audit_id=row.id))

    @Slot()
    def _on_open_current(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            self._on_opened(rows[0])

    @Slot()
    def _on_start(self) -> None:
        from audit_app.ui.dialogs.audit_case import AuditCaseDialog

        place = AuditCaseDialog.ask(self._context, self)
        if place is not None:
            self.go.emit(place)

    @Slot()
    def _on_import(self) -> None:
        self.go.emit(Place("import"))

    @Slot()
    def _on_selection(self) -> None:
        rows = self.table.selected_rows()
        drafts = [row for row in rows if row.state is AuditState.DRAFT]
        self._open.setEnabled(len(rows) == 1)
        self._delete.setEnabled(bool(drafts))
        self._delete_action.setEnabled(bool(drafts))

    @Slot()
    def _on_delete(self) -> None:
        drafts = [row for row in self.table.selected_rows() if row.state is AuditState.DRAFT]
        if not drafts:
            if self.table.selected_rows():
                self._context.messages.tell(
                    self, "Only drafts can be deleted. A submitted audit stays, or is taken back first."
                )
            return
        names, it = _names(drafts), "it" if len(drafts) == 1 else "them"
        title = f"Delete the draft of {names}?" if len(drafts) == 1 else f"Delete {len(drafts)} drafts?"
        question = (
            f"{names}: everything written in {it} is removed. "
            f"You can bring {it} back until the workspace is closed."
        )
        if self._context.messages.ask(self, title, question, "&Delete", danger=True):
            self._delete_drafts(drafts)

    def _delete_drafts(self, drafts: list[AuditRow]) -> None:
        changes = Changes()
        self._deleted = []
        try:
            for row in drafts:
                changes |= self._context.session.audits.delete_draft(row.id)
                self._deleted.append(row.id)
        except AppError as error:
            self._context.messages.error(self, error)
        if self._deleted:
            one = len(self._deleted) == 1
            self.deleted.say(
                f"The draft{'' if one else 's'} of {_names(drafts)} {'was' if one else 'were'} deleted.",
                "Bring it &back" if one else "Bring them &back",
            )
        self._context.bus.publish(changes)
        self.edit_state.emit()

    # -- Undo ----------------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        """Whether drafts were deleted that can be brought back."""
        return bool(self._deleted)

    @Slot()
    def undo(self) -> None:
        """Bring back the drafts that were deleted last."""
        changes = Changes()
        ids, self._deleted = self._deleted, []
        self.deleted.say("")
        try:
            for audit_id in ids:
                changes |= self._context.session.audits.restore_draft(audit_id)
        except AppError as error:
            self._context.messages.error(self, error)
        self._wanted = ids[0] if ids else None
        self._context.bus.publish(changes)
        self.edit_state.emit()


def _id_of(row: AuditRow) -> str:
    return row.id


def _names(rows: list[AuditRow]) -> str:
    named = [row.reference for row in rows[:_NAMED_AT_MOST]]
    left = len(rows) - len(named)
    return joined([*named, f"{left} more"] if left else named)


def _rule(
    states: frozenset[AuditState], audits: AuditSet | None, programme_id: str | None
) -> Callable[[AuditRow], bool] | None:
    """Which audits to show; None for all of them."""
    if len(states) == len(AuditState) and audits is None and programme_id is None:
        return None
    ids = frozenset(audits.ids) if audits else None

    def keep(row: AuditRow) -> bool:
        return (
            row.state in states
            and (ids is None or row.id in ids)
            and (programme_id is None or row.programme_id == programme_id)
        )

    return keep
