"""Where work is kept: the only package that speaks SQL."""

import importlib
import sys


def _import_alone(name: str, without: tuple[str, ...]) -> None:
    """Import a module as if some others were not installed."""
    hidden = [other for other in without if other not in sys.modules]
    for other in hidden:
        sys.modules[other] = None  # type: ignore[assignment]  # Python's own way to say that there is none
    try:
        importlib.import_module(name)
    finally:
        for other in hidden:
            del sys.modules[other]


# It takes both along wherever they are installed, as they are for the tests: a second for nothing.
_import_alone("sqlite_utils", without=("numpy", "pandas"))
