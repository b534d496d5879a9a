"""Dates as Home says them: due tomorrow, overdue by 3 days, changed today at 14:03."""

from datetime import date, datetime

from PySide6.QtCore import QLocale, QTime

from audit_app.core.words import long_date, plural


def is_overdue(due: date | None, today: date) -> bool:
    """Whether the day is over."""
    return due is not None and due < today


def due_words(due: date | None, today: date) -> str:
    """When something is due, from where we are; blank when it never is."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"overdue by {plural(-days, 'day')}"
    near = {0: "due today", 1: "due tomorrow"}
    if days in near:
        return near[days]
    return f"due in {days} days" if days <= 14 else f"due {long_date(due)}"


def changed_words(changed: datetime, today: date) -> str:
    """When something was last changed, in the person's own time."""
    local = changed.astimezone()
    time = QTime(local.hour, local.minute)
    at = QLocale.system().toString(time, QLocale.FormatType.ShortFormat)
    days = (today - local.date()).days
    if days == 0:
        return f"changed today at {at}"
    return f"changed yesterday at {at}" if days == 1 else f"changed {long_date(local.date())}"
