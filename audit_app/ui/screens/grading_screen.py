"""The screen on which a case is graded: everything an auditor needs for two hours."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_app.core.changes import Changes, Kind
from audit_app.core.errors import AppError, CannotWrite, NotFound
from audit_app.core.form import FormRef
from audit_app.core.programme import Cohort, Programme
from audit_app.ui.context import Context
from audit_app.ui.dialogs.audit_history import AuditHistoryDialog
from audit_app.ui.grading.audit_view import AuditView
from audit_app.ui.grading.case_report import CaseReport, file_name
from audit_app.ui.grading.draft import AuditDraft
from audit_app.ui.grading.header import AuditHeader
from audit_app.ui.grading.notice import Notice
from audit_app.ui.grading.review_step import ReviewStep
from audit_app.ui.grading.step_page import Tools
from audit_app.ui.messages import PDF
from audit_app.ui.roles import Surface
from audit_app.ui.screen import Place, Screen

_NOT_EVERYTHING = frozenset({Kind.ANSWERS, Kind.AUDITS, Kind.PROGRAMMES, Kind.CASES})


class GradingScreen(Screen):
    """Shows one audit at a time; another on the same form and programme uses the same widgets again."""

    screen_id: ClassVar[str] = "grading"
    title: ClassVar[str] = "Grading"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        session, theme = context.session, context.theme
        self.draft = AuditDraft(session.grading, session.audits, context.bus, self)
        self._asked: tuple[FormRef, tuple[Cohort, ...]] | None = None
        self._view: AuditView | None = None
        self._header = AuditHeader(theme)
        self._problem = Notice(Surface.WARNING, ("Try again",), theme)
        self._state = Notice(Surface.NOTICE, ("Save as PDF…", "Take back"), theme)
        self._told = Notice(Surface.NOTICE, ("Close",), theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self._header, self._problem, self._state, self._told):
            self._column.addWidget(part)
        self._header.history.connect(self._on_history)
        self._problem.pressed.connect(self._on_try_again)
        self._state.pressed.connect(self._on_state_pressed)
        self._told.pressed.connect(self._on_told_pressed)
        self.draft.opened.connect(self._on_opened)
        self.draft.writer.problem.connect(self._on_problem)
        self.draft.steps_changed.connect(self.edit_state)

    # -- The frame's questions ---------------------------------------------------------------------

    @property
    def view(self) -> AuditView:
        """The parts below the header; there are none before an audit is shown."""
        assert self._view is not None
        return self._view

    def show_place(self, place: Place) -> None:
        """Show an audit, at a field or where work on it goes on. Raises NotFound."""
        self._told.say("")
        is_other = place.audit_id is not None and not (
            self.draft.is_open and place.audit_id == self.draft.audit.id
        )
        if is_other and place.audit_id is not None:
            self.draft.open(place.audit_id)
        if not self.draft.is_open:
            raise NotFound("That audit is no longer in this workspace.")
        if place.field is not None:
            self.view.go_to(place.field, place.cursor)
        elif is_other:
            self.view.begin()
        else:
            self.view.go_to(*self.view.where())

    def refresh(self, changes: Changes) -> None:
        """Read the audit again when something other than this screen has changed it."""
        if self.draft.writer.is_publishing or not self.draft.is_open or not changes.kinds & _NOT_EVERYTHING:
            return
        if changes.audit_id in (None, self.draft.audit.id) or Kind.PROGRAMMES in changes.kinds:
            try:
                self.draft.reload()
            except NotFound:
                self.draft.close()

    def commit(self) -> None:
        """Write and settle what was typed. Raises CannotWrite where that is refused; the text stays."""
        if self._view is not None and self.draft.is_open:
            self._view.commit()
            self.draft.settle()
            if self.draft.writer.pending:
                raise CannotWrite(self.draft.writer.sentence)

    def place(self) -> Place:
        """The audit, and the field and cursor in it."""
        if self._view is None or not self.draft.is_open:
            return Place(self.screen_id)
        field, cursor = self._view.where()
        return Place(self.screen_id, audit_id=self.draft.audit.id, field=field, cursor=cursor)

    def panes(self) -> tuple[QWidget, ...]:
        """Header, notices, steps, step, grades, descriptors."""
        parts = self._view.panes if self._view is not None else ()
        return (self._header, self._problem, self._state, self._told, *parts)

    # -- Undo --------------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        """Whether there is a step to undo, or a date that cannot be read to put back."""
        return self.draft.is_open and (self.draft.can_undo() or bool(self.draft.unread))

    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self.draft.is_open and self.draft.can_redo()

    def undo(self) -> None:
        """Undo the last step, wherever in the audit it was, and go there."""
        self._step(back=True)

    def redo(self) -> None:
        """Do it again, and go there."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        view = self.view
        view.commit()
        if back and view.focus.forget_unread():
            return
        try:
            key = self.draft.undo() if back else self.draft.redo()
        except AppError as error:
            self._told.say(error.sentence)
            return
        if key is not None:
            self._told.say("")
            view.show_change(key)

    # -- What the draft says -----------------------------------------------------------------------

    @Slot()
    def _on_opened(self) -> None:
        audit, form = self.draft.audit, self.draft.form
        programme = self._context.session.programmes.get(audit.programme_id)
        asked = (form.ref, programme.cohorts)  # what the pages are made from
        if self._view is None or asked != self._asked:
            self._make_view(programme)
            self._asked = asked
        self._header.show_audit(audit, programme, form)
        self._state.say(self._state_sentence(), announced=False)
        self._state.button(1).setVisible(not audit.imported)
        self.view.show_audit()

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        self._problem.say(f"Not saved: {sentence} What you typed is still here." if sentence else "")

    def _state_sentence(self) -> str:
        audit = self.draft.audit
        if not self.draft.read_only:
            return ""
        if audit.imported:
            return "This audit came from a spreadsheet. It can be read, and not changed here."
        return "This audit has been submitted and can only be read. Take it back to change it."

    # -- What the person asks for ------------------------------------------------------------------

    @Slot(int)
    def _on_try_again(self, _button: int) -> None:
        self.draft.writer.flush()

    @Slot(int)
    def _on_told_pressed(self, _button: int) -> None:
        self._told.say("")

    @Slot(str)
    def _on_told(self, sentence: str) -> None:
        self._told.say(sentence)

    @Slot(int)
    def _on_state_pressed(self, button: int) -> None:
        if button == 0:
            self._on_pdf()
        else:
            self._on_take_back()

    @Slot()
    def _on_submit(self) -> None:
        page = self.view.page
        try:
            self.draft.submit()
        except AppError as error:
            if isinstance(page, ReviewStep):
                page.show_refusal(error.sentence)
                page.enter()
            return
        self._told.say("Submitted. Save it as a PDF to talk it through with the worker.")
        self.view.page.enter()

    @Slot()
    def _on_take_back(self) -> None:
        try:
            self.draft.take_back()
        except AppError as error:
            self._told.say(error.sentence)
            return
        self._told.say("Taken back: it is a draft again, and does not count until it is submitted.")
        self.view.begin()

    @Slot()
    def _on_pdf(self) -> None:
        audit, context = self.draft.audit, self._context
        name = file_name(audit.reference)
        path = context.messages.choose_save(self, "Save this audit as a PDF", name, PDF)
        if path is not None:
            job = CaseReport(context.session.reporting, audit.id, path)
            context.background.run(job, self._on_pdf_written, self._on_pdf_failed, title="Writing the PDF")

    def _on_pdf_written(self, path: Path) -> None:
        self._told.say(f"Saved as “{path.name}” in “{path.parent}”.")

    def _on_pdf_failed(self, error: AppError) -> None:
        self._told.say(error.sentence)

    @Slot()
    def _on_history(self) -> None:
        self.commit()
        AuditHistoryDialog.show_for(self._context, self.draft.audit, self)

    # -- Making ------------------------------------------------------------------------------------

    def _make_view(self, programme: Programme) -> None:
        if self._view is not None:
            self._column.removeWidget(self._view)
            self._view.retire()
            self._view.deleteLater()
        tools = Tools(self.draft, self._context.theme)
        view = AuditView(programme, tools, self._context.preferences)
        self._view = view
        self._column.addWidget(view, 1)
        view.show()
        self._header.descriptors.connect(view.spread.toggle)
        self._header.help.connect(view.toggle_help)
        view.spread.placed.connect(self._header.show_descriptors)
        view.help_toggled.connect(self._header.show_help)
        view.stack.told.connect(self._on_told)
        view.stack.submitted.connect(self._on_submit)
        view.stack.taken_back.connect(self._on_take_back)
        view.stack.pdf.connect(self._on_pdf)
