"""Which snapshots are kept, against an oracle that asks of each one by itself."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.snapshot import Snapshot
from audit_app.core.snapshot_rule import SnapshotRule, superfluous

NOW = datetime(2026, 3, 29, 12, tzinfo=timezone(timedelta(hours=1)))


def made(number: int, at: datetime, *, replaced: bool = False) -> Snapshot:
    return Snapshot(Path(f"{number:06} {at:%Y-%m-%dT%H%M%S}{replaced}"), number, at, 1, replaced)


def is_kept(each: Snapshot, every: list[Snapshot], now: datetime, last: int, days: int) -> bool:
    """The rule in other words: how many came after it, and whether any of its day did."""
    if each.replaced:
        return True
    later = [
        other
        for other in every
        if not other.replaced
        and (other.number, other.at, other.path.name) > (each.number, each.at, each.path.name)
    ]
    if len(later) < last:
        return True
    day = each.at.astimezone(now.tzinfo).date()
    is_recent = day <= now.date() and day > now.date() - timedelta(days=days)
    return is_recent and all(other.at.astimezone(now.tzinfo).date() != day for other in later)


moments = st.datetimes(datetime(2026, 2, 1), datetime(2026, 4, 30), timezones=st.just(UTC))
snapshots = st.lists(
    st.builds(lambda number, at, replaced: made(number, at, replaced=replaced), st.integers(1, 60), moments,
              st.sampled_from([False] * 6 + [True])),
    max_size=60,
    unique_by=lambda each: each.path,
)  # fmt: skip


@given(snapshots, st.integers(1, 15), st.integers(0, 40))
def test_what_is_let_go_is_what_the_oracle_would(every: list[Snapshot], last: int, days: int) -> None:
    gone = superfluous(every, NOW, SnapshotRule(last, days))
    assert set(gone) == {each for each in every if not is_kept(each, every, NOW, last, days)}
    assert sorted(gone, key=lambda each: each.number) == list(gone)


@given(snapshots, st.integers(1, 15), st.integers(0, 40))
def test_thinning_twice_is_thinning_once(every: list[Snapshot], last: int, days: int) -> None:
    rule = SnapshotRule(last, days)
    left = [each for each in every if each not in superfluous(every, NOW, rule)]
    assert superfluous(left, NOW, rule) == ()
    assert sum(not each.replaced for each in left) >= min(last, sum(not each.replaced for each in every))


def test_ten_and_one_a_day_for_thirty_days_unless_it_is_said_otherwise() -> None:
    hourly = [made(number, NOW - timedelta(hours=1_000 - number)) for number in range(1, 1_001)]
    left = [each for each in hourly if each not in superfluous(hourly, NOW)]
    assert [each.number for each in left[-10:]] == list(range(991, 1_001))
    assert len({each.at.astimezone(NOW.tzinfo).date() for each in left}) == 30
    assert len(left) == 10 + 29


def test_snapshots_of_a_clock_that_was_wrong_drive_out_no_new_ones() -> None:
    ahead = [made(number, NOW + timedelta(days=3_000)) for number in range(1, 31)]
    today = [made(number, NOW + timedelta(minutes=number)) for number in range(31, 41)]
    assert set(superfluous([*ahead, *today], NOW)) == set(ahead)


def test_a_file_that_a_restore_put_aside_is_never_let_go() -> None:
    aside = made(1, NOW - timedelta(days=400), replaced=True)
    others = [made(number, NOW) for number in range(2, 40)]
    assert aside not in superfluous([aside, *others], NOW, SnapshotRule(1, 0))


@pytest.mark.parametrize(("last", "days"), [(0, 30), (10, -1)])
def test_a_rule_that_would_keep_nothing_is_a_mistake(last: int, days: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        SnapshotRule(last, days)
