"""The command line as a person or a script meets it: help, usage, passphrases, and where its words go."""

import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from app_folders import AppFolders
from command_line import PASSPHRASE, command, done, environment, refused
from made_workspace import Made, make
from session_builders import REAL_SHEET, sheet_row, write_sheet

COMMANDS = (
    *("open", "demo", "new", "import-audits", "summary", "check", "self-check"),
    *("agreement", "interval", "compare"),
)


@pytest.fixture
def made(app_folders: AppFolders) -> Made:
    """A workspace that holds the published sheet."""
    return make(app_folders)


# Help and start


def test_help_lists_every_command_in_whole_words(app_folders: AppFolders) -> None:
    said = done(app_folders.data, "--help")
    listed = said.split("Commands:\n")[1].splitlines()
    names = [line.split()[0] for line in listed]
    assert [name for name in names if name in COMMANDS] == list(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("..") for line in listed)
    assert said == done(app_folders.data, "-h")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_that_fits_a_terminal(app_folders: AppFolders, name: str) -> None:
    said = done(app_folders.data, name, "--help")
    assert said.startswith(f"Usage: audit-app {name} ")
    assert max(len(line) for line in said.splitlines()) <= 80
    assert "..." not in said.replace("[OPTIONS]...", "")


def test_the_version_is_told(app_folders: AppFolders) -> None:
    assert done(app_folders.data, "--version").startswith("audit-app, version ")


