"""What one audit's edits can be taken back to, step by step, for as long as the workspace stays open."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One field's change."""

    key: str
    before: str
    after: str


class UndoStack:
    """Steps, latest last; typing in one text since it was last left is one step."""

    def __init__(self) -> None:
        self._done: list[tuple[Edit, ...]] = []
        self._undone: list[tuple[Edit, ...]] = []
        self._typing: str | None = None  # the text whose next change belongs to the last step

    def record(self, edits: Mapping[str, tuple[str, str]], typed: str | None = None) -> None:
        """Add a step of ``{key: (before, after)}``; ``typed`` is the key of the text being typed in, if it
        is one.
        """
        step = tuple(Edit(key, before, after) for key, (before, after) in edits.items())
        self._undone.clear()
        if typed is not None and typed == self._typing:
            first = self._done.pop()[0]
            step = (Edit(typed, first.before, step[0].after),)
        unchanged = all(edit.before == edit.after for edit in step)
        self._typing = None if unchanged else typed
        if not unchanged:
            self._done.append(step)

    def close_step(self, key: str | None = None) -> None:
        """What is typed next in this text (or in any) begins a new step."""
        if key is None or key == self._typing:
            self._typing = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was done since."""
        return bool(self._undone)

    def last_done(self) -> tuple[Edit, ...]:
        """The step that undo would take back."""
        return self._done[-1]

    def last_undone(self) -> tuple[Edit, ...]:
        """The step that redo would do again."""
        return self._undone[-1]

    def undo(self) -> None:
        """The last step has been taken back."""
        self._typing = None
        self._undone.append(self._done.pop())

    def redo(self) -> None:
        """The last step taken back has been done again."""
        self._typing = None
        self._done.append(self._undone.pop())
