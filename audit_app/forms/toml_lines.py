"""Which line each key of a TOML file stands on, so that a mistake in a form can be pointed at."""

import re
import tomllib
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACES = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # up to two quotation marks may stand right before the closing three
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every key, table and list item of ``text``, by its path from the top.

    ``text`` must be valid TOML, with ``\\n`` line endings. A table without a heading
    of its own stands where it is first named.
    """
    return _Scanner(text).scan()


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of ``path``, or of the nearest thing around it that has one; 1 for the whole file."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


class _Scanner:
    """Goes through a file once, keeping where it is and which table it is in."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._lines: dict[KeyPath, int] = {}
        self._last_index: dict[KeyPath, int] = {}  # of each [[list of tables]]

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self._lines

    def _header(self) -> KeyPath:
        is_list = self._text.startswith("[[", self._at)
        line = self._line_here()
        self._at += 2 if is_list else 1
        table: KeyPath = ()
        parts = list(self._key())
        for position, part in enumerate(parts):
            table = (*table, part)
            if is_list and position == len(parts) - 1:
                self._last_index[table] = self._last_index.get(table, -1) + 1
            self._lines.setdefault(table, line)
            if table in self._last_index:
                table = (*table, self._last_index[table])
        self._lines[table] = line
        self._at += 2 if is_list else 1
        return table

    def _pair(self, table: KeyPath) -> None:
        line = self._line_here()
        path = table
        for part in self._key():
            path = (*path, part)
            self._lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._skip(_SPACES)
        self._value(path)

    def _key(self) -> Iterator[str]:
        self._skip(_SPACES)
        while True:
            start = self._at
            self._skip(_KEY_PART)
            yield _plain_key(self._text[start : self._at])
            dot = _DOT.match(self._text, self._at)
            if dot is None:
                break
            self._at = dot.end()
        self._skip(_SPACES)

    def _value(self, path: KeyPath) -> None:
        opening = self._text[self._at]
        if opening in "\"'":
            self._skip(_STRING)
        elif opening == "[":
            self._items(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._skip(_PLAIN)

    def _items(self, path: KeyPath) -> None:
        self._at += 1
        self._skip(_BETWEEN)
        index = 0
        while self._text[self._at] != "]":
            self._lines[(*path, index)] = self._line_here()
            self._value((*path, index))
            self._skip(_BETWEEN)
            index += 1
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        self._skip(_BETWEEN)
        while self._text[self._at] != "}":
            self._pair(path)
            self._skip(_BETWEEN)
        self._at += 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line


def _plain_key(written: str) -> str:
    if not written.startswith(('"', "'")):
        return written
    if "\\" not in written:
        return written[1:-1]
    return next(iter(tomllib.loads(f"{written} = 0")))
