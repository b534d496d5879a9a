"""The summary as a workbook: the same numbers, real tables and charts, and no text that does anything."""

import os
import re
import subprocess
import sys
import time
import warnings
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import core_builders as build
import pytest
from core_builders import FOUR, GOOD, INADEQUATE, OUTSTANDING, RI, Graded, everywhere
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from report_builders import COHORTS, NAMING_MARKERS, board, internal, line, lines, published

from audit_app.core import sentences, table
from audit_app.core.definitions import definitions
from audit_app.core.summary import Row, Summary
from audit_app.reports.contents import SummaryReport
from audit_app.reports.summary_xlsx import summary_xlsx
from audit_app.reports.xlsx_cells import MOST_CHARACTERS

HERE = Path(__file__).resolve().parent


def opened(report: SummaryReport) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load_workbook(BytesIO(summary_xlsx(report)))


def table_rows(sheet: Worksheet, name: str) -> tuple[list[str], list[list[object]]]:
    """The headings and the rows of a table, from where it says it is."""
    cells = [[cell.value for cell in row] for row in sheet[sheet.tables[name].ref]]
    heads = [str(head) for head in cells[0]]
    assert [column.name for column in sheet.tables[name].tableColumns] == heads
    assert sheet.tables[name].autoFilter.ref == sheet.tables[name].ref
    return heads, cells[1:]


def expected(row: Row) -> list[object]:
    if not row.graded or row.success.interval is None:
        count = len(row.grades)
        return [*["–"] * count, 0, row.not_graded, *["–"] * (count + 3)]
    counts = list(row.grades.values())
    interval = row.success.interval
    shares = [count / row.graded for count in counts]
    return [
        *counts,
        *(row.graded, row.not_graded),
        *shares,
        *(row.success.count / row.success.n, interval.low, interval.high),
    ]


def numbers_agree(book: Workbook, summary: Summary) -> None:
    _, found = table_rows(book["Summary"], "Grades")
    rows = table.table_rows(summary)
    assert [row[0] for row in found] == [table.row_title(summary, row) for row in rows]
    for cells, row in zip(found, rows, strict=True):
        assert cells[1:] == pytest.approx(expected(row))


# Numbers


def test_the_published_table_is_in_it_number_by_number() -> None:
    book = opened(board(published()))
    heads, rows = table_rows(book["Summary"], "Grades")
    assert heads[:6] == ["Area", "Good", "Requires improvement", "Inadequate", "Graded", "Not graded"]
    found = {str(row[0]): row[1:] for row in rows}
    assert found["Case recording"][:5] == [8, 4, 0, 12, 0]
    assert found["Voice"][:5] == [11, 1, 0, 12, 0]
    assert found["Overall"][:5] == [8, 2, 2, 12, 0]
    assert found["Overall – Last 10 into care"][:5] == [6, 0, 2, 8, 0]
    assert found["Overall"][5:] == pytest.approx([8 / 12, 2 / 12, 2 / 12, 8 / 12, 0.3906, 0.8619], abs=1e-4)
    numbers_agree(book, published())


@pytest.mark.parametrize(
    ("audits", "scale"),
    [
        ([], build.THREE),
        ([Graded(everywhere(GOOD))], build.THREE),
        ([Graded(everywhere(RI, voice="not_graded"))] * 3, build.THREE),
        ([Graded(everywhere(OUTSTANDING)), Graded(everywhere(INADEQUATE))], FOUR),
        ([Graded(everywhere(GOOD))] * 9_000 + [Graded(everywhere(INADEQUATE))] * 1_000, build.THREE),
    ],
    ids=["none", "one", "domain not graded", "four grades", "10,000"],
)
def test_the_numbers_are_the_summarys(audits: list[Graded], scale: build.GradeScale) -> None:
    summary = build.summary(audits, scale=scale)
    numbers_agree(opened(board(summary)), summary)


def test_forty_cohorts_are_all_there_and_have_a_sheet_of_their_own() -> None:
    audits = [Graded(everywhere(GOOD), cohort_id=f"c{number}") for number in range(1, 41)]
    summary = build.summary(audits, cohorts=tuple(f"Cohort {number}" for number in range(1, 41)))
    book = opened(board(summary))
    numbers_agree(book, summary)
    _, rows = table_rows(book["By cohort"], "Cohorts")
    assert [row[:6] for row in rows] == [[f"Cohort {n}", 1, 0, 0, 1, 0] for n in range(1, 41)]


def test_a_programme_without_cohorts_says_so() -> None:
    sheet = opened(board(build.summary([Graded(everywhere(GOOD))])))["By cohort"]
    assert not sheet.tables
    assert "This programme has no cohorts." in values(sheet)


def test_shares_are_numbers_shown_as_percentages_and_counts_as_counts() -> None:
    sheet = opened(board(published()))["Summary"]
    first = sheet[sheet.tables["Grades"].ref.split(":")[0]].row + 1
    formats = [cell.number_format for cell in sheet[first]]
    assert formats[1:6] == ["#,##0"] * 5
    assert formats[6:12] == ["0%"] * 6


