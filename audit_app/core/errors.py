"""What may be shown to a person: the user's situations, each a sentence with a way out."""

from dataclasses import dataclass


class AppError(Exception):
    """A situation of the user's, not a bug of ours.

    Its text is one or two plain sentences: what happened, what was kept, what to do. It never holds case
    text.
    """

    @property
    def sentence(self) -> str:
        """The text to show."""
        return str(self)


class WrongPassphrase(AppError):
    """The passphrase does not open this workspace."""


class WrongRecoveryKey(AppError):
    """The recovery key is whole, but it is not this workspace's, or was made for an earlier passphrase."""


class MistypedRecoveryKey(AppError):
    """What was typed is no recovery key; ``groups`` are the numbers of those that are wrong, from 1."""

    def __init__(self, sentence: str, groups: tuple[int, ...] = ()) -> None:
        super().__init__(sentence)
        self.groups = groups


class NotAWorkspace(AppError):
    """The file is missing, or is not a workspace of this program."""


class NewerWorkspace(AppError):
    """A newer version of the program made this workspace; it is left untouched."""


class WorkspaceInUse(AppError):
    """Another window or command has this workspace open for writing."""


class DamagedWorkspace(AppError):
    """The workspace's file is damaged, older than it should be, or has lost changes."""


class OlderCopy(DamagedWorkspace):
    """The file opens but lacks changes that were seen before; a person may say to open it all the same."""


class DamagedStart(DamagedWorkspace):
    """Only the first bytes of the file are damaged, and what they were is known; they can be mended."""


class CannotWrite(AppError):
    """A file or folder cannot be written: disk full, read-only, no rights."""


class FileGone(CannotWrite):
    """The file of an open workspace was moved, renamed, deleted or replaced; it can still be read."""


class FormError(AppError):
    """A form's file is broken; the text names the file, the line and the mend."""


class NotFound(AppError):
    """The thing named does not exist in this workspace."""


class NotAllowed(AppError):
    """The rules refuse this now, and the text says why and what would make it possible."""


class DoesNotReconcile(AppError):
    """The figures of a report do not add up, so it is not written; the text says which."""


class Cancelled(AppError):
    """The person cancelled; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stops a file from being read.

    ``row`` is the row as the person sees it in their spreadsheet (the heading is row 1), or None for the
    whole file.
    """

    row: int | None
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = "" if self.row is None else f"Row {self.row}"
        if self.column:
            place = f"{place}, {self.column}" if place else self.column
        shown = f" “{self.value}”" if self.value else ""
        return f"{place}{shown}: {self.reason}" if place or shown else self.reason


class FileRefused(AppError):
    """A file was refused whole; every problem in it is listed."""

    def __init__(self, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([str(self.args[0]), *(str(problem) for problem in self.problems)])
