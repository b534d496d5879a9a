"""Slow work off the GUI thread, one job at a time, and upkeep beside it: the only place with threads."""

import importlib
import inspect
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, Signal, Slot

from audit_app.core.errors import AppError, Cancelled

T = TypeVar("T")
_REPORT_EVERY = 0.05  # seconds between two reports of one job: more would only be painted over


@dataclass(frozen=True, slots=True)
class Work:
    """What the strip at the bottom shows: ``total`` is 0 while it is not known how much there is to do."""

    title: str
    done: int = 0
    total: int = 0
    what: str = ""
    cancelling: bool = False


class _Step(NamedTuple):
    job: "Job"
    done: int
    total: int
    what: str


class _Outcome(NamedTuple):
    job: "Job"
    value: object = None
    error: BaseException | None = None


class _Mailbox(QObject):
    """Lives in the GUI thread; the worker emits its signals, Background's slots receive them there."""

    stepped = Signal(object)  # _Step
    finished = Signal(object)  # _Outcome


class Progress:
    """What a job is given to say how far it is and to learn that it was cancelled; for the worker thread."""

    def __init__(self, job: "Job", mailbox: _Mailbox) -> None:
        self._job = job
        self._mailbox = mailbox
        self._reported = 0.0

    def report(self, done: int, total: int, what: str = "") -> None:
        """Say how far it is (``what``: "audits", "pages") and raise Cancelled if that was asked for."""
        self.check()
        now = time.monotonic()
        if done >= total or now - self._reported >= _REPORT_EVERY:
            self._reported = now
            self._mailbox.stepped.emit(_Step(self._job, done, total, what))

    def check(self) -> None:
        """Raise Cancelled if that was asked for."""
        if self._job.cancelled:
            raise Cancelled("Cancelled. Nothing was changed.")

    def is_cancelled(self) -> bool:
        """Whether the job was asked to stop, for code that cannot be raised through."""
        return self._job.cancelled


