"""The counts that a summary is made of: one pass over the audits, and one over their grades."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from audit_app.core.audit_line import AuditLine
from audit_app.core.form import NOT_GRADED
from audit_app.core.summary import OVERALL, AuditCounts, Tally

# A draft is not counted, nor is an audit whose findings a second reader did not support.
_SUBMITTED = "a.state <> 'draft'"
_COUNTED = f"({_SUBMITTED} AND a.supported IS NOT 'no')"
_OVERRIDDEN = f"a.overall <> '{NOT_GRADED}' AND a.overall <> a.suggested"
_OVERALL_OF_RECORD = f"coalesce(a.overall_agreed, a.overall, '{NOT_GRADED}')"
_ALL_GRADES = (
    "SELECT group_concat(domain || '=' || coalesce(agreed, grade)) FROM judgement WHERE audit = a.key"
)
_GRADE_OF_RECORD = (
    "SELECT coalesce(j.agreed, j.grade) FROM judgement j WHERE j.audit = a.key AND j.domain = ?"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which audits of a programme are meant, in the words as they are stored; None leaves a filter out.

    ``cohorts`` are cohort ids, to which ``in_no_cohort`` adds the audits in none. Dates are inclusive.
    ``among`` are audit ids.
    """

    programme_id: str
    cohorts: tuple[str, ...] | None = None
    in_no_cohort: bool = False
    teams: tuple[str, ...] | None = None
    services: tuple[str, ...] | None = None
    from_date: date | None = None
    to_date: date | None = None
    among: tuple[str, ...] | None = None


def counts(db: Database, scope: Scope) -> AuditCounts:
    """How many audits there are in this scope, by what became of them."""
    where, values = _where(scope)
    row = db.execute(
        f"SELECT count(*) FILTER (WHERE {_SUBMITTED}),"
        f" count(*) FILTER (WHERE {_SUBMITTED} AND a.supported = 'yes'),"
        f" count(*) FILTER (WHERE {_SUBMITTED} AND a.supported = 'no'),"
        f" count(*) FILTER (WHERE {_SUBMITTED} AND a.supported IS NULL),"
        f" count(*) FILTER (WHERE NOT {_SUBMITTED}),"
        f" count(DISTINCT a.casefile) FILTER (WHERE {_COUNTED}),"
        f" count(*) FILTER (WHERE {_COUNTED} AND {_OVERRIDDEN}),"
        f" count(*) FILTER (WHERE {_SUBMITTED} AND a.safe_now = 'no'),"
        f" count(*) FILTER (WHERE {_COUNTED} AND a.state = 'moderated'),"
        f" count(*) FILTER (WHERE {_SUBMITTED} AND a.safe_now IS NOT NULL)"
        f" FROM audit a WHERE {where}",
        values,
    ).fetchone()
    return AuditCounts(*row)


def tallies(db: Database, scope: Scope) -> tuple[Tally, ...]:
    """How many counted audits hold each grade of record, by cohort and row; *not graded* counts as one."""
    where, values = _where(scope)
    cohorts = dict(db.execute("SELECT key, id FROM cohort").fetchall())
    # Audits are alike by the thousand. Counting like ones here as they come needs no sort of six rows an
    # audit, as a GROUP BY over the grades does, so that ten times the audits take ten times as long.
    alike = Counter[tuple[int | None, str, str | None]](
        db.conn.execute(
            f"SELECT a.cohort, {_OVERALL_OF_RECORD}, ({_ALL_GRADES}) FROM audit a"
            f" WHERE {_COUNTED} AND {where}",
            values,
        )
    )
    held = Counter[tuple[int | None, str, str]]()
    for (cohort, overall, grades), audits in alike.items():
        held[cohort, OVERALL, overall] += audits
        for domain_and_grade in grades.split(",") if grades else ():
            domain, grade = domain_and_grade.split("=")
            held[cohort, domain, grade] += audits
    return tuple(Tally(cohorts.get(cohort), row, grade, n) for (cohort, row, grade), n in held.items())


