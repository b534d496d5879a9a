"""What is done with snapshots on the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.core.snapshot import Restored, SnapshotView
from audit_app.core.snapshot_words import title
from audit_app.ui.background import Progress

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret
    from audit_app.services.backups import Backups
    from audit_app.services.session import Session
    from audit_app.ui.opening.jobs import Source


@dataclass(frozen=True, slots=True)
class RestoredSession:
    """A workspace after a snapshot was put in its place, open again."""

    session: Session
    restored: Restored

    @property
    def sentence(self) -> str:
        """What was done."""
        kept = " The file that was there is kept among the snapshots." if self.restored.kept else ""
        return f"{title(self.restored.snapshot)} was put in place.{kept}"


def keep(backups: Backups, progress: Progress) -> None:
    """Make a snapshot if anything was changed since the last one."""
    backups.keep(progress.check)


def look(backups: Backups, progress: Progress) -> tuple[SnapshotView, ...]:
    """What is in each snapshot of the open workspace."""
    return backups.views(progress.check)


def look_at(source: Source, path: Path, secret: Secret, progress: Progress) -> tuple[SnapshotView, ...]:
    """What is in each snapshot of a workspace that is closed."""
    return source().snapshots(path, secret, progress.check)


def copy_to(backups: Backups, path: Path, progress: Progress) -> Path:
    """Make a copy of the open workspace."""
    backups.copy_to(path, progress.check)
    return path


def restore(
    source: Source, path: Path, secret: Secret, snapshot: Path, progress: Progress
) -> RestoredSession:
    """Put a snapshot in the place of a closed workspace, and open it."""
    workspaces = source()
    restored = workspaces.restore(path, secret, snapshot, progress.check)
    return RestoredSession(workspaces.open(path, secret), restored)
