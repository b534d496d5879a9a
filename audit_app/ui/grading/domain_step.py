"""A domain: its standards, one line each, then evidence, strengths, areas for development."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from audit_app.core.fields import Step, standard_date_key, standard_key
from audit_app.core.form import NOT_GRADED, Domain
from audit_app.ui.grading.field_widget import FieldWidget
from audit_app.ui.grading.mnemonics import with_mnemonics
from audit_app.ui.grading.standard_row import LETTERS_SENTENCE, LastEvent, StandardRow
from audit_app.ui.grading.step_page import StepPage, Tools
from audit_app.ui.labelled import help_label
from audit_app.ui.roles import Surface, set_surface


class DomainStep(StepPage):
    """One of the six."""

    def __init__(self, step: Step, domain: Domain, tools: Tools) -> None:
        super().__init__(step, tools)
        self._domain = domain
        self._rows: list[StandardRow] = []
        self._current: StandardRow | None = None
        self.add_title(domain.title, domain.asks)
        if domain.standards:
            self._add_standards()
        keys = [f"{domain.id}.{text}" for text in self.draft.form.asks.texts]
        keys.append(f"{domain.id}.not_graded_reason")
        fields = [self.draft.fields[key] for key in keys]
        for field, words in zip(fields, with_mnemonics(field.label for field in fields), strict=True):
            self.column.addWidget(self.made(field, words))
        self._reason = self.fields[keys[-1]]
        self.finish()

    @property
    def grade_key(self) -> str:
        """The domain's grade."""
        return f"{self._domain.id}.grade"

    @property
    def graded(self) -> str:
        """The domain's title."""
        return self._domain.title

    @property
    def about(self) -> str:
        """The question and the keys."""
        return (
            f"{self._domain.asks} Alt and a digit grade from anywhere. In the standards: {LETTERS_SENTENCE}"
        )

    def arrange(self) -> None:
        """The reason for no grade is asked where there is none, and shown as long as one is written."""
        not_graded = self.draft.value(self.grade_key) == NOT_GRADED
        self._reason.setVisible(not_graded or bool(self.draft.value(self._reason.key)))

    def scale(self) -> None:
        """The lines are laid out by the size of text too."""
        super().scale()
        for row in self._rows:
            row.scale()

    def note_focus(self, field: FieldWidget | None) -> None:
        """Mark the standard to which letters go."""
        row = field if isinstance(field, StandardRow) else None
        if row is not self._current:
            if self._current is not None:
                self._current.set_current(False)
            if row is not None:
                row.set_current(True)
            self._current = row

    def _add_standards(self) -> None:
        card = QFrame()
        set_surface(card, Surface.CARD)
        lines = QVBoxLayout(card)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        for standard in self._domain.standards:
            key = standard_key(self._domain.id, standard.id)
            row = StandardRow(self.draft.fields[key], self.draft, self.theme)
            row.go_on.connect(self._on_move)
            self._rows.append(row)
            self.known(row)
            lines.addWidget(row)
            if standard.dated:
                row.set_ruled(False)
                key = standard_date_key(self._domain.id, standard.id)
                lines.addWidget(self.known(LastEvent(self.draft.fields[key], self.draft, self.theme)))
        block = QVBoxLayout()
        block.setSpacing(self.theme.space(1))
        block.addWidget(card)
        block.addWidget(help_label(LETTERS_SENTENCE))
        self.column.addLayout(block)

    @Slot(int)
    def _on_move(self, by: int) -> None:
        row = self.sender()
        if isinstance(row, StandardRow):
            at = self._rows.index(row) + by
            if 0 <= at < len(self._rows):
                self._rows[at].take_focus()
                self.ensureWidgetVisible(self._rows[at], 0, self.theme.space(4))
