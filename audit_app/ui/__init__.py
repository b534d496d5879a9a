"""The window: everything a person sees and touches."""

import sys


def _keep_true() -> None:
    """Make up for a fault of PySide6 6.12: each ``Signal.emit()`` gives back True without counting it.

    Python 3.12 counts no references to True. Before it, a few thousand emits end the process: "deallocating
    True or False". Here True gets more references than any session can lose.
    """
    import ctypes

    count = ctypes.c_ssize_t.from_address(id(True))
    if abs(count.value - sys.getrefcount(True)) < 16:  # it is where this build of Python keeps it
        count.value += 1 << 40


if sys.version_info < (3, 12) and sys.implementation.name == "cpython" and sys.maxsize > 1 << 40:
    _keep_true()
