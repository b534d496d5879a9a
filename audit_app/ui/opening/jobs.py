"""What opening a workspace does on the worker thread, where the services are loaded and the key derived."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.ui.background import Progress

if TYPE_CHECKING:
    from audit_app.services.session import Session
    from audit_app.services.workspaces import Workspaces

    Source = Callable[[], Workspaces]


def open_existing(
    workspaces: "Source", path: Path, passphrase: str, accept_older: bool, _progress: Progress
) -> "Session":
    """Open a workspace; ``accept_older`` where the person was told that changes are missing in it."""
    return workspaces().open(path, passphrase, accept_older=accept_older)


def create(workspaces: "Source", path: Path, passphrase: str, owner: str, _progress: Progress) -> "Session":
    """Make a workspace and open it."""
    return workspaces().create(path, passphrase, owner)


def open_sample(workspaces: "Source", folder: Path, _progress: Progress) -> "Session":
    """Open the sample workspace, and make it first where it is not there."""
    from audit_app.services.sample import SAMPLE_PASSPHRASE, make_sample

    made = make_sample(workspaces(), folder)
    return workspaces().open(made, SAMPLE_PASSPHRASE)
