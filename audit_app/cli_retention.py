"""The command that deletes what has been kept for as long as its programme says."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit_app.cli_opening import opened
from audit_app.cli_output import say
from audit_app.cli_secret import SecretSource, secret_options

if TYPE_CHECKING:
    from audit_app.services.session import Session


@click.command(short_help="Delete for good what is due under its period.")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--programme", metavar="TITLE", help="Only this programme; otherwise all that have a period.")
@click.option("--dry-run", is_flag=True, help="List what would be deleted and change nothing.")
@secret_options
def purge(workspace: Path, programme: str | None, dry_run: bool, secret: SecretSource) -> None:
    """Delete from WORKSPACE, for good, the audits that were kept for as long as their programme says.

    Their text, answers and names cannot be brought back; snapshots that hold them are removed as well. What
    is on hold stays. Look first, with --dry-run.
    """
    session = opened(workspace, secret, to_read=dry_run)
    try:
        _purge(session, programme, dry_run)
    finally:
        session.close()


def _purge(session: "Session", title: str | None, dry_run: bool) -> None:
    from audit_app.core.retention import due_sentence, due_summary

    chosen = session.programmes.by_title(title) if title is not None else None
    due = session.retention.due(chosen.id if chosen else None)
    titles = {programme.id: programme for programme in session.programmes.all()}
    say(due_summary(due))
    for each in due:
        programme = titles[each.audit.programme_id]
        months = programme.retention_months or 0
        say(f"  {each.audit.reference}, “{programme.title}”. {due_sentence(each, months)}")
    if dry_run:
        say("Nothing was changed: this was a dry run.")
    elif any(each.goes for each in due):
        say(session.retention.purge(due).sentence)
