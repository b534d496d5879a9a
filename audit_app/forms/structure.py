"""Compares a form's keys and types with the core dataclasses, and finds every fault, not only the first."""

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin

from audit_app.core.form import CaseQuestion, Domain, Form, Grade, Option, Standard
from audit_app.forms.toml_lines import KeyPath

MAX_ID = 40
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_ID_FIELDS = ("id", "family")
_NOT_IN_FILE = "content_hash"

# What still fits where it is shown: a standard on one line, a grade's short form as the head of a column.
_LONGEST: dict[tuple[type, str], int] = {
    (Form, "title"): 60,
    (Form, "about"): 400,
    (Form, "prompts"): 300,
    (Grade, "title"): 30,
    (Grade, "short"): 8,
    (Domain, "title"): 40,
    (Domain, "asks"): 120,
    (Domain, "descriptors"): 800,
    (Domain, "prompts"): 300,
    (Standard, "text"): 90,
    (Standard, "help"): 400,
    (CaseQuestion, "label"): 60,
    (CaseQuestion, "prompt"): 300,
    (Option, "title"): 60,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a form: where, by path from the top of the file, and how to mend it."""

    path: KeyPath
    words: str


def compare(data: dict[str, object]) -> tuple[dict[str, object], tuple[Fault, ...]]:
    """What of ``data`` has the keys and types of a Form, with stand-ins for the rest, and every fault found.

    The stand-ins let the meaning of the rest be checked in the same pass.
    """
    comparison = _Comparison()
    return comparison.table(data, Form, ()), tuple(comparison.faults)


def did_you_mean(name: str, known: tuple[str, ...]) -> str:
    """The end of a sentence about an unknown name: the nearest known one, or all of them."""
    close = nearest(name, known)
    if close:
        return f"did you mean “{close}”?"
    return f"known here: {', '.join(known)}" if known else "nothing is known here"


def nearest(name: str, known: tuple[str, ...]) -> str | None:
    """The known name that was probably meant, or None."""
    from difflib import get_close_matches  # only a mistake needs it

    return next(iter(get_close_matches(name.lower(), known, n=1)), None)


def shown(name: str) -> str:
    """A name as it can be put into a sentence: short, and without characters that cannot be shown."""
    short = name if len(name) <= MAX_ID else f"{name[:MAX_ID]}…"
    return "".join(each if each.isprintable() else "?" for each in short)


@dataclass(frozen=True, slots=True)
class _Place:
    """A key of a dataclass: its path in the file, its owner and name, and whether it must be filled in."""

    path: KeyPath
    owner: type
    name: str
    required: bool


class _Comparison:
    """One pass over a file."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def table(self, data: dict[str, object], wanted: type, path: KeyPath) -> dict[str, object]:
        """The keys of a section, each compared with the field of its name."""
        fields = {each.name: each for each in dataclasses.fields(wanted) if each.name != _NOT_IN_FILE}
        written = self._written_as(data, tuple(fields), path)
        found: dict[str, object] = {}
        for name, each in fields.items():
            has_default = (
                each.default is not dataclasses.MISSING or each.default_factory is not dataclasses.MISSING
            )
            if name in written:
                place = _Place((*path, written[name]), wanted, name, not has_default)
                found[name] = self._value(data[written[name]], each.type, place)
            elif not has_default:
                self._add((*path, name), f"“{name}” is missing here; {_add_it(each.type, (*path, name))}")
                found[name] = _stand_in(each.type)
        return found

    def _written_as(self, data: dict[str, object], known: tuple[str, ...], path: KeyPath) -> dict[str, str]:
        """The key in the file for each known name; a misspelt one is a fault but counts as meant."""
        written = {name: name for name in known if name in data}
        for key in data:
            if key not in known:
                self._add((*path, key), f"“{shown(key)}” is not a key here; {did_you_mean(key, known)}")
                meant = nearest(key, known)
                if meant is not None:
                    written.setdefault(meant, key)
        return written

    def _value(self, value: object, wanted: Any, place: _Place) -> object:
        origin = get_origin(wanted)
        if origin is tuple:
            return self._items(value, get_args(wanted)[0], wanted, place)
        if origin is dict:
            return self._texts(value, wanted, place)
        if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
            if isinstance(value, dict):
                return self.table(value, wanted, place.path)
        elif issubclass(wanted, StrEnum):
            if value in tuple(wanted):
                return value
        elif type(value) is wanted:  # not isinstance: true is an int, too
            return self._text(value, place) if isinstance(value, str) else value
        return self._wrong_type(value, wanted, place)

    def _items(self, value: object, item: Any, wanted: Any, place: _Place) -> object:
        if not isinstance(value, list):
            return self._wrong_type(value, wanted, place)
        return [
            self._value(each, item, dataclasses.replace(place, path=(*place.path, index), required=True))
            for index, each in enumerate(value)
        ]

    def _texts(self, value: object, wanted: Any, place: _Place) -> object:
        if not isinstance(value, dict):
            return self._wrong_type(value, wanted, place)
        return {
            key: self._value(each, str, dataclasses.replace(place, path=(*place.path, key)))
            for key, each in value.items()
        }

    def _wrong_type(self, value: object, wanted: Any, place: _Place) -> object:
        name = shown(next((str(part) for part in reversed(place.path) if isinstance(part, str)), ""))
        mend = ""
        if isinstance(value, dict) and wanted is str and value:
            mend = f"; for “{name}.{shown(next(iter(value)))}” put quotation marks around the whole key"
        self._add(place.path, f"“{name}” must be {_described(wanted, place.path)}{mend}")
        return _stand_in(wanted)

    def _text(self, value: str, place: _Place) -> str:
        mend = _mend_id(value) if place.name in _ID_FIELDS else _mend_text(value, place)
        if mend:
            key = next(str(part) for part in reversed(place.path) if isinstance(part, str))
            self._add(place.path, f"“{shown(key)}” {mend}")
        return value

    def _add(self, path: KeyPath, words: str) -> None:
        self.faults.append(Fault(path, words))


def _mend_id(value: str) -> str:
    if not _ID.fullmatch(value):
        return "must be made of lower case letters, digits, _ and - alone, such as “case_notes”"
    return f"is too long: {len(value)} characters, and {MAX_ID} is the most" if len(value) > MAX_ID else ""


def _mend_text(value: str, place: _Place) -> str:
    longest = _LONGEST.get((place.owner, place.name), MAX_ID)
    if not value.strip():
        return "is blank; write something between the quotation marks" if place.required or value else ""
    if "\n" in value:
        return "holds a line break; put it on one line"
    if not value.replace("\N{NO-BREAK SPACE}", " ").isprintable():
        return "holds a character that cannot be shown, such as a tab; take it out"
    if value != value.strip():
        return "starts or ends with a space; take it out"
    if len(value) > longest:
        return f"is too long: {len(value)} characters, and {longest} is the most"
    return ""


def _described(wanted: Any, path: KeyPath) -> str:
    if wanted is str:
        return "text in quotation marks"
    if wanted is int:
        return "a whole number, without quotation marks"
    if wanted is bool:
        return "true or false, without quotation marks"
    section = ".".join(part for part in path if isinstance(part, str))
    if get_origin(wanted) is tuple:
        item = get_args(wanted)[0]
        return 'a list such as ["one", "two"]' if item is str else f"given as [[{section}]] sections"
    if get_origin(wanted) is dict or dataclasses.is_dataclass(wanted):
        return f"a section, headed [{section}]"
    return "one of " + ", ".join(f"“{each}”" for each in wanted)


def _add_it(wanted: Any, path: KeyPath) -> str:
    section = ".".join(part for part in path if isinstance(part, str))
    if get_origin(wanted) is tuple and get_args(wanted)[0] is not str:
        return f"add [[{section}]] sections"
    if get_origin(wanted) is dict or dataclasses.is_dataclass(wanted):
        return f"add a section [{section}]"
    samples: dict[Any, str] = {int: "1", bool: "true"}
    sample = samples.get(wanted, '"…"')
    return f"add: {path[-1]} = {sample}"


def _stand_in(wanted: Any) -> object:
    if get_origin(wanted) is tuple:
        return []
    if get_origin(wanted) is dict:
        return {}
    if dataclasses.is_dataclass(wanted):
        return {
            each.name: _stand_in(each.type)
            for each in dataclasses.fields(wanted)
            if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        }
    if issubclass(wanted, StrEnum):
        return next(iter(wanted)).value
    return wanted()
