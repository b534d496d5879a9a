"""A disk that can lose power: what SQLite writes and syncs is recorded, and cut off at any moment.

Recorded by standing between SQLite and the system (its VFS, https://www.sqlite.org/vfs.html), so that a sync
that SQLite does not ask for is not in the record. After a cut, a file holds what was written before its last
sync; of each later write all, a part or nothing, by chance, as a disk without power leaves it.
"""

import ctypes
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import sqlcipher3._sqlite3

_SECTOR = 512
_Open = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """The start of ``sqlite3_vfs``."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    ]


class _Methods(ctypes.Structure):
    """The whole of ``sqlite3_io_methods``, as copied."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 13),
    ]


class Event(msgspec.Struct, frozen=True, array_like=True):
    """Something that happened: to a file, or ``doing``, ``done`` and ``witness``, with its bytes."""

    kind: str
    name: str = ""
    at: int = 0
    data: bytes = b""


class Recorder:
    """Records what SQLite does to files so called, in this process and from now to its end."""

    def __init__(self, names: frozenset[str]) -> None:
        self._watched = names
        self.events: list[Event] = []
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []  # what C points at must not be collected
        self._wrapped: dict[int, _Methods] = {}
        library = ctypes.CDLL(sqlcipher3._sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.c_void_p
        vfs = _Vfs.from_address(library.sqlite3_vfs_find(None))
        self._open, self._delete = _Open(vfs.open), _Delete(vfs.delete)
        vfs.open, vfs.delete = self._address(_Open(self._opened)), self._address(_Delete(self._deleted))

    def _address(self, function: Any) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, ctypes.c_void_p).value

    def _opened(self, vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        code: int = self._open(vfs, name, file, flags, out)
        methods = ctypes.c_void_p.from_address(file)
        called = Path(ctypes.string_at(name).decode()).name if name else ""
        if code == 0 and called in self._watched and methods.value:
            self._names[file] = called
            if methods.value not in self._wrapped:
                self._wrapped[methods.value] = self._wrap(_Methods.from_address(methods.value))
            methods.value = ctypes.addressof(self._wrapped[methods.value])
        return code

    def _wrap(self, real: _Methods) -> _Methods:
        ours = _Methods.from_buffer_copy(real)
        write, truncate, sync = _Write(real.write), _Truncate(real.truncate), _Sync(real.sync)

        def on_write(file: int, data: int, size: int, at: int) -> int:
            self.events.append(Event("write", self._names[file], at, ctypes.string_at(data, size)))
            return int(write(file, data, size, at))

        def on_truncate(file: int, size: int) -> int:
            self.events.append(Event("truncate", self._names[file], size))
            return int(truncate(file, size))

        def on_sync(file: int, flags: int) -> int:
            code = int(sync(file, flags))
            self.events.append(Event("sync", self._names[file]))
            return code

        ours.write, ours.truncate = self._address(_Write(on_write)), self._address(_Truncate(on_truncate))
        ours.sync = self._address(_Sync(on_sync))
        return ours

    def _deleted(self, vfs: int, name: int, sync: int) -> int:
        called = Path(ctypes.string_at(name).decode()).name
        if called in self._watched:
            self.events.append(Event("delete", called))
        return int(self._delete(vfs, name, sync))


@dataclass(slots=True)
class _File:
    """What is safe on the disk, None for no file; and what was done since, in order."""

    safe: bytes | None
    since: list[Event] = field(default_factory=list)

    def synced(self) -> None:
        """All that was done is safe now."""
        content = self.safe
        for event in self.since:
            content = _done(content, event)
        self.safe, self.since = content, []

    def cut(self, chance: random.Random) -> bytes | None:
        """What the power cut leaves."""
        content, keeps = self.safe, chance.choice((0.0, 0.5, 0.9, 1.0))
        for event in self.since:
            if chance.random() < keeps:
                content = _done(content, event)
            elif event.kind == "delete":
                break  # the name still leads to the old file, and what came later went into a new one
            elif event.kind == "write" and chance.random() < 0.5:
                content = _done(content, _torn(event, chance))
        return content


def _torn(event: Event, chance: random.Random) -> Event:
    """The part of a write that reached the disk: its first sectors or its last."""
    place = chance.randrange(0, len(event.data) + 1, _SECTOR)
    if chance.random() < 0.5:
        return Event("write", event.name, event.at, event.data[:place])
    return Event("write", event.name, event.at + place, event.data[place:])


def _done(content: bytes | None, event: Event) -> bytes | None:
    if event.kind == "delete":
        return None
    had = content or b""
    if event.kind == "truncate":
        return had[: event.at].ljust(event.at, b"\0")
    end = event.at + len(event.data)
    return had[: event.at].ljust(event.at, b"\0") + event.data + had[end:]


@dataclass(frozen=True, slots=True)
class PowerCut:
    """What is there after the power went at one moment, and the edits told until then."""

    moment: int
    files: dict[str, bytes]
    told: list[Event]


def power_cuts(
    events: list[Event], before: dict[str, bytes], moments: list[int], chance: random.Random
) -> Iterator[PowerCut]:
    """The disk after a cut at each of these moments, which are places in the record, in rising order."""
    disk = {name: _File(content) for name, content in before.items()}
    waiting = iter(sorted(moments))
    moment = next(waiting, None)
    told: list[Event] = []
    for number, event in enumerate([*events, Event("end")]):
        while moment == number:
            left = {name: file.cut(chance) for name, file in disk.items()}
            there = {name: content for name, content in left.items() if content is not None}
            yield PowerCut(number, there, list(told))
            moment = next(waiting, None)
        if event.kind in ("doing", "done", "witness"):
            told.append(event)
        elif event.kind == "sync":
            disk.setdefault(event.name, _File(None)).synced()
        elif event.kind != "end":
            disk.setdefault(event.name, _File(None)).since.append(event)
