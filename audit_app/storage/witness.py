"""What is remembered of each workspace outside its file, so that damage is not called a wrong passphrase."""

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from audit_app.storage.history import Head


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file begins with under one key, and ``check``, which is made from that key."""

    salt: bytes
    check: bytes


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a workspace lay, what its file began with and how its history ended, when last seen.

    ``check`` is made from the key, to tell a wrong passphrase from a damaged file. ``coming`` is the seal
    that a change of the passphrase, perhaps stopped half way, was about to give it.
    """

    workspace_id: str
    path: str
    salt: bytes
    check: bytes
    seq: int
    hash: bytes
    coming: Seal | None = None

    @property
    def seals(self) -> tuple[Seal, ...]:
        """What the file may begin with, the likeliest first."""
        known = Seal(self.salt, self.check)
        return (known,) if self.coming is None else (known, self.coming)

    @property
    def head(self) -> Head:
        """The last line that was seen."""
        return Head(self.seq, self.hash)


class Witnesses:
    """The witnesses in the program's own folder, one small file per workspace."""

    def __init__(self, app_folder: Path) -> None:
        self._folder = app_folder / "workspaces"

    def all(self) -> tuple[Witness, ...]:
        """Every witness that can be read; one that cannot says nothing."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                found.append(msgspec.json.decode(path.read_bytes(), type=Witness))
            except (OSError, msgspec.MsgspecError):
                continue
        return tuple(found)

    def of_workspace(self, workspace_id: str) -> Witness | None:
        """What was last seen of this workspace, wherever it lay."""
        return next((witness for witness in self.all() if witness.workspace_id == workspace_id), None)

    def keep(self, witness: Witness, *, lasting: bool = False) -> None:
        """Remember this, in place of what was remembered of the same workspace.

        Synced to disk only if it is to be ``lasting``: one that is lost or a little old raises no false
        alarm. A folder that cannot be written to costs the safeguard, not the work.
        """
        target = self._folder / f"{witness.workspace_id}.json"
        beside = target.with_suffix(f".{os.getpid()}.new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for other in self.all():
                if other.path == witness.path and other.workspace_id != witness.workspace_id:
                    (self._folder / f"{other.workspace_id}.json").unlink(missing_ok=True)
            beside.touch(mode=0o600)
            with beside.open("wb") as file:
                file.write(msgspec.json.encode(witness))
                if lasting:
                    file.flush()
                    os.fsync(file.fileno())
            os.replace(beside, target)
        except OSError:
            return
