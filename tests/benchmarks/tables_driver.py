"""Drives My audits in the real window: types a filter, sorts, scrolls; times each until it is painted."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest

from audit_app.ui.main_window import MainWindow
from audit_app.ui.screen import Place

_SCROLLS = 400


class Tables(QObject):
    """``finish`` gets milliseconds: the slowest filter and sort, and the longest pause while scrolling."""

    def __init__(self, window: MainWindow, finish: Callable[[dict[str, float]], None]) -> None:
        super().__init__(window)
        self._finish = finish
        bench = window.workbench
        assert bench is not None
        bench.go(Place("my_audits"))
        self._pane = bench.screen_shown.table  # type: ignore[union-attr]
        self._figures: dict[str, float] = {"filter": 0.0, "sort": 0.0}
        self._kind, self._began = "", 0.0
        self._todo: list[tuple[str, Callable[[], None]]] = []
        self._pane.arranged.connect(self._on_arranged)

    @Slot()
    def _on_arranged(self) -> None:
        if self._kind:
            self._pane.view.viewport().repaint()  # the first painted result
            took = (time.perf_counter() - self._began) * 1000
            self._figures[self._kind] = max(self._figures[self._kind], took)
        elif not self._todo:
            self._plan()
        QTimer.singleShot(50, self._next)

    def _plan(self) -> None:
        for character in "team 12":
            self._todo.append(("filter", lambda typed=character: QTest.keyClick(self._pane.filter, typed)))
        self._todo.append(("filter", self._pane.filter.clear))
        columns = [column.id for column in self._pane.model.columns]
        for column in columns:
            self._todo.append(("sort", lambda wanted=column: self._pane.sort_by(wanted, False)))
            self._todo.append(("sort", lambda wanted=column: self._pane.sort_by(wanted, True)))

    @Slot()
    def _next(self) -> None:
        if not self._todo:
            self._kind = ""
            self._pane.arranged.disconnect(self._on_arranged)
            self._scroll()
            return
        self._kind, act = self._todo.pop(0)
        self._began = time.perf_counter()
        act()

    def _scroll(self) -> None:
        """Page after page and to the ends, each painted at once: the longest is the longest pause."""
        view, worst = self._pane.view, 0.0
        bar = view.verticalScrollBar()
        for step in range(_SCROLLS):
            began = time.perf_counter()
            if step % 50 == 49:
                bar.setValue(bar.maximum() if step % 100 == 99 else bar.maximum() // 2)
            else:
                QTest.keyClick(view, Qt.Key.Key_PageDown)
            view.viewport().repaint()
            worst = max(worst, (time.perf_counter() - began) * 1000)
        self._figures["scroll"] = worst
        self._figures["rows"] = float(self._pane.model.rowCount())
        self._finish(self._figures)
