"""Audits from a spreadsheet, thousands at a time: what is there already, adding them, changing them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from audit_app.core.identity import imported_person_id, natural_key
from audit_app.storage import history
from audit_app.storage.history import NewLine, Text

_AT_ONCE = 500  # ids asked for in one query


@dataclass(slots=True)  # never changed; not frozen, which makes each of thousands three times as slow
class ImportedAudit:
    """An audit as a sheet gives it.

    ``grades`` holds a grade id or ``not_graded`` for every domain of the form, ``overall`` one as well;
    ``cohort`` is a title that the programme has, or blank; ``suggested`` is what the form's rule makes of
    ``grades``; ``supported`` is yes, no or None.
    """

    id: str
    case_id: str
    reference: str
    auditor: str
    audit_date: date | None
    grades: Mapping[str, str]
    overall: str
    suggested: str | None = None
    supported: str | None = None
    cohort: str = ""
    service: str = ""
    team: str = ""
    worker: str = ""


def existing(db: Database, programme_id: str, audits: Iterable[ImportedAudit]) -> Iterator[ImportedAudit]:
    """The imported audits that a programme holds of the cases of these audits."""
    row = db.execute("SELECT key FROM programme WHERE id = ?", [programme_id]).fetchone()
    if row is None:
        return
    within = (
        " JOIN casefile c ON c.key = a.casefile"
        " WHERE a.programme = ? AND a.imported = 1 AND c.id IN ({marks})"
    )
    for some in _chunks(sorted({audit.case_id for audit in audits})):
        where = within.format(marks=_marks(some))
        grades: dict[int, dict[str, str]] = {}
        for key, domain, grade in db.execute(
            f"SELECT a.key, j.domain, j.grade FROM audit a JOIN judgement j ON j.audit = a.key{where}",
            [*row, *some],
        ):
            grades.setdefault(key, {})[domain] = grade
        for key, audit_id, case_id, reference, auditor, audited, *rest in db.execute(
            "SELECT a.key, a.id, c.id, c.reference, p.name, a.audit_date, coalesce(a.overall, ''),"
            " a.suggested, a.supported, coalesce(cohort.title, ''), a.service, a.team, a.worker FROM audit a"
            f" JOIN person p ON p.key = a.auditor LEFT JOIN cohort ON cohort.key = a.cohort{where}",
            [*row, *some],
        ):
            day = date.fromisoformat(audited) if audited else None
            yield ImportedAudit(audit_id, case_id, reference, auditor, day, grades.get(key, {}), *rest)


def elsewhere(db: Database, programme_id: str, audits: Iterable[ImportedAudit]) -> dict[str, str]:
    """Which of these audits another programme holds: its title by the audit's id."""
    found: dict[str, str] = {}
    for some in _chunks([audit.id for audit in audits]):
        query = (
            "SELECT a.id, p.title FROM audit a JOIN programme p ON p.key = a.programme"
            f" WHERE p.id <> ? AND a.id IN ({_marks(some)})"
        )
        found.update(db.execute(query, [programme_id, *some]))
    return found


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _marks(ids: Sequence[str]) -> str:
    return ", ".join("?" * len(ids))


