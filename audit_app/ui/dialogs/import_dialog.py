"""Imports audits from a spreadsheet: choose, see what will happen, and only then let it happen."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.changes import Changes
from audit_app.core.errors import Problem
from audit_app.core.words import plural
from audit_app.services.import_preview import ImportPreview
from audit_app.ui.background import Progress, Work
from audit_app.ui.context import Context
from audit_app.ui.importing import jobs
from audit_app.ui.importing.choice import ImportChoice
from audit_app.ui.importing.jobs import Applied, Previewed, Stop
from audit_app.ui.labelled import announce, name
from audit_app.ui.models.import_columns import ImportLine, import_columns, problem_columns
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.screen import Place
from audit_app.ui.strip import work_words
from audit_app.ui.widgets.dialog_size import open_at
from audit_app.ui.widgets.empty_state import EmptyState
from audit_app.ui.widgets.table_pane import TablePane
from audit_app.ui.widgets.table_words import TableWords

_SIZE = (820, 640)
_LINES = TableWords(
    id="import",
    title="What will happen",
    one="audit to add or change",
    several="audits to add or change",
    sort="",
    empty_heading="Nothing to do",
    empty_sentence="Every audit of the file is here already with the same content.",
    filter_prompt="Case, auditor, cohort…",
)
_PROBLEMS = TableWords(
    id="import_problems",
    title="What is wrong with the file",
    one="problem",
    several="problems",
    sort="",
    empty_heading="No problems",
    empty_sentence="",
    filter_prompt="Row, column, reason…",
)


class Stage(StrEnum):
    """How far the dialog is."""

    CHOOSING = "choosing"
    READING = "reading"
    READY = "ready"
    REFUSED = "refused"
    APPLYING = "applying"
    DONE = "done"


class ImportDialog(QDialog):
    """``changes`` is what was changed; ``place`` where the person wants to go afterwards."""

    def __init__(self, context: Context, path: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._preview: ImportPreview | None = None
        self._stop = Stop()
        self._again = False  # what is being read is not what is wanted any more
        self.stage = Stage.CHOOSING
        self.changes = Changes()
        self.place: Place | None = None
        self.setWindowTitle("Import audits from a spreadsheet")
        self.choice = ImportChoice(context)
        self._make_result()
        self._lay_out()
        self._connect()
        self._show_stage(Stage.CHOOSING)
        open_at(self, context.theme, *_SIZE)
        if path is not None:
            self.choice.choose(path)

    def _make_result(self) -> None:
        context = self._context
        self.said = QLabel()
        self.refused = set_text_role(QLabel(), TextRole.ERROR)
        for label in (self.said, self.refused):
            label.setWordWrap(True)
            label.hide()
        self.lines: TablePane[ImportLine] = TablePane(
            _LINES, import_columns(), context.background, context.preferences, context.theme
        )
        self.problems: TablePane[Problem] = TablePane(
            _PROBLEMS, problem_columns(), context.background, context.preferences, context.theme
        )
        self._waiting = EmptyState()
        self._waiting.say(
            "Nothing is changed yet",
            "Choose a file and a programme, and what would happen is listed here first.",
        )
        self._stack = QStackedWidget()
        for page in (self._waiting, self.lines, self.problems):
            self._stack.addWidget(page)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        name(self._bar, "Progress")
        self._working = set_text_role(QLabel(), TextRole.QUIET)
        self._import = QPushButton("Imp&ort")
        set_button_role(self._import, ButtonRole.PRIMARY)
        self._cancel = QPushButton("Cance&l")
        self._summary = QPushButton("Show the s&ummary")
        self._audits = QPushButton("Show the &audits")
        for button in (self._cancel, self._summary, self._audits):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._working)
        buttons.addWidget(self._bar, 1)
        buttons.addStretch()
        for button in (self._summary, self._audits, self._cancel, self._import):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(set_text_role(QLabel("Import audits from a spreadsheet"), TextRole.HEADING))
        column.addWidget(self.choice)
        column.addWidget(self.said)
        column.addWidget(self.refused)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.choice.changed.connect(self._forget_preview)
        self.choice.ready.connect(self._read)
        self._import.clicked.connect(self._on_import)
        self._cancel.clicked.connect(self._on_cancel)
        self._summary.clicked.connect(self._on_summary)
        self._audits.clicked.connect(self._on_audits)
        self._context.background.working.connect(self._on_working)

    @classmethod
    def ask(cls, context: Context, parent: QWidget, path: Path | None = None) -> Place | None:
        """Let a person import a file; where they want to go then, or None. Changes are published."""
        dialog = cls(context, path, parent)
        dialog.exec()
        changes, place = dialog.changes, dialog.place
        dialog.deleteLater()
        context.bus.publish(changes)
        return place

    # -- Reading -------------------------------------------------------------------------------------

    @Slot()
    def _forget_preview(self) -> None:
        if self.stage in (Stage.READY, Stage.REFUSED):
            self._show_stage(Stage.CHOOSING)

    @Slot()
    def _read(self) -> None:
        path, title, form_id = self.choice.path, self.choice.title, self.choice.form_id
        if path is None or self.stage is Stage.APPLYING:
            return
        if self.stage is Stage.READING:  # the one under way is given up, and then this is read
            self._again = True
            self._stop.ask()
            return
        session = self._context.session
        stop = self._stop = Stop()
        self._show_stage(Stage.READING)

        def job(progress: Progress) -> Previewed:
            return jobs.read(session, path, title, form_id, stop, progress)

        self._context.background.run(job, self._on_read, title="Reading the spreadsheet")

    @Slot(object)
    def _on_read(self, found: Previewed) -> None:
        self._preview = found.preview
        if self._again:
            self._again = False
            self._show_stage(Stage.CHOOSING)
            self._read()
        elif found.lines is not None and found.preview is not None:
            self.lines.show_prepared(found.lines)
            self._say("\n".join(_sentences(found.preview)))
            self._show_stage(Stage.READY)
        elif found.refusal:
            if found.problems is not None:
                self.problems.show_prepared(found.problems)
            self._say(found.refusal, refused=True)
            self._show_stage(Stage.REFUSED, listed=found.problems is not None)
        else:
            self._say("Cancelled. Nothing was changed.")
            self._show_stage(Stage.CHOOSING)

    # -- Applying ------------------------------------------------------------------------------------

    @Slot()
    def _on_import(self) -> None:
        preview, session = self._preview, self._context.session
        if self.stage is not Stage.READY or preview is None:
            return
        stop = self._stop = Stop()
        self._show_stage(Stage.APPLYING)

        def job(progress: Progress) -> Applied:
            return jobs.apply(session, preview, stop, progress)

        self._context.background.run(job, self._on_applied, title="Importing audits")

    @Slot(object)
    def _on_applied(self, applied: Applied) -> None:
        preview = self._preview
        if applied.changes is not None and preview is not None:
            self.changes = applied.changes
            self._say(_done_words(preview))
            self._show_stage(Stage.DONE)
            self._summary.setFocus()
        elif applied.refusal:
            self._say(applied.refusal, refused=True)
            self._show_stage(Stage.REFUSED)
        else:
            self._say("Cancelled. Nothing was changed.")
            self._show_stage(Stage.READY)

    # -- What is shown -------------------------------------------------------------------------------

    def _say(self, sentence: str, *, refused: bool = False) -> None:
        for label, words in (
            (self.said, "" if refused else sentence),
            (self.refused, sentence if refused else ""),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        announce(self, sentence)

    def _show_stage(self, stage: Stage, *, listed: bool = False) -> None:
        self.stage = stage
        busy = stage in (Stage.READING, Stage.APPLYING)
        for widget in (self._bar, self._working):
            widget.setVisible(busy)
        self.choice.setEnabled(stage not in (Stage.APPLYING, Stage.DONE))
        if stage in (Stage.CHOOSING, Stage.READING):
            self._stack.setCurrentWidget(self._waiting)
        elif stage is Stage.REFUSED:
            self._stack.setCurrentWidget(self.problems if listed else self._waiting)
        else:
            self._stack.setCurrentWidget(self.lines)
        changes = self._preview is not None and self._preview.changes_anything
        self._import.setEnabled(stage is Stage.READY and changes)
        self._import.setVisible(stage is not Stage.DONE)
        self._cancel.setText("Cl&ose" if stage is Stage.DONE else "Cance&l")
        self._summary.setVisible(stage is Stage.DONE)
        self._audits.setVisible(stage is Stage.DONE)

    @Slot(object)
    def _on_working(self, work: Work | None) -> None:
        if work is not None:
            self._working.setText(work_words(work))
            self._bar.setRange(0, work.total)
            self._bar.setValue(work.done)

    # -- Leaving -------------------------------------------------------------------------------------

    @Slot()
    def _on_cancel(self) -> None:
        if self.stage in (Stage.READING, Stage.APPLYING):
            self._stop.ask()
            self._working.setText("Cancelling…")
        elif self.stage is Stage.DONE:
            self.accept()
        else:
            self.reject()

    @Slot()
    def _on_summary(self) -> None:
        self._leave_for("summary")

    @Slot()
    def _on_audits(self) -> None:
        self._leave_for("my_audits")

    def _leave_for(self, screen: str) -> None:
        if self._preview is not None:
            self.place = Place(screen, programme_id=self._preview.programme.id)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is under way, and closes only when nothing is."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same for the window's own cross."""
        if self.stage in (Stage.READING, Stage.APPLYING):
            self._on_cancel()
            event.ignore()
        else:
            super().closeEvent(event)


def _sentences(preview: ImportPreview) -> list[str]:
    """What would happen, without what the table lists one by one."""
    said = list(replace(preview, changed=()).sentences())
    if preview.changed:
        said.append(f"{plural(len(preview.changed), 'audit')} will be changed as listed; no grade changes.")
    return said


def _done_words(preview: ImportPreview) -> str:
    """What was done, in one sentence."""
    title = preview.programme.title
    parts = []
    if preview.new:
        verb = "was" if len(preview.new) == 1 else "were"
        parts.append(f"{plural(len(preview.new), 'audit')} {verb} added to “{title}”")
    if preview.changed:
        verb = "was" if len(preview.changed) == 1 else "were"
        parts.append(f"{plural(len(preview.changed), 'audit')} {verb} changed")
    return f"{' and '.join(parts)}."
