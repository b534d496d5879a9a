"""Finds out how the letters of a text file were written: UTF-8, UTF-16 or Windows-1252."""

import codecs
import re
from typing import BinaryIO

from audit_app.exchange.sheet import refused

_CHUNK = 256 * 1024
SAVE_AS_UTF8 = "Open it where it was made, and save it again as CSV UTF-8 or as an Excel workbook (.xlsx)."
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")


def find_encoding(stream: BinaryIO, name: str) -> str:
    """The encoding of a text, with ``stream`` left at its start.

    A mark at the start decides. Without one it is UTF-8 where all of it is valid, and Windows-1252 where
    few of its accented letters are. Raises FileRefused where many are: either way, names would come out
    wrong.
    """
    start = stream.read(4)
    stream.seek(0)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    encoding = _unmarked(stream, name)
    stream.seek(0)
    return encoding


def _unmarked(stream: BinaryIO, name: str) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        stream.seek(0)
        if _has_utf8_letters(stream):
            what = "mixes two ways of writing accented letters, or is damaged"
            raise refused(name, what, SAVE_AS_UTF8) from None
        return "cp1252"
    return "utf-8"


def _has_utf8_letters(stream: BinaryIO) -> bool:
    """Whether at least as many runs of bytes beyond ASCII are UTF-8 as are not."""
    valid = invalid = 0
    for line in iter(lambda: stream.readline(_CHUNK), b""):
        for run in _NOT_ASCII.findall(line):
            try:
                run.decode("utf-8")
                valid += 1
            except UnicodeDecodeError:
                invalid += 1
    return valid >= invalid
