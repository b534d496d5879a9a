"""Snapshots of an open workspace, made by themselves; and copies of it, made where a person says."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.core.errors import AppError, Cancelled, CannotWrite, FileGone, NotAllowed
from audit_app.core.snapshot import Snapshot, SnapshotView
from audit_app.core.snapshot_rule import SnapshotRule
from audit_app.core.stopping import Check, never
from audit_app.storage import history, meta_store
from audit_app.storage.history import NewLine
from audit_app.storage.workspace import Workspace

# What makes and reads snapshots is imported when one is wanted: nobody waits for it who opens a workspace.
if TYPE_CHECKING:
    from audit_app.storage.snapshots import Snapshots

_LAST, _DAYS, _FOLDER = "snapshots_last", "snapshots_days", "snapshots_folder"


class Backups:
    """The snapshots of this workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._trouble = ""

    @property
    def trouble(self) -> str:
        """Why the last snapshot could not be made, in a sentence; blank while all is well."""
        return self._trouble

    def keep(self, check: Check = never) -> None:
        """Make a snapshot if anything was changed since the last one; one that fails stops no work.

        ``check`` may raise Cancelled. ``trouble`` says what went wrong.
        """
        try:
            self.snapshot(check)
        except Cancelled:
            raise
        except AppError as error:
            self._trouble = _quiet(error)

    def snapshot(self, check: Check = never) -> Snapshot | None:
        """Make a snapshot if anything was changed since the last one, and let old ones go by the rule.

        Raises CannotWrite, or DamagedWorkspace where the workspace cannot be read.
        """
        snapshots = self._snapshots()
        self._follow(snapshots)
        with self._workspace.read() as db:
            taken = snapshots.take(db, check)
        snapshots.thin(self.rule, datetime.now().astimezone())
        self._trouble = ""
        return taken

    def views(self, check: Check = never) -> tuple[SnapshotView, ...]:
        """What is in each snapshot, the latest first, and what going back to it would lose."""
        snapshots, found = self._snapshots(), []
        for each in snapshots.all():
            check()
            with self._workspace.read() as db:
                found.append(snapshots.view(each, db))
        return tuple(found)

    def copy_to(self, path: Path, check: Check = never) -> None:
        """Make an encrypted copy at ``path``, under the same passphrase; that is in the history.

        Raises CannotWrite where a file is, or none can be made.
        """
        if self._workspace.read_only:
            raise NotAllowed("A copy is noted in the history, but the workspace was opened to read.")
        if path.exists():
            raise CannotWrite(f"There is a file at “{path.name}” already; it was left as it is.")
        snapshots = self._snapshots()
        with self._workspace.read() as db:
            snapshots.copy(db, path, check)
        with suppress(FileGone):  # the copy is then what is left of the workspace
            self._note(NewLine("exported", self._workspace.id, {"report": "backup"}))

    # How many are kept

    @property
    def rule(self) -> SnapshotRule:
        """Which snapshots are kept."""
        usual = SnapshotRule()
        with self._workspace.read() as db:
            last, days = meta_store.get(db, _LAST), meta_store.get(db, _DAYS)
        return SnapshotRule(int(last or usual.last), int(days or usual.days))

    def set_rule(self, rule: SnapshotRule) -> None:
        """Keep snapshots by this rule from now on; what it lets go is removed after the next one."""
        before = self.rule
        if rule == before:
            return
        with self._workspace.write() as db:
            meta_store.put(db, _LAST, str(rule.last))
            meta_store.put(db, _DAYS, str(rule.days))
            changes = [
                {"field": "snapshots.last", "from": str(before.last), "to": str(rule.last)},
                {"field": "snapshots.days", "from": str(before.days), "to": str(rule.days)},
            ]
            line = NewLine("snapshot_rule", self._workspace.id, {"changes": changes})
            history.append(db, self._workspace.owner.id, line)
        self._workspace.bear_witness()

    # Inside

    def _snapshots(self) -> Snapshots:
        from audit_app.storage.snapshots import Snapshots

        return Snapshots(self._workspace.path, self._workspace.key)

    def _follow(self, snapshots: Snapshots) -> None:
        """Bring the snapshots along from where the workspace lay when the last was made."""
        if self._workspace.read_only:
            return
        with self._workspace.read() as db:
            before = meta_store.get(db, _FOLDER)
        here = str(snapshots.folder)
        if before == here:
            return
        if before is None or snapshots.bring_from(Path(before), self._workspace.id):
            with self._workspace.write() as db:
                meta_store.put(db, _FOLDER, here)

    def _note(self, line: NewLine) -> None:
        with self._workspace.write() as db:
            history.append(db, self._workspace.owner.id, line)
        self._workspace.bear_witness()


def _quiet(error: AppError) -> str:
    if isinstance(error, CannotWrite):
        return (
            "No snapshot was made: the disk is full, or the workspace’s folder cannot be written to. "
            "Your work is saved as always."
        )
    return error.sentence
