"""Reads a form from TOML, or says which lines of the file to mend and how.

What it once accepted it must go on accepting: workspaces keep the text of the forms of their audits.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from audit_app.core.errors import FormError
from audit_app.core.form import Form
from audit_app.forms.checks import faults_in
from audit_app.forms.structure import Fault, compare
from audit_app.forms.toml_lines import KeyPath, key_lines, line_of

MAX_BYTES = 256 * 1024  # the fullest built-in form is 40 kB
MAX_DOTS = 100  # in one line: a key of many dotted parts costs tomllib their square in memory
MAX_LISTED = 40
_WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")

# What tomllib says, and the mend. Its own words are kept for anything else.
_MENDS = (
    ("Cannot overwrite a value", "this key is there already; keep one of the two"),
    ("Cannot declare", "this section is there already; keep one, or write [[ ]] where there are several"),
    ("Expected '=' after a key", "an equals sign is missing after the key"),
    ("Expected newline or end of document", "something stands after the value; is a quotation mark missing?"),
    ("Illegal character '\\n'", "a quotation mark is missing at the end of this line"),
    ("Illegal character", "there is a character here that cannot be shown; take it out"),
    ("Unescaped '\\'", "a backslash has a meaning of its own here; write it twice"),
    ("Invalid value", "this is not a value; put text in quotation marks"),
    ("Unterminated string", "a quotation mark is missing"),
    ("Unclosed array", "a closing ] is missing"),
)


def load_form(text: str, source: str) -> Form:
    """The form that ``text`` holds; ``source`` is what the person calls the file.

    Raises FormError listing every line to mend.
    """
    text = canonical(text)
    try:
        written = text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise _refused(source, [(line, "there is half a character here; take it out")]) from error
    if len(written) > MAX_BYTES:
        raise _too_long(source)
    try:
        return replace(_form(text, source), content_hash=hashlib.sha256(written).hexdigest())
    except RecursionError as error:
        raise FormError(
            f"The form “{source}” cannot be used: its sections lie too deep in each other."
        ) from error


def load_form_file(path: Path) -> Form:
    """The form in this file. Raises FormError listing every line to mend, or saying why it cannot be read."""
    return load_form(read_form_text(path), path.name)


def read_form_text(path: Path) -> str:
    """The canonical text of a form's file; FormError where it cannot be read, is too long or not UTF-8."""
    try:
        with path.open("rb") as file:
            written = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it did not open"
        raise FormError(f"The form “{path.name}” cannot be read: {reason.lower()}.") from error
    if len(written) > MAX_BYTES:
        raise _too_long(path.name)
    try:
        return canonical(written.decode())
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        mend = "this is not in UTF-8; save the file again with UTF-8 as its encoding"
        raise _refused(path.name, [(line, mend)]) from error


def canonical(text: str) -> str:
    """The text that is hashed and kept, alike on every system: no byte order mark, lines end in ``\\n``."""
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")


def _form(text: str, source: str) -> Form:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MAX_DOTS:
            raise _refused(source, [(number, f"more than {MAX_DOTS} full stops in one line; take some out")])
    try:
        data = tomllib.loads(text)
    except ValueError as error:  # not only TOMLDecodeError: a number of 5,000 digits is a plain ValueError
        raise _refused(source, [_not_toml(error, text)]) from error
    tree, broken = compare(data)
    form = msgspec.convert(tree, Form, strict=True)
    faults = [*broken, *_further(form, broken)]
    if faults:
        lines = key_lines(text)
        raise _refused(source, [(line_of(lines, fault.path), fault.words) for fault in faults])
    return form


def _further(form: Form, broken: tuple[Fault, ...]) -> Iterator[Fault]:
    """The faults of meaning, except those of things already known to be wrong."""
    places = {fault.path for fault in broken}

    def is_broken(path: KeyPath) -> bool:
        return any(place[: len(path)] == path for place in places)

    for fault in faults_in(form, is_broken):
        if not any(fault.path[:length] in places for length in range(len(fault.path) + 1)):
            yield fault


def _not_toml(error: ValueError, text: str) -> tuple[int, str]:
    said = str(error)
    where = _WHERE.search(said)
    line = text.rstrip().count("\n") + 1 if where else 1
    if where and where["line"]:
        line = int(where["line"])
    words = _WHERE.sub("", said)
    return line, next(
        (mend for start, mend in _MENDS if words.startswith(start)), f"not readable as TOML: {words}"
    )


def _refused(source: str, found: list[tuple[int, str]]) -> FormError:
    listed = [
        f"line {line}: {words}" for line, words in dict.fromkeys(sorted(found, key=lambda each: each[0]))
    ]
    if len(listed) > MAX_LISTED:
        listed[MAX_LISTED:] = [f"and {len(listed) - MAX_LISTED} more"]
    return FormError("\n".join([f"The form “{source}” cannot be used until this is mended:", *listed]))


def _too_long(source: str) -> FormError:
    return FormError(f"The form “{source}” cannot be used: it is longer than {MAX_BYTES // 1024} kB.")
