"""Programmes with their cohorts: rows to core objects and back."""

from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from audit_app.core.form import FormRef
from audit_app.core.identity import natural_key
from audit_app.core.programme import Cohort, Programme, ProgrammeType

_SELECT = (
    "SELECT p.id, p.title, p.type, p.theme, p.period_from, p.period_to, p.retention_months,"
    " f.id, f.version, f.content_hash FROM programme p JOIN form f ON f.key = p.form"
)


def all_of(db: Database) -> tuple[Programme, ...]:
    """Every programme, in the order in which they were made."""
    return _read(db, f"{_SELECT} ORDER BY p.key", [])


def get(db: Database, programme_id: str) -> Programme | None:
    """The programme with this id."""
    return next(iter(_read(db, f"{_SELECT} WHERE p.id = ?", [programme_id])), None)


def by_title(db: Database, title: str) -> Programme | None:
    """The programme with this title, however it is written."""
    return next(iter(_read(db, f"{_SELECT} WHERE p.natural_key = ?", [natural_key(title)])), None)


def _read(db: Database, query: str, parameters: list[str]) -> tuple[Programme, ...]:
    rows = db.execute(query, parameters).fetchall()
    cohorts: dict[str, list[Cohort]] = {}
    for programme_id, *cohort in db.execute(
        "SELECT p.id, c.id, c.title FROM cohort c JOIN programme p ON p.key = c.programme ORDER BY c.position"
    ):
        cohorts.setdefault(programme_id, []).append(Cohort(*cohort))
    return tuple(
        Programme(
            programme_id,
            title,
            ProgrammeType(kind),
            theme,
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end) if end else None,
            FormRef(*ref),
            tuple(cohorts.get(programme_id, ())),
            months,
        )
        for programme_id, title, kind, theme, start, end, months, *ref in rows
    )


def insert(db: Database, programme: Programme, form_key: int) -> None:
    """Keep a new programme and its cohorts; ``form_key`` is what ``form_store.keep`` gave."""
    db.execute(
        "INSERT INTO programme (title, natural_key, type, theme, period_from, period_to, retention_months,"
        " form, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _values(programme, form_key),
    )
    put_cohorts(db, programme.id, programme.cohorts)


def update(db: Database, programme: Programme, form_key: int) -> None:
    """Keep a programme as it is now, cohorts included."""
    db.execute(
        "UPDATE programme SET title = ?, natural_key = ?, type = ?, theme = ?, period_from = ?, "
        "period_to = ?,"
        " retention_months = ?, form = ? WHERE id = ?",
        _values(programme, form_key),
    )
    put_cohorts(db, programme.id, programme.cohorts)


def _values(programme: Programme, form_key: int) -> list[object]:
    return [
        programme.title,
        natural_key(programme.title),
        programme.type.value,
        programme.theme,
        programme.period_from.isoformat() if programme.period_from else None,
        programme.period_to.isoformat() if programme.period_to else None,
        programme.retention_months,
        form_key,
        programme.id,
    ]


def put_cohorts(db: Database, programme_id: str, cohorts: Iterable[Cohort]) -> None:
    """Make these the programme's cohorts, in this order; one that is not among them goes."""
    kept = list(cohorts)
    marks = ", ".join("?" * len(kept))
    owner = "programme = (SELECT key FROM programme WHERE id = ?)"
    db.execute(
        f"DELETE FROM cohort WHERE {owner} AND id NOT IN ({marks})", [programme_id, *(c.id for c in kept)]
    )
    # Two cohorts may swap titles, which must not clash on the way.
    db.execute(f"UPDATE cohort SET natural_key = char(31) || id WHERE {owner}", [programme_id])
    for position, cohort in enumerate(kept):
        db.execute(
            "INSERT INTO cohort (id, programme, title, natural_key, position)"
            " VALUES (?, (SELECT key FROM programme WHERE id = ?), ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET title = excluded.title, natural_key = excluded.natural_key,"
            " position = excluded.position",
            [cohort.id, programme_id, cohort.title, natural_key(cohort.title), position],
        )


def delete(db: Database, programme_id: str) -> None:
    """Remove a programme and its cohorts."""
    db.execute("DELETE FROM programme WHERE id = ?", [programme_id])


def audit_counts(db: Database, programme_id: str) -> tuple[int, int]:
    """How many of its audits are drafts, and how many are not."""
    row = db.execute(
        "SELECT coalesce(sum(state = 'draft'), 0), coalesce(sum(state <> 'draft'), 0) FROM audit"
        " WHERE programme = (SELECT key FROM programme WHERE id = ?)",
        [programme_id],
    ).fetchone()
    return row[0], row[1]


def cohorts_in_use(db: Database, programme_id: str) -> frozenset[str]:
    """The ids of its cohorts that hold audits."""
    rows = db.execute(
        "SELECT DISTINCT c.id FROM cohort c JOIN audit a ON a.cohort = c.key"
        " WHERE c.programme = (SELECT key FROM programme WHERE id = ?)",
        [programme_id],
    )
    return frozenset(cohort_id for (cohort_id,) in rows)
