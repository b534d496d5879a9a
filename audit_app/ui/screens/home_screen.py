"""Home answers "what now?": who is not safe, what to go on with, what is due, and how to begin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from audit_app.core.audit_row import AuditRow
from audit_app.core.changes import Changes
from audit_app.core.words import capitalised, long_date, number, plural
from audit_app.ui.context import Context
from audit_app.ui.home_words import changed_words, due_words, is_overdue
from audit_app.ui.places import IMPORT, SAMPLE
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_text_role
from audit_app.ui.screen import Place, Screen
from audit_app.ui.widgets.card import Banner, Card
from audit_app.ui.widgets.go_button import GoButton
from audit_app.ui.widgets.start_audit import StartAudit

if TYPE_CHECKING:
    from audit_app.services.home import HomeView

_WIDEST = 1080
_TWO_ABREAST = 760
_TOP = Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft


class HomeScreen(Screen):
    """Built anew from what the service says each time it is shown."""

    screen_id: ClassVar[str] = "home"
    title: ClassVar[str] = "Home"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = context.theme
        self._rows: list[QBoxLayout] = []
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._scroll)
        context.theme.changed.connect(self._fit)

    def show_place(self, _place: Place) -> None:
        """Show what is to do now."""
        self._build()

    def refresh(self, changes: Changes) -> None:
        """Anything that changed may be something to do."""
        if changes:
            self._build()

    # -- What there is to do -------------------------------------------------------------------------

    def _build(self) -> None:
        view = self._context.session.home.now()
        self._rows.clear()
        ground = QWidget()
        column = QVBoxLayout(ground)
        space = self._theme.space
        column.setContentsMargins(space(4), space(4), space(4), space(4))
        column.setSpacing(space(3))
        column.addLayout(self._head())
        for row in view.unsafe_open:
            column.addWidget(self._unsafe(row))
        if view.is_new:
            column.addLayout(self._ways_to_start())
        else:
            column.addLayout(self._now(view))
            column.addWidget(self._drafts(view))
        column.addStretch()
        before = self._scroll.takeWidget()
        self._scroll.setWidget(ground)
        self._fit()
        if before is not None:
            before.deleteLater()  # one of its buttons may be what brought us here

    @staticmethod
    def _head() -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(set_text_role(QLabel("Home"), TextRole.TITLE))
        row.addStretch()
        row.addWidget(set_text_role(QLabel(long_date(date.today())), TextRole.QUIET))
        return row

    def _unsafe(self, row: AuditRow) -> Banner:
        sentence = (
            f"The child in case {row.reference} is not safe, and it is not written who was told, when and "
            "how."
        )
        place = Place("grading", audit_id=row.id, field="safe.told")
        spoken = f"Write who was told, {row.reference}"
        act = self._button("Write who was told", place, ButtonRole.DANGER, spoken)
        return Banner(self._theme, Surface.DANGER, sentence, act)

    def _now(self, view: HomeView) -> QBoxLayout:
        row = self._beside()
        if view.continue_with is not None:
            row.addWidget(self._continue(view.continue_with), 1)
        start = Card(self._theme, "Audit a case")
        start.column.addWidget(self._start())
        start.column.addStretch()
        row.addWidget(start, 1)
        return row

    def _continue(self, audit: AuditRow) -> Card:
        card = Card(self._theme, "Go on where you were")
        card.column.addWidget(set_text_role(QLabel(audit.reference), TextRole.TITLE))
        today = date.today()
        when = " · ".join(
            part for part in (due_words(audit.due, today), changed_words(audit.changed_at, today)) if part
        )
        for words in (_about(audit), capitalised(when)):
            label = set_text_role(QLabel(words), TextRole.QUIET)
            label.setWordWrap(True)
            card.column.addWidget(label)
        card.column.addStretch()
        place = Place("grading", audit_id=audit.id)
        button = self._button(
            "&Continue", place, ButtonRole.PRIMARY, f"Continue the audit of {audit.reference}"
        )
        card.column.addWidget(button, 0, _LEFT)
        return card

    def _drafts(self, view: HomeView) -> Card:
        card = Card(self._theme, "Your drafts")
        head = QHBoxLayout()
        counts = set_text_role(QLabel(counts_words(view)), TextRole.QUIET)
        counts.setWordWrap(True)
        head.addWidget(counts, 1)
        head.addWidget(self._button("All audits", Place("my_audits")))
        card.column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.space(3))
        grid.setVerticalSpacing(self._theme.space(1))
        grid.setColumnStretch(1, 1)
        for line, audit in enumerate(view.drafts):
            self._draft(grid, line, audit)
        card.column.addLayout(grid)
        return card

    def _draft(self, grid: QGridLayout, line: int, audit: AuditRow) -> None:
        today = date.today()
        due = due_words(audit.due, today)
        spoken = ", ".join(part for part in (audit.reference, audit.programme, due) if part)
        button = self._button(audit.reference, Place("grading", audit_id=audit.id), spoken=spoken)
        grid.addWidget(button, line, 0, _LEFT)
        about = QLabel(_about(audit))
        about.setWordWrap(True)
        about.setToolTip(capitalised(changed_words(audit.changed_at, today)))
        grid.addWidget(about, line, 1)
        late = TextRole.ERROR if is_overdue(audit.due, today) else TextRole.QUIET
        grid.addWidget(set_text_role(QLabel(capitalised(due)), late), line, 2)

    # -- How to begin --------------------------------------------------------------------------------

    def _ways_to_start(self) -> QBoxLayout:
        row = self._beside()
        case = self._way("Audit a case", "Read a file and grade it, with the evidence beside each grade.")
        case.column.addStretch()
        case.column.addWidget(self._start())
        sheet = self._way(
            "Import audits",
            "Bring in grades that were kept in a spreadsheet (Excel or CSV) and see them added up. You see "
            "what will happen before anything is changed.",
        )
        sheet.column.addStretch()
        sheet.column.addWidget(
            self._button("&Choose a spreadsheet…", Place(IMPORT), ButtonRole.PLAIN), 0, _LEFT
        )
        sample = self._way(
            "Open the sample",
            "Look around in a workspace that is full of invented audits. This one stays as it is.",
        )
        sample.column.addStretch()
        sample.column.addWidget(self._button("&Open the sample", Place(SAMPLE), ButtonRole.PLAIN), 0, _LEFT)
        for card in (case, sheet, sample):
            row.addWidget(card, 1)
        return row

    def _way(self, heading: str, words: str) -> Card:
        card = Card(self._theme, heading)
        label = set_text_role(QLabel(words), TextRole.QUIET)
        label.setWordWrap(True)
        label.setAlignment(_TOP)
        card.column.addWidget(label)
        return card

    # -- Parts ---------------------------------------------------------------------------------------

    def _beside(self) -> QBoxLayout:
        row = QBoxLayout(self._direction())
        row.setSpacing(self._theme.space(3))
        self._rows.append(row)
        return row

    def _direction(self) -> QBoxLayout.Direction:
        wide = self.width() >= self._theme.scaled(_TWO_ABREAST)
        return QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put cards beneath each other where they would not fit beside each other."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        ground = self._scroll.widget()
        if ground is not None:
            ground.setMaximumWidth(self._theme.scaled(_WIDEST))
        for row in self._rows:
            row.setDirection(self._direction())

    def _start(self) -> StartAudit:
        start = StartAudit(self._context)
        start.started.connect(self.go)
        return start

    def _button(
        self, text: str, place: Place, role: ButtonRole = ButtonRole.LINK, spoken: str = ""
    ) -> GoButton:
        button = GoButton(text, place, role, spoken)
        button.went.connect(self.go)
        return button


def _about(audit: AuditRow) -> str:
    return ", ".join(part for part in (audit.programme, audit.cohort) if part)


def counts_words(view: HomeView) -> str:
    """How much there is, in a line: "3 drafts · 1 overdue · 2 due soon · 12 submitted"."""
    parts = [plural(view.draft_count, "draft")]
    if view.overdue:
        parts.append(f"{number(view.overdue)} overdue")
    if view.due_soon:
        parts.append(f"{number(view.due_soon)} due soon")
    parts.append(f"{number(view.submitted_count)} submitted")
    return " · ".join(parts)