class Job:
    """One piece of work that was handed over; keep it to be able to cancel it."""

    def __init__(
        self, title: str, quiet: bool, done: Callable[[Any], None], failed: Callable[[AppError], None] | None
    ):
        self.title = title
        self.quiet = quiet
        self.done = done
        self.failed = failed
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to stop at its next report; neither ``done`` nor ``failed`` is called then."""
        self._cancelled.set()


class _Runner(QRunnable):
    def __init__(self, job: Job, work: Callable[[Progress], object], mailbox: _Mailbox) -> None:
        super().__init__()
        self._job = job
        self._work = work
        self._mailbox = mailbox

    def run(self) -> None:
        try:
            if self._job.cancelled:
                raise Cancelled("Cancelled. Nothing was changed.")
            outcome = _Outcome(self._job, self._work(Progress(self._job, self._mailbox)))
        # Everything goes to the GUI thread: no widget may be opened here, by any hook.
        except BaseException as error:
            outcome = _Outcome(self._job, error=error)
        self._mailbox.finished.emit(outcome)


class Background(QObject):
    """Runs jobs one after the other on one thread, and brings their results back.

    Upkeep, which nobody waits for, has a thread of its own, so that nobody waits behind it either.
    """

    working = Signal(object)  # Work, or None when nothing is to be shown

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._aside = QThreadPool(self), QThreadPool(self)
        for pool in (self._pool, self._aside):
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)  # the thread keeps its own connection to the workspace
        self._aside.setThreadPriority(QThread.Priority.LowPriority)
        self._mailbox = _Mailbox(self)
        self._mailbox.stepped.connect(self._on_step)
        self._mailbox.finished.connect(self._on_finished)
        self._jobs: list[Job] = []
        self._stopped = False

    def run(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[AppError], None] | None = None,
        *,
        title: str = "",
        quiet: bool = False,
    ) -> Job:
        """Run ``job`` on the worker thread, then ``done`` with its result, or ``failed``, in the GUI thread.

        ``job`` must hold plain data and services alone, no widget. ``done`` and ``failed`` are methods of a
        QObject and are left out when that object is gone by then. Without ``failed``, a person's situation is
        treated as a bug.
        ``title`` is what the strip shows ("Writing the summary"); ``quiet`` work is not shown.
        """
        for receiver in (done, failed):
            if receiver is not None and not _is_method_of_qobject(receiver):
                raise TypeError("results go to a method of a QObject, which lives in the GUI thread")
        return self._start(Job(title, quiet, done, failed), job, priority=0)

    def upkeep(self, job: Callable[[Progress], T], done: Callable[[T], None]) -> Job:
        """Run ``job`` beside other jobs, unseen, then ``done``, a method of a QObject, in the GUI thread.

        It must look often at whether it is cancelled: locking and closing the window wait for it.
        """
        return self._start(Job("", True, done, None), job, priority=0, pool=self._aside)

    def warm_up(self, modules: Sequence[str]) -> None:
        """Import modules, one by one, whenever there is nothing else to do."""
        for module in modules:
            self._start(Job(module, True, self._on_warm, None), partial(_import, module), priority=-1)

    def _start(
        self,
        made: Job,
        job: Callable[[Progress], object],
        priority: int,
        pool: QThreadPool | None = None,
    ) -> Job:
        if self._stopped:
            made.cancel()
            return made
        self._jobs.append(made)
        (pool or self._pool).start(_Runner(made, job, self._mailbox), priority)
        self._show()
        return made

    @property
    def busy(self) -> bool:
        """Whether work that is shown is waiting or under way."""
        return any(not job.quiet for job in self._jobs)

    @property
    def at_work(self) -> bool:
        """Whether any job, shown or quiet, is waiting or under way."""
        return bool(self._jobs)

    @Slot()
    def cancel_shown(self) -> None:
        """Cancel the work that the strip shows."""
        for job in self._jobs:
            if not job.quiet:
                job.cancel()
                break
        self._show()

    def cancel_all(self) -> None:
        """Cancel everything and wait until the worker is idle; no result is brought back any more."""
        for job in self._jobs:
            job.cancel()
        self._pool.waitForDone()
        self._aside.waitForDone()
        self._jobs.clear()
        self._show()

    def stop(self) -> None:
        """Take no more jobs, cancel, and wait: the last thing before the workspace is closed."""
        self._stopped = True
        self.cancel_all()

    # -- In the GUI thread -----------------------------------------------------------------------

    @Slot(object)
    def _on_step(self, step: _Step) -> None:
        if step.job is self._shown():
            self._emit(Work(step.job.title, step.done, step.total, step.what, step.job.cancelled))

    def _on_warm(self, _nothing: object) -> None:
        """Nothing waits for a module."""

    @Slot(object)
    def _on_finished(self, outcome: _Outcome) -> None:
        job = outcome.job
        if job not in self._jobs:
            return
        self._jobs.remove(job)
        self._show()
        error = outcome.error
        if error is None and not job.cancelled:
            _call(job.done, outcome.value)
        elif isinstance(error, Cancelled) or (job.cancelled and isinstance(error, AppError | None)):
            pass
        elif isinstance(error, AppError) and job.failed is not None:
            _call(job.failed, error)
        elif error is not None:
            raise error  # a bug of ours: from a slot it reaches sys.excepthook, in this thread

    def _show(self) -> None:
        shown = self._shown()
        self._emit(Work(shown.title, cancelling=shown.cancelled) if shown else None)

    def _shown(self) -> Job | None:
        return next((job for job in self._jobs if not job.quiet), None)

    def _emit(self, work: Work | None) -> None:
        self.working.emit(work)


def _import(module: str, _progress: Progress) -> None:
    importlib.import_module(module)


def _is_method_of_qobject(receiver: Callable[..., None]) -> bool:
    return inspect.ismethod(receiver) and isinstance(receiver.__self__, QObject)


def _call(receiver: Callable[[Any], None], value: object) -> None:
    owner = getattr(receiver, "__self__", None)
    if isinstance(owner, QObject) and shiboken6.isValid(owner):
        receiver(value)
