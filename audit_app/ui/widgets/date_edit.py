"""A date, typed in the system's format or day first, or picked from a calendar; never one nobody chose."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QAbstractButton, QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_app.ui.widgets.date_text import read_date, system_format, write_date, write_long_date
from audit_app.ui.widgets.line_edit import LineEdit

_LONGEST_TYPED = 40


class DateEdit(QWidget):
    """The field and its calendar.

    ``entered`` is emitted with the date (ISO) or blank as soon as what stands there is whole; ``refused``
    with the text when the field is left and what stands there is no date, and with blank when mended.
    """

    entered = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None, locale: QLocale | None = None) -> None:
        super().__init__(parent)
        self._system = locale or QLocale.system()
        self._shown = ""
        self._is_refused = False
        self.line = LineEdit(self)
        self.line.setMaxLength(_LONGEST_TYPED)
        self.line.setPlaceholderText(system_format(self._system).lower())
        self._button = CalendarButton(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_typed)
        self.line.editingFinished.connect(self.commit)
        self._button.clicked.connect(self.open_calendar)

    def show_value(self, iso: str) -> None:
        """Show a date (ISO) or blank, not by the person; what they typed and could not be read makes way."""
        self._shown = iso
        self._say_refused("")
        self._write(iso)

    def set_name(self, name: str, help_text: str = "") -> None:
        """Name the field for a screen reader."""
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(help_text)
        self._button.setAccessibleName(f"{name}: calendar")

    def set_read_only(self, read_only: bool) -> None:
        """Refuse to change, while it can still be reached and read."""
        self.line.setReadOnly(read_only)
        self._button.setVisible(not read_only)

    @Slot()
    def commit(self) -> None:
        """Take what stands in the field: the person is done with it."""
        if self.line.isReadOnly():
            return
        typed = self.line.text().strip()
        found = read_date(typed, self._system)
        if typed and found is None:
            self._say_refused(typed)
            return
        self._say_refused("")
        iso = found.isoformat() if found else ""
        self._write(iso)
        self._enter(iso)

    @Slot()
    def open_calendar(self) -> None:
        """Show a calendar beneath the field."""
        if self.line.isReadOnly():
            return
        start = read_date(self.line.text(), self._system) or date.today()
        popup = CalendarPopup(start, self._system, self)
        popup.picked.connect(self._on_picked)
        popup.adjustSize()
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()

    # -- Qt's own ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the right end of the field."""
        super().resizeEvent(event)
        side = self.line.height()
        self._button.setGeometry(self.line.width() - side, 0, side, side)
        self.line.setTextMargins(0, 0, 0 if self._button.isHidden() else round(side * 0.7), 0)

    # -- Inside ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        typed = text.strip()
        if not typed:
            self._enter("")
            self._say_refused("")
            return
        # "1/1/20" may be on its way to 2019: only a whole year is taken before the field is left.
        found = read_date(typed, self._system)
        if found is not None and str(found.year) in typed:
            self._enter(found.isoformat())
            self._say_refused("")

    @Slot(str)
    def _on_picked(self, iso: str) -> None:
        self._write(iso)
        self._say_refused("")
        self._enter(iso)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, iso: str) -> None:
        if iso != self._shown:
            self._shown = iso
            self.entered.emit(iso)

    def _say_refused(self, typed: str) -> None:
        if bool(typed) or self._is_refused:
            self._is_refused = bool(typed)
            self.refused.emit(typed)

    def _write(self, iso: str) -> None:
        day = date.fromisoformat(iso) if iso else None
        self.line.show_value(write_date(day, self._system) if day else "")
        self.line.setToolTip(write_long_date(day, self._system) if day else "")


class CalendarButton(QAbstractButton):
    """A small calendar, drawn in the colour of text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # typing is faster; Alt+Down opens it
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setToolTip("Choose from a calendar (Alt+Down)")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A sheet with a head, two rings and two days."""
        side = self.fontMetrics().height() * 0.85
        box = QRectF(0, 0, side, side * 0.92)
        box.moveCenter(QRectF(self.rect()).center())
        role = QPalette.ColorRole.Text if self.underMouse() else QPalette.ColorRole.PlaceholderText
        colour = self.palette().color(role)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, max(1.2, side * 0.09)))
        painter.drawRoundedRect(box, side * 0.12, side * 0.12)
        head = box.top() + side * 0.3
        painter.drawLine(QPointF(box.left(), head), QPointF(box.right(), head))
        for across in (0.28, 0.72):
            x = box.left() + side * across
            painter.drawLine(QPointF(x, box.top() - side * 0.12), QPointF(x, box.top() + side * 0.1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for across in (0.22, 0.56):
            painter.drawRect(QRectF(box.left() + side * across, head + side * 0.18, side * 0.2, side * 0.2))
        painter.end()


class CalendarPopup(QFrame):
    """A calendar that closes when a day is taken with the mouse or Enter; ``picked`` gives it (ISO)."""

    picked = Signal(str)

    def __init__(self, start: date, locale: QLocale, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._calendar = QCalendarWidget(self)
        self._calendar.setLocale(locale)
        self._calendar.setSelectedDate(QDate(start.year, start.month, start.day))
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setAccessibleName("Calendar")
        # Red Sundays would be told apart by colour alone, and cannot be read on dark.
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(day, QTextCharFormat())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._calendar)
        self.setFocusProxy(self._calendar)
        self._calendar.activated.connect(self._on_day)
        self._calendar.clicked.connect(self._on_day)
        self._calendar.setFocus()

    @Slot(QDate)
    def _on_day(self, day: QDate) -> None:
        if self.isVisible():
            self.picked.emit(date(day.year(), day.month(), day.day()).isoformat())
            self.close()
