"""Counting audits for a summary by plain GROUP BYs, and finding the audits behind a count."""

from typing import Any

from sqlite_utils import Database

from audit_app.core.identity import natural_key
from audit_app.core.summary import NO_COHORT, OVERALL, AuditCounts, Filters, Tally

_COUNTED = "a.state <> 'draft' AND a.supported IS NOT 'no'"
_OVERRIDDEN = "(a.overall IS NOT a.suggested AND a.overall IS NOT NULL AND a.overall <> 'not_graded')"


def counts(db: Database, programme_id: str, filters: Filters) -> AuditCounts:
    """How many audits of the programme there are within the filters."""
    where, parameters = _within(db, programme_id, filters)
    row = db.execute(
        "SELECT sum(a.state <> 'draft'), sum(a.state <> 'draft' AND a.supported IS 'yes'),"
        " sum(a.state <> 'draft' AND a.supported IS 'no'), sum(a.state <> 'draft' AND a.supported IS NULL),"
        f" sum(a.state = 'draft'), count(DISTINCT CASE WHEN {_COUNTED} THEN a.casefile END),"
        f" sum({_COUNTED} AND {_OVERRIDDEN}), sum(a.state <> 'draft' AND a.safe_now IS 'no'),"
        f" sum({_COUNTED} AND a.state = 'moderated') FROM audit a WHERE {where}",
        parameters,
    ).fetchone()
    return AuditCounts(*(count or 0 for count in row))


def tallies(db: Database, programme_id: str, filters: Filters) -> tuple[Tally, ...]:
    """How many counted audits hold which grade of record, by cohort and row.

    A grade that is missing is in no tally, so that the summary does not add up and says so.
    """
    where, parameters = _within(db, programme_id, filters)
    cohorts = dict(db.execute("SELECT key, id FROM cohort").fetchall())
    domains = db.execute(
        "SELECT a.cohort, j.domain, coalesce(j.agreed, j.grade), count(*)"
        f" FROM audit a JOIN judgement j ON j.audit = a.key WHERE {where} AND {_COUNTED} GROUP BY 1, 2, 3",
        parameters,
    ).fetchall()
    overall = db.execute(
        "SELECT a.cohort, ?, coalesce(a.overall_agreed, a.overall), count(*)"
        f" FROM audit a WHERE {where} AND {_COUNTED} AND coalesce(a.overall_agreed, a.overall) IS NOT NULL"
        " GROUP BY 1, 3",
        [OVERALL, *parameters],
    ).fetchall()
    return tuple(Tally(cohorts.get(cohort), *rest) for cohort, *rest in domains + overall)


def behind(
    db: Database,
    programme_id: str,
    filters: Filters,
    row_id: str,
    grade_id: str | None = None,
    cohort: str | None = None,
) -> tuple[str, ...]:
    """The ids of the counted audits behind one cell, in the order in which they were made.

    ``row_id`` is a domain id or ``overall``; ``grade_id`` a grade of record, ``not_graded`` or None for all;
    ``cohort`` a title that narrows the filters further.
    """
    where, parameters = _within(db, programme_id, filters)
    if cohort is not None:
        narrower, more = _in_cohort(db, programme_id, cohort)
        where, parameters = f"{where} AND {narrower}", [*parameters, *more]
    join = ""
    if row_id != OVERALL:
        join = "JOIN judgement j ON j.audit = a.key AND j.domain = ?"
        parameters = [row_id, *parameters]
    if grade_id is not None:
        grade = (
            "coalesce(a.overall_agreed, a.overall)" if row_id == OVERALL else "coalesce(j.agreed, j.grade)"
        )
        where, parameters = f"{where} AND {grade} = ?", [*parameters, grade_id]
    rows = db.execute(
        f"SELECT a.id FROM audit a {join} WHERE {where} AND {_COUNTED} ORDER BY a.key", parameters
    ).fetchall()
    return tuple(audit_id for (audit_id,) in rows)


def teams(db: Database, programme_id: str) -> tuple[str, ...]:
    """The teams of a programme's audits, as they were written, sorted."""
    return _values(db, programme_id, "team")


def services(db: Database, programme_id: str) -> tuple[str, ...]:
    """The services of a programme's audits, as they were written, sorted."""
    return _values(db, programme_id, "service")


def _values(db: Database, programme_id: str, column: str) -> tuple[str, ...]:
    rows = db.execute(
        f"SELECT DISTINCT {column} FROM audit WHERE programme = (SELECT key FROM programme WHERE id = ?)"
        f" AND {column} <> ''",
        [programme_id],
    ).fetchall()
    return tuple(sorted((value for (value,) in rows), key=natural_key))


def _within(db: Database, programme_id: str, filters: Filters) -> tuple[str, list[Any]]:
    """The condition of a programme and its filters; a name is matched however it is written."""
    where, parameters = ["a.programme = (SELECT key FROM programme WHERE id = ?)"], [programme_id]
    if filters.cohort is not None:
        condition, more = _in_cohort(db, programme_id, filters.cohort)
        where.append(condition)
        parameters += more
    for column, wanted in (("team", filters.team), ("service", filters.service)):
        if wanted is not None:
            known = _values(db, programme_id, column)
            same = [value for value in known if natural_key(value) == natural_key(wanted)]
            where.append(f"a.{column} IN ({', '.join('?' * len(same))})")
            parameters += same
    if filters.from_date is not None:
        where.append("a.audit_date >= ?")
        parameters.append(filters.from_date.isoformat())
    if filters.to_date is not None:
        where.append("a.audit_date <= ?")
        parameters.append(filters.to_date.isoformat())
    return " AND ".join(where), parameters


def _in_cohort(db: Database, programme_id: str, title: str) -> tuple[str, list[Any]]:
    found = db.execute(
        "SELECT c.key FROM cohort c JOIN programme p ON p.key = c.programme WHERE p.id = ? AND "
        "c.natural_key = ?",
        [programme_id, natural_key(title)],
    ).fetchone()
    if found is not None:
        return "a.cohort = ?", [found[0]]
    return ("a.cohort IS NULL", []) if natural_key(title) == natural_key(NO_COHORT) else ("0", [])
