"""Takes the rows of a file as they are read, holds them to the limits, and makes the Sheet."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from audit_app.core.errors import FileRefused, Problem
from audit_app.core.identity import natural_key
from audit_app.core.words import number
from audit_app.exchange.limits import Limits
from audit_app.exchange.sheet import Cell, Flaw, Sheet, SheetRow, column_letters, refused, shown

_ROWS_BETWEEN_REPORTS = 1_000
_UNMERGE = "Unmerge all cells and save it again."


@dataclass(frozen=True, slots=True)
class Merge:
    """An area of merged cells; rows count from 1, columns from 0, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def reference(self) -> str:
        """The area as spreadsheets write it: B2:B5."""
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"


class SheetBuilder:
    """The rows of one table so far. ``progress`` is told from time to time how many have been read."""

    def __init__(self, name: str, limits: Limits, progress: Callable[[int], None] | None) -> None:
        self._name = name
        self._limits = limits
        self._progress = progress
        self._headings: tuple[Cell, ...] = ()
        self._heading_row = 0
        self._rows: list[SheetRow] = []
        self._cells = 0

    @property
    def is_empty(self) -> bool:
        """Whether no row had anything in it."""
        return not self._headings

    def add(self, row: int, cells: tuple[Cell, ...]) -> None:
        """Take the next row; blank ones are left out, and the first other one is the headings.

        Raises FileRefused as soon as the table is past a limit.
        """
        if not any(cells):
            return
        if len(cells) > self._limits.columns:
            cells = cells[: _used(cells)]
            if len(cells) > self._limits.columns:
                raise self.too_many_columns()
        if not self._headings:
            self._headings, self._heading_row = cells, row
            return
        self._rows.append(SheetRow(row, cells))
        self._cells += len(cells)
        if len(self._rows) > self._limits.rows:
            raise self.too_many_rows()
        if self._cells > self._limits.cells:
            raise self._too_many_cells()
        if self._progress and len(self._rows) % _ROWS_BETWEEN_REPORTS == 0:
            self._progress(len(self._rows))

    def too_many_rows(self) -> FileRefused:
        """The refusal of a table with more rows than are read."""
        return self._too_much(f"{number(self._limits.rows)} rows", "Split it into several files.")

    def too_many_columns(self) -> FileRefused:
        """The refusal of a table with more columns than are read."""
        mend = "Delete the columns that are not needed."
        return self._too_much(f"{number(self._limits.columns)} columns", mend)

    def too_many_merges(self) -> FileRefused:
        """The refusal of a table with more merged areas than are looked at."""
        return self._too_much(f"{number(self._limits.merges)} merged areas", _UNMERGE)

    def finish(self, merges: tuple[Merge, ...] = (), notes: tuple[str, ...] = ()) -> Sheet:
        """The Sheet. Raises FileRefused where there is nothing, or headings can't be read or told apart."""
        if self.is_empty:
            raise refused(self._name, "has nothing in it", "Choose the file that holds the rows.")
        headings = self._read_headings()
        width = max([len(headings), *(_used(row.cells) for row in self._rows)])
        if width * len(self._rows) > self._limits.cells:
            raise self._too_many_cells()
        rows = [
            row if len(row.cells) == width else SheetRow(row.number, _fitted(row.cells, width))
            for row in self._rows
        ]
        self._flaw_merged_cells(rows, width, merges)
        if self._progress:
            self._progress(len(rows))
        padded = headings + ("",) * (width - len(headings))
        return Sheet(self._name, padded, self._heading_row, tuple(rows), notes)

    def _too_many_cells(self) -> FileRefused:
        mend = "Delete the columns that are not needed, or split it into several files."
        return self._too_much(f"{number(self._limits.cells)} cells", mend)

    def _too_much(self, what: str, mend: str) -> FileRefused:
        return refused(self._name, f"has more than {what}, which is more than can be read at once", mend)

    def _read_headings(self) -> tuple[str, ...]:
        headings: list[str] = []
        problems: list[Problem] = []
        first: dict[str, int] = {}
        for index, cell in enumerate(self._headings[: _used(self._headings)]):
            place = f"column {column_letters(index)}"
            if isinstance(cell, Flaw):
                problems.append(Problem(self._heading_row, place, cell.shown, cell.reason))
                continue
            text = cell.isoformat() if isinstance(cell, date) else " ".join((cell or "").split())
            headings.append(text)
            if text and (before := first.setdefault(natural_key(text), index)) != index:
                reason = f"column {column_letters(before)} has the same heading"
                problems.append(Problem(self._heading_row, place, shown(text), reason))
        if problems:
            what = "has headings that can't be read or told apart"
            raise refused(self._name, what, "Give each column a heading of its own.", tuple(problems))
        return tuple(headings)

    def _flaw_merged_cells(self, rows: list[SheetRow], width: int, merges: tuple[Merge, ...]) -> None:
        """Make every merged cell below the headings a flaw: which rows its value is about is not in the file.

        Merged titles and headings are left as they are.
        """
        numbers = [row.number for row in rows]
        flaws: defaultdict[int, dict[int, str]] = defaultdict(dict)
        marked = 0
        for merge in merges:
            area_rows = range(bisect_left(numbers, merge.first_row), bisect_right(numbers, merge.last_row))
            columns = range(merge.first_column, min(merge.last_column + 1, width))
            marked += len(area_rows) * len(columns)
            # Only a forged file has merged areas that overlap; 10,000 large ones would take hours.
            if marked > len(rows) * width:
                raise refused(self._name, "has merged cells that overlap", _UNMERGE)
            reason = f"merged with other cells ({merge.reference}): unmerge them and fill in each one"
            for position in area_rows:
                flaws[position].update(dict.fromkeys(columns, reason))
        for position, reasons in flaws.items():
            row = rows[position]
            cells = tuple(_merged(cell, reasons.get(at)) for at, cell in enumerate(row.cells))
            rows[position] = SheetRow(row.number, cells)


def _merged(cell: Cell, reason: str | None) -> Cell:
    if reason is None or isinstance(cell, Flaw):
        return cell
    return Flaw("" if cell is None else shown(str(cell)), reason)


def _used(cells: tuple[Cell, ...]) -> int:
    """How many cells there are up to the last that holds something."""
    used = len(cells)
    while used and cells[used - 1] is None:
        used -= 1
    return used


def _fitted(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells[:width] + (None,) * (width - len(cells))
