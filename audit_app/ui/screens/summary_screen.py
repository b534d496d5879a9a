"""The summary of a programme as the board will see it, narrowed by filters, copied and written to files."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import AppError, DoesNotReconcile
from audit_app.core.programme import Programme
from audit_app.core.sentences import all_sentences, filters_text, heading
from audit_app.core.summary import Filters, Summary
from audit_app.services.session import Session
from audit_app.services.summaries import FilterChoices
from audit_app.ui.background import Progress
from audit_app.ui.context import Context
from audit_app.ui.dialogs.export_dialog import ExportDialog
from audit_app.ui.labelled import name_button
from audit_app.ui.messages import EXCEL, PDF, FileKind
from audit_app.ui.models.summary_model import Behind
from audit_app.ui.roles import Surface, TextRole, set_text_role
from audit_app.ui.screen import AuditSet, Place, Screen
from audit_app.ui.summary.filters_bar import FiltersBar, Scope
from audit_app.ui.summary.picture import summary_picture
from audit_app.ui.summary.summary_sheet import SummarySheet, about_lines
from audit_app.ui.widgets.copying import CopiedTable, copy_table
from audit_app.ui.widgets.empty_state import EmptyState
from audit_app.ui.widgets.latest import Latest
from audit_app.ui.widgets.notice_bar import NoticeBar
from audit_app.ui.widgets.screen_head import ScreenHead

_SHOWN = frozenset({Kind.AUDITS, Kind.PROGRAMMES})
_LAST_PROGRAMME = "summary/programme"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is for a scope: no summary where there is no programme or it does not add up."""

    programmes: tuple[Programme, ...]
    choices: FilterChoices
    scope: Scope
    summary: Summary | None = None
    problem: str = ""


