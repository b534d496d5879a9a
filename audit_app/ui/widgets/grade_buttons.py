"""The grades of a scale as large buttons with shape, word and key, taken by pointing or by digit."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from audit_app.core.form import NOT_GRADED, Grade, GradeScale
from audit_app.ui.shapes import draw_shape
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.flow_layout import FlowLayout
from audit_app.ui.widgets.grade_badge import NOT_GRADED_TITLE
from audit_app.ui.widgets.marks import Mark, draw_mark
from audit_app.ui.widgets.painted_radio import RING, PaintedRadio, check_only, move_focus

NOT_GRADED_KEY = 0
_NONE = "None"  # for "Not graded", where even short words hardly fit


class GradeButton(PaintedRadio):
    """One grade."""

    def __init__(self, grade: Grade | None, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.grade_id = grade.id if grade else NOT_GRADED
        self.key = grade.key if grade else NOT_GRADED_KEY
        self.title = grade.title if grade else NOT_GRADED_TITLE
        self._short = grade.short if grade else _NONE
        self._shape = grade.shape if grade else None
        self._is_short = False
        self.setToolTip(f"{self.title} (Alt+{self.key}; {self.key} outside text)")

    def set_short(self, short: bool) -> None:
        """Show the short word; what is pointed at or read aloud stays whole."""
        self._is_short = short
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """The word that is shown."""
        return self._short if self._is_short else self.title

    def width_of(self, words: str) -> int:
        """How wide it is with these words."""
        bold = QFontMetrics(self._bold())
        around = 2.45 if words == self._short else 2.7  # of a line: shape, edges and what lies between
        return round(bold.horizontalAdvance(words) + self._key_width() + bold.height() * around + 4 * RING)

    def sizeHint(self) -> QSize:
        """Room for the shape, the word and the key."""
        height = QFontMetrics(self._bold()).height() * 2.1
        return QSize(self.width_of(self.words), round(height + 4 * RING))

    def minimumSizeHint(self) -> QSize:
        """Words are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the shape, the word and the key; a grade that is given has a strong edge and a tick."""
        colours, own = self.theme.colours, self.theme.grade_colours(self.grade_id)
        painter = QPainter(self)
        checked = self.isChecked()
        if checked:
            fill, edge, words, width = own.fill, own.text, own.text, 2.5
        else:
            quiet = self.read_only
            hovered = self.underMouse() and not quiet
            fill = QColor(colours.window if quiet else colours.button_hover if hovered else colours.button)
            edge = QColor(colours.line if quiet else colours.control_line)
            words, width = QColor(colours.quiet if quiet else colours.text), 1.0
        box = self.paint_ground(painter, fill, edge, width)
        line = QFontMetrics(self._bold()).height()
        side = line * 0.95
        shape = QRectF(box.left() + line * 0.5, box.center().y() - side / 2, side, side)
        draw_shape(painter, shape, self._shape, own.text)
        painter.setPen(words)
        painter.setFont(self._bold())
        text = box.adjusted(line * 0.5 + side + line * 0.4, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.words)
        self._paint_key(painter, box, words)
        painter.end()

    def _paint_key(self, painter: QPainter, box: QRectF, words: QColor) -> None:
        line = QFontMetrics(self._bold()).height()
        width = self._key_width()
        area = QRectF(box.right() - width - line * 0.4, box.center().y() - line * 0.6, width, line * 1.2)
        if self.isChecked():
            side = line * 0.8
            square = QRectF(0, 0, side, side)
            square.moveCenter(area.center())
            draw_mark(painter, square, Mark.TICK, words)
            return
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.colours.control_line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(QColor(self.theme.colours.quiet))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self.key))

    def _key_width(self) -> int:
        return round(self.fontMetrics().height() * 1.2)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font


class GradeButtons(QWidget):
    """All grades of a scale, best first, and *Not graded*.

    ``graded`` is emitted when the person takes another, or clears it (blank).
    """

    graded = Signal(str)

    def __init__(self, scale: GradeScale, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._what = ""
        self._group = QButtonGroup(self)
        self._gap = theme.space(1)
        layout = FlowLayout(self, gap=self._gap)
        for index, grade in enumerate([*scale.grades, None]):
            button = GradeButton(grade, theme, self)
            self._group.addButton(button, index)
            layout.addWidget(button)
        check_only(self._group, None)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def value(self) -> str:
        """The grade's id, ``not_graded``, or blank."""
        return self._value

    def set_what(self, what: str) -> None:
        """What is graded, for screen readers: "Case recording"."""
        self._what = what
        for button in self._buttons():
            button.setAccessibleName(f"{button.title} – {what}: grade")
            button.setAccessibleDescription(f"Alt+{button.key}")

    def show_value(self, grade_id: str) -> None:
        """Show a grade as given, not by the person."""
        self._value = grade_id
        ids = [button.grade_id for button in self._buttons()]
        check_only(self._group, ids.index(grade_id) if grade_id in ids else None)

    def grade(self, grade_id: str) -> None:
        """Give a grade for the person, who pressed its key; blank clears it."""
        if grade_id != self._value and not self.read_only:
            self.show_value(grade_id)
            self.graded.emit(grade_id)

    def by_digit(self, digit: int) -> str | None:
        """The grade that a digit gives, or None."""
        return next((button.grade_id for button in self._buttons() if button.key == digit), None)

    def digits(self) -> tuple[int, ...]:
        """The digits that give a grade."""
        return tuple(button.key for button in self._buttons())

    def take_focus(self) -> None:
        """Put the focus on the grade that is given, or the first."""
        buttons = self._buttons()
        given = next((button for button in buttons if button.grade_id == self._value), buttons[0])
        given.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        """Refuse to change, while it can still be reached and read."""
        for button in self._buttons():
            button.set_read_only(read_only)

    @property
    def read_only(self) -> bool:
        """Whether it refuses to change."""
        return any(button.read_only for button in self._buttons())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move and Delete clears; digits are the screen's, from wherever they are typed."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            move_focus(self._group, 1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.grade("")
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole words where they fit on one line, else the short ones."""
        super().resizeEvent(event)
        self._fit_words()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_words()

    # -- Inside ------------------------------------------------------------------------------------

    def _fit_words(self) -> None:
        buttons = self._buttons()
        whole = sum(button.width_of(button.title) for button in buttons) + self._gap * (len(buttons) - 1)
        for button in buttons:
            button.set_short(whole > self.width())

    def _buttons(self) -> list[GradeButton]:
        return [button for button in self._group.buttons() if isinstance(button, GradeButton)]

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.grade(self._buttons()[index].grade_id)
