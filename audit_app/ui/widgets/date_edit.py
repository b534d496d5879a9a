"""A date, typed in the system's format or day first, or picked from a calendar; never one nobody chose."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from audit_app.ui.widgets.date_text import read_date, write_date, write_long_date
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
        self.line.setPlaceholderText(write_date(date(2019, 10, 31), self._system))
        self._button = QToolButton(self)
        self._button.setArrowType(Qt.ArrowType.DownArrow)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # typing is faster; Alt+Down opens it
        self._button.setToolTip("Choose from a calendar (Alt+Down)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.line)
        row.addWidget(self._button)
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

    # -- Inside ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        typed = text.strip()
        if not typed:
            self._say_refused("")
            self._enter("")
            return
        # "1/1/20" may be on its way to 2019: only a whole year is taken before the field is left.
        found = read_date(typed, self._system)
        if found is not None and str(found.year) in typed:
            self._say_refused("")
            self._enter(found.isoformat())

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
