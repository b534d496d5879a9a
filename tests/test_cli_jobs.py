"""The jobs of the command line: what each does, what it refuses, and what it leaves as it was."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import session_builders as build
from app_folders import AppFolders
from command_line import PASSPHRASE, done, environment, refused, run
from made_workspace import Made, make
from session_builders import REAL_SHEET, sheet_row, write_sheet

IN_USE = "is open in another window or command"


@pytest.fixture
def made(app_folders: AppFolders) -> Made:
    """A workspace that holds the published sheet."""
    return make(app_folders)


@pytest.fixture
def in_a_window(made: Made) -> Iterator[Made]:
    """The same, while another process has it open for writing."""
    code = (
        "import sys; from pathlib import Path; import session_builders as build\n"
        "session = build.workspaces(Path(sys.argv[1])).open(Path(sys.argv[2]), build.PASSPHRASE)\n"
        "session.audits.start('PW-1', session.programmes.all()[0].id)\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
        "session.close()\n"
    )
    here = str(Path(__file__).resolve().parent)
    env = environment(made.data, PYTHONPATH=os.pathsep.join([here, str(build.ROOT)]))
    with subprocess.Popen(
        [sys.executable, "-c", code, str(made.data), str(made.path)],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        yield made
        window.communicate("")
    assert window.returncode == 0


# Importing


def test_a_dry_run_says_all_and_changes_nothing(made: Made, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "more.csv", [sheet_row("NEW-1", cohort="New")])
    before = made.fingerprint()
    said = done(made.data, "import-audits", made.path, sheet, "--dry-run")
    assert said.splitlines() == [
        "1 audit will be added to “Quarter 2”.",
        "New in the programme: the cohort “New”.",
        "Nothing was changed: this was a dry run.",
    ]
    assert made.fingerprint() == before
    assert done(made.data, "import-audits", made.path, sheet).endswith("Done.\n")
    assert done(made.data, "import-audits", made.path, sheet).splitlines() == [
        "1 audit is here already with the same content: nothing to do.",
        "There was nothing to do.",
    ]


def test_a_refused_sheet_is_listed_and_nothing_is_changed(made: Made, tmp_path: Path) -> None:
    sheet = write_sheet(
        tmp_path / "bad.csv", [sheet_row("A", voice="Goodish", audit_date="31/31/2019"), sheet_row("")]
    )
    before = made.content()
    said = refused(made.data, "import-audits", made.path, sheet).splitlines()
    assert len(said) == 4
    assert said[0].startswith("“bad.csv” has 3 things that can't be read. Nothing was imported.")
    assert [line.split(" “")[0].split(":")[0] for line in said[1:]] == [
        *("Row 2, audit_date", "Row 2, voice", "Row 3, case_reference"),
    ]
    assert made.content() == before


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--form", "six-domains-9"), "There is no form “six-domains-9”"),
        (("--programme", "Quarter 2", "--form", "six-domains-4"), "is on the form six-domains-3"),
        (("--programme", " "), "title"),
    ],
)
def test_a_programme_or_form_that_does_not_fit_is_told(made: Made, more: tuple[str, ...], says: str) -> None:
    before = made.content()
    assert says in refused(made.data, "import-audits", made.path, REAL_SHEET, *more)
    assert made.content() == before


def test_with_several_programmes_one_must_be_named(made: Made) -> None:
    done(made.data, "import-audits", made.path, REAL_SHEET, "--programme", "Q2 again")
    for arguments in (("import-audits", made.path, REAL_SHEET), ("summary", made.path)):
        said = refused(made.data, *arguments)
        assert "“Quarter 2”" in said
        assert "“Q2 again”" in said
    done(made.data, "summary", made.path, "--programme", "q2  AGAIN")


# Summaries


def test_dates_are_day_first(made: Made) -> None:
    def submitted(*dates: str) -> str:
        return done(made.data, "summary", made.path, *dates).splitlines()[4]

    days = ("--from", "8/10/2019", "--to", "2019-10-09")
    assert submitted(*days) == "Date of audit: 8 October 2019 to 9 October 2019"


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        (("--programme", "Q9"), "There is no programme “Q9”. The programmes here are “Quarter 2”."),
        (("--cohort", "Q9"), "It has “Last 10 into care” and “8-11 months into care”."),
        (("--team", "Q9"), "It has “CIC 1” and “CIC 2”."),
        (("--service", "Q9"), "It has “Children in care”."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(made: Made, filters: tuple[str, ...], says: str) -> None:
    before = made.fingerprint()
    assert refused(made.data, "summary", made.path, *filters).endswith(f"{says}\n")
    assert made.fingerprint() == before


def test_a_workspace_without_a_programme_has_no_summary(app_folders: AppFolders) -> None:
    path = app_folders.documents / "new.caseaudit"
    done(app_folders.data, "new", path, "--owner", "Sam")
    assert refused(app_folders.data, "summary", path) == "There is no programme in this workspace yet.\n"


def test_the_ending_of_the_file_says_what_to_make(made: Made) -> None:
    starts = {"a.pdf": b"%PDF", "b.xlsx": b"PK", "c.json": b"{", "d.txt": b"12 cases"}
    for name, start in starts.items():
        out = made.folder / name
        assert done(made.data, "summary", made.path, "--out", out) == f"Wrote {out}\n"
        assert out.read_bytes().startswith(start)
    assert made.history()[-8:] == ["opened", "exported"] * 4


@pytest.mark.parametrize("kind", ["text", "json", "pdf", "xlsx"])
def test_a_file_that_cannot_be_written_is_told_and_the_old_one_kept(made: Made, kind: str) -> None:
    out = made.folder / "nowhere" / "summary"
    said = refused(made.data, "summary", made.path, "--format", kind, "--out", out)
    assert said == f"“summary” was not written, because there is no folder “{out.parent}”.\n"
    (made.folder / "taken").mkdir()
    out = made.folder / "taken"
    assert "because it is a folder" in refused(
        made.data, "summary", made.path, "--format", kind, "--out", out
    )


@pytest.mark.parametrize("name", ["audits.caseaudit", "other.caseaudit", "audits.caseaudit.lock"])
def test_a_report_never_takes_the_place_of_a_workspace(made: Made, name: str) -> None:
    before = made.content()
    said = refused(made.data, "summary", made.path, "--format", "json", "--out", made.folder / name)
    assert "may not take the place of a workspace" in said
    assert made.content() == before
    assert not (made.folder / "other.caseaudit").exists()


def test_a_summary_that_does_not_add_up_is_not_written(made: Made) -> None:
    session = build.workspaces(made.data).open(made.path, PASSPHRASE)
    with session.workspace.write() as db:
        db.execute("DELETE FROM judgement WHERE domain = 'voice' AND audit = 1")
    session.close()
    for kind in ("text", "json", "pdf", "xlsx"):
        out = made.folder / f"summary.{kind}"
        said = refused(made.data, "summary", made.path, "--format", kind, "--out", out)
        assert "do not add up: Voice covers 7 audits of Last 10 into care, but Overall covers 8" in said
        assert not out.exists()
    assert "do not add up" in refused(made.data, "summary", made.path)
    said = refused(made.data, "check", made.path)
    assert "The workspace is not whole" in said


# Beside an open window


def test_showing_works_beside_an_open_window_and_leaves_no_line(in_a_window: Made) -> None:
    before = in_a_window.history()
    assert '"unfinished": 1' in done(in_a_window.data, "summary", in_a_window.path, "--format", "json")
    assert "The workspace is whole." in done(in_a_window.data, "check", in_a_window.path)
    done(in_a_window.data, "import-audits", in_a_window.path, REAL_SHEET, "--dry-run")
    assert in_a_window.history() == before


def test_what_changes_it_is_told_that_a_window_has_it(in_a_window: Made) -> None:
    before, out = in_a_window.history(), in_a_window.folder / "summary.pdf"
    for arguments in (
        ("summary", in_a_window.path, "--format", "pdf", "--out", out),
        ("summary", in_a_window.path, "--format", "json", "--out", out),
        ("import-audits", in_a_window.path, REAL_SHEET),
    ):
        assert IN_USE in refused(in_a_window.data, *arguments)
    assert in_a_window.history() == before
    assert not out.exists()


def test_showing_adds_no_line_and_changes_no_byte(made: Made) -> None:
    before, lines = made.fingerprint(), made.history()
    done(made.data, "summary", made.path)
    done(made.data, "check", made.path)
    assert made.fingerprint() == before
    assert made.history() == lines


# Check


def test_a_whole_workspace_says_what_was_looked_at(made: Made) -> None:
    *lines, last = done(made.data, "check", made.path).splitlines()
    assert last == "The workspace is whole."
    assert all(line.startswith("ok ") for line in lines)
    said = "\n".join(lines)
    for part in ("page", "structure", "history is whole: 17 lines", "grade"):
        assert part in said


def damage_a_page(made: Made) -> None:
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)


def tamper_with_history(made: Made) -> None:
    session = build.workspaces(made.data).open(made.path, PASSPHRASE)
    with session.workspace.write() as db:
        db.execute("DROP TRIGGER history_is_never_changed")
        db.execute("UPDATE history SET detail = replace(detail, 'inadequate', 'good') WHERE seq = 9")
    session.close()


@pytest.mark.parametrize(
    ("tamper", "says"),
    [(damage_a_page, "damaged"), (tamper_with_history, "line 9")],
    ids=["a byte flipped", "history rewritten"],
)
def test_tampering_is_found_and_named(made: Made, tamper: Callable[[Made], None], says: str) -> None:
    tamper(made)
    ran = run(made.data, "check", made.path)
    assert ran.returncode == 1
    assert says in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stderr.count("\n") == 1


# The sample


def test_the_demonstration_can_be_run_twice(app_folders: AppFolders) -> None:
    folder = app_folders.documents / "new folder" / "sample"
    first = done(app_folders.data, "demo", "--no-window", "--dir", folder)
    names = ("sample.caseaudit", "summary.pdf", "summary.xlsx", "summary.json")
    for name in names:
        assert str(folder / name) in first
        assert (folder / name).stat().st_size
    assert "sample passphrase" in first
    assert "made up" in first
    assert done(app_folders.data, "demo", "--no-window", "--dir", folder) == first
    env = environment(app_folders.data, "sample passphrase")
    assert "The workspace is whole." in done(app_folders.data, "check", folder / names[0], env=env)


def test_the_demonstration_says_where_it_cannot_be(app_folders: AppFolders) -> None:
    taken = app_folders.documents / "file"
    taken.write_text("")
    said = refused(app_folders.data, "demo", "--no-window", "--dir", taken)
    assert said == f"The sample cannot be made in “{taken}”. Choose another folder.\n"


def test_the_self_check_leaves_nothing_behind(app_folders: AppFolders, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    env = environment(app_folders.data, None, TMPDIR=str(temporary), TEMP=str(temporary), TMP=str(temporary))
    said = done(app_folders.data, "self-check", env=env)
    assert said.endswith("Everything works.\n")
    assert "PDF made" in said
    assert "Excel made" in said
    assert not list(temporary.iterdir())
    assert not [path for path in app_folders.data.rglob("*") if path.is_file()]
