"""The grades given so far, one per domain."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from audit_app.ui.grading.draft import AuditDraft
from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.flow_layout import ColumnsLayout
from audit_app.ui.widgets.grade_badge import GradeBadge

_COLUMN = 250  # logical pixels at 100%


class GradesList(QFrame):
    """Each domain with its badge, in as many columns as fit; ``overall`` adds the overall as the last."""

    def __init__(self, draft: AuditDraft, theme: Theme, *, overall: bool = False) -> None:
        super().__init__()
        set_surface(self, Surface.CARD)
        self._draft = draft
        self._theme = theme
        self._badges: dict[str, tuple[GradeBadge, QLabel]] = {}
        self._titles: list[QLabel] = []
        self._columns = ColumnsLayout(theme.scaled(_COLUMN), 2 * theme.space(4), theme.space(1), self)
        gap = theme.space(3)
        self._columns.setContentsMargins(gap, theme.space(2), gap, theme.space(2))
        for domain in draft.form.domains:
            self._columns.addWidget(self._line(f"{domain.id}.grade", QLabel(domain.title)))
        if overall:
            words = set_text_role(QLabel("Overall"), TextRole.STRONG)
            self._columns.add_wide(self._line("overall.grade", words))

    def show_grades(self) -> None:
        """Show the grades as the draft has them."""
        for key, (badge, none) in self._badges.items():
            grade = self._draft.value(key)
            badge.show_grade(grade)
            none.setVisible(not grade)

    def scale(self) -> None:
        """The size of text is another."""
        widest = max(title.sizeHint().width() for title in self._titles)
        for title in self._titles:
            title.setFixedWidth(widest)
        self._columns.least_width = self._theme.scaled(_COLUMN)
        self._columns.invalidate()

    def _line(self, key: str, words: QLabel) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.space(2))
        badge = GradeBadge(self._theme, self._draft.form.scale)
        none = set_text_role(QLabel("No grade yet"), TextRole.QUIET)
        row.addWidget(words)
        row.addWidget(badge)
        row.addWidget(none)
        row.addStretch()
        self._titles.append(words)
        self._badges[key] = (badge, none)
        return line
