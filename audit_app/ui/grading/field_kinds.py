"""The fields that are not written words: dates and choices; and which widget a field gets."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel

from audit_app.core.fields import RAG, Field, FieldKind
from audit_app.core.form import Option
from audit_app.ui.grading.draft import AuditDraft
from audit_app.ui.grading.field_widget import FieldWidget, LineField, TextField
from audit_app.ui.labelled import label_for
from audit_app.ui.roles import TextRole, set_text_role, set_wrong
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.choice_box import UNANSWERED, ChoiceBox
from audit_app.ui.widgets.choice_row import Choice, ChoiceRow
from audit_app.ui.widgets.date_edit import DateEdit

# Up to so many letters in all, choices stand side by side; beyond, in a list that opens.
_LETTERS_IN_A_ROW = 34
_NOT_STARTED = "Not started"  # what an improvement plan means by leaving the rating blank
NOT_A_DATE = "This is not a date yet, so it is not kept. Type it like 31/10/2019 or 31 October 2019."


class DateField(FieldWidget):
    """A date; what is typed and is none is told beneath, and stays to be mended.

    ``across`` puts the label before the field, at the right, where it belongs to the line above.
    """

    def __init__(self, field: Field, draft: AuditDraft, words: str, *, across: bool = False) -> None:
        super().__init__(field, draft)
        self._editor = DateEdit()
        self._problem = set_text_role(QLabel(NOT_A_DATE), TextRole.ERROR)
        self._problem.setWordWrap(True)
        self._problem.hide()
        if across:
            self._add_across(words)
        else:
            self._add(self._editor, words)
        self._column.insertWidget(1 if across else 2, self._problem)
        self._editor.setToolTip(field.prompt)
        self._editor.set_name(field.label, field.prompt)
        self._editor.entered.connect(self._on_entered)
        self._editor.refused.connect(self._on_refused)

    def show_answer(self) -> None:
        """Show the date, but leave alone what was typed and is none yet."""
        if self.key not in self.draft.unread:
            self._editor.show_value(self.draft.value(self.key))

    def take_focus(self) -> None:
        """Focus, with everything selected: a date is typed anew rather than mended."""
        self._editor.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._editor.line.selectAll()

    def commit(self) -> None:
        """Take the date."""
        self._editor.commit()

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self._editor.set_read_only(read_only)

    def _add_across(self, words: str) -> None:
        self.words = set_text_role(label_for(self._editor.line, words), TextRole.QUIET)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.words)
        row.addWidget(self._editor)
        self._column.addLayout(row)
        self._column.setContentsMargins(8, 0, 8, 6)

    @Slot(str)
    def _on_entered(self, iso: str) -> None:
        self._type(iso)

    @Slot(str)
    def _on_refused(self, typed: str) -> None:
        self._problem.setVisible(bool(typed))
        line = self._editor.line
        set_wrong(line, bool(typed))
        line.setAccessibleDescription(NOT_A_DATE if typed else self.help_text)
        self._answering = True
        self.draft.say_unread(self.key, typed)
        self._answering = False


class BoxField(FieldWidget):
    """One of many choices, in a list that opens."""

    def __init__(self, field: Field, draft: AuditDraft, words: str) -> None:
        super().__init__(field, draft)
        self._editor = ChoiceBox(field.options, _NOT_STARTED if field.options == RAG else UNANSWERED)
        self._editor.setToolTip(field.prompt)
        self._add(self._editor, words)
        self._editor.chosen.connect(self._on_chosen)

    def show_answer(self) -> None:
        """Show the choice."""
        self._editor.show_value(self.draft.value(self.key))

    def take_focus(self) -> None:
        """Focus."""
        self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self._editor.set_read_only(read_only)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        # With the arrows a person passes choices that they do not mean; each would be a line in the history.
        self._type(value)


class RowField(FieldWidget):
    """One of a few choices, side by side."""

    def __init__(self, field: Field, draft: AuditDraft, words: str, theme: Theme) -> None:
        super().__init__(field, draft)
        self._editor = ChoiceRow(with_letters(field.options), field.label, theme)
        self._add(self._editor, words)
        self._editor.set_help(field.prompt)
        self._editor.setToolTip(field.prompt)
        self._editor.chosen.connect(self._on_chosen)

    def show_answer(self) -> None:
        """Show the choice."""
        self._editor.show_value(self.draft.value(self.key))

    def take_focus(self) -> None:
        """Focus."""
        self._editor.take_focus()

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self._editor.set_read_only(read_only)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self._choose(value)


def with_letters(options: tuple[Option, ...]) -> tuple[Choice, ...]:
    """Choices whose letter is their first, where no other begins with it."""
    firsts = [option.title[:1].casefold() for option in options]
    return tuple(
        Choice(option.id, option.title, letter=first.upper() if firsts.count(first) == 1 else "")
        for option, first in zip(options, firsts, strict=True)
    )


def make_field(field: Field, draft: AuditDraft, words: str, theme: Theme) -> FieldWidget:
    """The widget for a field of any kind; ``words`` are its label, with the mark of its mnemonic."""
    if field.kind is FieldKind.TEXT:
        return TextField(field, draft, words)
    if field.kind is FieldKind.LINE:
        return LineField(field, draft, words)
    if field.kind is FieldKind.DATE:
        return DateField(field, draft, words)
    if sum(len(option.title) for option in field.options) <= _LETTERS_IN_A_ROW:
        return RowField(field, draft, words, theme)
    return BoxField(field, draft, words)
