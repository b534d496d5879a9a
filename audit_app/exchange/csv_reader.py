"""Reads CSV: finds out its encoding and separator, and holds each row to the limits."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from audit_app.core.errors import FileRefused, Problem
from audit_app.exchange.cell_text import read_text
from audit_app.exchange.encoding import SAVE_AS_UTF8, find_encoding
from audit_app.exchange.limits import Limits
from audit_app.exchange.sheet import Cell, Flaw, Memo, Sheet, refused, shown
from audit_app.exchange.sheet_builder import SheetBuilder

_SEPARATORS = ",;\t"
_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 20
# Excel reads such a first line as an instruction, and does not count it as a row.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ ,;\t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
# How case systems keep the zeros of 00123 when Excel opens their CSV.
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')


def read_csv(
    stream: BinaryIO, name: str, limits: Limits, progress: Callable[[int], None] | None = None
) -> Sheet:
    """The table in a CSV file. Raises FileRefused; errors of reading the disk pass through as OSError."""
    encoding = find_encoding(stream, name)
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        return _read(text, name, limits, progress)
    except UnicodeDecodeError:
        raise refused(
            name,
            "has letters that can't be read: it is damaged, or not text",
            SAVE_AS_UTF8,
        ) from None
    finally:
        text.detach()


def _read(text: io.TextIOWrapper, name: str, limits: Limits, progress: Callable[[int], None] | None) -> Sheet:
    separator = _find_separator(text, name)
    builder = SheetBuilder(name, limits, progress)
    cells: Memo[str, Cell] = Memo(lambda raw: _read_cell(raw, limits))
    lines = _Lines(text, name, limits)
    records = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    row = 0
    try:
        for row, record in enumerate(records, 1):
            builder.add(row, tuple(map(cells.__getitem__, record)))
            lines.row_length = 0
            if row > limits.grid_rows:
                raise builder.too_many_rows()
    except csv.Error as error:
        raise _broken_row(name, row + 1, str(error)) from None
    return builder.finish()


class _Lines:
    """The lines of a file, for the csv module; ``row_length`` is how much of the present row it was given."""

    def __init__(self, text: io.TextIOWrapper, name: str, limits: Limits) -> None:
        self._text = text
        self._name = name
        self._longest = limits.csv_row_length
        self.row_length = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(self._longest + 1):
            self.row_length += len(line)
            if self.row_length > self._longest:
                what = (
                    "has a row that does not end: a quotation mark is opened and not closed, or it is damaged"
                )
                raise refused(self._name, what, "Open it in the program that made it, and save it again.")
            yield line


def _read_cell(raw: str, limits: Limits) -> str | Flaw | None:
    text = read_text(raw, limits)
    if not isinstance(text, str) or text[0] != "=":
        return text
    if quoted := _QUOTED_FORMULA.fullmatch(text):
        return quoted[1].strip() or None
    return Flaw(shown(text), "a formula without its result: type the value")


def _find_separator(text: io.TextIOWrapper, name: str) -> str:
    """The separator, with ``text`` left where the rows begin."""
    sample = text.read(_SAMPLE)
    text.seek(0)
    if said := _SEPARATOR_LINE.match(sample):
        text.readline()
        if said[1] not in _SEPARATORS:
            what = f"says that its columns are separated by “{shown(said[1])}”"
            raise refused(name, what, "Save it with commas, semicolons or tabs.")
        return said[1]
    return max(_SEPARATORS, key=lambda separator: _likelihood(sample, separator))


def _likelihood(sample: str, separator: str) -> tuple[int, int]:
    """How many of the first rows are cut into as many cells as the headings, and into how many."""
    records = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        lengths = [len(record) for record in islice(filter(any, records), _SAMPLE_ROWS)]
    except csv.Error:
        return 0, 0
    headings = lengths[0] if lengths else 0
    return (lengths.count(headings) if headings > 1 else 0), headings


def _broken_row(name: str, row: int, error: str) -> FileRefused:
    if "field limit" in error:
        reason = "a cell is far too long, or a quotation mark was opened and not closed"
    elif "end of data" in error:
        reason = "a quotation mark is opened here and never closed, or the end of the file is missing"
    else:
        reason = "a quotation mark stands in the middle of a cell"
    mend = "Mend that row in the program that made the file, and save it again."
    return refused(name, "has a row that can't be read", mend, (Problem(row, "", "", reason),))
