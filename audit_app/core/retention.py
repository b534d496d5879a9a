"""Retention: when an audit has been kept for as long as its programme says, and what a legal hold keeps."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from audit_app.core.audit import AuditState
from audit_app.core.words import joined, long_date, plural

LONGEST_MONTHS = 1_200  # a hundred years


@dataclass(frozen=True, slots=True)
class Hold:
    """Why something must be kept whatever its period: who said so, and when.

    It is about a whole programme or about one case, wherever it was audited; the other is None.
    """

    id: str
    programme_id: str | None
    case_id: str | None
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class KeptAudit:
    """As much of an audit as its retention depends on; days are those of this computer.

    ``closed`` is the day it was submitted, or imported; a draft has none. ``changed`` is the day of its last
    change.
    """

    id: str
    reference: str
    programme_id: str
    case_id: str
    state: AuditState
    imported: bool
    audited: date | None
    closed: date | None
    changed: date

    @property
    def counts_from(self) -> date:
        """The day that its period begins with.

        The day it was submitted; for one from a spreadsheet, which may come years later, the day of the
        audit; for a draft the day it was last changed.
        """
        if self.imported and self.audited is not None:
            return self.audited
        return self.closed or self.changed


@dataclass(frozen=True, slots=True)
class Due:
    """An audit whose period is over since ``since``; ``holds`` are what keeps it all the same."""

    audit: KeptAudit
    since: date
    holds: tuple[Hold, ...] = ()

    @property
    def goes(self) -> bool:
        """Whether it may be deleted."""
        return not self.holds


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day.

    The end of the calendar stands for everything beyond it.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def what_is_due(
    audits: Iterable[KeptAudit], periods: Mapping[str, int | None], holds: Iterable[Hold], today: date
) -> tuple[Due, ...]:
    """The audits whose period is over on this day, longest over first.

    ``periods`` are months by programme id; None, or no entry, keeps a programme's audits until somebody sets
    one.
    """
    by_programme: dict[str | None, list[Hold]] = {}
    by_case: dict[str | None, list[Hold]] = {}
    for hold in holds:
        by_programme.setdefault(hold.programme_id, []).append(hold)
        by_case.setdefault(hold.case_id, []).append(hold)
    found = []
    for audit in audits:
        months = periods.get(audit.programme_id)
        if months is None:
            continue
        since = months_after(audit.counts_from, months)
        if since <= today:
            held = (*by_programme.get(audit.programme_id, ()), *by_case.get(audit.case_id, ()))
            found.append(Due(audit, since, held))
    return tuple(sorted(found, key=_order))


def _order(due: Due) -> tuple[date, str, str]:
    return due.since, due.audit.reference, due.audit.id


# In words


def period_words(months: int | None) -> str:
    """``6 years``, ``18 months``, ``1 year and 6 months``; or that there is none."""
    if months is None:
        return "no period"
    years, rest = divmod(months, 12)
    parts = [plural(years, "year")] if years else []
    return joined([*parts, plural(rest, "month")]) if rest else joined(parts)


def hold_sentence(hold: Hold) -> str:
    """Who put it on hold, when, and why."""
    what = "Its programme" if hold.programme_id is not None else "Its case"
    reason = hold.reason if hold.reason.endswith((".", "!", "?", "…")) else f"{hold.reason}."
    return f"{what} was put on hold by {hold.who} on {long_date(hold.at.astimezone().date())}: {reason}"


def due_sentence(due: Due, months: int) -> str:
    """Why an audit is listed: from when it was counted, how long it is kept, and what keeps it."""
    audit = due.audit
    if audit.imported and audit.audited is not None:
        began = f"Audited on {long_date(audit.counts_from)}"
    elif audit.state is AuditState.DRAFT or audit.closed is None:
        began = f"A draft, last changed on {long_date(audit.counts_from)}"
    elif audit.imported:
        began = f"Imported without a date on {long_date(audit.counts_from)}"
    else:
        began = f"Submitted on {long_date(audit.counts_from)}"
    over = f"{began} and kept for {period_words(months)}: due since {long_date(due.since)}."
    return " ".join([over, *(hold_sentence(hold) for hold in due.holds)])


def due_summary(due: Iterable[Due]) -> str:
    """How many are due, and how many of them a hold keeps."""
    every = tuple(due)
    going = sum(each.goes for each in every)
    held = len(every) - going
    if not every:
        return "Nothing is due: no audit has been kept for longer than its programme says."
    is_or_are = "is" if held == 1 else "are"
    if not going:
        return f"Nothing is due for deletion: {plural(held, 'audit')} would be, but {is_or_are} on hold."
    kept = f" {plural(held, 'other')} would be, but {is_or_are} on hold." if held else ""
    return f"{plural(going, 'audit')} {'is' if going == 1 else 'are'} due for deletion.{kept}"
