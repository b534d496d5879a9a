"""Audits from a spreadsheet, rule by rule: new, changed, the same or refused, and nothing half done."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import session_builders as build
from app_folders import AppFolders
from session_builders import PASSPHRASE, REAL_SHEET, content, history_kinds, sheet_row, take_in, write_sheet

from audit_app.core.changes import NOTHING, Kind
from audit_app.core.errors import AppError, Cancelled, FileRefused, NotAllowed, NotFound
from audit_app.core.identity import imported_programme_id
from audit_app.core.programme import ProgrammeType
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.services.session import Session
from audit_app.storage import history

TITLE = "Quarter 2"
HERE = Path(__file__).resolve().parent


@pytest.fixture
def session(app_folders: AppFolders) -> Iterator[Session]:
    """An empty workspace, open for writing."""
    made = build.workspaces(app_folders.data).create(
        app_folders.documents / "work.caseaudit", PASSPHRASE, "Sam Lead"
    )
    yield made
    made.close()


@pytest.fixture
def sheet(app_folders: AppFolders) -> Callable[..., Path]:
    """Writes a sheet of these rows and says where it is."""
    return lambda *rows, **how: write_sheet(app_folders.documents / "sheet.csv", rows, **how)


def audit_ids(session: Session) -> list[str]:
    """The ids of all audits, in the order in which they were made."""
    return [row.id for row in session.audits.rows()]


# What an import makes


def test_a_missing_programme_is_made_as_the_file_says(session: Session, sheet: Callable[..., Path]) -> None:
    preview = session.importing.preview(
        sheet(
            sheet_row("A", cohort="Late", audit_date="31/10/2019"),
            sheet_row("B", cohort="Early", audit_date="2019-10-01"),
            sheet_row("C", cohort="", audit_date=""),
            sheet_row("D", cohort=" late ", audit_date="15/10/2019"),
        ),
        "  Quarter   2 ",
    )
    assert preview.sentences() == (
        "The programme “Quarter 2” will be made, on the form Six domains, three grades, "
        "1 October 2019 to 31 October 2019.",
        "4 audits will be added to “Quarter 2”.",
    )
    assert content(session)["programme"] == []
    changes = session.importing.apply(preview)
    assert changes.kinds == {Kind.AUDITS, Kind.CASES, Kind.PROGRAMMES}
    (programme,) = session.programmes.all()
    assert (programme.title, programme.type) == (TITLE, ProgrammeType.BASELINE)
    assert (programme.period_from, programme.period_to) == (date(2019, 10, 1), date(2019, 10, 31))
    assert [cohort.title for cohort in programme.cohorts] == ["Late", "Early"]
    assert programme.form.id == "six-domains-3"
    rows = session.audits.rows()
    assert [(row.reference, row.cohort) for row in rows] == [
        *(("A", "Late"), ("B", "Early"), ("C", ""), ("D", "Late")),
    ]
    assert {(row.auditor, row.state.value, row.overall) for row in rows} == {
        ("Ana Ruiz", "submitted", "good")
    }


def test_the_chosen_form_is_used_and_an_unknown_one_is_named(
    session: Session, sheet: Callable[..., Path]
) -> None:
    take_in(session, sheet(sheet_row(voice="Outstanding")), TITLE, "six-domains-4")
    assert session.programmes.by_title(TITLE).form.id == "six-domains-4"
    with pytest.raises(NotFound, match="six-domains-3, six-domains-4, dip-sample"):
        session.importing.preview(sheet(sheet_row()), "Another", "seven-domains")


def test_audits_without_any_date_make_a_programme_without_a_period(
    session: Session, sheet: Callable[..., Path]
) -> None:
    take_in(session, sheet(sheet_row(audit_date="", auditor="")))
    programme = session.programmes.by_title(TITLE)
    assert (programme.period_from, programme.period_to) == (None, None)
    (row,) = session.audits.rows()
    assert (row.audit_date, row.auditor) == (None, "")


def test_blank_auditor_and_date_equal_blank(session: Session, sheet: Callable[..., Path]) -> None:
    take_in(session, sheet(sheet_row(audit_date="", auditor="")))
    again = session.importing.preview(sheet(sheet_row("cic-01 ", audit_date=" ", auditor=" ")), TITLE)
    assert (len(again.new), again.same) == (0, 1)
    dated = session.importing.preview(sheet(sheet_row(auditor="")), TITLE)
    assert (len(dated.new), dated.same) == (1, 0)


def test_two_people_and_two_dates_are_four_audits_of_one_case(
    session: Session, sheet: Callable[..., Path]
) -> None:
    rows = [
        sheet_row(auditor=auditor, audit_date=day)
        for auditor in ("Ana Ruiz", "Ben Okafor")
        for day in ("2019-10-07", "2019-10-08")
    ]
    take_in(session, sheet(*rows))
    assert len(set(audit_ids(session))) == 4
    assert len(content(session)["casefile"]) == 1


def test_every_audit_and_the_file_have_their_line_in_a_whole_chain(session: Session) -> None:
    take_in(session, REAL_SHEET)
    kinds = history_kinds(session)
    assert kinds == ["created", "programme_created", *["imported"] * 14, "file_imported"]
    assert history.verify(session.workspace.db) is None
    first = session.history.of_audit(audit_ids(session)[0])
    assert [(line.who, line.sentence) for line in first] == [("Sam Lead", "Imported from a spreadsheet")]


# Nothing to do, changed, refused


def test_the_same_sheet_again_has_nothing_to_do_and_says_so(session: Session) -> None:
    take_in(session, REAL_SHEET)
    before, kinds = content(session), history_kinds(session)
    again = session.importing.preview(REAL_SHEET, TITLE)
    assert not again.changes_anything
    assert again.sentences() == ("14 audits are here already with the same content: nothing to do.",)
    assert session.importing.apply(again) == NOTHING
    assert (content(session), history_kinds(session)) == (before, kinds)


@pytest.mark.parametrize(
    ("column", "before", "after", "says", "shown"),
    [
        ("findings_supported", "", "no", "Findings supported from blank to “no”", ("", "No")),
        ("findings_supported", "yes", "", "Findings supported from “yes” to blank", ("Yes", "")),
        ("cohort", "Last 10", "Others", "Cohort from “Last 10” to “Others”", ("Last 10", "Others")),
        ("cohort", "Last 10", "", "Cohort from “Last 10” to blank", ("Last 10", "")),
        ("service", "Children in care", "Leaving", "Service from “Children in care” to “Leaving”", None),
        ("team", "CIC 1", "", "Team from “CIC 1” to blank", ("CIC 1", "")),
        ("worker", "", "Worker 9", "Worker from blank to “Worker 9”", ("", "Worker 9")),
    ],
)
def test_another_detail_is_previewed_updated_and_in_the_history(
    session: Session,
    sheet: Callable[..., Path],
    column: str,
    before: str,
    after: str,
    says: str,
    shown: tuple[str, str] | None,
) -> None:
    take_in(session, sheet(sheet_row(**{column: before}), sheet_row("CIC-02")))
    preview = session.importing.preview(sheet(sheet_row(**{column: after}), sheet_row("CIC-02")), TITLE)
    assert (len(preview.new), len(preview.changed), preview.same) == (0, 1, 1)
    assert preview.sentences()[0] == f"Row 2, CIC-01: {says}."
    ids = audit_ids(session)
    session.importing.apply(preview)
    assert audit_ids(session) == ids
    row = session.audits.rows()[0]
    attribute = {"findings_supported": "supported"}.get(column, column)
    assert (getattr(row, attribute) or "") == after
    line = session.history.of_audit(ids[0])[-1]
    assert (line.before, line.after) == (shown or (before, after))
    assert history.verify(session.workspace.db) is None
    assert session.importing.preview(sheet(sheet_row(**{column: after})), TITLE).same == 1


def test_several_details_and_new_audits_come_together(session: Session, sheet: Callable[..., Path]) -> None:
    take_in(session, sheet(sheet_row()))
    preview = session.importing.preview(
        sheet(sheet_row(cohort="Others", team="CIC 2", findings_supported="y"), sheet_row("B", cohort="New")),
        TITLE,
    )
    assert preview.sentences() == (
        "1 audit will be added to “Quarter 2”.",
        "Row 2, CIC-01: Findings supported from blank to “yes”, Cohort from “Last 10” to “Others” and "
        "Team from “CIC 1” to “CIC 2”.",
        "New in the programme: the cohorts “Others” and “New”.",
    )
    session.importing.apply(preview)
    cohorts = [cohort.title for cohort in session.programmes.by_title(TITLE).cohorts]
    assert cohorts == ["Last 10", "Others", "New"]


def test_a_cohort_written_differently_is_the_same_cohort(
    session: Session, sheet: Callable[..., Path]
) -> None:
    take_in(session, sheet(sheet_row(cohort="Last 10")))
    assert session.importing.preview(sheet(sheet_row(cohort="LAST  10")), TITLE).same == 1


@pytest.mark.parametrize("column", ["findings_supported", "cohort", "service", "team", "worker"])
def test_what_a_sheet_has_no_column_for_stays(
    session: Session, sheet: Callable[..., Path], column: str
) -> None:
    take_in(session, sheet(sheet_row(findings_supported="yes")))
    before = content(session)
    preview = session.importing.preview(sheet(sheet_row(findings_supported="yes"), without=column), TITLE)
    assert (preview.same, preview.changes_anything) == (1, False)
    words = column.replace("_", " ").capitalize()
    assert f"The file has no column for {words}, so what the audits here say of it stays." in (
        preview.sentences()
    )
    assert content(session) == before


def test_other_grades_are_refused_with_every_row_that_has_them(
    session: Session, sheet: Callable[..., Path]
) -> None:
    take_in(session, sheet(*(sheet_row(reference) for reference in "ABCD")))
    before = content(session)
    rows = [
        *(sheet_row("A"), sheet_row("B", voice="RI"), sheet_row("C", overall="-")),
        *(sheet_row("D", team="CIC 9"), sheet_row("E")),
    ]
    with pytest.raises(FileRefused) as refusal:
        session.importing.preview(sheet(*rows), TITLE)
    assert [(problem.row, problem.value) for problem in refusal.value.problems] == [(3, "B"), (4, "C")]
    assert str(refusal.value).splitlines() == [
        "“sheet.csv” was not imported and nothing was changed: it gives other grades to 2 audits already "
        "here. Grades are never overwritten by a sheet.",
        "Row 3, Case reference “B”: this audit is in the workspace with other grades",
        "Row 4, Case reference “C”: this audit is in the workspace with other grades",
    ]
    assert content(session) == before


def test_the_same_audit_twice_in_a_file_is_refused(session: Session, sheet: Callable[..., Path]) -> None:
    rows = [sheet_row(), sheet_row("B"), sheet_row("cic-01", auditor="ana  RUIZ", audit_date="7/10/2019")]
    with pytest.raises(FileRefused, match="Row 4, case_reference “cic-01”: row 2 is the same audit"):
        session.importing.preview(sheet(*rows), TITLE)


def test_a_programme_on_another_form_is_refused(session: Session, sheet: Callable[..., Path]) -> None:
    take_in(session, sheet(sheet_row()))
    with pytest.raises(NotAllowed, match="“Quarter 2” is on the form six-domains-3"):
        session.importing.preview(sheet(sheet_row("B")), "quarter  2", "six-domains-4")
    assert session.importing.preview(sheet(sheet_row("B")), TITLE, "six-domains-3").new
    with pytest.raises(FileRefused, match="this form has no Outstanding"):
        session.importing.preview(sheet(sheet_row("B", voice="Outstanding")), TITLE)


def test_all_that_cannot_be_read_is_listed_and_nothing_is_there(
    session: Session, sheet: Callable[..., Path]
) -> None:
    rows = [sheet_row("A", voice="Goodish"), sheet_row("B", audit_date="2019-13-01"), sheet_row("")]
    before = content(session)
    with pytest.raises(FileRefused) as refusal:
        session.importing.preview(sheet(*rows), TITLE)
    assert [problem.row for problem in refusal.value.problems] == [2, 3, 4]
    assert content(session) == before


@pytest.mark.parametrize("title", ["", "  ", "a\x1fb", "x" * 201])
def test_a_title_that_cannot_be_one_is_refused(
    session: Session, sheet: Callable[..., Path], title: str
) -> None:
    with pytest.raises(NotAllowed, match="title"):
        session.importing.preview(sheet(sheet_row()), title)


# Who is who


def ids(session: Session) -> dict[str, set[str]]:
    """Every id that an import makes."""
    db, owner = session.workspace.db, session.workspace.owner.id
    found = {
        table: {found for (found,) in db.execute(f"SELECT id FROM {table}")}
        for table in ("audit", "casefile", "programme", "cohort", "person", "form")
    }
    return found | {"person": found["person"] - {owner}}


def test_two_laptops_importing_one_sheet_make_the_same_records(
    app_folders: AppFolders, session: Session, tmp_path: Path
) -> None:
    take_in(session, REAL_SHEET, TITLE)
    lines = REAL_SHEET.read_text("utf-8").splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([lines[0], *reversed(lines[1:])]).upper(), "utf-8")
    # The other laptop is one of the auditors', and its sheet is shouted and upside down.
    other = build.workspaces(tmp_path).create(tmp_path / "other.caseaudit", PASSPHRASE, "Auditor 2")
    try:
        take_in(other, turned, "QUARTER  2")
        assert ids(other) == ids(session)
        assert len(ids(other)["audit"]) == 14
    finally:
        other.close()


def test_a_programme_that_was_renamed_is_found_by_both_titles(
    session: Session, sheet: Callable[..., Path]
) -> None:
    take_in(session, sheet(sheet_row()), "Baseline")
    programme = session.programmes.by_title("Baseline")
    renamed = ProgrammeDraft(
        TITLE, programme.type, cohorts=tuple(CohortDraft(c.id, c.title) for c in programme.cohorts)
    )
    session.programmes.update(programme.id, renamed)
    for title in ("Baseline", TITLE):
        assert session.importing.preview(sheet(sheet_row()), title).same == 1
    preview = session.importing.preview(sheet(sheet_row(), sheet_row("B")), "baseline")
    assert preview.sentences()[0] == "The programme “baseline” is called “Quarter 2” here."
    session.importing.apply(preview)
    assert len(session.programmes.all()) == 1
    # A new programme may take the old title; the audits stay where they are.
    session.programmes.create(ProgrammeDraft("Baseline"))
    with pytest.raises(FileRefused, match=r"Row 2, .* in the programme “Quarter 2” already"):
        session.importing.preview(sheet(sheet_row()), "Baseline")


def test_a_case_and_its_own_audits_stand_beside_imported_ones(
    session: Session, sheet: Callable[..., Path]
) -> None:
    audit_id, _ = session.audits.start("CIC-01")
    take_in(session, sheet(sheet_row("cic-01", auditor="Sam Lead")), "My audits")
    rows = session.audits.rows()
    assert {row.reference for row in rows} == {"CIC-01"}
    assert [row.state.value for row in rows] == ["draft", "submitted"]
    assert rows[0].id == audit_id
    assert len({row.programme_id for row in rows}) == 1


# All or nothing


def stop_at(done: int) -> Callable[[int, int, str], None]:
    """Cancels an import once so many audits are done."""

    def report(count: int, _total: int, _what: str) -> None:
        if count >= done:
            raise Cancelled("Stopped; nothing was changed.")

    return report


def test_cancelling_leaves_nothing_and_the_import_can_be_made_again(
    session: Session, sheet: Callable[..., Path]
) -> None:
    path = sheet(*(sheet_row(f"C-{number}") for number in range(1_200)))
    with pytest.raises(Cancelled):
        session.importing.preview(path, TITLE, None, stop_at(1))
    preview, before = session.importing.preview(path, TITLE), content(session)
    kinds = history_kinds(session)
    for done in (0, 500, 1_200):
        with pytest.raises(Cancelled):
            session.importing.apply(preview, stop_at(done))
        assert (content(session), history_kinds(session)) == (before, kinds)
    session.importing.apply(preview)
    assert len(audit_ids(session)) == 1_200


def test_progress_is_told_in_audits(session: Session, sheet: Callable[..., Path]) -> None:
    path = sheet(*(sheet_row(f"C-{number}") for number in range(1_200)))
    told: list[tuple[int, int, str]] = []
    session.importing.apply(session.importing.preview(path, TITLE), lambda *step: told.append(step))
    assert [done for done, _, _ in told] == [0, 500, 1_000, 1_200, 1_200]
    assert {(total, what) for _, total, what in told} == {(1_200, "Importing audits")}


def test_killed_in_the_middle_of_an_import_nothing_is_there(app_folders: AppFolders, tmp_path: Path) -> None:
    folder = app_folders.documents
    sheet = write_sheet(folder / "sheet.csv", (sheet_row(f"C-{number}") for number in range(3_000)))
    opener = build.workspaces(app_folders.data)
    opener.create(folder / "work.caseaudit", PASSPHRASE, "Sam Lead").close()
    code = (
        "import os, signal, sys; from pathlib import Path; import session_builders as build\n"
        "data, file, sheet = map(Path, sys.argv[1:])\n"
        "def report(done, total, what):\n"
        "    if done >= 2_000: os.kill(os.getpid(), signal.SIGKILL)\n"
        "session = build.workspaces(data).open(file, build.PASSPHRASE)\n"
        "session.importing.apply(session.importing.preview(sheet, 'Quarter 2'), report)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, str(app_folders.data), str(folder / "work.caseaudit"), str(sheet)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(build.ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    session = opener.open(folder / "work.caseaudit", PASSPHRASE)
    try:
        assert all(content(session)[table] == [] for table in ("audit", "casefile", "programme", "cohort"))
        assert history_kinds(session) == ["created", "opened", "opened"]
        assert history.verify(session.workspace.db) is None
        take_in(session, sheet)
        assert len(audit_ids(session)) == 3_000
    finally:
        session.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda session, sheet: take_in(session, sheet(sheet_row("B"))),
        lambda session, sheet: take_in(session, sheet(sheet_row("A", team="CIC 7"))),
        lambda session, _: session.programmes.update(
            imported_programme_id(TITLE), ProgrammeDraft("Renamed", cohorts=cohorts_of(session))
        ),
        lambda session, _: session.programmes.update(
            imported_programme_id(TITLE),
            ProgrammeDraft(TITLE, cohorts=(*cohorts_of(session), CohortDraft(None, "More"))),
        ),
    ],
    ids=["audit added", "audit changed", "programme renamed", "cohort added"],
)
def test_a_preview_that_is_no_longer_true_is_refused(
    session: Session,
    sheet: Callable[..., Path],
    change: Callable[[Session, Callable[..., Path]], None],
) -> None:
    take_in(session, sheet(sheet_row("A")))
    preview = session.importing.preview(
        sheet(sheet_row("A", team="CIC 2"), sheet_row("B", cohort="New")), TITLE
    )
    change(session, sheet)
    before = content(session)
    with pytest.raises(NotAllowed, match="has changed since this preview, so nothing was imported"):
        session.importing.apply(preview)
    assert content(session) == before


def cohorts_of(session: Session) -> tuple[CohortDraft, ...]:
    """The cohorts of the only programme, as a person would leave them."""
    (programme,) = session.programmes.all()
    return tuple(CohortDraft(cohort.id, cohort.title) for cohort in programme.cohorts)


def test_a_programme_made_since_the_preview_is_noticed(session: Session, sheet: Callable[..., Path]) -> None:
    preview = session.importing.preview(sheet(sheet_row()), TITLE)
    session.programmes.create(ProgrammeDraft("QUARTER 2"))
    with pytest.raises(NotAllowed, match="has changed since"):
        session.importing.apply(preview)
    assert not session.audits.rows()


def test_a_workspace_opened_to_read_can_be_asked_and_not_changed(
    app_folders: AppFolders, session: Session
) -> None:
    reader = build.workspaces(app_folders.data).open_to_read(session.workspace.path, PASSPHRASE)
    try:
        preview = reader.importing.preview(REAL_SHEET, TITLE)
        assert len(preview.new) == 14
        with pytest.raises(AppError, match="opened to read"):
            reader.importing.apply(preview)
    finally:
        reader.close()
    assert not session.audits.rows()


# Size


def test_twenty_thousand_rows_are_read_and_kept(
    app_folders: AppFolders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grades = ("Good", "RI", "Inad", "-")
    rows = (
        replace_row(number, grades[number % 4], f"Auditor {number % 85}", f"Team {number % 40}")
        for number in range(20_000)
    )
    sheet = write_sheet(app_folders.documents / "large.csv", rows)
    code = (
        "import re, sys, time; from pathlib import Path; import session_builders as build\n"
        "data, file, sheet = map(Path, sys.argv[1:])\n"
        "def peak():\n"
        "    status = Path('/proc/self/status')\n"
        "    found = re.search(r'VmHWM:\\s+(\\d+)', status.read_text()) if status.exists() else None\n"
        "    return f'{int(found[1]) / 1024:.0f} MB' if found else 'not known'\n"
        "session = build.workspaces(data).create(file, build.PASSPHRASE, 'Sam Lead')\n"
        "import audit_app.exchange.audit_sheet, audit_app.exchange.sheet_reader\n"
        "rest = peak()\n"
        "start = time.perf_counter()\n"
        "preview = session.importing.preview(sheet, 'Quarter 2')\n"
        "middle = time.perf_counter()\n"
        "session.importing.apply(preview)\n"
        "end = time.perf_counter()\n"
        "most = peak()\n"
        "assert len(session.audits.rows()) == 20_000\n"
        "assert session.importing.preview(sheet, 'Quarter 2').same == 20_000\n"
        "again = time.perf_counter()\n"
        "session.close()\n"
        "print(f'20,000 rows: preview {middle - start:.2f} s, apply {end - middle:.2f} s,',\n"
        "      f'preview again {again - end:.2f} s, peak memory {most}, {rest} before')\n"
    )
    folder = app_folders.documents
    ran = subprocess.run(
        [sys.executable, "-c", code, str(app_folders.data), str(folder / "large.caseaudit"), str(sheet)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(build.ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    with capsys.disabled():
        print(f"\n{ran.stdout.strip()}")  # noqa: T201 - measured, not asserted


def replace_row(number: int, grade: str, auditor: str, team: str) -> dict[str, str]:
    """A row of a large sheet."""
    return sheet_row(
        f"C-{number:05}", auditor=auditor, team=team, voice=grade, cohort=f"Cohort {number % 12}"
    )
