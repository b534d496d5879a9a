"""The log file: what happened, when and where; never the message of an error, which may hold case text."""

import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

FILE_NAME = "audit-app.log"
LOGGER = "audit_app"
_LARGEST = 500_000  # bytes: a file that is larger when the program starts is put aside, and one is kept
_OURS = Path(__file__).resolve().parent


def start(folder: Path) -> None:
    """Write the log of this run to a file in ``folder``; where that cannot be, run without one."""
    _give_output_somewhere_to_go()
    try:
        file = folder / FILE_NAME
        if file.exists() and file.stat().st_size > _LARGEST:
            file.replace(file.with_suffix(".old.log"))
        handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(_NoMessages("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger(LOGGER)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)


def stop() -> None:
    """Close the log file."""
    logger = logging.getLogger(LOGGER)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def where(error: BaseException) -> tuple[str, ...]:
    """The type of an error and of what caused it, and the places it passed: no message, value or code."""
    lines: list[str] = []
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        lines.append(f"{type(found).__module__}.{type(found).__qualname__}")
        lines += places(found.__traceback__)
        found = found.__cause__ or found.__context__
        if found is not None:
            lines.append("after")
    return tuple(lines)


def places(trace: TracebackType | None) -> list[str]:
    """The places a traceback names, outermost first; of other people's code, the file's name alone."""
    found = []
    for frame, line in traceback.walk_tb(trace):
        code = frame.f_code
        path = Path(code.co_filename)
        inside = path.is_relative_to(_OURS)
        shown = path.relative_to(_OURS.parent).as_posix() if inside else path.name
        found.append(f"  {shown}:{line} {code.co_name}")
    return found


class _NoMessages(logging.Formatter):
    """An error's own text is left out: SQL, parsers and the system quote what they were given."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(where(error)) if isinstance(error, BaseException) else ""


def _give_output_somewhere_to_go() -> None:
    # A windowed program without a console has neither, and libraries write to them all the same.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
