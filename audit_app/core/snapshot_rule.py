"""Which snapshots are kept: the last few, and one a day for some days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from audit_app.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SnapshotRule:
    """Keep the ``last`` so many, and the last of each of so many ``days``, today the first of them."""

    last: int = 10
    days: int = 30

    def __post_init__(self) -> None:
        if self.last < 1 or self.days < 0:
            raise ValueError("at least one snapshot is kept, and days are counted from 0")


def superfluous(
    snapshots: Iterable[Snapshot], now: datetime, rule: SnapshotRule = SnapshotRule()
) -> tuple[Snapshot, ...]:
    """The snapshots that the rule lets go, the oldest first; days are those of ``now``'s time zone.

    What comes last is told by the number, so that a clock that was wrong once drives out no good snapshot.
    A file that a restore put aside is never let go: it may be the only one with what was lost.
    """
    made = sorted((each for each in snapshots if not each.replaced), key=_order)
    kept = {each.path for each in made[-rule.last :]}
    last_of_day = {each.at.astimezone(now.tzinfo).date(): each for each in made}
    for day, each in last_of_day.items():
        if 0 <= (now.date() - day).days < rule.days:
            kept.add(each.path)
    return tuple(each for each in made if each.path not in kept)


def _order(snapshot: Snapshot) -> tuple[int, datetime, str]:
    return snapshot.number, snapshot.at, snapshot.path.name