def test_help_is_there_at_once_and_loads_nothing_heavy(
    app_folders: AppFolders, capsys: pytest.CaptureFixture[str]
) -> None:
    code = (
        "import sys; from audit_app import cli; sys.argv[1:] = ['--help']\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = ('PySide6', 'sqlcipher3', 'sqlite_utils', 'reportlab', 'openpyxl', 'msgspec')\n"
        "print(sorted(set(heavy) & set(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(app_folders.data),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr.strip() == "[]"
    took = []
    for _ in range(5):
        start = time.perf_counter()
        done(app_folders.data, "--help")
        took.append(time.perf_counter() - start)
    with capsys.disabled():
        print(f"\naudit-app --help: {min(took) * 1000:.0f} ms")  # noqa: T201 - measured, not asserted


# Usage


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fly",), "No such command 'fly'"),
        (("new", "w.caseaudit"), "Missing option '--owner'"),
        (("import-audits", "w.caseaudit"), "Missing argument 'FILE'"),
        (
            ("summary", "w.caseaudit", "--format", "docx"),
            "'docx' is not one of 'text', 'json', 'pdf', 'xlsx'",
        ),
        (("summary", "w.caseaudit", "--profile", "public"), "'public' is not one of 'internal', 'board'"),
        (("summary", "w.caseaudit", "--format", "pdf"), "--format pdf needs --out FILE."),
        (("summary", "w.caseaudit", "--format", "xlsx"), "--format xlsx needs --out FILE."),
        (("summary", "w.caseaudit", "--from", "10/31/2019"), "write it as 2019-10-31 or 31/10/2019"),
        (("summary", "w.caseaudit", "--to", "yesterday"), "“yesterday” is not a date"),
        (("--programme", "x", "summary", "w.caseaudit"), "No such option"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_two(
    app_folders: AppFolders, arguments: tuple[str, ...], says: str
) -> None:
    said = refused(app_folders.data, *arguments, code=2)
    assert says in said
    assert "Usage: audit-app" in said


# Making one


def test_a_workspace_is_made_once(app_folders: AppFolders) -> None:
    path = app_folders.documents / "new.caseaudit"
    assert "A forgotten passphrase cannot be recovered" in done(
        app_folders.data, "new", path, "--owner", "Zoë Ł"
    )
    made = Made(app_folders.data, path)
    before = made.fingerprint()
    said = refused(app_folders.data, "new", path, "--owner", "Someone else")
    assert said == f"There is a file at “{path}” already; it was left as it is.\n"
    assert made.fingerprint() == before
    with made.opened() as session:
        assert session.workspace.owner.name == "Zoë Ł"


@pytest.mark.parametrize("owner", ["", "  "])
def test_an_owner_needs_a_name(app_folders: AppFolders, owner: str) -> None:
    path = app_folders.documents / "new.caseaudit"
    assert "needs a passphrase and the name" in refused(app_folders.data, "new", path, "--owner", owner)
    assert not path.exists()


def test_a_workspace_in_a_folder_that_is_not_there_is_refused(app_folders: AppFolders) -> None:
    path = app_folders.documents / "nowhere" / "new.caseaudit"
    assert "Choose another folder" in refused(app_folders.data, "new", path, "--owner", "Sam")


# The passphrase


def test_a_file_beats_the_variable_and_loses_one_newline(made: Made, tmp_path: Path) -> None:
    file = tmp_path / "passphrase.txt"
    wrong = environment(made.data, "not this one")
    for written in (PASSPHRASE, f"{PASSPHRASE}\n", f"{PASSPHRASE}\r\n", f"\ufeff{PASSPHRASE}\n"):
        file.write_bytes(written.encode())
        done(made.data, "summary", made.path, "--passphrase-file", file, env=wrong)
    for written in (f"{PASSPHRASE}\n\n", f" {PASSPHRASE}", ""):
        file.write_bytes(written.encode())
        refused(made.data, "summary", made.path, "--passphrase-file", file)


def test_the_variable_loses_one_newline_too(made: Made) -> None:
    done(made.data, "summary", made.path, env=environment(made.data, f"{PASSPHRASE}\n"))
    refused(made.data, "summary", made.path, env=environment(made.data, f"{PASSPHRASE}\n\n"))


def test_a_passphrase_opens_however_its_letters_are_put_together(app_folders: AppFolders) -> None:
    path, typed = app_folders.documents / "new.caseaudit", "Zoë’s crêpe ångström"
    composed, apart = (unicodedata.normalize(form, typed) for form in ("NFC", "NFD"))
    assert composed != apart
    for first, second in ((composed, apart), (apart, composed)):
        env = environment(app_folders.data, first)
        done(app_folders.data, "new", path, "--owner", "Sam", env=env)
        done(app_folders.data, "check", path, env=environment(app_folders.data, second))
        path.unlink()


@pytest.mark.parametrize("name", ["missing.txt", "folder", "latin.txt"])
def test_a_passphrase_file_that_cannot_be_read_is_told(made: Made, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin.txt").write_bytes("Zoë".encode("latin-1"))
    said = refused(made.data, "summary", made.path, "--passphrase-file", tmp_path / name)
    assert said == f"The passphrase file {tmp_path / name} cannot be read.\n"


def test_without_any_passphrase_and_nobody_to_ask_it_says_how_to_give_one(made: Made) -> None:
    said = refused(made.data, "summary", made.path, env=environment(made.data, None))
    assert said == "No passphrase was given. Use --passphrase-file, or set AUDIT_APP_PASSPHRASE.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
def test_a_person_at_the_keyboard_is_asked_and_nothing_typed_is_shown(made: Made) -> None:
    import pty

    master, slave = pty.openpty()
    # The terminal becomes the process's own, as it is in a shell.
    code = (
        "import fcntl, sys, termios; from audit_app.cli import main\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0); main()\n"
    )
    asked = subprocess.Popen(
        [sys.executable, "-c", code, "summary", str(made.path), "--format", "json"],
        env=environment(made.data, None),
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown = b""
    while not shown.endswith(b"Passphrase: "):
        shown += os.read(master, 100)
    os.write(master, f"{PASSPHRASE}\n".encode())
    out, _ = asked.communicate(timeout=60)
    assert asked.returncode == 0
    assert b'"overridden"' in out
    assert PASSPHRASE.encode() not in shown + os.read(master, 100)
    os.close(master)


@pytest.mark.parametrize("arguments", [("summary",), ("check",), ("import-audits", REAL_SHEET)])
def test_a_wrong_passphrase_is_refused_and_the_bytes_stay(made: Made, arguments: tuple[Any, ...]) -> None:
    before = made.fingerprint()
    name, *rest = arguments
    said = refused(made.data, name, made.path, *rest, env=environment(made.data, "not this one"))
    assert said == "That passphrase does not open “audits”. Nothing was changed; try again.\n"
    assert made.fingerprint() == before


@pytest.mark.parametrize("arguments", [("summary",), ("check",), ("open",), ("import-audits", REAL_SHEET)])
def test_a_workspace_that_is_not_there_is_told(app_folders: AppFolders, arguments: tuple[Any, ...]) -> None:
    path = app_folders.documents / "gone.caseaudit"
    name, *rest = arguments
    said = refused(app_folders.data, name, path, *rest)
    assert said == f"There is no file at “{path}”. It may have been moved or renamed.\n"
    assert not list(app_folders.documents.iterdir())


def test_a_file_that_is_no_workspace_is_left_alone(app_folders: AppFolders) -> None:
    path = app_folders.documents / "notes.caseaudit"
    path.write_text("not a workspace " * 1_000)
    for arguments in (("summary", path), ("check", path), ("import-audits", path, REAL_SHEET)):
        refused(app_folders.data, *arguments)
    assert path.read_text() == "not a workspace " * 1_000


# Output that goes nowhere


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes")
def test_a_reader_that_goes_away_is_no_error(made: Made, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "more.csv", [sheet_row("NEW-1")])
    for arguments in (("summary", made.path), ("import-audits", made.path, sheet)):
        running = subprocess.Popen(
            command(*arguments),
            env=environment(made.data),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        said = running.stderr.read()
        running.stderr.close()
        assert (running.wait(), said) == (0, b"")
    with made.opened() as session:
        assert len(session.audits.rows()) == 15  # nobody read what it said, and it is done all the same


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_told(made: Made) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            command("summary", made.path),
            env=environment(made.data),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (
        1,
        "What was to be shown could not be written to where it was sent.\n",
    )


def test_a_bug_of_ours_is_one_sentence_and_a_file_without_case_text(made: Made) -> None:
    code = (
        "import sys; from audit_app import cli; from audit_app.services.summaries import Summaries\n"
        "def fail(self, *rest): secret = 'the child said'; raise ValueError(secret)\n"
        "Summaries.by_title = fail\n"
        "sys.argv = ['audit-app', 'summary', sys.argv[1]]\n"
        "cli.main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(made.path)],
        env=environment(made.data),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("The program met a bug of its own and stopped.")
    assert ran.stderr.count("\n") == 1
    kept = "".join(path.read_text("utf-8") for path in (made.data / "logs").iterdir())
    assert "ValueError" in kept
    assert "the child said" not in kept + ran.stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
@pytest.mark.parametrize("arguments", [(), ("open",)])
def test_a_window_without_a_display_is_refused_in_words(made: Made, arguments: tuple[str, ...]) -> None:
    env = environment(made.data)
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    path = (made.path,) if arguments else ()
    assert "There is no display here" in refused(made.data, *arguments, *path, env=env)
    said = done(made.data, "demo", "--dir", made.folder / "sample", env=env)
    assert said.endswith("There is no display here, so the window was not opened.\n")
