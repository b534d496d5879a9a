"""Dates and moments as tables show them, in the system's format; the same day is written out once."""

from datetime import date, datetime
from functools import cache

from PySide6.QtCore import QLocale, QTime

from audit_app.ui.widgets.date_text import write_date


class DayWords:
    """Writes dates; quick for the many rows of a table that share few days."""

    def __init__(self, locale: QLocale | None = None) -> None:
        self._locale = locale or QLocale.system()
        self._day = cache(self._write_day)
        self._minute = cache(self._write_minute)

    def day(self, day: date | None) -> str:
        """A date, or blank."""
        return self._day(day) if day else ""

    def moment(self, moment: datetime) -> str:
        """A moment by the clock of this computer, to the minute."""
        here = moment.astimezone()
        return f"{self._day(here.date())} {self._minute(here.hour, here.minute)}"

    def _write_day(self, day: date) -> str:
        return write_date(day, self._locale)

    def _write_minute(self, hour: int, minute: int) -> str:
        return self._locale.toString(QTime(hour, minute), QLocale.FormatType.ShortFormat)
