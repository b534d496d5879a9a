"""Runs the latest of many requests off the GUI thread, or at once where it is little work."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from audit_app.core.errors import AppError
from audit_app.ui.background import Background, Job, Progress

_FEW = 2_000  # rows that take a few milliseconds: the answer is there with the key press
_SLOW_AFTER = 100  # milliseconds


class Latest(QObject):
    """``finished`` carries the result, ``failed`` an AppError; a newer request makes an older one forgotten.

    ``slow`` says that a result is long in coming.
    """

    finished = Signal(object)
    failed = Signal(object)
    slow = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SLOW_AFTER)
        self._timer.timeout.connect(self.slow)

    def run(self, work: Callable[[Progress], object]) -> None:
        """Do ``work``, which holds plain data and services alone, no widget."""
        self.forget()
        self._timer.start()
        self._job = self._background.run(work, self._on_done, self._on_failed, quiet=True)

    def few_or_many(self, rows: int, work: Callable[[Progress | None], object]) -> None:
        """Do ``work`` over so many rows: at once, or as ``run`` does."""
        if rows <= _FEW:
            self.answer(work(None))
        else:
            self.run(work)

    def answer(self, result: object) -> None:
        """Give a result that is there already, instead of what was asked before."""
        self.forget()
        self.finished.emit(result)

    def forget(self) -> None:
        """Take no result any more of what was asked."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_done(self, result: object) -> None:
        self.answer(result)

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self.forget()
        self.failed.emit(error)
