"""The command line: the same services as the window, for a person at a prompt or a script."""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from audit_app import __version__
from audit_app.core.errors import AppError, NotAllowed

if TYPE_CHECKING:
    from audit_app.core.summary import Filters
    from audit_app.services.importing import ImportPreview
    from audit_app.services.session import Session
    from audit_app.services.workspaces import Workspaces

PASSPHRASE_VARIABLE = "AUDIT_APP_PASSPHRASE"


def main() -> NoReturn:
    """The console program. Exit 0 done; 1 the user's situation, told on stderr; 2 usage."""
    _speak_utf8()
    try:
        commands.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        sys.exit(1)
    except AppError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    sys.exit(0)


def window_main() -> NoReturn:
    """The windowed program, without a console: a workspace to open may follow."""
    _run_window(Path(sys.argv[1]) if len(sys.argv) > 1 else None)


def _speak_utf8() -> None:
    # A Windows console or a pipe may use a code page that lacks the names and dashes we print.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _run_window(workspace: Path | None) -> NoReturn:
    from audit_app.app import run_window

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


def _passphrase_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help=f"Read the passphrase from this file, else from {PASSPHRASE_VARIABLE}, else ask.",
    )(command)


def _passphrase(passphrase_file: Path | None, *, confirm: bool = False) -> str:
    """The passphrase: from the file, the environment or the prompt; one trailing newline is dropped."""
    if passphrase_file is not None:
        try:
            text = passphrase_file.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise AppError(f"The passphrase file {passphrase_file} cannot be read.") from error
        return text.removesuffix("\n").removesuffix("\r")
    if PASSPHRASE_VARIABLE in os.environ:
        return os.environ[PASSPHRASE_VARIABLE].removesuffix("\n").removesuffix("\r")
    if not sys.stdin.isatty():
        raise AppError(f"No passphrase was given. Use --passphrase-file, or set {PASSPHRASE_VARIABLE}.")
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))


def _workspaces() -> "Workspaces":
    from audit_app.app import build_workspaces

    return build_workspaces()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="audit-app")
@click.pass_context
def commands(context: click.Context) -> None:
    """Audit children's social-care case files, offline. Without a command, opens the window."""
    if context.invoked_subcommand is None:
        _run_window(None)


@commands.command("open")
@click.argument("workspace", type=click.Path(path_type=Path))
def open_window(workspace: Path) -> None:
    """Open the window on WORKSPACE."""
    _run_window(workspace)


@commands.command()
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="Where to put the files."
)
@click.option("--no-window", is_flag=True, help="Make the files and stop.")
def demo(folder: Path | None, no_window: bool) -> None:
    """Make the sample workspace and its summary as PDF, xlsx and JSON, then open the window."""
    from audit_app.services.sample import SAMPLE_PASSPHRASE, make_demo

    made = make_demo(_workspaces(), folder)
    click.echo("The sample is made up: no child, worker or council in it is real.")
    for what, path in made.files:
        click.echo(f"{what + ':':<12}{path}")
    click.echo(f"{'Passphrase:':<12}{SAMPLE_PASSPHRASE}")
    if no_window:
        return
    from audit_app.app import has_display

    if not has_display():
        click.echo("There is no display here, so the window was not opened.")
        return
    _run_window(made.workspace)


@commands.command()
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--owner", required=True, help="Your name, as it should stand beside your audits.")
@_passphrase_option
def new(workspace: Path, owner: str, passphrase_file: Path | None) -> None:
    """Make a new, empty, encrypted WORKSPACE."""
    session = _workspaces().create(workspace, _passphrase(passphrase_file, confirm=True), owner)
    session.close()
    click.echo(f"Made {workspace}. A forgotten passphrase cannot be recovered: keep it somewhere safe.")


