"""What a workbook says beside its cells: which sheets it has, their strings and their number formats."""

import posixpath
import re
from dataclasses import dataclass

from audit_app.core.words import number
from audit_app.exchange.cell_text import read_text
from audit_app.exchange.limits import Limits
from audit_app.exchange.number_formats import NumberFormat, number_format
from audit_app.exchange.sheet import Cell, Memo, refused
from audit_app.exchange.xlsx_package import Package, PartHandler, local, resolve

_ROOT_RELATIONS = "_rels/.rels"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
ESCAPE_LENGTH = len("_x000D_")  # a character may take so many


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook that a person can see: its name and the part that holds its cells."""

    title: str
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is needed to read the cells of any of its sheets."""

    sheets: tuple[SheetPart, ...]
    strings: tuple[Cell, ...]
    formats: tuple[NumberFormat, ...]
    from_1904: bool


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    target: str


def read_workbook(package: Package, name: str, limits: Limits) -> Workbook:
    """Everything of a workbook but its sheets' cells. Raises FileRefused."""
    part = _main_part(package, name)
    relations = _relations(package, part)
    listed = _SheetList()
    package.parse_small(part, listed)
    if listed.root != "workbook":
        raise refused(name, "is not a spreadsheet", "Choose a CSV file or an Excel workbook (.xlsx).")
    parts = {relation.kind: relation.target for relation in relations.values()}
    strings = _Strings(name, limits)
    if "sharedStrings" in parts:
        package.parse(parts["sharedStrings"], strings)
    styles = _Styles()
    if "styles" in parts:
        package.parse_small(parts["styles"], styles)
    sheets = tuple(
        SheetPart(title, relations[link].target)
        for title, link in listed.visible
        if link in relations and relations[link].kind == "worksheet"
    )
    return Workbook(sheets, tuple(strings.found), styles.formats(), listed.from_1904)


def unescaped(text: str) -> str:
    """Text as it was typed: XML can't hold some characters, and workbooks write them as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _main_part(package: Package, name: str) -> str:
    """The part that lists the sheets; what else comes as a zip is told apart here."""
    mend = "Open it where it was made, save it as an Excel workbook (.xlsx) or as CSV, and import that."
    if "content.xml" in package:
        raise refused(name, "is an OpenDocument file", mend)
    if _ROOT_RELATIONS not in package:
        raise refused(name, "is a zip archive, not a spreadsheet", "Choose the spreadsheet itself.")
    targets = [found.target for found in _relations(package, "").values() if found.kind == "officeDocument"]
    if any(target.lower().endswith(".bin") for target in targets):
        raise refused(name, "is a binary workbook (.xlsb)", mend)
    if len(targets) != 1 or targets[0] not in package:
        raise refused(name, "is not a workbook", mend)
    return targets[0]


def _relations(package: Package, part: str) -> dict[str, _Relation]:
    """What a part points at inside the package, by the id it uses for it; blank is the package itself."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    handler = _Relations(part)
    if relations in package:
        package.parse_small(relations, handler)
    return handler.found


class _Relations(PartHandler):
    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self.found: dict[str, _Relation] = {}

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        self.depth += 1
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = resolve(self._base, attributes.get("Target", ""))
            self.found[attributes.get("Id", "")] = _Relation(kind, target)


class _SheetList(PartHandler):
    """The names and link ids of the sheets that are not hidden, in the order of their tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.root = ""
        self.visible: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        self.depth += 1
        element = local(name)
        if self.depth == 1:
            self.root = element
        elif self.depth == 2 and element == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif self.depth == 3 and element == "sheet" and attributes.get("state", "visible") == "visible":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.visible.append((attributes.get("name", ""), link))


class _Strings(PartHandler):
    """The table of texts that cells point into, each cleaned once."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self._name = name
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._reads = False
        self._phonetic = False
        self.found: list[Cell] = []

    def start(self, name: str, _attributes: dict[str, str], /) -> None:
        self.depth += 1
        if self.depth == 2:
            self._pieces = []
            self._length = 0
            return
        element = local(name)
        if element == "rPh":  # how a Japanese name is spoken, beside the name
            self._phonetic = True
        self._reads = element == "t" and not self._phonetic

    def end(self, name: str, /) -> None:
        self._reads = False
        if self.depth == 2:
            self.found.append(read_text(unescaped("".join(self._pieces)), self._limits))
            if len(self.found) > self._limits.shared_strings:
                what = f"holds more than {number(self._limits.shared_strings)} different texts"
                raise refused(self._name, what, "Copy the rows into a new workbook and import that.")
        elif self._phonetic and local(name) == "rPh":
            self._phonetic = False
        self.depth -= 1

    def text(self, data: str, /) -> None:
        # A little past the bound, so that what is longer is seen to be.
        if self._reads and self._length <= self._limits.cell_length * ESCAPE_LENGTH:
            self._pieces.append(data)
            self._length += len(data)


class _Styles(PartHandler):
    """The number formats of the cells, by the style number that each cell gives."""

    def __init__(self) -> None:
        super().__init__()
        self._section = ""
        self._codes: dict[str, str] = {}
        self._used: list[str] = []

    def formats(self) -> tuple[NumberFormat, ...]:
        """One format for each style."""
        return tuple(map(Memo(self._format).__getitem__, self._used))

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        self.depth += 1
        if self.depth == 2:
            self._section = local(name)
        elif self.depth == 3 and self._section == "numFmts":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif self.depth == 3 and self._section == "cellXfs":
            self._used.append(attributes.get("numFmtId", "0"))

    def _format(self, format_id: str) -> NumberFormat:
        return number_format(int(format_id) if format_id.isdecimal() else 0, self._codes.get(format_id, ""))
