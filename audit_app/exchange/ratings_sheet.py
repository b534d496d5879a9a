"""Reads grades that were collected elsewhere: a column per grader, or one grade for each case of a group."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audit_app.core.agreement import Ratings
from audit_app.core.errors import Problem
from audit_app.core.identity import natural_key
from audit_app.core.words import joined, plural
from audit_app.exchange.audit_words import DASHES
from audit_app.exchange.limits import DEFAULT_LIMITS
from audit_app.exchange.sheet import Cell, Flaw, Sheet, SheetRow, column_letters, refused, shown
from audit_app.exchange.sheet_reader import read_sheet

# Two thousand resamples of more cases would take minutes.
RATINGS_LIMITS = replace(DEFAULT_LIMITS, file_bytes=8 * 1024 * 1024, rows=10_000)
MOST_PROBLEMS = 500
_NOT_GRADED = frozenset(("not graded", "n/a", "na"))
_MEND = "Mend what is listed, save it, and try again."


class ScaleWords:
    """Reads the grade ids of a scale, lowest first, whatever their capitals; ValueError for no scale."""

    def __init__(self, scale: Sequence[str]) -> None:
        self.scale = tuple(scale)
        self._ids = {_key(grade): grade for grade in scale}
        if len(self._ids) != len(scale) or "" in self._ids:
            raise ValueError("every grade of a scale has a name of its own")
        if len(scale) < 2:
            raise ValueError("a scale has two grades or more")

    def read(self, cell: Cell) -> str | Flaw | None:
        """A grade id, None where the cell is blank or says not graded, or a flaw that names the scale."""
        if cell is None or isinstance(cell, Flaw):
            return cell
        text = str(cell)
        if grade := self._ids.get(_key(text)):
            return grade
        if _key(text) in _NOT_GRADED or not text.strip(DASHES + " "):
            return None
        return Flaw(shown(text), f"not on the scale: use {joined(self.scale, 'or')}, or leave it blank")


def _key(text: str) -> str:
    return natural_key(text.replace("_", " "))


def read_ratings(path: Path, words: ScaleWords) -> Ratings:
    """A file whose first column is the case, and every other a grader. Raises FileRefused, listing why."""
    sheet = read_sheet(path, limits=RATINGS_LIMITS)
    if len(sheet.headings) < 2:
        mend = "The first column is the case; give every grader a column beside it, headed by their name."
        raise refused(sheet.name, "has no column for a grader", mend)
    _check_rows(sheet)
    problems = list(_unheaded(sheet))
    cases: dict[str, int] = {}
    rows = []
    for row in sheet.rows:
        problems += _case_problems(sheet, row, cases)
        grades = [words.read(cell) for cell in row.cells[1:]]
        problems += _flaws(sheet, row, dict(enumerate(grades, 1)))
        rows.append([None if isinstance(grade, Flaw) else grade for grade in grades])
    _refuse_if_any(sheet, problems)
    return Ratings.of(words.scale, rows)


def _unheaded(sheet: Sheet) -> Iterator[Problem]:
    for at, heading in enumerate(sheet.headings[1:], 1):
        if not heading:
            place = f"column {column_letters(at)}"
            yield Problem(sheet.heading_row, place, "", "no grader's name stands above these grades")


def _case_problems(sheet: Sheet, row: SheetRow, seen: dict[str, int]) -> Iterator[Problem]:
    """What is wrong with the case of a row; the rows of cases ``seen`` so far are kept there."""
    cell, place = row.cells[0], sheet.column(0)
    if isinstance(cell, Flaw):
        yield Problem(row.number, place, cell.shown, cell.reason)
    elif cell is None:
        yield Problem(row.number, place, "", "these grades have no case: give it a name or number")
    elif (before := seen.setdefault(natural_key(str(cell)), row.number)) != row.number:
        yield Problem(row.number, place, shown(str(cell)), f"row {before} is the same case: keep one")


def read_groups(path: Path, words: ScaleWords) -> dict[str, tuple[int, ...]]:
    """For each of exactly two groups, in the file's order, the count per grade of the scale, lowest first.

    A row per case, in columns headed group and grade; others are ignored, and so is a blank grade. Raises
    FileRefused, listing why.
    """
    sheet = read_sheet(path, limits=RATINGS_LIMITS)
    group_at, grade_at = _column(sheet, "group"), _column(sheet, "grade")
    _check_rows(sheet)
    problems: list[Problem] = []
    names: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    for row in sheet.rows:
        group, grade = row.cells[group_at], words.read(row.cells[grade_at])
        problems += _flaws(sheet, row, {group_at: group, grade_at: grade})
        if group is None and grade is not None:
            problems.append(Problem(row.number, sheet.column(group_at), "", "this grade has no group"))
        if group is None or isinstance(group, Flaw) or isinstance(grade, Flaw):
            continue
        name = names.setdefault(natural_key(str(group)), str(group))
        counted = counts.setdefault(name, dict.fromkeys(words.scale, 0))
        if grade is not None:
            counted[grade] += 1
    _refuse_if_any(sheet, problems)
    if len(counts) != 2:
        held = f"{plural(len(counts), 'group')} ({joined([shown(name) for name in counts])})"
        raise refused(sheet.name, f"holds {held}", "Two are compared: keep the rows of two groups.")
    return {name: tuple(counted.values()) for name, counted in counts.items()}


def _column(sheet: Sheet, name: str) -> int:
    for at, heading in enumerate(sheet.headings):
        if natural_key(heading) == name:
            return at
    mend = "Head one column group and one grade, with a row below for each case."
    raise refused(sheet.name, f"has no column “{name}”", mend)


def _check_rows(sheet: Sheet) -> None:
    if not sheet.rows:
        raise refused(sheet.name, "has headings and no rows", "Choose the file that holds the grades.")


def _flaws(sheet: Sheet, row: SheetRow, cells: dict[int, object]) -> Iterator[Problem]:
    for at, cell in cells.items():
        if isinstance(cell, Flaw):
            yield Problem(row.number, sheet.column(at), cell.shown, cell.reason)


def _refuse_if_any(sheet: Sheet, problems: list[Problem]) -> None:
    if problems:
        what = f"has {plural(len(problems), 'thing')} that can't be read"
        mend = _MEND if len(problems) <= MOST_PROBLEMS else f"The first {MOST_PROBLEMS} are listed. {_MEND}"
        raise refused(sheet.name, what, mend, tuple(problems[:MOST_PROBLEMS]))
