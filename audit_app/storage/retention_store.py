"""Periods, holds and the records of what was deleted: rows to core objects and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from audit_app.core.audit import AuditState
from audit_app.core.errors import NotFound
from audit_app.core.form import FormRef
from audit_app.core.retention import Hold, KeptAudit
from audit_app.core.summary import AuditCounts, Tally
from audit_app.storage.history import Text

_HOLD = (
    "SELECT h.id, p.id, c.id, coalesce(person.name, ''), h.at, h.reason FROM hold h"
    " LEFT JOIN programme p ON p.key = h.programme LEFT JOIN casefile c ON c.key = h.casefile"
    " LEFT JOIN person ON person.id = h.person WHERE h.released_at IS NULL"
)
_COUNTS = (
    "submitted, supported, not_supported, not_yet_read, unfinished, cases, overridden, unsafe, moderated,"
    " safety_answered"
)


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was deleted of one programme at one moment: how much and under which period, and no reference.

    ``day`` is the day by which everything deleted was due. ``counts`` and ``tallies`` are those of the audits
    that went; with them a summary of those alone can be made again.
    """

    id: str
    at: datetime
    who: str
    programme_id: str
    form: FormRef
    months: int
    day: date
    counts: AuditCounts
    tallies: tuple[Tally, ...] = ()

    @property
    def audits(self) -> int:
        """How many went, drafts included."""
        return self.counts.submitted + self.counts.unfinished


def audits_with_a_period(db: Database) -> tuple[KeptAudit, ...]:
    """Every audit whose programme has a period."""
    rows = db.execute(
        "SELECT a.id, c.reference, p.id, c.id, a.state, a.imported, a.audit_date, a.submitted_at,"
        " a.changed_at FROM audit a JOIN programme p ON p.key = a.programme"
        " JOIN casefile c ON c.key = a.casefile WHERE p.retention_months IS NOT NULL"
    )
    return tuple(
        KeptAudit(
            *(audit_id, reference, programme, case, AuditState(state), imported == 1),
            date.fromisoformat(audited) if audited else None,
            _day(closed) if closed else None,
            _day(changed),
        )
        for audit_id, reference, programme, case, state, imported, audited, closed, changed in rows
    )


def _day(moment: str) -> date:
    """The day of a stored moment by the clock of this computer."""
    return datetime.fromisoformat(moment).astimezone().date()


def periods(db: Database) -> dict[str, int | None]:
    """Each programme's period in months; None for those that have none."""
    return dict(db.execute("SELECT id, retention_months FROM programme").fetchall())


# Holds


def holds(db: Database) -> tuple[Hold, ...]:
    """Every hold that was not released, the earliest first."""
    rows = db.execute(f"{_HOLD} ORDER BY h.key").fetchall()
    return tuple(
        Hold(hold_id, programme, case, who, datetime.fromisoformat(at), reason)
        for hold_id, programme, case, who, at, reason in rows
    )


def hold(db: Database, made: Hold, person: str, reason: Text) -> None:
    """Keep a hold; its reason lies here alone, with the salt of its seal in the history."""
    db.execute(
        "INSERT INTO hold (id, programme, casefile, person, at, salt, reason) VALUES"
        " (?, (SELECT key FROM programme WHERE id = ?), (SELECT key FROM casefile WHERE id = ?), ?, ?, ?, ?)",
        [
            *(made.id, made.programme_id, made.case_id, person),
            *(made.at.isoformat(timespec="milliseconds"), reason.salt, reason.text),
        ],
    )


def release(db: Database, hold_id: str, at: str) -> None:
    """End a hold. Raises NotFound."""
    cursor = db.execute("UPDATE hold SET released_at = ? WHERE id = ? AND released_at IS NULL", [at, hold_id])
    if not cursor.rowcount:
        raise NotFound("That hold is no longer there.")


def is_held(db: Database, programme_id: str, case_id: str) -> bool:
    """Whether a hold keeps the audits of a case in a programme."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM hold WHERE released_at IS NULL AND"
        " (programme = (SELECT key FROM programme WHERE id = ?)"
        " OR casefile = (SELECT key FROM casefile WHERE id = ?)))",
        [programme_id, case_id],
    ).fetchone()
    return bool(row[0])


# Records of what was deleted


def add_deletion(db: Database, made: Deletion, person: str) -> None:
    """Keep a record; it is unfinished until no copy holds what was deleted."""
    counts = made.counts
    (key,) = db.execute(
        f"INSERT INTO deletion (id, at, person, programme, form, months, day, {_COUNTS}) VALUES"
        " (?, ?, ?, (SELECT key FROM programme WHERE id = ?), (SELECT key FROM form WHERE content_hash = ?),"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
        [
            *(made.id, made.at.isoformat(timespec="milliseconds"), person, made.programme_id),
            *(made.form.content_hash, made.months, made.day.isoformat()),
            *(counts.submitted, counts.supported, counts.not_supported, counts.not_yet_read),
            *(counts.unfinished, counts.cases, counts.overridden, counts.unsafe, counts.moderated),
            counts.safety_answered,
        ],
    ).fetchone()
    db.conn.executemany(
        "INSERT INTO deletion_tally VALUES (?, ?, ?, ?, ?)",
        [(key, tally.cohort_id or "", tally.row, tally.grade, tally.audits) for tally in made.tallies],
    )


def deletions(db: Database) -> tuple[Deletion, ...]:
    """Every record, the latest first."""
    tallies: dict[int, list[Tally]] = {}
    for key, cohort, row, grade, audits in db.execute("SELECT * FROM deletion_tally"):
        tallies.setdefault(key, []).append(Tally(cohort or None, row, grade, audits))
    rows = db.execute(
        "SELECT d.key, d.id, d.at, coalesce(person.name, ''), p.id, f.id, f.version, f.content_hash,"
        f" d.months, d.day, {_COUNTS} FROM deletion d JOIN programme p ON p.key = d.programme"
        " JOIN form f ON f.key = d.form LEFT JOIN person ON person.id = d.person ORDER BY d.key DESC"
    ).fetchall()
    return tuple(_deletion(row, tallies.get(row[0], ())) for row in rows)


def _deletion(row: Sequence[object], tallies: Iterable[Tally]) -> Deletion:
    _key, deletion_id, at, who, programme_id, *rest = row
    form, (months, day, *counts) = FormRef(*rest[:3]), rest[3:]  # type: ignore[arg-type]  # as the schema says
    return Deletion(
        *(str(deletion_id), datetime.fromisoformat(str(at)), str(who), str(programme_id), form),
        *(int(str(months)), date.fromisoformat(str(day))),
        AuditCounts(*(int(str(count)) for count in counts)),
        tuple(tallies),
    )


def has_deletions(db: Database, programme_id: str) -> bool:
    """Whether a record of deletion stands on a programme."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM deletion WHERE programme = (SELECT key FROM programme WHERE id = ?))",
        [programme_id],
    ).fetchone()
    return bool(row[0])
