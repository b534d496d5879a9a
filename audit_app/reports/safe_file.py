"""Writes a file whole or not at all: beside its place, synced, then put there in one step."""

import errno
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from audit_app.core.errors import AppError, CannotWrite

_SUFFIX = ".part"
_LEFT_BEHIND_SECONDS = 3_600  # by a program that was killed; nothing takes so long to write
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_beside_then_replace(path: Path, data: bytes) -> None:
    """Make ``path`` hold ``data``. Raises CannotWrite, and then a file that was there is as it was.

    The part of a file that an earlier attempt was killed over is removed on the way: it may hold case text.
    """
    try:
        _check_place(path)
        target = path.resolve()  # a link keeps pointing to the file, which is what is replaced
        start = f".{target.name[:80]}."
        _remove_left_behind(target.parent, start)
        _put(target.with_name(f"{start}{secrets.token_hex(4)}{_SUFFIX}"), target, data)
    except OSError as error:
        raise _refusal(path, error) from error


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise CannotWrite(f"“{path.name}” was not written, because it is a folder. Choose another name.")
    if not path.parent.is_dir():
        raise CannotWrite(f"“{path.name}” was not written, because there is no folder “{path.parent}”.")


def _put(part: Path, target: Path, data: bytes) -> None:
    try:
        _write(part, data)
        part.replace(target)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    _sync_folder(target.parent)


def _write(part: Path, data: bytes) -> None:
    with part.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_left_behind(folder: Path, start: str) -> None:
    for found in folder.iterdir():
        if found.name.startswith(start) and found.name.endswith(_SUFFIX):
            with suppress(OSError):
                if time.time() - found.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                    found.unlink()


def _refusal(path: Path, error: OSError) -> AppError:
    kept = "A file of that name is as it was."
    if error.errno in _DISK_FULL:
        return CannotWrite(
            f"“{path.name}” was not written, because the disk is full. {kept} Make room first."
        )
    if error.errno in _REFUSED:
        return CannotWrite(
            f"“{path.name}” was not written, because it may not be written there. {kept} Close the program "
            "that has it open, or choose another folder."
        )
    if error.errno == errno.ENAMETOOLONG:
        return CannotWrite(
            f"“{path.name}” was not written, because its name is too long. Choose a shorter one."
        )
    return CannotWrite(f"“{path.name}” was not written: the disk gave an error. {kept} Try another place.")
