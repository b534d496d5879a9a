"""The steps in which text that is being typed can be undone, before it has become one step of the audit's."""

# Each of these ends a step: so many seconds without a key, a change this large at once (pasting), or a
# word's end after so many letters. Undo takes back about a line, as a person expects of an editor.
PAUSE = 2.0
AT_ONCE = 20
LETTERS = 60
_ENDS = " \n\t.,;:!?"


class TypingSteps:
    """Snapshots of one field's text since it was entered. In another field it begins again."""

    def __init__(self) -> None:
        self._key = ""
        self._done: list[str] = []  # texts to go back to, the first before anything was typed
        self._undone: list[str] = []
        self._shrinks = False
        self._last = 0.0

    @property
    def key(self) -> str:
        """The field that is being typed in; blank for none."""
        return self._key

    def clear(self) -> None:
        """The field was left, or something else was done."""
        self._key = ""
        self._done.clear()
        self._undone.clear()

    def note(self, key: str, before: str, after: str, at: float) -> None:
        """The text of a field went from ``before`` to ``after`` at a time in seconds."""
        shrinks = len(after) < len(before)
        if key != self._key:
            self.clear()
            self._key, self._done = key, [before]
        elif self._ends_step(before, after, shrinks, at):
            self._done.append(before)
        self._undone.clear()
        self._shrinks, self._last = shrinks, at

    def back(self, now: str) -> str | None:
        """The text a step before, or None when there is none."""
        if not self._done:
            return None
        self._undone.append(now)
        return self._done.pop()

    def forward(self, now: str) -> str | None:
        """The text that was undone last, or None when there is none."""
        if not self._undone:
            return None
        self._done.append(now)
        return self._undone.pop()

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a text to go forward to."""
        return bool(self._undone)

    def _ends_step(self, before: str, after: str, shrinks: bool, at: float) -> bool:
        if not self._done:  # all of it was undone, and now it is typed anew
            return True
        if at - self._last >= PAUSE or shrinks != self._shrinks:
            return True
        if abs(len(after) - len(before)) >= AT_ONCE:
            return True
        return len(before) - len(self._done[-1]) >= LETTERS and before[-1:] in _ENDS
