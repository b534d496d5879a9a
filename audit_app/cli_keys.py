"""The commands for what opens a workspace: change its passphrase, show its recovery key, mend its start."""

import os
import sys
from pathlib import Path

import click

from audit_app.cli_opening import check_there, workspaces
from audit_app.cli_output import say
from audit_app.cli_secret import SecretSource, passphrase_in, secret_options
from audit_app.core.errors import NotAllowed

NEW_PASSPHRASE_VARIABLE = "AUDIT_APP_NEW_PASSPHRASE"
_FAIR = 2
_PATH = click.Path(path_type=Path)
_WORKSPACE = click.argument("workspace", type=_PATH)


@click.command("change-passphrase", short_help="Give a workspace another passphrase.")
@_WORKSPACE
@click.option(
    "--new-passphrase-file",
    type=_PATH,
    metavar="FILE",
    help=f"Read the new passphrase from FILE, else from {NEW_PASSPHRASE_VARIABLE}, else ask for it.",
)
@secret_options
def change_passphrase(workspace: Path, new_passphrase_file: Path | None, secret: SecretSource) -> None:
    """Give WORKSPACE and its snapshots another passphrase. The recovery key from before ends.

    Stopped half way, by a power cut too, the old passphrase opens it or the new one does.
    """
    check_there(workspace)
    before = secret.read()
    new = _new_passphrase(new_passphrase_file)
    service = workspaces()
    changed = service.change_passphrase(workspace, before, new)
    changed.session.close()
    for sentence in changed.sentences():
        say(sentence)
    strength = service.passphrase_strength(new)
    if strength.score < _FAIR:
        say(f"The new passphrase is easy to guess. {strength.sentence}")


@click.command("recovery-key", short_help="Show a workspace's recovery key, or save it.")
@_WORKSPACE
@click.option("--out", type=_PATH, metavar="FILE", help="Save it to FILE instead of showing it.")
@secret_options
def recovery_key(workspace: Path, out: Path | None, secret: SecretSource) -> None:
    """Show the recovery key of WORKSPACE, which opens it when the passphrase is forgotten.

    Copy it by hand and keep it away from the computer. It ends when the passphrase is changed.
    """
    check_there(workspace)
    found = secret.read()
    session = workspaces().open(workspace, found)
    try:
        if out is not None:
            session.keys.save(out)
            say(f"Wrote {out}. Whoever has that file can open the workspace: keep it somewhere else.")
            return
        for line in session.keys.show().lines:
            say(line)
    finally:
        session.close()


@click.command(short_help="Write a damaged start of a workspace anew.")
@_WORKSPACE
@secret_options
def mend(workspace: Path, secret: SecretSource) -> None:
    """Write the first bytes of WORKSPACE anew where they are damaged and it is known what they were."""
    check_there(workspace)
    found = secret.read()
    session = workspaces().open(workspace, found, mend=True)
    session.close()
    say(f"“{workspace.stem}” opens. Check it with: audit-app check")


def _new_passphrase(file: Path | None) -> str:
    if file is not None:
        return passphrase_in(file)
    if NEW_PASSPHRASE_VARIABLE in os.environ:
        return os.environ[NEW_PASSPHRASE_VARIABLE]
    if not sys.stdin.isatty():
        raise NotAllowed(
            f"No new passphrase was given. Use --new-passphrase-file, or set {NEW_PASSPHRASE_VARIABLE}."
        )
    return str(click.prompt("New passphrase", hide_input=True, confirmation_prompt=True))