def values(sheet: Worksheet) -> list[object]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_conclusions_counts_and_facts_are_said() -> None:
    summary = published()
    sheet = opened(board(summary))["Summary"]
    said = values(sheet)
    for sentence in (*sentences.conclusions(summary), *sentences.audit_sentences(summary)):
        assert sentence in said
    _, counts = table_rows(sheet, "Counts")
    assert dict(counts)["Submitted"] == 14
    assert dict(counts)["Not supported"] == 2
    assert dict(counts)["Unfinished"] == 3
    assert "Test form, version 2" in said
    assert "4 November 2019 by Jordan Ellis" in said


def test_every_figure_is_defined() -> None:
    _, rows = table_rows(opened(board(published()))["Notes"], "Notes")
    assert rows == [[found.name, found.meaning, found.source] for found in definitions(build.form())]


# Who is named


def test_the_board_gets_no_list_of_audits_and_nobody_is_named() -> None:
    book = opened(board(published()))
    assert book.sheetnames == ["Summary", "By cohort", "Notes"]
    data = summary_xlsx(board(published()))
    with ZipFile(BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert not [marker for marker in NAMING_MARKERS if marker in everything]


def test_an_internal_workbook_lists_every_audit_so_that_they_give_the_summary() -> None:
    audits = build.real_table()
    summary = build.summary(audits, cohorts=COHORTS, not_supported=1)
    left_out = line(Graded(everywhere(INADEQUATE)), 99, supported=False)
    book = opened(internal(summary, [*lines(audits), left_out]))
    assert book.sheetnames == ["Summary", "Audits", "By cohort", "Notes"]
    heads, rows = table_rows(book["Audits"], "Audits")
    assert len(rows) == 13
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    counted = [row for row in found if row["Counted"] == "Yes"]
    for row in (*summary.domains, summary.overall):
        for grade in summary.form.scale.grades:
            held = sum(1 for audit in counted if audit[row.title] == grade.title)
            assert held == row.grades[grade.id]
    assert found[0]["Case"] == "REFERENCE-x1"
    assert found[0]["Date of audit"].date() == date(2019, 10, 7)
    assert found[0]["Case recording: Evidence"] == "TEXT-x of the evidence"
    assert found[-1]["Findings supported"] == "No"


def test_text_columns_are_those_that_hold_something_in_the_order_of_the_form() -> None:
    audits = [Graded(everywhere(GOOD))] * 2
    told = [
        line(audits[0], texts={"overall.reason": "a", "recording.development": "b"}),
        line(audits[1], texts={"child.said": "c", "recording.evidence": ""}),
    ]
    heads, rows = table_rows(opened(internal(build.summary(audits), told))["Audits"], "Audits")
    assert heads[-3:] == [
        "Case recording: Areas for development",
        "Why not the suggested grade?",
        "Child: what did they say?",
    ]
    assert [row[-3:] for row in rows] == [["b", "a", None], [None, None, "c"]]


def test_an_internal_workbook_without_audits_has_its_sheet_all_the_same() -> None:
    sheet = opened(internal(build.summary([]), []))["Audits"]
    assert sentences.NO_AUDITS in values(sheet)


# Text that people type


TEXTS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+44 20 7946 0000",
    "-2",
    "@SUM(A1)",
    "#N/A",
    "{=1}",
    "\t=1+1",
    "plain",
    "Łódź 日本 👩‍👧 <b>&",
    " spaces ",
    "line one\nline two",
)


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_text_and_never_a_formula(text: str) -> None:
    audit = Graded(everywhere(GOOD), cohort_id="c1")
    told = line(audit, reference=text, worker=text, cohort=text, texts={"recording.evidence": text})
    summary = build.summary([audit], cohorts=(text,))
    book = opened(internal(summary, [told]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    heads, rows = table_rows(book["Audits"], "Audits")
    found = dict(zip(heads, rows[0], strict=True))
    assert found["Case"] == found["Worker"] == found["Case recording: Evidence"] == text
    with ZipFile(BytesIO(summary_xlsx(internal(summary, [told])))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]


def test_text_that_looks_like_a_formula_stays_text_when_it_is_edited() -> None:
    audit = Graded(everywhere(GOOD))
    book = opened(internal(build.summary([audit]), [line(audit, reference="=1+1", worker="fine")]))
    cells = {cell.value: cell for row in book["Audits"].iter_rows() for cell in row}
    assert cells["=1+1"].quotePrefix
    assert not cells["fine"].quotePrefix


def test_what_a_cell_cannot_hold_is_left_out_and_what_is_too_long_is_cut_and_says_so() -> None:
    audit = Graded(everywhere(GOOD))
    told = line(
        audit,
        reference="a\x00b\x07c\x1bd\ud800e\ufffff",
        worker="_x0041_",
        texts={"recording.evidence": "🙂" * 20_000, "recording.strengths": "y" * MOST_CHARACTERS},
    )
    heads, rows = table_rows(opened(internal(build.summary([audit]), [told]))["Audits"], "Audits")
    found = dict(zip(heads, rows[0], strict=True))
    assert found["Case"] == "abcdef"
    assert found["Worker"] == "_x005F_x0041_"  # as Excel writes what it is not to decode
    evidence = str(found["Case recording: Evidence"])
    assert len(evidence.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert evidence.endswith("(cut: the audit holds the rest)")
    assert found["Case recording: Strengths"] == "y" * MOST_CHARACTERS


def test_headings_that_are_alike_are_told_apart() -> None:
    form = build.form()
    twice = type(form.domains[0])("extra", "Case recording", "?", (), {})
    summary = build.summary([])
    summary = replace(summary, form=replace(form, domains=(*form.domains, twice)))
    audit = line(Graded(everywhere(GOOD)), grades=(GOOD,) * 7)
    counts = replace(summary.counts, submitted=1, supported=1, cases=1)
    domain = replace(summary.domains[0], grades={GOOD: 1, RI: 0, INADEQUATE: 0}, graded=1)
    ids = [*(row.id for row in summary.domains), "extra"]
    domains = tuple(replace(domain, id=row_id, title=row_id) for row_id in ids)
    overall = replace(domain, id="overall", title="Overall")
    whole = replace(summary, counts=counts, domains=domains, overall=overall)
    heads, _ = table_rows(opened(internal(whole, [audit]))["Audits"], "Audits")
    assert "Case recording" in heads
    assert "Case recording (2)" in heads


# Made like a person's


def test_heads_stay_in_sight_and_sheets_print_on_paper() -> None:
    audits = build.real_table()
    book = opened(internal(build.summary(audits, cohorts=COHORTS), lines(audits)))
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.print_area.startswith("'")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
        assert not sheet.sheet_view.showGridLines
    assert book.sheetnames[0] == "Summary"
    assert book.properties.title == "Quarter 2: 12 cases where audit findings can be supported"
    assert book.properties.creator == "Audit App"


def test_columns_are_wide_enough_for_what_is_in_them() -> None:
    audits = build.real_table()
    sheet = opened(internal(build.summary(audits, cohorts=COHORTS), lines(audits)))["Audits"]
    first = sheet[sheet.tables["Audits"].ref.split(":")[0]].row
    for column in "ABCDEF":
        longest = max(len(str(sheet[f"{column}{row}"].value or "")) for row in range(first, first + 12))
        assert sheet.column_dimensions[column].width >= longest


def test_charts_are_native_stacked_and_patterned() -> None:
    with ZipFile(BytesIO(summary_xlsx(board(published())))) as archive:
        charts = [
            archive.read(name).decode() for name in sorted(archive.namelist()) if "charts/chart" in name
        ]
        assert not [name for name in archive.namelist() if "vba" in name.casefold()]
    assert len(charts) == 2
    assert 'grouping val="percentStacked"' in charts[0]
    assert charts[0].count("<a:pattFill") == 2
    assert len(re.findall(r"<f>'Summary'!\$[BCD]\$7:\$[BCD]\$15</f>", charts[0])) == 3
    assert "<f>'By cohort'!$A$5:$A$6</f>" in charts[1]


def test_ampersands_in_a_title_do_not_turn_into_codes_of_the_footer() -> None:
    summary = published()
    summary = replace(summary, programme=replace(summary.programme, title="North & South &D &P"))
    sheet = opened(board(summary))["Summary"]
    assert sheet.oddFooter.left.text.startswith("North && South &&D &&P")


# Nothing in plain on the disk


def marker_under(folder: Path) -> bool:
    for path in list(folder.rglob("*")):
        with suppress(FileNotFoundError):  # deleted while we looked
            if path.is_file() and b"MARKER" in path.read_bytes():
                return True
    return False


def seen_on_disk(made_by: str, folder: Path, seconds: float) -> bool:
    """Whether case text was ever seen in the temporary folder of a program that saves until it is killed."""
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    roots = f"{HERE.parent}{os.pathsep}{HERE.parents[1]}"
    process = subprocess.Popen(
        [sys.executable, str(HERE / "saving_forever.py"), made_by],
        env={**os.environ, **places, "PYTHONPATH": roots},
        stdout=subprocess.PIPE,
        cwd=folder,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"saving"
        until, seen = time.monotonic() + seconds, False
        while time.monotonic() < until and not seen:
            seen = marker_under(folder)
        process.kill()
    return seen or marker_under(folder)


def test_nothing_is_on_the_disk_while_it_is_saved_or_after_it_was_killed(tmp_path: Path) -> None:
    assert not seen_on_disk("ours", tmp_path, 1.5)
    assert seen_on_disk("openpyxl", tmp_path, 20)  # so that we know that it would have been seen
