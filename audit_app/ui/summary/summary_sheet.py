"""One summary on the screen: what it is about, its conclusions, its table, and how to read it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from audit_app.core.sentences import (
    audit_sentences,
    conclusions,
    filters_text,
    finding_sentences,
    form_text,
    heading,
    period_text,
    reading_notes,
)
from audit_app.core.summary import Summary
from audit_app.core.table import DASH
from audit_app.core.words import number
from audit_app.ui.labelled import selectable
from audit_app.ui.models.summary_model import SummaryModel
from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role
from audit_app.ui.summary.summary_table import SummaryTable
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.flow_layout import FlowLayout

HINT = "Click a number, or press Enter on it, to see its audits."


class SummarySheet(QWidget):
    """Shows one Summary. ``asked`` carries the Behind of a number."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SummaryModel(self)
        self.table = SummaryTable(self.model, theme)
        self._heading = selectable(set_text_role(QLabel(), TextRole.HEADING))
        self._about = selectable(set_text_role(QLabel(), TextRole.QUIET))
        self._conclusions = selectable(set_text_role(QLabel(), TextRole.STRONG))
        self._sentences = selectable(QLabel())
        self._notes = selectable(set_text_role(QLabel(), TextRole.QUIET))
        self._figures = Figures()
        hint = set_text_role(QLabel(HINT), TextRole.QUIET)
        for label in (self._heading, self._about, self._conclusions, self._sentences, self._notes, hint):
            label.setWordWrap(True)
        card = QFrame()
        set_surface(card, Surface.CARD)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        inner.setSpacing(theme.space(2))
        inner.addWidget(self._heading)
        inner.addWidget(self._about)
        inner.addWidget(self._conclusions)
        inner.addWidget(self.table)
        inner.addWidget(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addWidget(card)
        column.addWidget(self._figures)
        column.addWidget(self._sentences)
        column.addWidget(self._notes)
        column.addStretch()
        self.table.asked.connect(self.asked)

    def show_summary(self, summary: Summary) -> None:
        """Show this one."""
        self._heading.setText(heading(summary))
        self._about.setText(" · ".join(about_lines(summary)))
        self._conclusions.setText("\n".join(conclusions(summary)))
        self._sentences.setText(" ".join((*audit_sentences(summary), *finding_sentences(summary))))
        self._notes.setText("\n".join(reading_notes(summary)))
        self._figures.show_summary(summary)
        current = self.table.currentIndex()
        self.model.show(summary)
        if current.row() < self.model.rowCount() and current.column() < self.model.columnCount():
            self.table.setCurrentIndex(self.model.index(current.row(), current.column()))


def about_lines(summary: Summary) -> list[str]:
    """What a summary is about, in a few words each; blank ones left out."""
    lines = (
        summary.programme.title,
        period_text(summary.programme),
        form_text(summary.form),
        filters_text(summary.filters),
    )
    return [line for line in lines if line]


class Figures(QFrame):
    """How many audits there are of each kind, as large numbers with their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = [set_text_role(QLabel(), TextRole.HEADING) for _ in _FIGURES]
        row = FlowLayout(self, gap=24)
        for label, words in zip(self._labels, _FIGURES, strict=True):
            row.addWidget(_figure(label, words))

    def show_summary(self, summary: Summary) -> None:
        """Show the counts of a summary."""
        counts = summary.counts
        for label, name in zip(self._labels, _FIGURES.values(), strict=True):
            # Where no audit was asked, nobody knows: that is not a zero.
            unknown = name == "unsafe" and not counts.safety_answered
            label.setText(DASH if unknown else number(getattr(counts, name)))


_FIGURES = {
    "submitted": "submitted",
    "supported": "supported",
    "not supported": "not_supported",
    "not yet read": "not_yet_read",
    "unfinished": "unfinished",
    "overall not as suggested": "overridden",
    "child not safe": "unsafe",
}


def _figure(label: QLabel, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(label)
    row.addWidget(set_text_role(QLabel(words), TextRole.QUIET))
    return made
