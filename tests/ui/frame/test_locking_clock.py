"""The lock by itself, when the laptop slept or its clock was put back."""

from frame_desk import Desk


def test_a_laptop_that_slept_past_the_time_locks_when_it_wakes(desk: Desk) -> None:
    desk.open()
    watch = desk.window.idle_watch
    assert watch is not None
    desk.clock.now += 8 * 3600
    watch.check()
    desk.wait(lambda: desk.window.workbench is None)
    assert "Work is locked" in desk.words()


def test_a_clock_that_was_put_back_does_not_put_the_lock_off(desk: Desk) -> None:
    desk.parts.preferences.lock_minutes = 5
    desk.open()
    watch = desk.window.idle_watch
    assert watch is not None
    desk.clock.now -= 7 * 24 * 3600
    watch.check()
    desk.clock.now += 299
    watch.check()
    desk.qtbot.wait(20)
    assert desk.window.workbench is not None
    desk.clock.now += 1
    watch.check()
    desk.wait(lambda: desk.window.workbench is None)
