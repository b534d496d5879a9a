"""Loaded by every Python that has this folder on its path: writes down each use of a network, and goes on.

A hook cannot be taken out again, and sees what Python itself does; calls from C are seen by ``strace`` alone.
"""

import os
import socket  # noqa: TID251  # to tell what is watched for
import sys

_ASKED = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
_LOOKED_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_LOCAL = getattr(socket, "AF_UNIX", None)


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in _ASKED:
        (end, address, *_) = arguments
        if getattr(end, "family", None) != _LOCAL:
            _note(f"{event} {address}")
    elif event in _LOOKED_UP:
        _note(f"{event} {arguments[0]}")


def _note(line: str) -> None:
    with open(os.environ["EGRESS_SEEN"], "a", encoding="utf-8") as file:
        file.write(f"{line}\n")


if "EGRESS_SEEN" in os.environ:
    sys.addaudithook(_watch)
