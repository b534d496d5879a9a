"""The command line: the same services as the window, for a person at a prompt or a script."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from audit_app import __version__
from audit_app.cli_agreement import agreement, compare, interval
from audit_app.cli_backups import backup, restore
from audit_app.cli_keys import change_passphrase, mend, recovery_key
from audit_app.cli_opening import check_there, opened, workspaces
from audit_app.cli_output import say
from audit_app.cli_retention import purge
from audit_app.cli_secret import SecretSource, passphrase, passphrase_option, secret_options
from audit_app.core.errors import AppError, CannotWrite, DamagedStart, DamagedWorkspace, NotAllowed

if TYPE_CHECKING:
    from audit_app.core.summary import Filters
    from audit_app.services.session import Session

FORMATS = ("text", "json", "pdf", "xlsx")
_FORMAT_BY_ENDING = {".json": "json", ".pdf": "pdf", ".xlsx": "xlsx"}
_NEED_A_FILE = ("pdf", "xlsx")


def main() -> NoReturn:
    """The console program. Exit 0 done; 1 the user's situation, told on stderr; 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a pipe may use a code page that lacks the names and dashes we print.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = commands.main(prog_name="audit-app", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        error.show()
        return 2
    except click.ClickException as error:
        return _told(error.format_message())
    except click.Abort:
        return _told("Stopped.")
    except DamagedStart as error:
        return _told(f"{error} To mend them: audit-app mend WORKSPACE")
    except AppError as error:
        return _told(str(error))
    except Exception as error:
        return _told(_recorded(error))


def _told(sentence: str) -> int:
    click.echo(sentence, err=True)
    return 1


def _recorded(error: Exception) -> str:
    """Keep what is known of a bug of ours, without case text, and say where."""
    from audit_app import logs
    from audit_app.crash import CrashRecorder
    from audit_app.paths import log_folder

    folder = log_folder()
    logs.start(folder)
    CrashRecorder(folder).record(error)
    logs.stop()
    return (
        f"The program met a bug of its own and stopped. What is known of it is in {folder}; no case text is."
    )


def window_main() -> NoReturn:
    """The windowed program, without a console: a workspace to open may follow."""
    _run_window(Path(sys.argv[1]) if len(sys.argv) > 1 else None)


def _run_window(workspace: Path | None) -> NoReturn:
    from audit_app.app import has_display, run_window

    if not has_display():
        raise NotAllowed(
            "There is no display here, so the window cannot be shown. Use one of the commands: "
            "audit-app --help lists them."
        )
    sys.exit(run_window(workspace))


class _Day(click.ParamType[date]):
    """A date as ISO or day first."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date written, or a usage error that says how to write one."""
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(str(value), pattern).date()
            except ValueError:
                continue
        return self.fail(f"“{value}” is not a date; write it as 2019-10-31 or 31/10/2019", param, ctx)


class _InOrder(click.Group):
    """Commands are listed as they are written here: from first use to upkeep."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names."""
        return list(self.commands)


@click.group(
    cls=_InOrder, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="audit-app")
@click.pass_context
def commands(context: click.Context) -> None:
    """Audit children's case files and add the grades up, on this computer alone.

    Without a command, the window opens.
    """
    if context.invoked_subcommand is None:
        _run_window(None)


@commands.command("open", short_help="Open the window on a workspace.")
@click.argument("workspace", type=click.Path(path_type=Path))
def open_window(workspace: Path) -> None:
    """Open the window on WORKSPACE, which asks for its passphrase there."""
    check_there(workspace)
    _run_window(workspace)


@commands.command(short_help="Make the sample with its reports, and open it.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to put the files; the program's own folder where it is not given.",
)
@click.option("--no-window", is_flag=True, help="Make the files and stop.")
def demo(folder: Path | None, no_window: bool) -> None:
    """Make the sample workspace and its summary as PDF, xlsx and JSON, then open the window on it."""
    from audit_app.services.sample import SAMPLE_PASSPHRASE, make_demo

    made = make_demo(workspaces(), folder)
    say("The sample is made up: no child, worker or council in it is real.")
    for what, path in made.files:
        say(f"{what + ':':<12}{path}")
    say(f"{'Passphrase:':<12}{SAMPLE_PASSPHRASE}")
    if no_window:
        return
    from audit_app.app import has_display

    if not has_display():
        say("There is no display here, so the window was not opened.")
        return
    _run_window(made.workspace)


@commands.command(short_help="Make a new, empty, encrypted workspace.")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--owner", required=True, metavar="NAME", help="Your name, as it stands beside your audits.")
@passphrase_option
def new(workspace: Path, owner: str, passphrase_file: Path | None) -> None:
    """Make a new, empty, encrypted WORKSPACE, such as audits.caseaudit."""
    if workspace.exists():
        raise CannotWrite(f"There is a file at “{workspace}” already; it was left as it is.")
    from audit_app.services.folders import folder_warning

    if warning := folder_warning(workspace):
        click.echo(warning, err=True)
    session = workspaces().create(workspace, passphrase(passphrase_file, confirm=True), owner)
    session.close()
    say(f"Made {workspace}. A forgotten passphrase cannot be recovered: keep it somewhere safe.")


