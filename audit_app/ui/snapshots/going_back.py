"""Going back to a snapshot of a workspace that does not open, from the Open screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from audit_app.ui.background import Background, Progress
from audit_app.ui.snapshots import jobs
from audit_app.ui.snapshots.jobs import RestoredSession
from audit_app.ui.snapshots.snapshots_dialog import SnapshotsDialog
from audit_app.ui.snapshots.words import TITLE, being_restored
from audit_app.ui.theme import Theme

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret
    from audit_app.ui.opening.jobs import Source

RestoreJob = tuple[Callable[[Progress], RestoredSession], str, str]


def restore_job(
    path: Path, secret: Secret, source: Source, background: Background, theme: Theme, parent: QWidget
) -> RestoreJob | None:
    """Let a person choose a snapshot; the work, its title and what is said meanwhile, or None."""
    look = partial(jobs.look_at, source, path, secret)
    wanted = SnapshotsDialog(path.stem, look, background, theme, parent=parent).ask()
    if wanted is None:
        return None
    job = partial(jobs.restore, source, path, secret, wanted.snapshot.path)
    return job, TITLE, being_restored(wanted.snapshot)
