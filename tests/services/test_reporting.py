"""Reports of real workspaces: the same numbers in every file, and files that are whole or not there."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import session_builders as build
from openpyxl import load_workbook
from pdf_reading import Pdf
from session_builders import (
    DATA,
    MIXED_SHEET,
    PASSPHRASE,
    REAL_SHEET,
    content,
    history_kinds,
    sheet_row,
    take_in,
    write_sheet,
)

from audit_app.core.errors import CannotWrite, DoesNotReconcile, NotFound
from audit_app.core.fields import all_fields
from audit_app.core.summary import Filters, Summary
from audit_app.services.session import Session

REAL, MIXED = "Real", "Mixed"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = build.workspaces(tmp_path / "data").create(tmp_path / "work.caseaudit", PASSPHRASE, "Sam Lead")
    yield made
    made.close()


@pytest.fixture
def real(session: Session) -> Summary:
    take_in(session, REAL_SHEET, REAL)
    return session.summaries.by_title(REAL, Filters())


def pdf_counts(path: Path) -> dict[str, list[str]]:
    return {row[0]: row[1:-2] for row in Pdf(path.read_bytes()).table_under("Area")}


def xlsx_counts(path: Path) -> dict[str, list[str]]:
    sheet = load_workbook(BytesIO(path.read_bytes()))["Summary"]
    heads, *rows = [[cell.value for cell in row] for row in sheet[sheet.tables["Grades"].ref]]
    counts = heads.index("Not graded") + 1
    return {str(row[0]): [str(value) for value in row[1:counts]] for row in rows}


def expected_counts(file: str) -> dict[str, list[str]]:
    """The published answer, which the product has no part in."""
    answer = json.loads((DATA / file).read_text(encoding="utf-8"))
    rows = {row["title"]: row for row in answer["domains"]} | {"Overall": answer["overall"]}
    rows |= {f"Overall – {row['title']}": row for row in answer["cohorts"]}
    found = {}
    for title, row in rows.items():
        counts = list(row["grades"].values()) if row["graded"] else ["–"] * len(row["grades"])
        title = "Overall – no cohort" if title == "Overall – No cohort" else title
        found[title] = [str(value) for value in (*counts, row["graded"], row.get("not_graded", 0))]
    return found


@pytest.mark.parametrize(
    ("sheet", "form_id", "answer"),
    [
        (REAL_SHEET, "six-domains-3", "bcp_2019_q2_expected_summary.json"),
        (MIXED_SHEET, "six-domains-4", "mixed_audits_expected.json"),
    ],
    ids=["published", "mixed"],
)
@pytest.mark.parametrize("profile", ["board", "internal"])
def test_pdf_xlsx_and_json_hold_the_published_numbers(
    session: Session, tmp_path: Path, sheet: Path, form_id: str, answer: str, profile: str
) -> None:
    take_in(session, sheet, "A programme", form_id)
    summary = session.summaries.by_title(None, Filters())
    for output in ("pdf", "xlsx", "json"):
        session.reporting.write_summary(summary, output, tmp_path / f"out.{output}", profile)
    expected = expected_counts(answer)
    assert pdf_counts(tmp_path / "out.pdf") == expected
    assert xlsx_counts(tmp_path / "out.xlsx") == expected
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["domains"][0]["grades"] == json.loads((DATA / answer).read_text())["domains"][0]["grades"]


def test_filters_narrow_the_list_of_audits_as_they_narrow_the_numbers(
    session: Session, real: Summary, tmp_path: Path
) -> None:
    narrow = session.summaries.by_title(REAL, Filters(team="CIC 1", cohort="Last 10 into care"))
    session.reporting.write_summary(narrow, "xlsx", tmp_path / "narrow.xlsx", "internal")
    sheet = load_workbook(tmp_path / "narrow.xlsx")["Audits"]
    heads, *rows = [[cell.value for cell in row] for row in sheet[sheet.tables["Audits"].ref]]
    assert {row[heads.index("Team")] for row in rows} == {"CIC 1"}
    with REAL_SHEET.open(encoding="utf-8-sig") as file:
        expected = {
            row["case_reference"]
            for row in csv.DictReader(file)
            if row["team"] == "CIC 1" and row["cohort"] == "Last 10 into care"
        }
    assert {row[heads.index("Case")] for row in rows} == expected


# Who and what is in them


def marked_audit(session: Session) -> str:
    """An audit with a marker in every field of text, submitted."""
    audit_id, _ = session.audits.start("REFERENCE-marker")
    audit = session.grading.open(audit_id)
    form = session.audits.form_of(audit)
    values = {}
    for key, field in all_fields(form).items():
        if re.match(r"action\.(?!1\.)", key):
            continue
        if field.kind.is_free_text:
            values[key] = f"MARKER {key}"
        elif key.endswith(".grade"):
            values[key] = "good"
        elif field.kind == "date":
            values[key] = "2019-10-14"
        elif field.options:
            values[key] = field.options[0].id
    values |= {"case.worker": "WORKER marker", "case.team": "Team", "case.service": "Service"}
    values |= {"safe.told_at": "15:40", "voice.grade": "not_graded"}
    session.grading.set_many(audit_id, values)
    session.grading.submit(audit_id)
    return audit_id


def everything_in(path: Path) -> str:
    if path.suffix == ".pdf":
        return Pdf(path.read_bytes()).text
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("output", ["pdf", "xlsx", "json", "text"])
def test_the_board_reads_no_reference_name_or_text(session: Session, tmp_path: Path, output: str) -> None:
    marked_audit(session)
    path = tmp_path / f"board.{output}"
    session.reporting.write_summary(session.summaries.by_title(None, Filters()), output, path)
    assert not re.search("(?i)marker", everything_in(path))


def test_the_internal_workbook_has_every_text_of_an_audit(session: Session, tmp_path: Path) -> None:
    audit = session.audits.get(marked_audit(session))
    path = tmp_path / "internal.xlsx"
    session.reporting.write_summary(session.summaries.by_title(None, Filters()), "xlsx", path, "internal")
    found = everything_in(path)
    texts = {value for value in audit.answers.values() if "MARKER" in value}
    assert len(texts) > 20
    assert [text for text in texts if text not in found] == []
    assert "REFERENCE-marker" in found
    assert "WORKER marker" in found


def test_the_internal_pdf_names_the_case(session: Session, tmp_path: Path) -> None:
    marked_audit(session)
    path = tmp_path / "internal.pdf"
    session.reporting.write_summary(session.summaries.by_title(None, Filters()), "pdf", path, "internal")
    words = Pdf(path.read_bytes()).root.words
    assert "REFERENCE-marker" in words.replace(" ", "")  # a long one goes over the line


def test_one_audit_is_written_with_all_that_was_said(session: Session, tmp_path: Path) -> None:
    audit_id = marked_audit(session)
    session.reporting.write_case(audit_id, tmp_path / "case.pdf")
    words = Pdf((tmp_path / "case.pdf").read_bytes()).root.words
    for said in (
        "REFERENCE-marker",
        "MARKER recording.evidence",
        "MARKER voice.not_graded_reason",
        "Sam Lead",
    ):
        assert said in words
    with pytest.raises(NotFound):
        session.reporting.write_case("no such audit", tmp_path / "none.pdf")
    assert not (tmp_path / "none.pdf").exists()


# Whole or not at all


def test_figures_that_do_not_add_up_are_not_written(session: Session, real: Summary, tmp_path: Path) -> None:
    row = real.domains[0]
    wrong = replace(real, domains=(replace(row, graded=row.graded + 1), *real.domains[1:]))
    for output in ("pdf", "xlsx", "json", "text"):
        path = tmp_path / f"out.{output}"
        path.write_bytes(b"old")
        with pytest.raises(DoesNotReconcile, match="Case recording"):
            session.reporting.write_summary(wrong, output, path)
        assert path.read_bytes() == b"old"
    assert "exported" not in history_kinds(session)


def test_a_list_of_audits_that_no_longer_gives_the_figures_is_not_written(
    session: Session, real: Summary, tmp_path: Path
) -> None:
    sheet = write_sheet(tmp_path / "more.csv", [sheet_row("NEW-1", cohort="Last 10 into care")])
    take_in(session, sheet, REAL)
    with pytest.raises(DoesNotReconcile, match="15 audits"):
        session.reporting.write_summary(real, "xlsx", tmp_path / "out.xlsx", "internal")
    assert not (tmp_path / "out.xlsx").exists()
    # The board's holds no audits; it is what was on the screen.
    session.reporting.write_summary(real, "xlsx", tmp_path / "out.xlsx", "board")


def test_a_file_that_cannot_be_written_leaves_no_line_and_changes_nothing(
    session: Session, real: Summary, tmp_path: Path
) -> None:
    before = content(session), history_kinds(session)
    with pytest.raises(CannotWrite, match="no folder"):
        session.reporting.write_summary(real, "pdf", tmp_path / "nowhere" / "out.pdf")
    assert (content(session), history_kinds(session)) == before


def test_an_unknown_format_is_refused(session: Session, real: Summary, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="pdf, xlsx, json and text"):
        session.reporting.write_summary(real, "docx", tmp_path / "out.docx")


# The history


def test_writing_is_in_the_history_and_showing_is_not(
    session: Session, real: Summary, tmp_path: Path
) -> None:
    before = history_kinds(session)
    shown = session.reporting.summary_in_words(real, "json")
    assert json.loads(shown)["overall"]["grades"]["good"] == 8
    assert session.reporting.summary_in_words(real, "text").startswith("12 cases where")
    assert "<svg" in session.reporting.chart_svg(real)
    assert history_kinds(session) == before
    session.reporting.write_summary(real, "pdf", tmp_path / "A child's name.pdf", "internal")
    assert history_kinds(session) == [*before, "exported"]
    subject, detail = session.workspace.db.execute(
        "SELECT subject, detail FROM history ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    assert subject == real.programme.id
    assert json.loads(detail) == {"format": "pdf", "profile": "internal", "report": "summary"}


def test_a_case_report_is_in_its_audits_history(session: Session, tmp_path: Path) -> None:
    audit_id, _ = session.audits.start("CIC-1")
    session.reporting.write_case(audit_id, tmp_path / "case.pdf")
    assert session.history.of_audit(audit_id)[-1].sentence == "Wrote a report of the audit to a file"


def test_a_session_that_only_reads_writes_files_and_no_line(
    session: Session, real: Summary, tmp_path: Path
) -> None:
    before = history_kinds(session)
    reading = build.workspaces(tmp_path / "data").open_to_read(session.workspace.path, PASSPHRASE)
    try:
        summary = reading.summaries.by_title(REAL, Filters())
        reading.reporting.write_summary(summary, "pdf", tmp_path / "read.pdf", "internal")
    finally:
        reading.close()
    assert pdf_counts(tmp_path / "read.pdf")["Overall"] == ["8", "2", "2", "12", "0"]
    assert history_kinds(session) == before


def test_fonts_for_the_screen_are_files(session: Session) -> None:
    assert all(path.is_file() and path.suffix == ".ttf" for path in session.reporting.chart_fonts())
