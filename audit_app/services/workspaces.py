"""Workspaces as files: made, opened, checked and remembered.

What opens a file is imported when it is used: the Open screen lists the recent ones before anything heavy is
loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.services.passphrase import Strength, strength_of
from audit_app.services.recent import RecentWorkspace, RecentWorkspaces

if TYPE_CHECKING:
    from audit_app.forms.catalogue import FormCatalogue
    from audit_app.services.checking import CheckReport
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

    def open(self, path: Path, passphrase: str, *, accept_older: bool = False) -> Session:
        """Open for writing. Raises WrongPassphrase, NotAWorkspace, NewerWorkspace, WorkspaceInUse,
        DamagedWorkspace or CannotWrite, and then the file is as it was.

        OlderCopy: changes that were seen before are missing; ``accept_older`` goes on without them.
        """
        from audit_app.services.session import open_session
        from audit_app.storage.workspace import Workspace

        workspace = Workspace.open(path, passphrase, app_folder=self._app_folder, accept_older=accept_older)
        self._recent.add(path)
        return open_session(workspace, self._forms)

    def open_to_read(self, path: Path, passphrase: str) -> Session:
        """Open beside whatever else has it open; nothing can be changed and nothing is recorded."""
        from audit_app.services.session import open_session
        from audit_app.storage.workspace import Workspace

        workspace = Workspace.open_to_read(path, passphrase, app_folder=self._app_folder)
        return open_session(workspace, self._forms)

    def check(self, path: Path, passphrase: str) -> CheckReport:
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

    def recent(self) -> tuple[RecentWorkspace, ...]:
        """The workspaces opened lately, the latest first."""
        return self._recent.all()

    def forget(self, path: Path) -> None:
        """Take a workspace off that list; the file stays."""
        self._recent.forget(path)

    def passphrase_strength(self, text: str) -> Strength:
        """How hard this passphrase is to guess, as a hint while it is typed."""
        return strength_of(text)
