"""The pages of all steps, each made when it is first shown and kept up to date from then on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from audit_app.core.fields import Step, steps
from audit_app.core.programme import Programme
from audit_app.ui.grading.actions_step import ActionsStep
from audit_app.ui.grading.case_step import CaseStep
from audit_app.ui.grading.domain_step import DomainStep
from audit_app.ui.grading.feedback_step import FeedbackStep
from audit_app.ui.grading.overall_step import OverallStep
from audit_app.ui.grading.review_step import ReviewStep
from audit_app.ui.grading.step_page import StepPage, Tools


class StepStack(QStackedWidget):
    """One audit's pages. A page that is out of sight is brought up to date when it comes back."""

    grown = Signal(object)  # the page that has other widgets now
    told = Signal(str)  # a sentence for the notice above
    wanted = Signal(str)  # the key of a field to go to
    submitted = Signal()
    taken_back = Signal()
    pdf = Signal()

    def __init__(self, programme: Programme, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._programme = programme
        self._tools = tools
        self.steps: tuple[Step, ...] = steps(tools.draft.form)
        self._pages: dict[str, StepPage] = {}
        self._old: set[str] = set()  # pages that show another audit, or another state of it
        self._stale: dict[str, frozenset[str]] = {}  # pages some of whose answers are others by now

    @property
    def page(self) -> StepPage:
        """The page in front."""
        found = self.currentWidget()
        assert isinstance(found, StepPage)
        return found

    def show_step(self, step_id: str) -> StepPage:
        """Bring a step to the front."""
        if step_id not in self._pages:
            step = next(step for step in self.steps if step.id == step_id)
            made = self._pages[step_id] = self._made(step)
            self.addWidget(made)
            made.grown.connect(self.grown)
            made.show_all()
            self.grown.emit(made)
        page = self._pages[step_id]
        if step_id in self._old:
            page.show_all()
        elif step_id in self._stale:
            page.show_answers(self._stale[step_id])
        self._old.discard(step_id)
        self._stale.pop(step_id, None)
        self.setCurrentWidget(page)
        return page

    def show_all(self) -> None:
        """Everything is different: another audit, or the same in another state."""
        self._stale.clear()
        self._old = set(self._pages)
        if self.count():
            self.show_step(self.page.step.id)

    def show_answers(self, keys: frozenset[str]) -> None:
        """Some answers are different."""
        for step_id, page in self._pages.items():
            if page is self.currentWidget():
                page.show_answers(keys)
            else:
                self._stale[step_id] = self._stale.get(step_id, frozenset()) | keys

    def commit(self) -> None:
        """Take what stands in the editors in front; those of other pages were taken on leaving them."""
        if self.count():
            self.page.commit()

    def scale(self) -> None:
        """The size of text is another."""
        for page in self._pages.values():
            page.scale()

    def _made(self, step: Step) -> StepPage:
        form = self._tools.draft.form
        if step.id == "case":
            return CaseStep(step, self._programme, self._tools)
        if step.id == "overall":
            return OverallStep(step, self._tools)
        if step.id == "feedback":
            return FeedbackStep(step, self._tools)
        if step.id == "actions":
            actions = ActionsStep(step, self._tools)
            actions.told.connect(self.told)
            return actions
        if step.id == "review":
            review = ReviewStep(step, self._tools, {step.id: step.title for step in self.steps})
            review.wanted.connect(self.wanted)
            review.submitted.connect(self.submitted)
            review.taken_back.connect(self.taken_back)
            review.pdf.connect(self.pdf)
            return review
        return DomainStep(step, form.domain(step.id), self._tools)
