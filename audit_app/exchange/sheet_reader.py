"""Opens a file that a person chose, tells by its content what it is, and reads it as a Sheet."""

import codecs
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from audit_app.exchange.csv_reader import read_csv
from audit_app.exchange.limits import DEFAULT_LIMITS, Limits
from audit_app.exchange.sheet import Sheet, refused
from audit_app.exchange.xlsx_package import protected
from audit_app.exchange.xlsx_reader import read_xlsx

_CHUNK = 64 * 1024
_MOST_ZEROS = 0.05
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls and .doc, and xlsx under a password
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER_KINDS = {
    b"%PDF": "is a PDF",
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"GIF8": "is a picture",
    b"{\\rtf": "is a text document",
    b"Rar!": "is a packed archive",
    b"7z\xbc\xaf": "is a packed archive",
    b"\x1f\x8b": "is a packed archive",
}
_CHOOSE = "Choose a CSV file or an Excel workbook (.xlsx)."
_SAVE_AS = "Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV UTF-8, and import that."


def read_sheet(
    path: Path, progress: Callable[[int], None] | None = None, limits: Limits = DEFAULT_LIMITS
) -> Sheet:
    """The table in a CSV file or an xlsx workbook, told apart by content and not by name.

    ``progress`` is told from time to time how many rows have been read, and may raise Cancelled. Raises
    FileRefused, with a sentence that says what to do, for whatever can't be read.
    """
    try:
        _check_file(path, limits)
        with path.open("rb") as stream:
            return _read(stream, path.name, limits, progress)
    except FileNotFoundError:
        raise refused(path.name, "is not there", "Check its name and folder, and choose it again.") from None
    except PermissionError:
        mend = "Close it where it is open, or copy it to a folder of your own, and try again."
        raise refused(path.name, "can't be opened", mend) from None
    except OSError as error:
        what = f"can't be read ({error.strerror or 'the disk does not answer'})"
        raise refused(path.name, what, "Copy it to this computer and try again.") from None


def _check_file(path: Path, limits: Limits) -> None:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise refused(path.name, "is a folder", _CHOOSE)
    if not stat.S_ISREG(found.st_mode):  # a pipe would never end
        raise refused(path.name, "is not a file", _CHOOSE)
    if found.st_size == 0:
        raise refused(path.name, "is empty", "Choose the file that holds the rows.")
    if found.st_size > limits.file_bytes:
        what = f"is larger than {limits.file_bytes // 1024**2} MB, which is more than can be read at once"
        raise refused(path.name, what, "Split it into several files, without columns that are not needed.")


def _read(stream: BinaryIO, name: str, limits: Limits, progress: Callable[[int], None] | None) -> Sheet:
    start = stream.read(_CHUNK)
    stream.seek(0)
    if start.startswith(_ZIP):
        return read_xlsx(stream, name, limits, progress)
    if start.startswith(_OLD_OFFICE):
        if _holds(stream, "EncryptedPackage".encode("utf-16-le")):
            raise protected(name)
        raise refused(name, "is a file of an older Office (.xls)", _SAVE_AS)
    for mark, what in _OTHER_KINDS.items():
        if start.startswith(mark):
            raise refused(name, what, _CHOOSE)
    if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise refused(name, "is a web page or an XML file, whatever its name says", _SAVE_AS)
    # One or two may have slipped into a cell, which is told with its place.
    if start.count(0) > len(start) * _MOST_ZEROS and not start.startswith(_UTF16):
        raise refused(name, "is not a spreadsheet, or not one that can be read", _SAVE_AS)
    return read_csv(stream, name, limits, progress)


def _holds(stream: BinaryIO, text: bytes) -> bool:
    before = b""
    while chunk := stream.read(_CHUNK):
        if text in before + chunk:
            return True
        before = chunk[-len(text) :]
    return False