class SummaryScreen(Screen):
    """Counts in the background each time audits change while it is in front."""

    screen_id: ClassVar[str] = "summary"
    title: ClassVar[str] = "Summary"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self.summary: Summary | None = None
        self.filters = FiltersBar()
        self.sheet = SummarySheet(context.theme)
        self.problem = NoticeBar(surface=Surface.DANGER)
        self.notice = NoticeBar()
        self.empty = EmptyState()
        self._copy_table = QPushButton("Copy ta&ble")
        self._copy_picture = QPushButton("Copy &picture")
        self._pdf = QPushButton("P&DF…")
        self._excel = QPushButton("E&xcel…")
        self._working = set_text_role(QLabel(), TextRole.QUIET)
        self._stack = QStackedWidget()
        self._counting = Latest(context.background, self)
        self._looking = Latest(context.background, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for button, tip in (
            (self._copy_table, "Copy the table, to paste it into Word or Excel"),
            (self._copy_picture, "Copy the table with its bars as a picture"),
            (self._pdf, "Write the summary as a PDF"),
            (self._excel, "Write the summary as an Excel workbook"),
        ):
            name_button(button, button.text(), tip)
        buttons = (self._copy_table, self._copy_picture, self._pdf, self._excel)
        self._working.hide()
        shown = QWidget()
        inner = QVBoxLayout(shown)
        inner.setContentsMargins(24, 8, 24, 16)
        inner.setSpacing(8)
        inner.addWidget(self.filters)
        inner.addWidget(self.problem)
        inner.addWidget(self.sheet, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(shown)
        self._stack.addWidget(scroll)
        self._stack.addWidget(self.empty)
        top = QVBoxLayout()
        top.setContentsMargins(24, 16, 24, 0)
        top.addWidget(ScreenHead(self.title, self._working, *buttons))
        top.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self._show_buttons()

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_scope)
        self.sheet.asked.connect(self._on_asked)
        self._copy_table.clicked.connect(self.copy_table)
        self._copy_picture.clicked.connect(self.copy_picture)
        self._pdf.clicked.connect(self._on_pdf)
        self._excel.clicked.connect(self._on_excel)
        self._counting.finished.connect(self._on_counted)
        self._counting.failed.connect(self._on_failed)
        self._counting.slow.connect(self._on_slow)
        self._looking.finished.connect(self._on_found)
        self._looking.failed.connect(self._on_failed)

    # -- Places --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the summary of the place's programme, or of the one shown last."""
        now = self.filters.scope.programme_id
        wanted = place.programme_id or now or self._context.preferences.text(_LAST_PROGRAMME)
        if wanted != now:
            self.filters.set_scope(Scope(wanted or None))
            self._stale = True
        if self._stale:
            self._count()

    def place(self) -> Place:
        """The programme that is shown."""
        return Place(self.screen_id, programme_id=self.filters.scope.programme_id)

    def refresh(self, changes: Changes) -> None:
        """Count again when audits or programmes changed."""
        if changes.kinds & _SHOWN:
            self._count()

    # -- Counting ------------------------------------------------------------------------------------

    @Slot(object)
    def _on_scope(self, scope: Scope) -> None:
        self._context.preferences.set_text(_LAST_PROGRAMME, scope.programme_id or "")
        self._count()

    def _count(self) -> None:
        session, scope = self._context.session, self.filters.scope
        self._stale = False

        def job(_progress: Progress) -> _Found:
            return _find(session, scope)

        self._counting.run(job)

    @Slot()
    def _on_slow(self) -> None:
        self._working.setText("Counting…")
        self._working.show()

    @Slot(object)
    def _on_counted(self, found: _Found) -> None:
        self._working.hide()
        if found.summary != self.summary:
            self.notice.say("")  # what was copied or written was another one
        self.summary = found.summary
        self.filters.show_choices(found.programmes, found.choices, found.scope)
        self.problem.say(found.problem)
        self.sheet.setVisible(found.summary is not None)
        if found.summary is not None:
            self.sheet.show_summary(found.summary)
        if not found.programmes:
            self.empty.say(
                "Nothing to add up yet",
                "When audits have been submitted or imported, the table for the board stands here.",
            )
        self._stack.setCurrentIndex(0 if found.programmes else 1)
        self._show_buttons()

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._working.hide()
        self._stale = True
        self._context.messages.error(self, error)

    def _show_buttons(self) -> None:
        for button in (self._copy_table, self._copy_picture, self._pdf, self._excel):
            button.setEnabled(self.summary is not None)

    # -- The audits behind a number --------------------------------------------------------------------

    @Slot(object)
    def _on_asked(self, behind: Behind) -> None:
        summary, session = self.summary, self._context.session
        if summary is None:
            return

        def job(_progress: Progress) -> AuditSet:
            ids = session.summaries.behind(
                summary.programme.id, summary.filters, behind.row_id, behind.grades
            )
            return AuditSet(_words(behind, summary), ids)

        self._looking.run(job)

    @Slot(object)
    def _on_found(self, audits: AuditSet) -> None:
        self.go.emit(Place("my_audits", audits=audits))

    # -- Copying and writing ---------------------------------------------------------------------------

    @Slot()
    def copy_table(self) -> None:
        """Put the table on the clipboard, with its heading and all its sentences."""
        if self.summary is not None:
            model = self.sheet.model
            right = [section > 0 for section in range(len(model.titles()))]
            before = (heading(self.summary), " · ".join(about_lines(self.summary)))
            copy_table(CopiedTable(model.titles(), model.cells(), right, before, all_sentences(self.summary)))
            self.notice.say("The table is on the clipboard.")

    @Slot()
    def copy_picture(self) -> None:
        """Put a picture of the table on the clipboard."""
        if self.summary is not None:
            QGuiApplication.clipboard().setImage(summary_picture(self.summary, self.font()))
            self.notice.say("The picture is on the clipboard.")

    @Slot()
    def _on_pdf(self) -> None:
        self._write("pdf", "a PDF", PDF)

    @Slot()
    def _on_excel(self) -> None:
        self._write("xlsx", "an Excel workbook", EXCEL)

    def _write(self, output: str, words: str, kind: FileKind) -> None:
        summary = self.summary
        if summary is None:
            return
        profile = ExportDialog.ask(words, self)
        if profile is None:
            return
        suggested = f"{_NOT_IN_NAMES.sub(' ', summary.programme.title).strip()} summary.{output}"
        path = self._context.messages.choose_save(self, f"Write the summary as {words}", suggested, kind)
        if path is None:
            return
        session = self._context.session

        def job(_progress: Progress) -> Path:
            session.reporting.write_summary(summary, output, path, profile)
            return path

        self._context.background.run(job, self._on_written, self._on_not_written, title="Writing the summary")

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self.notice.say(f"Written: {path.name} in {path.parent.name or path.parent}.")

    @Slot(object)
    def _on_not_written(self, error: AppError) -> None:
        self._context.messages.error(self, error)


def _find(session: Session, scope: Scope) -> _Found:
    """The summary of a scope, or of the latest programme where none is wanted; on the worker thread."""
    programmes = session.programmes.all()
    programme = next((one for one in programmes if one.id == scope.programme_id), None)
    programme = programme or (programmes[-1] if programmes else None)
    if programme is None:
        return _Found((), FilterChoices((), (), ()), Scope())
    choices = session.summaries.choices(programme.id)
    known = Scope(programme.id, _known(scope.filters, choices))
    try:
        summary = session.summaries.summary(programme.id, known.filters)
    except DoesNotReconcile as error:
        return _Found(programmes, choices, known, problem=error.sentence)
    return _Found(programmes, choices, known, summary)


def _known(filters: Filters, choices: FilterChoices) -> Filters:
    """The filters without what the programme no longer has."""
    return replace(
        filters,
        cohort=filters.cohort if filters.cohort in choices.cohorts else None,
        team=filters.team if filters.team in choices.teams else None,
        service=filters.service if filters.service in choices.services else None,
    )


def _words(behind: Behind, summary: Summary) -> str:
    """What the audits have in common, with the programme and the filters in use."""
    where = f"{behind.words}, “{summary.programme.title}”"
    return where if summary.filters == Filters() else f"{where} ({filters_text(summary.filters)})"
