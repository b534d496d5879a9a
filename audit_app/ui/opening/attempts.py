"""How long the next try at a passphrase has to wait, for each workspace, while the program runs."""

import time
from collections.abc import Callable
from math import ceil
from pathlib import Path

_LONGEST_WAIT = 30  # seconds


class Attempts:
    """Counts wrong passphrases by the workspace's path, whichever form they were typed into.

    ``clock`` gives seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[Path, int] = {}
        self._until: dict[Path, float] = {}

    def wrong(self, path: Path) -> None:
        """The passphrase that was typed is wrong: each one doubles the wait."""
        place = path.absolute()
        self._wrong[place] = self._wrong.get(place, 0) + 1
        self._until[place] = self._clock() + min(2 ** (self._wrong[place] - 1), _LONGEST_WAIT)

    def right(self, path: Path) -> None:
        """The workspace was opened."""
        self._wrong.pop(path.absolute(), None)
        self._until.pop(path.absolute(), None)

    def wait(self, path: Path) -> int:
        """Whole seconds until the next try; 0 when it may come at once."""
        return max(0, ceil(self._until.get(path.absolute(), 0.0) - self._clock()))
