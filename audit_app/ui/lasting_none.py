"""Keeps None alive where Qt, in PySide 6.12 under Python 3.11, takes a reference from it with every call.

The bindings are built for Python 3.12 and later, whose None is immortal and not counted. Before that a window
that paints loses some thousand references a minute, and the interpreter ends with "deallocating None".
"""

import sys

# More than the calls of years; far from where the count would overflow.
_REFERENCES = 1 << 48


def keep_none() -> None:
    """Do by hand what Python 3.12 does: give None more references than can be lost. Once is enough."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > _REFERENCES // 2:
        return
    import ctypes

    ctypes.c_ssize_t.from_address(id(None)).value += _REFERENCES
