"""An audit on one form: steps at the left, the step, descriptors at the right, the grade below."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_app.core.form import NOT_GRADED
from audit_app.core.programme import Programme
from audit_app.ui.grading.field_focus import FieldFocus
from audit_app.ui.grading.help_strip import HelpStrip
from audit_app.ui.grading.keys import GradingKeys
from audit_app.ui.grading.spread import Spread
from audit_app.ui.grading.step_page import StepPage, Tools
from audit_app.ui.grading.step_stack import StepStack
from audit_app.ui.grading.step_state import StepState, step_states, where_to_begin
from audit_app.ui.grading.steps_side import StepsSide
from audit_app.ui.grading.tab_order import chain, within
from audit_app.ui.labelled import announce
from audit_app.ui.preferences import Preferences
from audit_app.ui.roles import Surface, set_surface
from audit_app.ui.widgets.grade_badge import grade_words
from audit_app.ui.widgets.grade_buttons import GradeButtons


class AuditView(QWidget):
    """What is typed and pressed in it goes to the draft; what the draft says is shown."""

    help_toggled = Signal(bool)

    def __init__(
        self, programme: Programme, tools: Tools, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._draft, self._theme, form = tools.draft, tools.theme, tools.draft.form
        self._wanted: tuple[str, int | None] | None = None  # where the focus goes once this is in sight
        self._side = StepsSide(form.scale, tools.theme)
        self.stack = StepStack(programme, tools)
        self.spread = Spread(self.stack, form, tools.theme, preferences)
        self.help = HelpStrip(tools.theme)
        self.grades = GradeButtons(form.scale, tools.theme)
        self._keys = GradingKeys(self.grades.digits(), len(form.domains), self)
        self.focus = FieldFocus(tools.draft, self)
        self._lay_out()
        self._connect()

    # -- Showing -----------------------------------------------------------------------------------

    @property
    def page(self) -> StepPage:
        """The step in front."""
        return self.stack.page

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The parts that F6 moves between."""
        return (self._side, self.stack, self._bar, self.spread.panel)

    def show_audit(self) -> None:
        """Show the audit that the draft has, or the same in another state."""
        self.focus.look_again()
        self.stack.show_all()
        self.grades.set_read_only(self._draft.read_only)
        self._show_states()
        self._side.fit(self.width())
        if self.stack.count():
            self._show_step()

    def begin(self) -> None:
        """Show the step where work on this audit goes on."""
        states = self._show_states()
        self.go_to(states[-1].step.id if self._draft.read_only else where_to_begin(states, self._draft.form))

    def go_to(self, place: str, cursor: int | None = None) -> None:
        """Go to a step, or to a field in its step, and put the focus there."""
        field = self._draft.fields.get(place)
        ids = [step.id for step in self.stack.steps]
        self._show(place if place in ids else field.step if field else ids[0])
        if self.isVisible():
            self._put_focus(place, cursor)
        else:
            self._wanted = (place, cursor)

    def where(self) -> tuple[str, int | None]:
        """The field in which the person is, or else the step; and where the cursor stands in a text."""
        focus = QApplication.focusWidget()
        if focus is not None and self.grades.isAncestorOf(focus):
            return self.page.grade_key, None
        field = self.focus.field
        if field is not None and field.key in self.page.fields:
            return field.key, field.cursor_place()
        return self.page.step.id, None

    def show_change(self, key: str) -> None:
        """Go to a field that undo or redo has changed; in a text, to where it is different."""
        self._show(self._draft.fields[key].step)
        field = self.page.fields.get(key)
        self.go_to(key, field.cursor_place() if field else None)

    def retire(self) -> None:
        """Another view takes over: listen to the draft no more."""
        self._draft.changed.disconnect(self._on_changed)
        self.focus.listen(False)
        self.hide()

    def commit(self) -> None:
        """Take what stands in every editor."""
        self.stack.commit()

    # -- What the person asks for ------------------------------------------------------------------

    @Slot()
    def next_step(self) -> None:
        """Go to the next step."""
        self._move(1)

    @Slot()
    def previous_step(self) -> None:
        """Go to the step before."""
        self._move(-1)

    @Slot()
    def toggle_help(self) -> None:
        """Show the help for the field in which the person is, or hide it."""
        if self.help.isHidden():
            self._show_help(aloud=True)
        else:
            self.help.hide()
        self.help_toggled.emit(not self.help.isHidden())

    def _move(self, by: int) -> None:
        ids = [step.id for step in self.stack.steps]
        at = ids.index(self.page.step.id) + by
        if 0 <= at < len(ids):
            self.go_to(ids[at])

    @Slot(int)
    def _on_domain(self, number: int) -> None:
        self.go_to(self._draft.form.domains[number - 1].id)

    @Slot(int)
    def _on_digit(self, digit: int) -> None:
        grade_id = self.grades.by_digit(digit)
        if grade_id is not None:
            self.grades.grade(grade_id)

    @Slot(str)
    def _on_graded(self, grade_id: str) -> None:
        page = self.page
        self._draft.choose(page.grade_key, grade_id)
        announce(self.grades, f"{page.graded}: {grade_words(self._draft.form.scale, grade_id) or 'no grade'}")
        reason = f"{page.grade_key.partition('.')[0]}.not_graded_reason"
        if grade_id == NOT_GRADED:
            page.go_to(reason)
        elif page.step.id == "overall" and not page.fields["overall.reason"].isHidden():
            page.ensureWidgetVisible(page.fields["overall.reason"])

    @Slot(str)
    def _on_step_chosen(self, step_id: str) -> None:
        self._show(step_id)  # the focus stays in the list: a person may be passing by

    @Slot()
    def _on_step_entered(self) -> None:
        self.page.enter()

    # -- What changes ------------------------------------------------------------------------------

    @Slot(object)
    def _on_changed(self, keys: frozenset[str]) -> None:
        if not self.stack.count():
            return
        self.stack.show_answers(keys)
        self._show_states()
        if self.page.grade_key in keys:
            self._show_grade()

    @Slot()
    def _on_field_moved(self) -> None:
        if self.stack.count():
            self.page.note_focus(self.focus.field)
        if not self.help.isHidden():
            self._show_help(aloud=False)

    @Slot(object)
    def _on_grown(self, page: StepPage) -> None:
        chain(self._side.last, page.reading_order())

    @Slot()
    def _on_theme(self) -> None:
        self.stack.scale()
        self._side.fit(self.width())

    def _show(self, step_id: str) -> None:
        if self.stack.count() and self.page.step.id != step_id:
            self.page.commit()
            self._draft.settle()
        self.stack.show_step(step_id)
        self._show_step()

    def _show_step(self) -> None:
        page, steps = self.page, self.stack.steps
        self._side.list.mark(page.step.id)
        self._side.show_ends(first=page.step is steps[0], last=page.step is steps[-1])
        self._bar.setVisible(bool(page.grade_key))
        self._keys.set_grading(bool(page.grade_key) and not self._draft.read_only)
        if page.grade_key:
            self.grades.set_what(page.graded)
        self._show_grade()
        if not self.help.isHidden():
            self._show_help(aloud=False)

    def _show_grade(self) -> None:
        page = self.page
        grade = self._draft.value(page.grade_key)
        self.grades.show_value(grade)
        domain = next((one for one in self._draft.form.domains if one.id == page.step.id), None)
        self.spread.show_domain(domain, grade)

    def _show_states(self) -> tuple[StepState, ...]:
        draft = self._draft
        missing = () if draft.read_only else draft.missing()  # nothing more is asked of a submitted one
        states = step_states(
            draft.form, self.stack.steps, draft.fields, draft.answers, missing, draft.read_only
        )
        self._side.list.show_states(states)
        return states

    def _show_help(self, *, aloud: bool) -> None:
        self.help.show_for(self.focus.field, self.page, aloud=aloud)

    def _put_focus(self, place: str, cursor: int | None) -> None:
        if place == self.page.grade_key:
            self.grades.take_focus()
        elif not self.page.go_to(place, cursor):
            self.page.enter()

    # -- Making ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        gap = self._theme.space(1)
        self._bar = QFrame()
        set_surface(self._bar, Surface.SUNKEN)
        bar = QVBoxLayout(self._bar)
        bar.setContentsMargins(self._theme.space(3), gap, self._theme.space(2), gap)
        bar.addWidget(self.grades)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.spread, 1)
        right.addWidget(self.help)
        right.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)
        # The grade is read before what the grades mean; the step comes between once it is made.
        chain(self._side.last, [*within(self.grades), self.spread.panel])

    def _connect(self) -> None:
        side, keys = self._side, self._keys
        for signal, slot in (
            (side.list.chosen, self._on_step_chosen),
            (side.list.step_entered, self._on_step_entered),
            (side.next_step, self.next_step),
            (side.previous_step, self.previous_step),
            (self.stack.grown, self._on_grown),
            (self.stack.wanted, self.go_to),
            (self.grades.graded, self._on_graded),
            (self.focus.moved, self._on_field_moved),
            (self._draft.changed, self._on_changed),
            (self._theme.changed, self._on_theme),
            (keys.digit, self._on_digit),
            (keys.domain, self._on_domain),
            (keys.next_step, self.next_step),
            (keys.previous_step, self.previous_step),
            (keys.help, self.toggle_help),
            (keys.descriptors, self.spread.toggle),
        ):
            signal.connect(slot)

    # -- Qt's own ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The steps take their share."""
        super().resizeEvent(event)
        self._side.fit(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """The focus goes where it was asked to go while this was out of sight."""
        super().showEvent(event)
        self.focus.listen(True)
        if self._wanted is not None:
            place, cursor = self._wanted
            self._wanted = None
            self._put_focus(place, cursor)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, not merely with the window made small."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.focus.listen(False)
