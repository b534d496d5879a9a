"""A few choices in a row, one of which can be taken by pointing, with the arrows, or by its letter."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from audit_app.ui.theme import Theme
from audit_app.ui.widgets.flow_layout import FlowLayout
from audit_app.ui.widgets.marks import Mark, draw_mark
from audit_app.ui.widgets.painted_radio import RING, PaintedRadio, check_only, move_focus

_CLEARING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what is kept, what is shown, its name for a screen reader, its letter and its mark."""

    id: str
    title: str
    name: str = ""
    letter: str = ""
    mark: Mark = Mark.TICK


class ChoiceButton(PaintedRadio):
    """One choice of a row."""

    def __init__(self, choice: Choice, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.choice = choice

    def sizeHint(self) -> QSize:
        """Room for the mark, the words and the ring of the focus."""
        metrics = self.fontMetrics()
        line = metrics.height()
        words = metrics.horizontalAdvance(self.choice.title)
        return QSize(words + round(line * 1.75 + 4 * RING), round(line * 1.6 + 4 * RING))

    def minimumSizeHint(self) -> QSize:
        """Words are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the mark when taken, and the words with the letter underlined."""
        colours = self.theme.colours
        painter = QPainter(self)
        if self.isChecked():
            fill, line, words = colours.accent, colours.accent, colours.accent_text
        elif self.read_only:
            fill, line, words = colours.window, colours.line, colours.quiet
        else:
            hovered = self.underMouse() and self.isEnabled()
            fill = colours.button_hover if hovered else colours.button
            line, words = colours.control_line, colours.text
        box = self.paint_ground(painter, QColor(fill), QColor(line))
        side = self.fontMetrics().height() * 0.62
        pad = self.fontMetrics().height() * 0.35
        if self.isChecked():
            area = QRectF(box.left() + pad, box.center().y() - side / 2, side, side)
            draw_mark(painter, area, self.choice.mark, QColor(words))
        painter.setPen(QColor(words))
        font = self.font()
        painter.setFont(font)
        text = box.adjusted(pad + side + pad * 0.6, 0, 0, 0) if self.isChecked() else box
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextShowMnemonic.value
        flags |= (Qt.AlignmentFlag.AlignLeft if self.isChecked() else Qt.AlignmentFlag.AlignHCenter).value
        painter.drawText(text, flags, _underlined(self.choice))
        painter.end()


class ChoiceRow(QWidget):
    """The row. ``chosen`` is emitted when the person takes another choice, or clears it (blank); ``lettered``
    whenever they pressed a choice's letter, so that a list of rows can go on to the next."""

    chosen = Signal(str)
    lettered = Signal()

    def __init__(
        self, choices: tuple[Choice, ...], name: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._value = ""
        self._group = QButtonGroup(self)
        layout = FlowLayout(self, gap=0)
        for index, choice in enumerate(choices):
            button = ChoiceButton(choice, theme, self)
            button.setAccessibleName(f"{choice.name or choice.title} – {name}")
            self._group.addButton(button, index)
            layout.addWidget(button)
        # For the mnemonic of a label; Tab goes to the buttons themselves.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._show(None)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def value(self) -> str:
        """The id of the choice that is taken; blank when none is."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show a choice as taken, not by the person."""
        self._value = value
        self._show(self._index(value))

    def choose(self, value: str) -> None:
        """Take a choice for the person, who pressed its key."""
        if value != self._value and not self.read_only:
            self.show_value(value)
            self.chosen.emit(value)

    def take_focus(self) -> None:
        """Put the focus on the choice that is taken, or the first."""
        self._group.buttons()[self._index(self._value) or 0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_help(self, text: str) -> None:
        """What a screen reader adds to each choice."""
        for button in self._group.buttons():
            button.setAccessibleDescription(text)

    def set_read_only(self, read_only: bool) -> None:
        """Refuse to change, while it can still be reached and read."""
        for button in self._buttons():
            button.set_read_only(read_only)

    @property
    def read_only(self) -> bool:
        """Whether it refuses to change."""
        return any(button.read_only for button in self._buttons())

    def by_letter(self, key: int) -> Choice | None:
        """The choice whose letter a key is, or None."""
        return next((one for one in self._choices if one.letter and ord(one.letter.upper()) == key), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, letters take a choice, Delete clears; the rest is the parent's."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            move_focus(self._group, 1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in _CLEARING_KEYS:
            self.choose("")
        elif (choice := self.by_letter(event.key())) is not None:
            self.choose(choice.id)
            self.take_focus()
            self.lettered.emit()
        else:
            event.ignore()

    # -- Inside ------------------------------------------------------------------------------------

    def _buttons(self) -> list[ChoiceButton]:
        return [button for button in self._group.buttons() if isinstance(button, ChoiceButton)]

    def _show(self, index: int | None) -> None:
        check_only(self._group, index)
        self.setFocusProxy(self._group.buttons()[index or 0])

    def _index(self, value: str) -> int | None:
        return next((index for index, choice in enumerate(self._choices) if choice.id == value), None)

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.choose(self._choices[index].id)


def _underlined(choice: Choice) -> str:
    """The words with a mnemonic's mark before the letter that takes the choice."""
    words = choice.title.replace("&", "&&")
    at = words.casefold().find(choice.letter.casefold()) if choice.letter else -1
    return words if at < 0 else f"{words[:at]}&{words[at:]}"
