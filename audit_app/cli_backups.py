"""The commands that keep a workspace from being lost: snapshots, copies, and putting one back."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit_app.cli_opening import check_there, opened, workspaces
from audit_app.cli_output import say
from audit_app.cli_secret import SecretSource, secret_options
from audit_app.core.errors import DamagedWorkspace, NotFound
from audit_app.core.snapshot import SnapshotView
from audit_app.core.snapshot_words import sentences, size, title

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret
    from audit_app.services.workspaces import Workspaces

_WORKSPACE = click.argument("workspace", type=click.Path(path_type=Path))


@click.command(short_help="Make an encrypted snapshot or copy of a workspace.")
@_WORKSPACE
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Make a copy there instead of a snapshot."
)
@secret_options
def backup(workspace: Path, out: Path | None, secret: SecretSource) -> None:
    """Make a snapshot of WORKSPACE beside it, or an encrypted copy in FILE; the same passphrase opens both.

    A snapshot is made beside an open window too. A copy is kept in the history, so that needs the window
    closed, or is made in the window.
    """
    session = opened(workspace, secret, to_read=out is None)
    try:
        if out is not None:
            session.backups.copy_to(out)
            say(f"Wrote {out}")
            return
        made = session.backups.snapshot()
        say(f"Made {made.path}" if made else "Nothing was changed since the last snapshot, so none was made.")
    finally:
        session.close()


@click.command(short_help="Put a snapshot in a workspace's place.")
@_WORKSPACE
@click.option(
    "--from",
    "source",
    metavar="SNAPSHOT",
    help="The snapshot: its number in --list, or a file. Else the latest that is whole.",
)
@click.option("--list", "only_list", is_flag=True, help="Say what is in each snapshot and change nothing.")
@secret_options
def restore(workspace: Path, source: str | None, only_list: bool, secret: SecretSource) -> None:
    """Put a snapshot in WORKSPACE's place, after saying what is in it and what would be lost.

    At a prompt it asks first. The file that is replaced is kept among the snapshots.
    """
    if only_list and source is not None:
        raise click.UsageError("Give --from or --list, not both.")
    ways = workspaces()
    if source is None and not ways.has_snapshots(workspace):
        check_there(workspace)
        raise NotFound(f"“{workspace.stem}” has no snapshots.")
    found = secret.read()
    if only_list:
        for view in ways.snapshots(workspace, found):
            _show(view)
        return
    refused: DamagedWorkspace | None = None
    for view in _wanted(ways, workspace, found, source):
        _show(view)
        if sys.stdin.isatty():
            click.confirm("Put this in the workspace's place?", abort=True)
        try:
            restored = ways.restore(workspace, found, view.snapshot.path)
        except DamagedWorkspace as error:
            refused = error
            continue
        say(f"{title(restored.snapshot)} was put in the place of “{workspace.stem}”.")
        if restored.kept:
            say(f"The file that was there is kept: {restored.kept}")
        return
    raise refused or NotFound(f"“{workspace.stem}” has no snapshot that can be read.")


def _wanted(
    ways: "Workspaces", workspace: Path, secret: "Secret", source: str | None
) -> Iterator[SnapshotView]:
    """The one that was named, or those that can be read, the latest first."""
    if source is not None and not source.isdigit():
        yield ways.look_into(workspace, secret, Path(source))
        return
    for view in ways.snapshots(workspace, secret):
        if source is not None and view.snapshot.number == int(source):
            yield view
            return
        if source is None and view.contents is not None and not view.snapshot.replaced:
            yield view
    if source is not None:
        raise NotFound(f"“{workspace.stem}” has no snapshot with the number {source}; --list shows them.")


def _show(view: SnapshotView) -> None:
    snapshot = view.snapshot
    number = f"{snapshot.number}  " if snapshot.number else ""
    say(f"{number}{title(snapshot)}, {size(snapshot.size)}")
    for sentence in sentences(view):
        say(f"    {sentence}")
