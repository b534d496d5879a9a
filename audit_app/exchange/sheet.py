"""A table as it stands in a file: headings, rows and cells, before anybody asks what they mean."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from audit_app.core.errors import FileRefused, Problem

Key = TypeVar("Key")
Found = TypeVar("Found")

_MEMO_ENTRIES = 50_000
_SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell that can't be read: what of it may be shown, and why not."""

    shown: str
    reason: str


Cell = str | date | Flaw | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds something; ``number`` is the row as the person sees it in their spreadsheet."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file. Every row has as many cells as there are headings.

    ``name`` is the file's. Text is trimmed and never blank (that is None); numbers are text as a person would
    type them. A heading is blank where cells stand below none. ``notes`` say what else there is to know.
    """

    name: str
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()

    def column(self, index: int) -> str:
        """What a person calls a column: its heading, or its letters where it has none."""
        return shown(self.headings[index]) or f"column {column_letters(index)}"


class Memo(dict[Key, Found], Generic[Key, Found]):
    """Answers by question, each worked out once: cells repeat down a column. Once full, it keeps no more."""

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[Key], Found]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: Key) -> Found:
        found = self._work_out(key)
        if len(self) < _MEMO_ENTRIES:
            self[key] = found
        return found


def column_letters(index: int) -> str:
    """The letters over a column, counted from 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(text: str) -> str:
    """A value as a message can hold it: one short line, with what can't be seen named by its code point."""
    start = text[:_SHOWN_LENGTH]
    visible = "".join(map(_visible, start))
    return visible + "…" if len(text) > _SHOWN_LENGTH else visible


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character in "\t\n\xa0" else f"[U+{ord(character):04X}]"


def refused(name: str, what: str, mend: str, problems: tuple[Problem, ...] = ()) -> FileRefused:
    """The refusal of a whole file: what is wrong with it, that nothing was imported, and the way out."""
    return FileRefused(f"“{shown(name)}” {what}. Nothing was imported. {mend}", problems)
