"""Is the child safe now, and the overall grade: what the form's rule suggests, what was decided, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from audit_app.core.audit import is_override
from audit_app.core.fields import Step
from audit_app.core.form import NOT_GRADED, Form, Limit
from audit_app.ui.grading.grades_list import GradesList
from audit_app.ui.grading.mnemonics import with_mnemonics
from audit_app.ui.grading.step_page import StepPage, Tools
from audit_app.ui.labelled import help_label
from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role
from audit_app.ui.widgets.flow_layout import ColumnsLayout
from audit_app.ui.widgets.grade_badge import GradeBadge, grade_words

_COLUMN = 200
_WHEN_UNSAFE = ("safe.concern", "safe.told", "safe.told_on", "safe.told_at", "safe.told_how")
_REASONS = ("overall.reason", "overall.not_graded_reason")


class OverallStep(StepPage):
    """Safety first, then the overall."""

    def __init__(self, step: Step, tools: Tools) -> None:
        super().__init__(step, tools)
        form = self.draft.form
        keys = ("safe.now", *_WHEN_UNSAFE, *_REASONS)
        labels = with_mnemonics(self.draft.fields[key].label for key in keys)
        words = dict(zip(keys, labels, strict=True))
        self.add_title(step.title)
        self.column.addWidget(self.made(self.draft.fields["safe.now"], words["safe.now"]))
        self.column.addWidget(help_label(self.draft.fields["safe.now"].prompt))
        self._unsafe = self._unsafe_card(words)
        self.column.addWidget(self._unsafe)
        self.add_heading("Overall grade", f"The form’s rule: {rule_in_words(form)}")
        self._grades = GradesList(self.draft, self.theme)
        self.column.addWidget(self._grades)
        self._suggested = GradeBadge(self.theme, form.scale)
        self._decided = GradeBadge(self.theme, form.scale)
        self._left_out = help_label("")
        self._sentence = set_text_role(QLabel(), TextRole.STRONG)
        self._sentence.setWordWrap(True)
        self.column.addWidget(self._decision())
        self.column.addWidget(self._left_out)
        self.column.addWidget(self._sentence)
        for key in _REASONS:
            self.column.addWidget(self.made(self.draft.fields[key], words[key]))
        self.finish()

    @property
    def grade_key(self) -> str:
        """The overall grade."""
        return "overall.grade"

    @property
    def graded(self) -> str:
        """What the buttons grade here."""
        return "Overall"

    def scale(self) -> None:
        """Fewer columns for larger text."""
        super().scale()
        self._grades.scale()
        self._told.least_width = self.theme.scaled(_COLUMN)
        self._told.invalidate()

    def arrange(self) -> None:
        """Where the child is not safe, ask who was told; where the overall is not the suggested one, why."""
        draft = self.draft
        unsafe = draft.value("safe.now") == "no"
        for key in _WHEN_UNSAFE:
            self.fields[key].setVisible(unsafe or bool(draft.value(key)))
        self._unsafe.setVisible(unsafe or any(draft.value(key) for key in _WHEN_UNSAFE))
        overall, override = draft.value("overall.grade"), is_override(draft.form, draft.answers)
        self.fields["overall.reason"].setVisible(override or bool(draft.value("overall.reason")))
        key = "overall.not_graded_reason"
        self.fields[key].setVisible(overall == NOT_GRADED or bool(draft.value(key)))
        self._grades.show_grades()
        self._show_decision(overall, override)

    def _show_decision(self, overall: str, override: bool) -> None:
        draft, suggested = self.draft, self.draft.suggested()
        self._suggested.show_grade(suggested or "")
        self._decided.show_grade(overall)
        scale = draft.form.scale
        if suggested is None:
            sentence = "Grade a domain, and a suggestion appears here. You decide."
        elif not overall:
            sentence = f"{grade_words(scale, suggested)} is suggested. You decide, with the buttons below."
        elif override:
            sentence = "You decided on another grade than the suggested one. Say why."
        else:
            sentence = ""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence) and not draft.read_only)
        count = sum(draft.value(f"{domain.id}.grade") == NOT_GRADED for domain in draft.form.domains)
        self._left_out.setText(f"Left out, because not graded: {count} of {len(draft.form.domains)} domains.")
        self._left_out.setVisible(bool(count))

    def _unsafe_card(self, words: dict[str, str]) -> QFrame:
        card = QFrame()
        set_surface(card, Surface.DANGER)
        gap = self.theme.space(3)
        lines = QVBoxLayout(card)
        lines.setContentsMargins(gap, gap, gap, gap)
        lines.setSpacing(gap)
        sentence = QLabel("Tell somebody today who can act, and write down here that you did.")
        sentence.setWordWrap(True)
        lines.addWidget(set_text_role(sentence, TextRole.STRONG))
        box = QWidget()
        self._told = ColumnsLayout(self.theme.scaled(_COLUMN), gap, gap, box)
        for key in _WHEN_UNSAFE:
            widget = self.made(self.draft.fields[key], words[key])
            if key in ("safe.concern", "safe.told_how"):
                self._told.add_wide(widget)
            else:
                self._told.addWidget(widget)
        lines.addWidget(box)
        return card

    def _decision(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.space(2))
        for words, badge in (("Suggested", self._suggested), ("Decided", self._decided)):
            row.addWidget(QLabel(words))
            row.addWidget(badge)
            row.addSpacing(self.theme.space(3))
        row.addStretch()
        row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return box


def rule_in_words(form: Form) -> str:
    """The rule by which an overall grade is suggested: "any Inadequate gives Inadequate; otherwise Good"."""
    parts = [f"{_condition(form, limit)} gives {_title(form, limit.gives)}" for limit in form.overall.limits]
    return "; ".join([*parts, f"otherwise {_title(form, form.overall.otherwise)}."])


def _condition(form: Form, limit: Limit) -> str:
    grade = _title(form, limit.grade)
    counted = f"any {grade}" if limit.at_least == 1 else f"{limit.at_least} or more {grade}"
    if not limit.none_of:
        return counted
    return f"{counted} with no {' or '.join(_title(form, other) for other in limit.none_of)}"


def _title(form: Form, grade_id: str) -> str:
    return form.scale.grade(grade_id).title
