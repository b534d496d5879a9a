"""Reads the audits in a sheet, all or none: a refusal lists every cell that can't be read, and why."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from audit_app.core.errors import Problem
from audit_app.core.form import NOT_GRADED, Form
from audit_app.core.identity import natural_key
from audit_app.core.words import plural
from audit_app.exchange.audit_columns import (
    AUDIT_DATE,
    AUDITOR,
    CASE_REFERENCE,
    COHORT,
    OVERALL,
    SERVICE,
    SUPPORTED,
    TEAM,
    WORKER,
    find_columns,
)
from audit_app.exchange.audit_words import GradeWords, read_supported
from audit_app.exchange.sheet import Cell, Flaw, Memo, Sheet, refused, shown
from audit_app.exchange.text_dates import read_date

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_LINE = 200
MOST_PROBLEMS = 500

_SHORTENED_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)

Value = TypeVar("Value")


@dataclass(slots=True)  # never changed; not frozen, which makes each of thousands three times as slow
class AuditRow:
    """One audit as its row says it; blank text where the sheet says nothing.

    ``grades`` has every domain of the form, each a grade id or ``not_graded``, as ``overall`` is.
    ``findings_supported`` is yes, no or None. ``row`` is the row as the person sees it.
    """

    row: int
    case_reference: str
    cohort: str
    service: str
    team: str
    worker: str
    auditor: str
    audit_date: date | None
    grades: dict[str, str]
    overall: str
    findings_supported: str | None


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """The audits of a sheet in its order, the headings that were ignored, and the titles of what it lacks."""

    rows: tuple[AuditRow, ...]
    ignored_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    notes: tuple[str, ...]


def read_audits(sheet: Sheet, form: Form) -> AuditSheet:
    """Every row of the sheet as an audit on this form, by the rules for audits from a spreadsheet.

    Raises FileRefused, with a problem for each cell that can't be read, where there is any.
    """
    return _AuditReader(sheet, form).read()


class _AuditReader:
    """Reads a sheet column by column: what a cell means depends on its column alone."""

    def __init__(self, sheet: Sheet, form: Form) -> None:
        self._sheet = sheet
        self._form = form
        self._columns = find_columns(sheet, form)
        self._problems = _Problems(sheet)

    def read(self) -> AuditSheet:
        if not self._sheet.rows:
            what = "has headings and no rows below them"
            raise refused(self._sheet.name, what, "Choose the file that holds the audits.")
        rows = tuple(self._read_rows())
        self._check_unheaded()
        self._check_seen(rows)
        self._problems.refuse_if_any()
        return AuditSheet(rows, self._columns.ignored, self._columns.missing, self._sheet.notes)

    def _read_rows(self) -> Iterator[AuditRow]:
        column = self._read_column
        line: Memo[Cell, str | Flaw] = Memo(_read_line)
        grade: Memo[Cell, str | Flaw] = Memo(GradeWords(self._form).read)
        day: Memo[Cell, date | Flaw | None] = Memo(lambda cell: read_date(cell, FIRST_YEAR, LAST_YEAR))

        references = column(CASE_REFERENCE, _read_reference, "")
        cohorts = column(COHORT, line.__getitem__, "")
        services = column(SERVICE, line.__getitem__, "")
        teams = column(TEAM, line.__getitem__, "")
        workers = column(WORKER, line.__getitem__, "")
        auditors = column(AUDITOR, line.__getitem__, "")
        dates = column(AUDIT_DATE, day.__getitem__, None)
        domains = tuple(domain.id for domain in self._form.domains)
        grades = tuple(
            zip(*(column(domain, grade.__getitem__, NOT_GRADED) for domain in domains), strict=True)
        )
        overalls = column(OVERALL, grade.__getitem__, NOT_GRADED)
        supported = column(SUPPORTED, Memo(read_supported).__getitem__, None)
        for at, row in enumerate(self._sheet.rows):
            yield AuditRow(
                row=row.number,
                case_reference=references[at],
                cohort=cohorts[at],
                service=services[at],
                team=teams[at],
                worker=workers[at],
                auditor=auditors[at],
                audit_date=dates[at],
                grades=dict(zip(domains, grades[at], strict=True)),
                overall=overalls[at],
                findings_supported=supported[at],
            )

    def _read_column(
        self, column: str, read: Callable[[Cell], Value | Flaw], otherwise: Value
    ) -> list[Value]:
        """What each row holds in a column; ``otherwise`` where it is absent, or its flaw is noted."""
        rows = self._sheet.rows
        index = self._columns.at.get(column)
        if index is None:
            return [otherwise] * len(rows)
        values: list[Value] = []
        for row in rows:
            found = read(row.cells[index])
            if isinstance(found, Flaw):
                self._problems.add(row.number, index, found)
                found = otherwise
            values.append(found)
        return values

    def _check_unheaded(self) -> None:
        for index in self._columns.unheaded:
            for row in self._sheet.rows:
                cell = row.cells[index]
                if cell is not None:
                    text = cell.shown if isinstance(cell, Flaw) else shown(str(cell))
                    reason = "no heading stands above it: give it one, or clear the cell"
                    self._problems.add(row.number, index, Flaw(text, reason))

    def _check_seen(self, audits: tuple[AuditRow, ...]) -> None:
        """Note each second audit of one case by one auditor on one day; blank equals blank."""
        auditors: Memo[str, str] = Memo(natural_key)
        first: dict[tuple[str, str, date | None], int] = {}
        for audit in audits:
            if not audit.case_reference:
                continue
            key = (natural_key(audit.case_reference), auditors[audit.auditor], audit.audit_date)
            before = first.setdefault(key, audit.row)
            if before != audit.row:
                reason = f"row {before} is the same audit: the same case, auditor and date"
                flaw = Flaw(shown(audit.case_reference), reason)
                self._problems.add(audit.row, self._columns.at[CASE_REFERENCE], flaw)


class _Problems:
    """What can't be read so far; of each column the first are kept, and the rest are counted."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._kept: defaultdict[int, list[tuple[int, Flaw]]] = defaultdict(list)
        self._count = 0

    def add(self, row: int, index: int, flaw: Flaw) -> None:
        self._count += 1
        if len(self._kept[index]) < MOST_PROBLEMS:
            self._kept[index].append((row, flaw))

    def refuse_if_any(self) -> None:
        if not self._count:
            return
        mend = "Mend what is listed, save it, and import it again."
        if self._count > MOST_PROBLEMS:
            mend = f"The first {MOST_PROBLEMS} are listed. {mend}"
        what = f"has {plural(self._count, 'thing')} that can't be read"
        raise refused(self._sheet.name, what, mend, tuple(self._first()))

    def _first(self) -> Iterator[Problem]:
        """The first problems, row by row and from left to right."""
        found = [(row, index, flaw) for index, kept in self._kept.items() for row, flaw in kept]
        for row, index, flaw in sorted(found, key=lambda each: each[:2])[:MOST_PROBLEMS]:
            yield Problem(row, self._sheet.column(index), flaw.shown, flaw.reason)


def _read_line(cell: Cell) -> str | Flaw:
    """A short text on one line."""
    if cell is None:
        return ""
    if isinstance(cell, Flaw):
        return cell
    if isinstance(cell, date):
        # Excel makes a date of what only looks like one, as 8-11: what was typed is lost.
        reason = "a date where text belongs: set the cell to show text, and type it again"
        return Flaw(cell.isoformat(), reason)
    line = " ".join(cell.split())
    if len(line) > LONGEST_LINE:
        return Flaw(shown(line), f"longer than {LONGEST_LINE} characters")
    return line


def _read_reference(cell: Cell) -> str | Flaw:
    """The reference of a case, which is all that identifies it."""
    line = _read_line(cell)
    if line == "":
        return Flaw("", "blank: every audit needs the reference of its case")
    if isinstance(line, str) and _SHORTENED_NUMBER.fullmatch(line):
        # Two long references may end up as one.
        reason = (
            "a long number that the spreadsheet has shortened: set the column to show text, and type it again"
        )
        return Flaw(line, reason)
    return line