@commands.command("import-audits")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--programme", help="The programme's title; it is made if there is none of that title.")
@click.option(
    "--form", "form_id", help="The form the audits were made on; six-domains-3 where it is not given."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@_passphrase_option
def import_audits(
    workspace: Path,
    file: Path,
    programme: str | None,
    form_id: str | None,
    dry_run: bool,
    passphrase_file: Path | None,
) -> None:
    """Read audits from a CSV or xlsx FILE into WORKSPACE: all of them, or none."""
    workspaces, passphrase = _workspaces(), _passphrase(passphrase_file)
    session = (workspaces.open_to_read if dry_run else workspaces.open)(workspace, passphrase)
    try:
        preview = session.importing.preview(file, programme or _default_title(session, file), form_id)
        _show_preview(preview)
        if dry_run:
            click.echo("Nothing was changed: this was a dry run.")
            return
        session.importing.apply(preview)
        click.echo("Done." if preview.changes_anything else "There was nothing to do.")
    finally:
        session.close()


def _default_title(session: "Session", file: Path) -> str:
    titles = [programme.title for programme in session.programmes.all()]
    if len(titles) > 1:
        raise NotAllowed(
            "Say which programme with --programme: " + ", ".join(f"“{title}”" for title in titles) + "."
        )
    return titles[0] if titles else file.stem


def _show_preview(preview: "ImportPreview") -> None:
    for sentence in preview.sentences():
        click.echo(sentence)


@commands.command()
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--programme", help="The programme's title; may be left out where there is only one.")
@click.option("--cohort", help="Only this cohort.")
@click.option("--team", help="Only this team.")
@click.option("--service", help="Only this service.")
@click.option("--from", "from_date", type=_Day(), help="Only audits dated on or after this day.")
@click.option("--to", "to_date", type=_Day(), help="Only audits dated on or before this day.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "pdf", "xlsx"]),
    default="text",
    show_default=True,
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; pdf and xlsx need it."
)
@click.option("--profile", type=click.Choice(["internal", "board"]), default="board", show_default=True)
@_passphrase_option
def summary(
    workspace: Path,
    programme: str | None,
    cohort: str | None,
    team: str | None,
    service: str | None,
    from_date: date | None,
    to_date: date | None,
    output: str,
    out: Path | None,
    profile: str,
    passphrase_file: Path | None,
) -> None:
    """Show or write the summary of a programme."""
    from audit_app.core.summary import Filters

    if out is None and output in ("pdf", "xlsx"):
        raise click.UsageError(f"--format {output} needs --out FILE.")
    filters = Filters(cohort, team, service, from_date, to_date)
    workspaces = _workspaces()
    # Writing a file is recorded in the history, so it needs the workspace to itself; showing one does not.
    open_session = workspaces.open_to_read if out is None else workspaces.open
    session = open_session(workspace, _passphrase(passphrase_file))
    try:
        _write_summary(session, programme, filters, output, out, profile)
    finally:
        session.close()


def _write_summary(
    session: "Session", programme: str | None, filters: "Filters", output: str, out: Path | None, profile: str
) -> None:
    made = session.summaries.by_title(programme, filters)
    if out is None:
        click.echo(session.reporting.summary_in_words(made, output), nl=False)
        return
    session.reporting.write_summary(made, output, out, profile)
    click.echo(f"Wrote {out}")


@commands.command()
@click.argument("workspace", type=click.Path(path_type=Path))
@_passphrase_option
def check(workspace: Path, passphrase_file: Path | None) -> None:
    """Check that WORKSPACE is whole, and say what was found. Changes nothing."""
    report = _workspaces().check(workspace, _passphrase(passphrase_file))
    for line in report.lines:
        click.echo(f"{'ok  ' if line.ok else 'BAD '} {line.sentence}")
    if not report.ok:
        raise AppError(
            "The workspace is not whole. Keep the file as it is and use a copy from before the damage."
        )
    click.echo("The workspace is whole.")


@commands.command("self-check")
def self_check() -> None:
    """Make a temporary workspace, one PDF and one xlsx, offscreen, and say that it works."""
    from audit_app.services.sample import self_check as run

    for sentence in run(_workspaces):
        click.echo(sentence)
