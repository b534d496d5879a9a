"""One standard on one line: its words, and its answer by pointing or by letter."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from audit_app.core.fields import Field
from audit_app.ui.grading.draft import AuditDraft
from audit_app.ui.grading.field_kinds import DateField
from audit_app.ui.grading.field_widget import FieldWidget
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.choice_row import Choice, ChoiceRow
from audit_app.ui.widgets.flow_layout import BesideLayout
from audit_app.ui.widgets.marks import Mark

# Short on the screen, where they stand ten times beneath each other; whole for a screen reader.
ANSWERS = (
    Choice("met", "Met", "Met", "M", Mark.TICK),
    Choice("partly_met", "Partly", "Partly met", "P", Mark.HALF),
    Choice("not_met", "Not met", "Not met", "N", Mark.CROSS),
    Choice("not_applicable", "N/A", "Not applicable", "A", Mark.DASH),
)
LETTERS_SENTENCE = "M met, P partly met, N not met, A not applicable, Delete clears. Up and Down move."
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class StandardRow(FieldWidget):
    """The line. ``go_on`` asks for the line so many further on: by Up and Down, and after a letter."""

    go_on = Signal(int)

    def __init__(self, field: Field, draft: AuditDraft, theme: Theme) -> None:
        super().__init__(field, draft)
        self._theme = theme
        self._current = False
        self._ruled = True
        self._answer = ChoiceRow(ANSWERS, field.label, theme)
        self._answer.set_help(field.prompt)
        self._answer.setAccessibleName(field.label)
        self.words = QLabel(field.label)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setToolTip(field.prompt)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        pad = theme.space(1)
        line = QWidget()
        self._beside = BesideLayout(theme.scaled(250), theme.space(3), line)
        self._beside.setContentsMargins(theme.space(2), pad, pad, pad)
        self._beside.addWidget(self.words)
        self._beside.addWidget(self._answer)
        self._column.addWidget(line)
        self._answer.chosen.connect(self._on_chosen)
        self._answer.lettered.connect(self._on_lettered)

    def show_answer(self) -> None:
        """Show the answer."""
        self._answer.show_value(self.draft.value(self.key))

    def take_focus(self) -> None:
        """Focus on the answer."""
        self._answer.take_focus()

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self._answer.set_read_only(read_only)

    def set_current(self, current: bool) -> None:
        """Show that letters go to this line now."""
        if current != self._current:
            self._current = current
            self.update()

    def set_ruled(self, ruled: bool) -> None:
        """Whether a rule is drawn beneath; the date of the last event brings its own."""
        self._ruled = ruled

    def scale(self) -> None:
        """The size of text is another."""
        self._beside.least_width = self._theme.scaled(250)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self._choose(value)

    @Slot()
    def _on_lettered(self) -> None:
        if not self.draft.read_only:
            self.go_on.emit(1)

    # -- Qt's own ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between standards."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.go_on.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rule beneath; behind the line that has the focus a ground, and a bar at its left."""
        colours = self._theme.colours
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._current:
            painter.fillRect(area, QColor(colours.notice_ground))
            painter.fillRect(QRectF(0, 0, 3, area.height()), QColor(colours.notice_line))
        if self._ruled:
            painter.fillRect(QRectF(0, area.height() - 1, area.width(), 1), QColor(colours.line))
        painter.end()


class LastEvent(DateField):
    """The date of the last event that a standard is about, on a line of its own beneath it."""

    def __init__(self, field: Field, draft: AuditDraft, theme: Theme) -> None:
        super().__init__(field, draft, "Date of the last event", across=True)
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rule beneath."""
        painter = QPainter(self)
        line = QColor(self._theme.colours.line)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), line)
        painter.end()