class ImportWriter:
    """Writes the audits of one import into one programme, in the one transaction that the caller holds."""

    def __init__(self, db: Database, person: str, programme_id: str, form_key: int) -> None:
        """``person`` is the id of who imports; ``form_key`` is what ``form_store.keep`` gave."""
        self._db = db
        self._person = person
        self._form = form_key
        self._at = history.now()
        self._programme_id = programme_id
        self._added = self._changed = 0
        self._programme = _one(db, "SELECT key FROM programme WHERE id = ?", programme_id)
        self._cohorts: dict[str, tuple[int | None, str]] = {"": (None, "")}
        query = "SELECT natural_key, key, id FROM cohort WHERE programme = ?"
        for natural, key, cohort_id in db.execute(query, [self._programme]):
            self._cohorts[natural] = (key, cohort_id)
        # By id, not by name: the owner of one laptop may be an auditor on another's sheet.
        self._people: dict[str, int] = dict(db.execute("SELECT id, key FROM person").fetchall())
        self._auditors: dict[str, int] = {}
        self._cases: dict[str, int] = dict(db.execute("SELECT id, key FROM casefile").fetchall())

    def add(self, audits: Sequence[ImportedAudit]) -> None:
        """Add audits that are new, each with its case, its judgements and one line in the history."""
        self._add_people(audits)
        self._add_cases(audits)
        first = _one(self._db, "SELECT coalesce(max(key), 0) + 1 FROM audit")
        run = self._db.conn.executemany
        run(
            "INSERT INTO audit (key, id, programme, casefile, auditor, form, cohort, state, imported,"
            " supported, service, team, worker, audit_date, overall, suggested, started_at, changed_at,"
            " submitted_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'submitted', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [self._row(key, audit) for key, audit in enumerate(audits, first)],
        )
        run(  # an audit's judgements in one statement: twenty thousand calls, not six times as many
            "INSERT INTO judgement (audit, domain, grade) VALUES "
            + ", ".join(["(?, ?, ?)"] * len(audits[0].grades)),
            [
                [value for domain, grade in audit.grades.items() for value in (key, domain, grade)]
                for key, audit in enumerate(audits, first)
            ],
        )
        history.append_many(self._db, self._person, map(_line, audits), self._at)
        self._added += len(audits)

    def _row(self, key: int, audit: ImportedAudit) -> tuple[object, ...]:
        return (
            key,
            audit.id,
            self._programme,
            self._cases[audit.case_id],
            self._auditors[audit.auditor],
            self._form,
            self._cohorts[natural_key(audit.cohort)][0],
            audit.supported,
            audit.service,
            audit.team,
            audit.worker,
            audit.audit_date.isoformat() if audit.audit_date else None,
            audit.overall,
            audit.suggested,
            self._at,
            self._at,
            self._at,
        )

    def _add_people(self, audits: Iterable[ImportedAudit]) -> None:
        for name in dict.fromkeys(audit.auditor for audit in audits if audit.auditor not in self._auditors):
            person_id = imported_person_id(name)
            if person_id not in self._people:
                self._people[person_id] = _one(
                    self._db,
                    "INSERT INTO person (id, name, natural_key) VALUES (?, ?, ?) RETURNING key",
                    *(person_id, name, natural_key(name)),
                )
            self._auditors[name] = self._people[person_id]

    def _add_cases(self, audits: Iterable[ImportedAudit]) -> None:
        rows = []
        key = _one(self._db, "SELECT coalesce(max(key), 0) FROM casefile")
        for audit in audits:
            if audit.case_id not in self._cases:
                key += 1
                self._cases[audit.case_id] = key
                place = (audit.service, audit.team, audit.worker)
                rows.append((key, audit.case_id, audit.reference, natural_key(audit.reference), *place))
        self._db.conn.executemany(
            "INSERT INTO casefile (key, id, reference, natural_key, service, team, worker)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def change(self, audits: Sequence[tuple[ImportedAudit, ImportedAudit]]) -> None:
        """Bring audits from what they were to what a sheet now says of all but their grades."""
        self._db.conn.executemany(
            "UPDATE audit SET supported = ?, cohort = ?, service = ?, team = ?, worker = ?, changed_at = ?"
            " WHERE id = ?",
            [
                (
                    after.supported,
                    self._cohorts[natural_key(after.cohort)][0],
                    *(after.service, after.team, after.worker, self._at, after.id),
                )
                for _, after in audits
            ],
        )
        lines = [self._change_line(before, after) for before, after in audits]
        history.append_many(self._db, self._person, lines, self._at)
        self._changed += len(audits)

    def finish(self, file_name: str, same: int) -> None:
        """Add the line about the file as a whole; its name may be a person's, so it can be erased."""
        change, texts = history.text_change(None, "file", file_name)
        detail = {"new": self._added, "changed": self._changed, "same": same, "changes": [change]}
        line = NewLine("file_imported", self._programme_id, detail, texts)
        history.append_many(self._db, self._person, (line,), self._at)

    def _change_line(self, before: ImportedAudit, after: ImportedAudit) -> NewLine:
        changes: list[dict[str, str]] = []
        texts: list[Text] = []
        if before.supported != after.supported:
            changes.append(_change("supported", before.supported or "", after.supported or ""))
        if natural_key(before.cohort) != natural_key(after.cohort):
            old, new = (self._cohorts[natural_key(audit.cohort)][1] for audit in (before, after))
            changes.append(_change("case.cohort", old, new))
        for field in ("service", "team", "worker"):
            was, now = getattr(before, field), getattr(after, field)
            if was != now:
                sides = [Text.new(f"case.{field}", "from", was), Text.new(f"case.{field}", "to", now)]
                changes.append(_change(f"case.{field}", sides[0].seal, sides[1].seal))
                texts += sides
        return NewLine("import_changed", after.id, {"changes": changes}, texts)


def _line(audit: ImportedAudit) -> NewLine:
    grades = {**audit.grades, "overall": audit.overall}
    return NewLine("imported", audit.id, {"grades": grades, "supported": audit.supported or ""})


def _change(field: str, before: str, after: str) -> dict[str, str]:
    return {"field": field, "from": before, "to": after}


def _one(db: Database, query: str, *parameters: object) -> int:
    return int(db.execute(query, list(parameters)).fetchone()[0])
