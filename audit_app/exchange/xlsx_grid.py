"""Reads the XML of one sheet into rows of cells, a callback of the parser at a time."""

import re
from collections.abc import Callable
from datetime import date

from audit_app.core.errors import FileRefused
from audit_app.exchange.cell_text import error_value, read_text
from audit_app.exchange.limits import Limits
from audit_app.exchange.number_formats import PLAIN_NUMBER, read_number
from audit_app.exchange.sheet import Cell, Flaw, Memo, shown
from audit_app.exchange.sheet_builder import Merge, SheetBuilder
from audit_app.exchange.xlsx_package import PartHandler, local
from audit_app.exchange.xlsx_workbook import ESCAPE_LENGTH, Workbook, unescaped

_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_TRUE = ("1", "true")
_NO_RESULT = Flaw("", "a formula without its result: open and save the file in Excel, or type the value")

# Where the elements stand: worksheet, section, row, cell, then its value, formula or text.
_ROOT, _SECTION, _ROW, _CELL, _PART = 1, 2, 3, 4, 5


class GridHandler(PartHandler):
    """Gives each row to ``builder``; afterwards holds the merged areas and how many rows were hidden.

    ``damaged`` makes the refusal of a sheet whose rows and cells are not in order.
    """

    def __init__(
        self, workbook: Workbook, builder: SheetBuilder, damaged: Callable[[], FileRefused], limits: Limits
    ) -> None:
        super().__init__()
        self._workbook = workbook
        self._builder = builder
        self._damaged = damaged
        self._limits = limits
        self._longest = limits.cell_length * ESCAPE_LENGTH
        self._columns: Memo[str, int] = Memo(column_index)
        self._texts: Memo[str, Cell] = Memo(lambda text: read_text(unescaped(text), limits))
        self._numbers: Memo[tuple[str, str], Cell] = Memo(self._read_number)
        self._section = ""
        self._names = ("", "", "", "")
        # The row being read
        self._row = 0
        self._row_text = ""
        self._in_row = False
        self._hidden = False
        self._cells: list[Cell] = []
        self._next_column = 0
        # The cell being read
        self._in_cell = False
        self._column = 0
        self._kind = ""
        self._style = ""
        self._is_formula = False
        self._phonetic = False
        self._reads = False
        self._text = ""
        # What is found beside the rows
        self.merges: list[Merge] = []
        self.hidden_rows = 0

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        self.depth = depth = self.depth + 1
        if depth >= _PART:
            if self._in_cell:
                self._begin_part(name)
        elif depth == _CELL:
            if self._in_row and name == self._cell_name:
                self._begin_cell(attributes)
        elif depth == _ROW:
            self._begin_row(name, attributes)
        elif depth == _SECTION:
            self._section = local(name)
        else:
            self._begin_sheet(name)

    def end(self, _name: str, /) -> None:
        depth = self.depth
        self.depth = depth - 1
        if depth >= _PART:
            self._reads = False
            if depth == _PART + 1:
                self._phonetic = False
        elif depth == _CELL:
            if self._in_cell:
                self._in_cell = False
                self._end_cell()
        elif depth == _ROW and self._in_row:
            self._in_row = False
            self._end_row()

    def text(self, data: str, /) -> None:
        # A little past the bound, so that what is longer is seen to be.
        if self._reads and len(self._text) <= self._longest:
            self._text += data

    def _begin_sheet(self, name: str) -> None:
        kind = local(name)
        self.done = kind != "worksheet"  # a chart on a tab of its own
        prefix = name.removesuffix(kind)
        self._row_name = f"{prefix}row"
        self._cell_name = f"{prefix}c"
        self._value_name = f"{prefix}v"
        self._formula_name = f"{prefix}f"

    def _begin_row(self, name: str, attributes: dict[str, str]) -> None:
        if self._section == "mergeCells":
            self._add_merge(attributes.get("ref", ""))
        if self._section != "sheetData" or name != self._row_name:
            return
        text = attributes.get("r") or str(self._row + 1)
        row = int(text) if text.isdecimal() and len(text) < 8 else 0
        if not self._row < row <= self._limits.grid_rows:
            raise self._damaged()
        self._row = row
        self._row_text = text
        self._hidden = attributes.get("hidden") in _TRUE
        self._in_row = True
        self._cells = []
        self._next_column = 0

    def _end_row(self) -> None:
        if self._cells:
            self.hidden_rows += self._hidden
            self._builder.add(self._row, tuple(self._cells))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        column = self._next_column
        if reference := attributes.get("r"):
            if not reference.endswith(self._row_text):
                raise self._damaged()
            column = self._columns[reference.removesuffix(self._row_text)]
            if column < self._next_column:
                raise self._damaged()
        self._next_column = column + 1
        self._column = column
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._is_formula = False
        self._text = ""
        self._in_cell = True

    def _begin_part(self, name: str) -> None:
        if self.depth == _PART:
            if name == self._value_name:
                self._reads = True
            elif name == self._formula_name:
                self._is_formula = True
        elif self._kind == "inlineStr":
            element = local(name)
            if element == "rPh":  # how a Japanese name is spoken, beside the name
                self._phonetic = True
            self._reads = element == "t" and not self._phonetic

    def _end_cell(self) -> None:
        if not self._text:
            # A formula that gives a blank text says so by its kind.
            cell: Cell = _NO_RESULT if self._is_formula and self._kind != "str" else None
        elif self._kind == "s":
            cell = self._shared_string()
        elif self._kind == "n":
            cell = self._numbers[self._style, self._text]
        else:
            cell = self._read_other()
        if cell is None:
            return
        if self._column >= self._limits.columns:
            raise self._builder.too_many_columns()
        gap = self._column - len(self._cells)
        if gap:
            self._cells.extend([None] * gap)
        self._cells.append(cell)

    def _shared_string(self) -> Cell:
        try:
            index = int(self._text)
            if index >= 0:
                return self._workbook.strings[index]
        except (ValueError, IndexError):
            pass
        raise self._damaged()

    def _read_number(self, cell: tuple[str, str]) -> Cell:
        style, text = cell
        formats = self._workbook.formats
        known = style.isdecimal() and len(style) < 8 and int(style) < len(formats)
        shape = formats[int(style)] if known else PLAIN_NUMBER
        return read_number(text.strip(), shape, from_1904=self._workbook.from_1904)

    def _read_other(self) -> Cell:
        text = self._text
        if self._kind in ("str", "inlineStr"):
            return self._texts[text]
        if self._kind == "b":
            return "TRUE" if text.strip() in _TRUE else "FALSE"
        if self._kind == "e":
            return error_value(text)
        if self._kind == "d":
            try:
                return date.fromisoformat(text[:10])
            except ValueError:
                return Flaw(shown(text), "not a date, though the cell says it is: type the date again")
        raise self._damaged()

    def _add_merge(self, reference: str) -> None:
        area = _AREA.fullmatch(reference)
        if not area:
            raise self._damaged()
        if len(self.merges) >= self._limits.merges:
            raise self._builder.too_many_merges()
        if not area[3] or (area[1] == area[3] and area[2] == area[4]):
            return
        first_column, last_column = column_index(area[1]), column_index(area[3])
        self.merges.append(Merge(int(area[2]), first_column, int(area[4]), last_column))


class ContentFinder(PartHandler):
    """Stops at the first cell that holds anything; ``done`` says whether there was one."""

    def __init__(self) -> None:
        super().__init__()
        self._reads = False

    def start(self, name: str, _attributes: dict[str, str], /) -> None:
        self.depth += 1
        self._reads = self.depth > _CELL and local(name) in ("v", "t")

    def end(self, _name: str, /) -> None:
        self.depth -= 1
        self._reads = False

    def text(self, data: str, /) -> None:
        if self._reads and not data.isspace():
            self.done = True


def column_index(letters: str) -> int:
    """A column's index from 0 by its letters; -1 where they name no column of a sheet."""
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isalpha():
        return -1
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