@commands.command("import-audits", short_help="Read audits from a CSV or xlsx file.")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--programme",
    metavar="TITLE",
    help="The programme they belong to; made where there is none of this title. May be left out where there "
    "is one programme, or none: then it is called as the file.",
)
@click.option(
    "--form", "form_id", metavar="ID", help="The form of a programme that is made; else six-domains-3."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@secret_options
def import_audits(
    workspace: Path,
    file: Path,
    programme: str | None,
    form_id: str | None,
    dry_run: bool,
    secret: SecretSource,
) -> None:
    """Read audits from a CSV or xlsx FILE into WORKSPACE: all of them, or none."""
    session = opened(workspace, secret, to_read=dry_run)
    try:
        title = _title(session, file) if programme is None else programme
        preview = session.importing.preview(file, title, form_id)
        for sentence in preview.sentences():
            say(sentence)
        if dry_run:
            say("Nothing was changed: this was a dry run.")
            return
        session.importing.apply(preview)
        say("Done." if preview.changes_anything else "There was nothing to do.")
    finally:
        session.close()


def _title(session: "Session", file: Path) -> str:
    """The title of the only programme, or one from the file's name where there is none yet."""
    titles = [programme.title for programme in session.programmes.all()]
    if len(titles) > 1:
        named = ", ".join(f"“{title}”" for title in titles)
        raise NotAllowed(f"Say which programme with --programme. Here there are {named}.")
    return titles[0] if titles else file.stem


@commands.command(short_help="Show or write the summary of a programme.")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--programme", metavar="TITLE", help="The programme; may be left out where there is only one.")
@click.option("--cohort", metavar="TITLE", help="Only this cohort; “No cohort” for the audits in none.")
@click.option("--team", metavar="NAME", help="Only this team.")
@click.option("--service", metavar="NAME", help="Only this service.")
@click.option("--from", "from_date", type=_Day(), help="Only audits of this day or later: 31/10/2019.")
@click.option("--to", "to_date", type=_Day(), help="Only audits of this day or earlier.")
@click.option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    help="What to make; text where neither this nor the ending of --out says.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write; pdf and xlsx need it."
)
@click.option(
    "--profile",
    type=click.Choice(["internal", "board"]),
    default="board",
    show_default=True,
    help="board: no references, names or text. internal: with them.",
)
@secret_options
def summary(
    workspace: Path,
    programme: str | None,
    cohort: str | None,
    team: str | None,
    service: str | None,
    from_date: date | None,
    to_date: date | None,
    output: str | None,
    out: Path | None,
    profile: str,
    secret: SecretSource,
) -> None:
    """Show or write the summary of a programme in WORKSPACE.

    Showing it works beside an open window. Writing a file is kept in the history, so that needs the window
    closed, or is done in the window.
    """
    from audit_app.core.summary import Filters

    if output is None:
        output = _FORMAT_BY_ENDING.get(out.suffix.lower(), "text") if out is not None else "text"
    if out is None and output in _NEED_A_FILE:
        raise click.UsageError(f"--format {output} needs --out FILE.")
    filters = Filters(cohort, team, service, from_date, to_date)
    session = opened(workspace, secret, to_read=out is None)
    try:
        _give_summary(session, programme, filters, output, out, profile)
    finally:
        session.close()


def _give_summary(
    session: "Session", programme: str | None, filters: "Filters", output: str, out: Path | None, profile: str
) -> None:
    made = session.summaries.by_title(programme, filters)
    if out is None:
        say(session.reporting.summary_in_words(made, output), nl=False)
        return
    session.reporting.write_summary(made, output, out, profile)
    say(f"Wrote {out}")


@commands.command(short_help="Say whether a workspace is whole.")
@click.argument("workspace", type=click.Path(path_type=Path))
@secret_options
def check(workspace: Path, secret: SecretSource) -> None:
    """Check that WORKSPACE is whole and say what was found. Changes nothing."""
    check_there(workspace)
    report = workspaces().check(workspace, secret.read())
    for line in report.lines:
        say(f"{'ok   ' if line.ok else 'WRONG'} {line.sentence}")
    if not report.ok:
        raise DamagedWorkspace(
            "The workspace is not whole. Nothing was changed. Keep the file as it is, and use a copy from "
            "before."
        )
    say("The workspace is whole.")


@commands.command("self-check", short_help="Say whether the program works here.")
def self_check() -> None:
    """Make a temporary workspace with its reports, and say whether the program works here."""
    from audit_app.app import window_works
    from audit_app.services.sample import self_check as run

    for sentence in run():
        say(sentence)
    if not window_works():
        raise AppError("The window cannot be shown here, though the rest works.")
    say("The window can be shown.")
    say("Everything works.")


for command in (agreement, interval, compare, backup, restore, change_passphrase, recovery_key, mend, purge):
    commands.add_command(command)
