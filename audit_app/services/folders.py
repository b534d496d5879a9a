"""Whether a folder is a bad place for a workspace: synced with other computers, or on the network."""

import os
import re
import sys
from pathlib import Path

_SYNCED = re.compile(
    r"(one ?drive|dropbox|google ?drive|icloud ?drive|cloudstorage|box sync|nextcloud|owncloud|pclouddrive"
    r"|megasync|sharepoint|syncthing|seafile)\b.*|box|my drive|shared drives|mobile documents",
    re.IGNORECASE,
)
_MARKS = (".dropbox.cache", ".stfolder")  # what such programs leave in the folder that they sync
_NETWORK = frozenset(
    {
        *("afs", "ceph", "cifs", "davfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"),
        *("fuse.davfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.sshfs"),
    }
)
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4  # of GetDriveTypeW


def folder_warning(path: Path) -> str:
    """Why a workspace had better not be made at ``path``, in a sentence with a way out; blank where it may.

    It goes by the names and marks of the usual sync programs and by the kind of the drive, so a folder that
    is synced under a name of its own is not noticed; nor, on macOS, is a share.
    """
    place = path.absolute()
    synced = next((each.name for each in place.parents if _is_synced(each)), "")
    if synced:
        return (
            f"“{synced}” looks like a folder that is kept in step with other computers. Work can be lost "
            "when the file changes under an open window, and the file leaves this computer. Choose a folder "
            "that is kept here alone, and save a copy elsewhere for safety."
        )
    if _is_network(place.parent):
        return (
            "This folder lies on the network. When the connection breaks, or two people open the file, work "
            "can be lost. Choose a folder on this computer, and save a copy on the network for safety."
        )
    return ""


def _is_synced(folder: Path) -> bool:
    if not folder.name:
        return False
    return bool(_SYNCED.fullmatch(folder.name)) or any(_is_there(folder / mark) for mark in _MARKS)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _is_network(folder: Path) -> bool:
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return is_on_network(folder, mounts)


def is_on_network(folder: Path, mounts: str) -> bool:
    """Whether ``folder`` is on a network drive, by what Linux has mounted (lines as in fstab(5))."""
    kind, longest = "", -1
    real = os.path.realpath(folder)
    for line in mounts.splitlines():
        _, point, found, *_ = [*line.split(" "), "", "", ""]
        # Spaces, tabs, line ends and backslashes stand there in octal.
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)
        is_within = real == point or real.startswith(point.rstrip("/") + "/")
        if is_within and len(point) >= longest:  # of two at one place, the later covers the earlier
            kind, longest = found, len(point)
    return kind in _NETWORK
