"""Opens the zip of a workbook and feeds its XML parts to handlers, bounded whatever its headers say."""

import os
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, BinaryIO
from xml.parsers import expat

from audit_app.core.errors import FileRefused
from audit_app.core.words import number
from audit_app.exchange.limits import Limits
from audit_app.exchange.sheet import refused

_CHUNK = 64 * 1024
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_SAVE_AGAIN = "Open it in Excel, save it again as an Excel workbook (.xlsx), and import that."
# All that zipfile raises over forged or damaged bytes; it wraps nothing of ours.
_ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, RuntimeError, OverflowError, IndexError),
)


class PartHandler:
    """Takes an XML part element by element. Names have their prefixes; ``depth`` is 1 in the outermost."""

    def __init__(self) -> None:
        self.depth = 0
        self.done = False  # set by a handler that has seen enough

    def start(self, _name: str, _attributes: dict[str, str], /) -> None:
        """An element begins."""
        self.depth += 1

    def end(self, _name: str, /) -> None:
        """An element ends."""
        self.depth -= 1

    def text(self, _data: str, /) -> None:
        """Text; a long one comes in pieces."""


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


class Package:
    """The parts of one workbook, by name. Use it in a ``with``."""

    def __init__(self, stream: BinaryIO, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._unpacked = 0
        self._file_size = stream.seek(0, os.SEEK_END)
        try:
            # zipfile reads the whole directory at once, as long as the file says it is.
            self._zip = zipfile.ZipFile(_Bounded(stream, limits.zip_directory_bytes, self._too_many_parts))
        except _ZIP_FAULTS:
            raise self.damaged() from None
        entries = self._zip.infolist()
        if len(entries) > limits.zip_entries:
            raise self._too_many_parts()
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise self._too_large()
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in entries:
            self._entries.setdefault(entry.filename.lower(), []).append(entry)

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def parse(self, part: str, handler: PartHandler) -> None:
        """Feed a part to its handler to the end, or until it is done. Raises FileRefused."""
        entries = self._entries.get(part.lower(), [])
        if len(entries) != 1:  # missing, or twice: which of the two a program shows is anybody's guess
            raise self.damaged()
        entry = entries[0]
        if entry.flag_bits & _ENCRYPTED:
            raise protected(self._name)
        if entry.compress_type not in _READABLE:
            raise refused(self._name, "is packed in a way that Excel does not use", _SAVE_AGAIN)
        self._check_ratio(entry, entry.file_size)
        try:
            source = self._zip.open(entry)
        except _ZIP_FAULTS:
            raise self.damaged() from None
        with source:
            self._feed(source, entry, handler)

    def parse_small(self, part: str, handler: PartHandler) -> None:
        """As ``parse``, for a part that lists things and is never large."""
        entries = self._entries.get(part.lower(), [])
        if any(entry.file_size > self._limits.small_part_bytes for entry in entries):
            raise self._too_large()
        self.parse(part, handler)

    def damaged(self) -> FileRefused:
        """The refusal of a workbook that does not hold together."""
        return refused(self._name, "is damaged or not complete", f"{_SAVE_AGAIN} Or ask for it once more.")

    def _inflate(self, source: IO[bytes]) -> bytes:
        """The next piece of a part, counted: what its header says of its size may be a lie."""
        try:
            chunk = source.read(_CHUNK)
        except _ZIP_FAULTS:
            raise self.damaged() from None
        self._unpacked += len(chunk)
        if self._unpacked > self._limits.unpacked_bytes:
            raise self._too_large()
        return chunk

    def _feed(self, source: IO[bytes], entry: zipfile.ZipInfo, handler: PartHandler) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        # No workbook has a document type. Without one there are no entities, neither inner nor outer.
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        fed = 0
        while chunk := self._inflate(source):
            fed += len(chunk)
            self._check_ratio(entry, fed)
            self._parse(parser, chunk, final=False)
            if handler.done:
                return
            unfinished = fed - parser.CurrentByteIndex
            if unfinished > self._limits.xml_token or handler.depth > self._limits.xml_depth:
                raise self.damaged()
        self._parse(parser, b"", final=True)

    def _parse(self, parser: expat.XMLParserType, chunk: bytes, *, final: bool) -> None:
        try:
            parser.Parse(chunk, final)
        except (expat.ExpatError, LookupError, ValueError):  # the last two: an encoding it does not know
            raise self.damaged() from None

    def _refuse_doctype(self, *_: object) -> None:
        raise refused(self._name, "holds instructions that no workbook needs (a document type)", _SAVE_AGAIN)

    def _check_ratio(self, entry: zipfile.ZipInfo, unpacked: int) -> None:
        limits = self._limits
        packed = min(entry.compress_size, self._file_size)
        if unpacked > limits.ratio_from and unpacked > limits.ratio * packed:
            raise self._too_large()

    def _too_large(self) -> FileRefused:
        mend = "Copy the rows into a new workbook, or save the sheet as CSV, and import that."
        return refused(self._name, "would unpack to far more than a spreadsheet needs", mend)

    def _too_many_parts(self) -> FileRefused:
        what = f"is made of more than {number(self._limits.zip_entries)} parts"
        return refused(self._name, what, "Copy the rows into a new workbook and import that.")


def protected(name: str) -> FileRefused:
    """The refusal of a workbook that asks for a password."""
    mend = (
        "Open it in Excel, take the password off (File > Info > Protect Workbook), save it, and import again."
    )
    return refused(name, "is protected with a password", mend)


def resolve(base: str, target: str) -> str:
    """The name of the part that a relationship of the part ``base`` points at."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))


class _Bounded:
    """A file for zipfile that refuses to be read in one piece larger than ``longest``."""

    def __init__(self, stream: BinaryIO, longest: int, refusal: Callable[[], FileRefused]) -> None:
        self._stream = stream
        self._longest = longest
        self._refusal = refusal
        self.seek = stream.seek
        self.tell = stream.tell
        self.seekable = stream.seekable

    def read(self, size: int = -1) -> bytes:
        """As a file's own; without a size zipfile asks for no more than the comment at the end."""
        if size > self._longest:
            raise self._refusal()
        return self._stream.read(size)
