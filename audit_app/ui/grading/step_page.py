"""What every step of grading is: a page that scrolls, with the fields of the step in reading order."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from audit_app.core.fields import Field, Step
from audit_app.ui.grading.draft import AuditDraft
from audit_app.ui.grading.field_kinds import make_field
from audit_app.ui.grading.field_widget import FieldWidget
from audit_app.ui.grading.tab_order import within
from audit_app.ui.labelled import help_label
from audit_app.ui.roles import TextRole, set_text_role
from audit_app.ui.theme import Theme

_WIDEST = 900  # logical pixels at 100%: longer lines are hard to read


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pages work with."""

    draft: AuditDraft
    theme: Theme


class StepPage(QScrollArea):
    """One step. Its fields are made when it is first shown, and show other audits on the form after that."""

    grown = Signal(object)  # itself: it has other widgets now

    def __init__(self, step: Step, tools: Tools) -> None:
        super().__init__()
        self.step = step
        self.draft = tools.draft
        self.theme = tools.theme
        self.fields: dict[str, FieldWidget] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._sheet = QWidget()
        self._sheet.setAutoFillBackground(False)
        self.column = QVBoxLayout(self._sheet)
        gap = tools.theme.space(3)
        self.column.setContentsMargins(gap, gap, gap, gap)
        self.column.setSpacing(tools.theme.space(3))
        self.setWidget(self._sheet)

    # -- What each step says of itself -------------------------------------------------------------

    @property
    def grade_key(self) -> str:
        """The field that the grade buttons below answer in this step; blank where there is none."""
        return ""

    @property
    def graded(self) -> str:
        """What is graded here, in words; blank where nothing is."""
        return ""

    @property
    def about(self) -> str:
        """What F1 says where the focus is in no field."""
        return "Ctrl+Enter goes to the next step, Ctrl+1 to Ctrl+6 to a domain, F6 to the next part."

    def arrange(self) -> None:
        """Show and hide what depends on other answers."""

    def scale(self) -> None:
        """The size of text is another."""
        self._sheet.setMaximumWidth(self.theme.scaled(_WIDEST))

    def first(self) -> QWidget | None:
        """What takes the focus when the step is entered."""
        return next((field for field in self.fields.values() if not field.isHidden()), None)

    # -- Showing -----------------------------------------------------------------------------------

    def show_answers(self, keys: frozenset[str] | None = None) -> None:
        """Show the answers as the draft has them: those of some fields, or all."""
        for key in self.fields if keys is None else keys & self.fields.keys():
            self.fields[key].refresh()
        self.arrange()

    def show_all(self) -> None:
        """Show another audit, or the same in another state."""
        for field in self.fields.values():
            field.set_read_only(self.draft.read_only)
        self.show_answers()

    def enter(self) -> None:
        """Put the focus where the step begins, with its heading in sight."""
        first = self.first()
        self.verticalScrollBar().setValue(0)
        if isinstance(first, FieldWidget):
            first.take_focus()
        elif first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, key: str, cursor: int | None = None) -> bool:
        """Put the focus into a field; False when the step does not show it."""
        field = self.fields.get(key)
        if field is None or field.isHidden():
            return False
        field.take_focus()
        if cursor is not None:
            field.put_cursor(cursor)
        self.ensureWidgetVisible(field, 0, self.theme.space(4))
        return True

    def reading_order(self) -> list[QWidget]:
        """What Tab goes through, as it is read."""
        return within(self)

    def commit(self) -> None:
        """Take what stands in every editor."""
        for field in self.fields.values():
            field.commit()

    def note_focus(self, field: FieldWidget | None) -> None:
        """The focus is in this field now, or in none of this step."""

    # -- Making ------------------------------------------------------------------------------------

    def add_title(self, words: str, about: str = "") -> None:
        """The title of the step, and a quiet line close beneath."""
        lines = QVBoxLayout()
        lines.setSpacing(self.theme.space(1))
        title = set_text_role(QLabel(words), TextRole.TITLE)
        title.setWordWrap(True)
        lines.addWidget(title)
        if about:
            lines.addWidget(help_label(about))
        self.column.addLayout(lines)

    def add_heading(self, words: str, about: str = "") -> None:
        """A heading within the step, and a quiet line beneath."""
        lines = QVBoxLayout()
        lines.setSpacing(self.theme.space(1))
        heading = set_text_role(QLabel(words), TextRole.HEADING)
        heading.setWordWrap(True)
        lines.addWidget(heading)
        if about:
            lines.addWidget(help_label(about))
        self.column.addLayout(lines)

    def made(self, field: Field, words: str) -> FieldWidget:
        """A field's widget, known by its key; the caller places it."""
        return self.known(make_field(field, self.draft, words, self.theme))

    def known(self, widget: FieldWidget) -> FieldWidget:
        """Know a field's widget by its key."""
        self.fields[widget.key] = widget
        return widget

    def finish(self) -> None:
        """Everything is placed: the rest of the height stays empty."""
        rest = QWidget()
        rest.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.column.addWidget(rest, 1)
        self.scale()

    # -- Qt's own ----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As much room as there is."""
        return QSize(self.theme.scaled(520), self.theme.scaled(320))

    def minimumSizeHint(self) -> QSize:
        """It scrolls."""
        return QSize(self.theme.scaled(200), self.theme.scaled(120))
