"""The text of one cell, trimmed, or a flaw where it holds what no cell of ours may hold."""

import re

from audit_app.core.words import number
from audit_app.exchange.limits import Limits
from audit_app.exchange.sheet import Flaw, shown

_ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
# Zero-width spaces come along when people paste from web pages. They mean nothing, and are left out.
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What turns or hides text: two references that look alike would be two cases.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb]")


def read_text(raw: str, limits: Limits) -> str | Flaw | None:
    """The text of a cell, or None where there is only space; line breaks become ``\\n``."""
    if raw.isascii() and raw.isprintable():
        text = raw.strip()
    else:
        text = _NO_WIDTH.sub("", _BREAKS.sub("\n", raw))
        if found := _CONTROL.search(text):
            return _unwanted(text, "a control character", found[0])
        if found := _TURNING.search(text):
            return _unwanted(text, "a character that turns or hides text", found[0])
        text = text.strip()
    if len(text) > limits.cell_length:
        return Flaw(shown(text), f"longer than {number(limits.cell_length)} characters")
    if text[:1] == "#" and text.upper() in _ERRORS:
        return error_value(text)
    return text or None


def _unwanted(text: str, what: str, character: str) -> Flaw:
    return Flaw(shown(text), f"holds {what} (U+{ord(character):04X}): type the cell again")


def error_value(text: str) -> Flaw:
    """The flaw of a cell in which the spreadsheet shows an error, such as ``#REF!``."""
    return Flaw(shown(text), "an error of the spreadsheet: mend the formula, or type the value")
