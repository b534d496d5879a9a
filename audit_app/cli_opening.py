"""How a command comes to a workspace: it is there, it is opened, and a snapshot comes before any change."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit_app.cli_secret import SecretSource
from audit_app.core.errors import NotAWorkspace

if TYPE_CHECKING:
    from audit_app.services.session import Session
    from audit_app.services.workspaces import Workspaces


def workspaces() -> "Workspaces":
    """The service that opens and makes workspaces."""
    from audit_app.app import build_workspaces

    return build_workspaces()


def opened(workspace: Path, secret: SecretSource, *, to_read: bool) -> "Session":
    """Open a workspace; for writing, with a snapshot of what it was, or a sentence on why there is none."""
    check_there(workspace)
    found = secret.read()
    if to_read:
        return workspaces().open_to_read(workspace, found)
    session = workspaces().open(workspace, found)
    try:
        session.backups.keep()
        if session.backups.trouble:
            click.echo(session.backups.trouble, err=True)
    except BaseException:
        session.close()
        raise
    return session


def check_there(workspace: Path) -> None:
    """Raise NotAWorkspace before a person is asked for a passphrase."""
    if not workspace.exists():
        raise NotAWorkspace(f"There is no file at “{workspace}”. It may have been moved or renamed.")
