"""The real window, started as a person starts it and driven from inside its own process for a measurement.

driven.py painted                    prints when the Open screen was painted (Unix time)
driven.py unlock WORKSPACE           types the passphrase, and prints milliseconds from Enter to Home painted
driven.py tables WORKSPACE           prints figures of My audits as JSON
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from audit_app import app as application
from audit_app.ui.main_window import MainWindow

PASSPHRASE = "benchmark passphrase"
WARM_UP_SECONDS = 4  # while the passphrase is typed


def painted() -> None:
    """Start, and stop at the first paint."""
    run(None, lambda window: window.painted.connect(_tell))


def _tell() -> None:
    print(time.time(), flush=True)
    _quit()


def _quit() -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.closeAllWindows()


def run(workspace: Path | None, begin: Callable[[MainWindow], object]) -> None:
    """The program's own start, with ``begin`` told of the window before it is shown."""
    start = MainWindow.start

    def started(window: MainWindow, path: Path | None) -> None:
        start(window, path)
        begin(window)

    MainWindow.start = started  # type: ignore[method-assign]
    application.run_window(workspace)


def unlock(workspace: Path) -> None:
    """Enter on the passphrase to Home with what there is to do painted."""
    run(workspace, _Unlocking)


class _Unlocking:
    """Types the passphrase after a while and waits for Home."""

    def __init__(self, window: MainWindow, then: Callable[[MainWindow], None] | None = None) -> None:
        from PySide6.QtCore import QTimer

        self._window, self._then = window, then
        window.bench_driver = self  # type: ignore[attr-defined]  # lives as long as the window
        QTimer.singleShot(WARM_UP_SECONDS * 1000, self.enter)

    def enter(self) -> None:
        """Press Enter on the passphrase."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit

        self._window.unlocked.connect(self.opened)
        edit = next(edit for edit in self._window.findChildren(QLineEdit) if edit.isVisible())
        edit.setFocus()
        QTest.keyClicks(edit, PASSPHRASE)
        self._entered = time.perf_counter()
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def opened(self) -> None:
        """Home is in front: paint it now, as the event loop is about to."""
        bench = self._window.workbench
        assert bench is not None
        assert bench.screen_shown is not None
        bench.screen_shown.grab()
        took = (time.perf_counter() - self._entered) * 1000
        if self._then is None:
            print(took, flush=True)
            _quit()
        else:
            self._then(self._window)


def tables(workspace: Path) -> None:
    """My audits: typing a filter, sorting, scrolling."""
    from tables_driver import Tables

    def begin(window: MainWindow) -> None:
        def then(shown: MainWindow) -> None:
            window.bench_tables = Tables(shown, _finish)  # type: ignore[attr-defined]

        _Unlocking(window, then)

    def _finish(figures: dict[str, float]) -> None:
        print(json.dumps(figures), flush=True)
        _quit()

    run(workspace, begin)


if __name__ == "__main__":
    {"painted": painted, "unlock": unlock, "tables": tables}[sys.argv[1]](*map(Path, sys.argv[2:]))
