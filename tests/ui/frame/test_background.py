"""Slow work: one thread, results where the window lives, cancelled and waited for."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from audit_app.core.errors import AppError, NotAllowed
from audit_app.ui.background import Background, Progress, Work
from audit_app.ui.change_bus import ChangeBus
from audit_app.ui.strip import Strip, work_words


class Receiver(QObject):
    """Keeps what it is brought, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.brought: list[Any] = []
        self.refused: list[AppError] = []
        self.threads: set[int] = set()

    def done(self, value: Any) -> None:
        self.brought.append(value)
        self.threads.add(threading.get_ident())

    def failed(self, error: AppError) -> None:
        self.refused.append(error)
        self.threads.add(threading.get_ident())


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.stop()


@pytest.fixture
def receiver(qtbot: QtBot) -> Receiver:
    return Receiver()


def where(_progress: Progress) -> int:
    return threading.get_ident()


def refuse(_progress: Progress) -> None:
    raise NotAllowed("Not now.")


def break_down(_progress: Progress) -> None:
    raise ZeroDivisionError("a child's name")


def wait_for(gate: threading.Event, progress: Progress) -> str:
    while not gate.wait(0.005):
        progress.check()
    return "through"


def test_jobs_run_one_after_the_other_on_one_thread_and_results_come_to_the_gui_thread(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    for _ in range(5):
        background.run(where, receiver.done)
    qtbot.waitUntil(lambda: len(receiver.brought) == 5)
    assert len(set(receiver.brought)) == 1
    assert receiver.brought[0] != threading.get_ident()
    assert receiver.threads == {threading.get_ident()}


def test_a_situation_of_the_persons_is_brought_to_failed(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    background.run(refuse, receiver.done, receiver.failed)
    qtbot.waitUntil(lambda: bool(receiver.refused))
    assert receiver.refused[0].sentence == "Not now."
    assert not receiver.brought


def test_a_bug_takes_the_path_of_bugs_in_the_gui_thread(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    with capture_exceptions() as caught:
        background.run(break_down, receiver.done, receiver.failed)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert not receiver.brought
    assert not receiver.refused


def test_a_cancelled_job_stops_at_its_next_report_and_brings_nothing(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    job = background.run(
        partial(wait_for, threading.Event()), receiver.done, receiver.failed, title="Waiting"
    )
    assert background.busy
    job.cancel()
    qtbot.waitUntil(lambda: not background.busy)
    assert not receiver.brought
    assert not receiver.refused


def test_stopping_waits_for_the_job_under_way_and_takes_no_more(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    ended: list[str] = []

    def slow(progress: Progress) -> None:
        try:
            wait_for(threading.Event(), progress)
        finally:
            ended.append("ended")

    background.run(slow, receiver.done)
    background.run(where, receiver.done)
    background.stop()
    assert ended in (["ended"], [])  # it ended, or had not begun
    after = len(ended)
    background.run(slow, receiver.done)
    qtbot.wait(30)
    assert len(ended) == after
    assert not receiver.brought


def test_a_result_for_a_widget_that_is_gone_is_left_out(background: Background, qtbot: QtBot) -> None:
    class Gone(QLabel):
        def done(self, value: int) -> None:
            raise AssertionError("it is gone")

    gate = threading.Event()
    label = Gone()
    background.run(partial(wait_for, gate), label.done, title="Waiting")
    label.deleteLater()
    qtbot.waitUntil(lambda: not _is_there(label))
    gate.set()
    qtbot.waitUntil(lambda: not background.busy)


def _is_there(widget: QLabel) -> bool:
    import shiboken6

    return shiboken6.isValid(widget)


def test_only_a_method_of_an_object_of_the_window_may_receive(background: Background) -> None:
    brought: list[int] = []
    with pytest.raises(TypeError, match="GUI thread"):
        background.run(where, brought.append)


def test_progress_is_shown_with_what_and_how_many(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    shown: list[Work | None] = []
    background.working.connect(shown.append)

    def count(progress: Progress) -> None:
        for done in range(1, 1001):
            progress.report(done, 1000, "audits")

    background.run(count, receiver.done, title="Importing")
    qtbot.waitUntil(lambda: bool(receiver.brought))
    assert Work("Importing", 1000, 1000, "audits") in shown
    assert len(shown) < 100  # no more than can be seen
    assert shown[-1] is None


def test_modules_are_warmed_up_behind_what_a_person_waits_for(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    gate = threading.Event()
    background.run(partial(wait_for, gate), receiver.done)
    background.warm_up(["this.module.does.not.exist"])
    background.run(where, receiver.done)
    with capture_exceptions() as caught:
        gate.set()
        qtbot.waitUntil(lambda: bool(caught))
    assert len(receiver.brought) == 2


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (Work("Writing the summary"), "Writing the summary…"),
        (Work("Importing", 1200, 20000, "rows"), "Importing: 1,200 of 20,000 rows"),
        (Work("Importing", 5, 10, "rows", cancelling=True), "Cancelling…"),
    ],
)
def test_work_in_words(work: Work, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import QLocale

    british = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    monkeypatch.setattr(QLocale, "system", lambda: british)
    assert work_words(work) == words


def test_work_can_be_cancelled_from_the_strip(
    background: Background, receiver: Receiver, qtbot: QtBot, tmp_path: Any
) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QPushButton

    strip = Strip(tmp_path / "Work.caseaudit", ChangeBus(), background)
    qtbot.addWidget(strip)
    strip.show()
    (cancel,) = strip.findChildren(QPushButton)
    assert not cancel.isVisible()
    background.run(partial(wait_for, threading.Event()), receiver.done, title="Importing")
    qtbot.waitUntil(cancel.isVisible)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not cancel.isVisible())
    assert not receiver.brought
    strip.close()


def test_upkeep_holds_up_no_job_shows_nothing_and_is_waited_for(
    background: Background, receiver: Receiver, qtbot: QtBot
) -> None:
    told: list[Work | None] = []
    background.upkeep(partial(wait_for, threading.Event()), receiver.done)
    background.working.connect(told.append)

    def step(progress: Progress) -> str:
        progress.report(3, 3, "pages")
        return "done"

    background.run(step, receiver.done, title="Writing")
    qtbot.waitUntil(lambda: receiver.brought == ["done"])
    assert Work("Writing", 3, 3, "pages") in told
    assert told[-1] is None
    assert (background.busy, background.at_work) == (False, True)
    background.cancel_all()
    assert not background.at_work
    assert receiver.brought == ["done"]
