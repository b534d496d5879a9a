"""A snapshot: a whole earlier state of a workspace, what is in it, and what going back to it would lose."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file that holds a snapshot.

    ``number`` says which was made first, whatever the clock said then. ``replaced`` marks a workspace's own
    file that a restore put aside; ``size`` is in bytes.
    """

    path: Path
    number: int
    at: datetime
    size: int
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a snapshot: ``lines`` of history, ``audits`` with their drafts, when it was last changed."""

    workspace_id: str
    lines: int
    audits: int
    drafts: int
    last_change: datetime | None


@dataclass(frozen=True, slots=True)
class Loss:
    """What a workspace has that a snapshot lacks: changes, of how many audits, and the last of them."""

    changes: int
    audits: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """What a person is shown of a snapshot before anything is replaced.

    ``contents`` is None where it cannot be read; ``loss`` is None where what is in place cannot be read.
    """

    snapshot: Snapshot
    contents: Contents | None
    loss: Loss | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in a workspace's place, and where the file is kept that was there, if any."""

    snapshot: Snapshot
    kept: Path | None
