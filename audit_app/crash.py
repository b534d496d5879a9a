"""What is kept of a bug of ours: a file without case text, offered once, in this run or at the next start."""

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from audit_app import __version__
from audit_app.logs import LOGGER, where

_CRASH = "crash.txt"
_FAULT = "fault.txt"  # what the interpreter itself writes when it is brought down: places alone
_MOST = 20  # a model or a painter that fails does so at every repaint


class CrashRecorder:
    """Catches what nothing else caught, on any thread: log first, then the file, then whoever listens.

    ``told`` is called with the error on the thread on which it happened; it opens no window there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fault: TextIO | None = None
        self._recorded = 0
        self.told: Callable[[BaseException], None] | None = None

    def install(self) -> None:
        """Take the place of Python's own hooks until ``remove``."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        try:
            self._fault = open(self._folder / _FAULT, "a", encoding="utf-8")  # noqa: SIM115
            faulthandler.enable(self._fault, all_threads=False)
        except OSError:
            logging.getLogger(LOGGER).warning("The file for faults cannot be written")

    def remove(self) -> None:
        """Put Python's own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        faulthandler.disable()
        if self._fault is not None:
            self._fault.close()
            self._fault = None

    def waiting(self) -> str:
        """What is known of the last crash that nobody has seen yet; blank when there was none."""
        return "\n".join(text for text in (self._read(_CRASH), self._read(_FAULT)) if text)

    def forget(self) -> None:
        """The person has seen it: it is not offered again."""
        for name in (_CRASH, _FAULT):
            try:
                (self._folder / name).write_text("", encoding="utf-8")
            except OSError:
                continue

    def record(self, error: BaseException) -> None:
        """Log an error, and write it to the crash file; the first few of a run."""
        self._recorded += 1
        if self._recorded > _MOST:
            return
        log = logging.getLogger(LOGGER)
        log.error("The program met a bug of its own\n%s", "\n".join(where(error)))
        try:
            (self._folder / _CRASH).write_text(details(error), encoding="utf-8")
        except OSError:
            log.warning("The crash file cannot be written")

    def _read(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return ""

    def _on_error(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        if self.told is None:
            self.record(error)
        else:
            self.told(error)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)


def leave_no_memory() -> None:
    """Keep the system from writing this process's memory, with case text and key, to disk when it crashes."""
    if sys.platform == "win32":
        return  # it has no such limit; what its error reporting keeps is set there
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def details(error: BaseException) -> str:
    """Version, system, the kind of error and where it passed: nothing that a person typed."""
    import platform

    now = datetime.now(UTC).isoformat(timespec="seconds")
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    head = f"Audit App {__version__}, {now}, {system}"
    return "\n".join([head, *where(error)])
