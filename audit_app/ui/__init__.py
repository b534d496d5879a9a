"""The window: everything a person sees and touches."""

import sys

_MORE_THAN_ANY_SESSION_LOSES = 1 << 48


def _keep_constants() -> None:
    """Do by hand what Python 3.12 does: let None, True and the like live for ever.

    PySide6 6.12 is built for Python 3.12 and later, which count no references to them. Before it, what Qt
    gives back takes a reference each time (None at each paint, True at each ``Signal.emit()``), and within
    minutes the process ends with "deallocating None".
    """
    import ctypes

    for constant in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(constant))
        # Only where this build of Python keeps the count there.
        if abs(count.value - sys.getrefcount(constant)) < 16:
            count.value += _MORE_THAN_ANY_SESSION_LOSES


if sys.version_info < (3, 12) and sys.implementation.name == "cpython" and sys.maxsize > 1 << 60:
    _keep_constants()
