"""What opens a workspace: its passphrase, and the recovery key, shown or saved for the person who asks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.core.errors import NotAllowed
from audit_app.core.recovery_key import RecoveryKey
from audit_app.core.words import long_date, plural
from audit_app.storage import history, rekey
from audit_app.storage.history import NewLine
from audit_app.storage.rekey import Rekeyed, Report
from audit_app.storage.workspace import Workspace

if TYPE_CHECKING:
    from audit_app.services.session import Session

__all__ = ["ChangedPassphrase", "Keys", "Rekeyed", "Report", "Taken", "change_passphrase"]
_SHOWN = "recovery_key_shown"
_SAVED = "recovery_key_saved"
_WORKSPACE_ENDING = ".caseaudit"
_ABOUT = """\
# Recovery key of “{name}” (Audit App), saved on {day}
#
# Whoever has it can open the workspace without the passphrase. Keep it away from the computer: print it
# or copy it by hand, put it where you keep what matters, and delete this file. It ends when the passphrase
# is changed.

"""


@dataclass(frozen=True, slots=True)
class Taken:
    """When the recovery key was last shown or saved to a file."""

    at: datetime
    saved: bool


@dataclass(frozen=True, slots=True)
class ChangedPassphrase:
    """A workspace that was opened with its new passphrase, and what became of its snapshots."""

    session: Session
    snapshots: Rekeyed

    def sentences(self) -> tuple[str, ...]:
        """What a person must know of it."""
        name = self.session.workspace.path.stem
        said = [f"The passphrase of “{name}” was changed. The one from before no longer opens it."]
        moved, removed, waiting = self.snapshots.snapshots, self.snapshots.removed, self.snapshots.waiting
        if moved:
            said.append(f"{plural(moved, 'snapshot')} of it {_has(moved)} the new passphrase as well.")
        if removed:
            said.append(f"{plural(removed, 'snapshot')} could not be read and {_was(removed)} removed.")
        if waiting:
            said.append(
                f"{plural(waiting, 'snapshot')} {_has(waiting)} the old one still, being in use, until the "
                "workspace is next opened."
            )
        said.append(
            "A recovery key from before no longer opens it: take down a new one. Copies that you put "
            "elsewhere keep the old passphrase."
        )
        return tuple(said)


def change_passphrase(workspace: Workspace, new: str, report: Report | None = None) -> Rekeyed:
    """Give an open workspace a new passphrase; what ``storage.rekey`` raises leaves it as it was."""
    told = report or rekey.nobody
    rekey.finish(workspace, told)
    return rekey.change_passphrase(workspace, new, told)


class Keys:
    """The keys of one open workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def opened_by_recovery_key(self) -> bool:
        """Whether nobody typed the passphrase, which may be forgotten."""
        return self._workspace.by_recovery_key

    def is_passphrase(self, text: str) -> bool:
        """Whether this is the passphrase; takes about 0.1 s."""
        return self._workspace.is_opened_by(text)

    def taken(self) -> Taken | None:
        """When the recovery key was last taken down; None where it was not since the passphrase was set."""
        with self._workspace.read() as db:
            last = history.last_of(db, self._workspace.id, (rekey.CHANGED, _SHOWN, _SAVED))
        return None if last is None or last.kind == rekey.CHANGED else Taken(last.at, last.kind == _SAVED)

    def show(self) -> RecoveryKey:
        """The recovery key, to be shown; that it was, not what it is, gets a line in the history."""
        self._record(_SHOWN)
        return self.recovery_key()

    def save(self, path: Path) -> None:
        """Write the recovery key to a file, readable by its owner alone where the system has such a thing.

        Raises NotAllowed in the place of a workspace, or CannotWrite; a file that was there is as it was.
        """
        from audit_app.reports.safe_file import write_beside_then_replace

        if path.suffix.casefold() == _WORKSPACE_ENDING:
            raise NotAllowed(
                f"“{path.name}” was not written: it may not take the place of a workspace. Choose a name "
                "that ends in .txt."
            )
        name = self._workspace.path.stem
        text = _ABOUT.format(name=name, day=long_date(date.today())) + "\n".join(self.recovery_key().lines)
        self._record(_SAVED)
        write_beside_then_replace(path, f"{text}\n".encode())
        with suppress(OSError):
            path.chmod(0o600)

    def recovery_key(self) -> RecoveryKey:
        """What opens the workspace again, for the program itself: it is not shown."""
        key = self._workspace.key
        return RecoveryKey(key.key, key.salt)

    def _record(self, kind: str) -> None:
        with self._workspace.write() as db:
            history.append(db, self._workspace.owner.id, NewLine(kind, self._workspace.id, {}))
        self._workspace.bear_witness()


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
