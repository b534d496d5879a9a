"""Workspaces as files: made, opened, checked and remembered.

What opens a file is imported when it is used: the Open screen lists the recent ones before anything heavy is
loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.core.stopping import Check, never
from audit_app.services.passphrase import Strength, strength_of
from audit_app.services.recent import RecentWorkspace, RecentWorkspaces

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret
    from audit_app.core.snapshot import Restored, SnapshotView
    from audit_app.forms.catalogue import FormCatalogue
    from audit_app.services.checking import CheckReport
    from audit_app.services.keys import ChangedPassphrase, Report
    from audit_app.services.session import Session

__all__ = ["RecentWorkspace", "Strength", "Workspaces"]


class Workspaces:
    """Every way into a workspace."""

    def __init__(self, app_folder: Path, forms: FormCatalogue) -> None:
        self._app_folder = app_folder
        self._forms = forms
        self._recent = RecentWorkspaces(app_folder)

    def create(self, path: Path, passphrase: str, owner: str) -> Session:
        """Make a workspace at ``path`` and open it. Raises CannotWrite where a file is, or none can be
        made.
        """
        from audit_app.services.session import open_session
        from audit_app.storage.workspace import Workspace

        workspace = Workspace.create(path, passphrase, owner, app_folder=self._app_folder)
        self._recent.add(path)
        return open_session(workspace, self._forms)

    def open(
        self, path: Path, passphrase: Secret, *, accept_older: bool = False, mend: bool = False
    ) -> Session:
        """Open for writing. Raises WrongPassphrase, WrongRecoveryKey, NotAWorkspace, NewerWorkspace,
        WorkspaceInUse, DamagedWorkspace or CannotWrite, and then the file is as it was.

        OlderCopy: changes that were seen before are missing; ``accept_older`` goes on without them.
        DamagedStart: only the first bytes are damaged; ``mend`` writes them anew.
        """
        from audit_app.services.session import open_session
        from audit_app.storage import purge
        from audit_app.storage.rekey import finish
        from audit_app.storage.workspace import Workspace

        workspace = Workspace.open(
            path, passphrase, app_folder=self._app_folder, accept_older=accept_older, mend=mend
        )
        try:
            finish(workspace)
            purge.finish_quietly(workspace)
        except BaseException:
            workspace.close()
            raise
        self._recent.add(path)
        return open_session(workspace, self._forms)

    def open_to_read(self, path: Path, passphrase: Secret) -> Session:
        """Open beside whatever else has it open; nothing can be changed and nothing is recorded."""
        from audit_app.services.session import open_session
        from audit_app.storage.workspace import Workspace

        workspace = Workspace.open_to_read(path, passphrase, app_folder=self._app_folder)
        return open_session(workspace, self._forms)

    def check(self, path: Path, passphrase: Secret) -> CheckReport:
        """Look at every part of the file, beside an open window if need be; nothing is written."""
        from audit_app.services.checking import check
        from audit_app.services.forms_kept import FormsKept
        from audit_app.storage.workspace import Workspace

        # A cut or older history is something the check reports, not a reason not to look.
        workspace = Workspace.open_to_read(path, passphrase, app_folder=self._app_folder, accept_older=True)
        try:
            return check(workspace, FormsKept(workspace, self._forms))
        finally:
            workspace.close()

    def change_passphrase(
        self, path: Path, passphrase: Secret, new: str, report: Report | None = None
    ) -> ChangedPassphrase:
        """Give a closed workspace a new passphrase and open it with that; recovery keys from before end.

        ``report`` is told files done and of how many; what it raises stops the work. Raises what ``open``
        raises, and NotAllowed for a passphrase that is blank or the present one; the old passphrase then
        opens the workspace as before.
        """
        from audit_app.services.keys import ChangedPassphrase, change_passphrase
        from audit_app.services.session import open_session
        from audit_app.storage.workspace import Workspace

        workspace = Workspace.open(path, passphrase, app_folder=self._app_folder)
        try:
            snapshots = change_passphrase(workspace, new, report)
        except BaseException:
            workspace.close()
            raise
        self._recent.add(path)
        return ChangedPassphrase(open_session(workspace, self._forms), snapshots)

    # Snapshots of a closed workspace

    def has_snapshots(self, path: Path) -> bool:
        """Whether there is a snapshot to go back to."""
        from audit_app.storage.snapshots import snapshots_of

        return any(not each.replaced for each in snapshots_of(path))

    def snapshots(self, path: Path, secret: Secret, check: Check = never) -> tuple[SnapshotView, ...]:
        """What is in each snapshot, the latest first, and what going back to it would lose; ``check`` may
        raise. Raises WrongPassphrase or WrongRecoveryKey, and DamagedWorkspace where none can be read.
        """
        from audit_app.storage.snapshot_reader import SnapshotReader
        from audit_app.storage.witness import Witnesses

        return SnapshotReader(path, secret, Witnesses(self._app_folder)).views(check)

    def look_into(self, path: Path, secret: Secret, source: Path) -> SnapshotView:
        """What is in one snapshot, or in a copy that lies anywhere. Raises NotFound where there is none."""
        from audit_app.storage.snapshot_reader import SnapshotReader
        from audit_app.storage.witness import Witnesses

        return SnapshotReader(path, secret, Witnesses(self._app_folder)).view(source)

    def restore(self, path: Path, secret: Secret, source: Path, check: Check = never) -> Restored:
        """Put a snapshot in the place of a closed workspace, whose file is kept among the snapshots.

        ``check`` may raise to stop it.

        Raises WrongPassphrase or WrongRecoveryKey, DamagedWorkspace where the snapshot is not whole,
        NotAllowed where it is of another workspace, NotFound, NewerWorkspace, WorkspaceInUse or CannotWrite;
        then the workspace is as it was.
        """
        from audit_app.storage.restore import Restorer
        from audit_app.storage.witness import Witnesses

        return Restorer(path, secret, Witnesses(self._app_folder)).restore(source, check)

    # The list of those opened lately

    def recent(self) -> tuple[RecentWorkspace, ...]:
        """The workspaces opened lately, the latest first."""
        return self._recent.all()

    def forget(self, path: Path) -> None:
        """Take a workspace off that list; the file stays."""
        self._recent.forget(path)

    def passphrase_strength(self, text: str) -> Strength:
        """How hard this passphrase is to guess, as a hint while it is typed."""
        return strength_of(text)