def behind(db: Database, scope: Scope, row: str, grades: tuple[str, ...] | None) -> tuple[str, ...]:
    """The ids of the counted audits with one of these grades of record in a row (None: all), by date."""
    where, values = _where(scope)
    if grades is not None:
        of_record = _OVERALL_OF_RECORD if row == OVERALL else f"({_GRADE_OF_RECORD})"
        where += f" AND {of_record} IN ({_marks(grades)})"
        values += ([] if row == OVERALL else [row]) + list(grades)
    query = f"SELECT a.id FROM audit a WHERE {_COUNTED} AND {where} ORDER BY a.audit_date, a.key"
    return tuple(audit_id for (audit_id,) in db.execute(query, values))


def lines(db: Database, scope: Scope, domains: Sequence[str]) -> tuple[AuditLine, ...]:
    """Every submitted audit in this scope, by date; ``domains`` are the form's, in its order."""
    where, values = _where(scope)
    where = f"FROM audit a {{join}} WHERE {_SUBMITTED} AND {where}"
    grades: dict[int, dict[str, str]] = {}
    query = "SELECT a.key, j.domain, coalesce(j.agreed, j.grade)"
    joined = where.format(join="JOIN judgement j ON j.audit = a.key")
    for key, domain, grade in db.execute(f"{query} {joined}", values):
        grades.setdefault(key, {})[domain] = grade
    texts: dict[int, dict[str, str]] = {}
    joined = where.format(join="JOIN note n ON n.audit = a.key")
    for key, field, value in db.execute(f"SELECT a.key, n.field, n.value {joined}", values):
        texts.setdefault(key, {})[field] = value
    joined = where.format(
        join="JOIN casefile c ON c.key = a.casefile JOIN person p ON p.key = a.auditor"
        " LEFT JOIN cohort ON cohort.key = a.cohort"
    )
    query = (
        "SELECT a.key, c.reference, coalesce(cohort.title, ''), a.service, a.team, a.worker, p.name,"
        f" a.audit_date, {_OVERALL_OF_RECORD}, a.suggested, coalesce({_OVERRIDDEN}, 0),"
        f" coalesce(a.safe_now, ''), a.supported, a.state = 'moderated' {joined} ORDER BY a.audit_date, a.key"
    )
    return tuple(
        _line(row, tuple(grades.get(key, {}).get(domain, "") for domain in domains), texts.get(key, {}))
        for key, *row in db.execute(query, values)
    )


def _line(row: Sequence[Any], grades: tuple[str, ...], texts: dict[str, str]) -> AuditLine:
    reference, cohort, service, team, worker, auditor, audited, *judged = row
    overall, suggested, overridden, safe, supported, moderated = judged
    return AuditLine(
        reference,
        cohort,
        service,
        team,
        worker,
        auditor,
        date.fromisoformat(audited) if audited else None,
        grades,
        overall,
        suggested,
        bool(overridden),
        safe,
        None if supported is None else supported == "yes",
        bool(moderated),
        texts,
    )


def teams(db: Database, programme_id: str) -> tuple[str, ...]:
    """The teams of a programme's audits, as they are written."""
    return _distinct(db, "team", programme_id)


def services(db: Database, programme_id: str) -> tuple[str, ...]:
    """The services of a programme's audits, as they are written."""
    return _distinct(db, "service", programme_id)


def _distinct(db: Database, column: str, programme_id: str) -> tuple[str, ...]:
    query = (
        f"SELECT DISTINCT {column} FROM audit WHERE {column} <> ''"
        " AND programme = (SELECT key FROM programme WHERE id = ?) ORDER BY 1"
    )
    return tuple(value for (value,) in db.execute(query, [programme_id]))


def _where(scope: Scope) -> tuple[str, list[str]]:
    parts, values = ["a.programme = (SELECT key FROM programme WHERE id = ?)"], [scope.programme_id]
    if scope.cohorts is not None:
        among = f"a.cohort IN (SELECT key FROM cohort WHERE id IN ({_marks(scope.cohorts)}))"
        parts.append(f"({among} OR a.cohort IS NULL)" if scope.in_no_cohort else among)
        values += scope.cohorts
    for column, wanted in (("team", scope.teams), ("service", scope.services)):
        if wanted is not None:
            parts.append(f"a.{column} IN ({_marks(wanted)})")
            values += wanted
    for compare, day in ((">=", scope.from_date), ("<=", scope.to_date)):
        if day is not None:
            parts.append(f"a.audit_date {compare} ?")
            values.append(day.isoformat())
    if scope.among is not None:
        parts.append("a.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(scope.among))
    return " AND ".join(parts), values


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
