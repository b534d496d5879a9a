"""One field of an audit on the screen: its words, its editor, what is wrong, and its way to the draft."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from audit_app.core.fields import Field
from audit_app.ui.grading.draft import AuditDraft
from audit_app.ui.labelled import label_for, name
from audit_app.ui.widgets.line_edit import LineEdit
from audit_app.ui.widgets.text_edit import TextEdit


class FieldWidget(QWidget):
    """What all fields have. Each kind adds its editor with ``_add``."""

    def __init__(self, field: Field, draft: AuditDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.draft = draft
        self.words: QLabel | None = None
        self._answering = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    @property
    def key(self) -> str:
        """The key of its field."""
        return self.field.key

    @property
    def help_text(self) -> str:
        """What F1 shows; blank where the form says nothing."""
        return self.field.prompt

    def refresh(self) -> None:
        """Show the answer as the draft has it, unless it comes from here: spaces alone are no answer yet."""
        if not self._answering:
            self.show_answer()

    def show_answer(self) -> None:
        """Show the answer as the draft has it."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus into the editor."""
        raise NotImplementedError

    def put_cursor(self, place: int) -> None:
        """Put the cursor behind so many characters of a text."""

    def cursor_place(self) -> int | None:
        """Where the cursor stands in a text, else None."""
        return None

    def commit(self) -> None:
        """Take what stands in the editor: the person is done with it."""

    def set_read_only(self, read_only: bool) -> None:
        """Refuse to change, while it can still be reached and read."""
        raise NotImplementedError

    def _add(self, editor: QWidget, words: str) -> None:
        """Place the editor under its label, and name it as the field is called in full."""
        self.words = label_for(editor, words)
        self.words.setWordWrap(True)
        name(editor, self.field.label, self.help_text)
        self._column.addWidget(self.words)
        self._column.addWidget(editor)
        self._column.addStretch()

    def _type(self, value: str) -> None:
        """Give the draft what stands in the editor, to be written soon."""
        self._answering = True
        self.draft.type(self.key, value)
        self._answering = False

    def _choose(self, value: str) -> None:
        """Give the draft a choice, to be written at once."""
        self._answering = True
        self.draft.choose(self.key, value)
        self._answering = False


class TextField(FieldWidget):
    """Several lines of text."""

    def __init__(self, field: Field, draft: AuditDraft, words: str, rows: int = 3) -> None:
        super().__init__(field, draft)
        self._editor = TextEdit(rows)
        self._editor.set_prompt(field.prompt)
        self._add(self._editor, words)
        self._editor.edited.connect(self._on_edited)

    def show_answer(self) -> None:
        """Show the text."""
        self._editor.show_value(self.draft.value(self.key))

    def take_focus(self) -> None:
        """Focus, with the cursor where it was."""
        self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_cursor(self, place: int) -> None:
        """Put it there."""
        self._editor.set_cursor(place)

    def cursor_place(self) -> int | None:
        """Where the cursor stands."""
        return self._editor.cursor_position()

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self._editor.setReadOnly(read_only)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._type(text)


class LineField(FieldWidget):
    """A line of text."""

    def __init__(self, field: Field, draft: AuditDraft, words: str) -> None:
        super().__init__(field, draft)
        self._editor = LineEdit()
        self._editor.setToolTip(field.prompt)
        self._add(self._editor, words)
        self._editor.textEdited.connect(self._on_edited)

    def show_answer(self) -> None:
        """Show the line, from its beginning unless somebody is in it."""
        self._editor.show_value(self.draft.value(self.key))
        if not self._editor.hasFocus():
            self._editor.setCursorPosition(0)

    def take_focus(self) -> None:
        """Focus, with the cursor where it was and nothing selected that a key would replace."""
        place = self._editor.cursorPosition()
        self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._editor.setCursorPosition(place)

    def put_cursor(self, place: int) -> None:
        """Put it there."""
        self._editor.setCursorPosition(place)

    def cursor_place(self) -> int | None:
        """Where the cursor stands."""
        return self._editor.cursorPosition()

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self._editor.setReadOnly(read_only)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._type(text)
