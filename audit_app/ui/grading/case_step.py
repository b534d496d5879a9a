"""The case: when it was audited, where it is held, and what the form asks about the child."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from audit_app.core.fields import Field, FieldKind, Step
from audit_app.core.form import Option
from audit_app.core.programme import Programme
from audit_app.ui.grading.mnemonics import with_mnemonics
from audit_app.ui.grading.step_page import StepPage, Tools
from audit_app.ui.widgets.flow_layout import ColumnsLayout

_COLUMN = 230  # logical pixels at 100%
_OF_THE_AUDIT = ("audit.date", "audit.due", "audit.period_from", "audit.period_to")
_HELD = ("case.cohort", "case.service", "case.team", "case.worker")


class CaseStep(StepPage):
    """The first step. Nothing in it but the date of the audit is ever required."""

    def __init__(self, step: Step, programme: Programme, tools: Tools) -> None:
        super().__init__(step, tools)
        self._grids: list[ColumnsLayout] = []
        self.add_title(
            step.title, "No names of children. Everything here is optional, but for the date of the audit."
        )
        fields = {key: field for key, field in self.draft.fields.items() if field.step == step.id}
        cohorts = tuple(Option(cohort.id, cohort.title) for cohort in programme.cohorts)
        fields["case.cohort"] = replace(fields["case.cohort"], options=cohorts)
        if not cohorts:
            del fields["case.cohort"]
        words = dict(zip(fields, with_mnemonics(field.label for field in fields.values()), strict=True))
        asked = [key for key in fields if key not in _OF_THE_AUDIT and key not in _HELD]
        for heading, keys in (
            ("This audit", [key for key in _OF_THE_AUDIT if key in fields]),
            ("Where the case was held at the time", [key for key in _HELD if key in fields]),
            ("The child", asked),
        ):
            if keys:
                self.add_heading(heading)
                self._add_grid([fields[key] for key in keys], words)
        self.finish()

    def scale(self) -> None:
        """Fewer columns for larger text."""
        super().scale()
        for grid in self._grids:
            grid.least_width = self.theme.scaled(_COLUMN)
            grid.invalidate()

    def _add_grid(self, fields: list[Field], words: dict[str, str]) -> None:
        box = QWidget()
        grid = ColumnsLayout(self.theme.scaled(_COLUMN), self.theme.space(3), self.theme.space(3), box)
        for field in fields:
            widget = self.made(field, words[field.key])
            if field.kind is FieldKind.TEXT:
                grid.add_wide(widget)
            else:
                grid.addWidget(widget)
        self._grids.append(grid)
        self.column.addWidget(box)
