"""Workbooks as people save them: what is read of their cells, sheets, dates, formulas and merged areas."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from sheet_files import (
    DATA,
    LINKS,
    MAIN,
    audits_of,
    built_in_form,
    cells_of,
    excel_day,
    places_of,
    raw_workbook,
    refusal_of,
    relations,
    text_row,
    workbook_parts,
    worksheet,
    write_parts,
    write_xlsx,
)

from audit_app.exchange.audit_sheet import read_audits
from audit_app.exchange.sheet_reader import read_sheet

HEADINGS = text_row(1, "case_reference", "voice")


def test_the_published_audits_are_the_same_from_csv_and_from_another_programs_workbook() -> None:
    from_csv = audits_of(DATA / "bcp_2019_q2_audits.csv")
    from_xlsx = audits_of(DATA / "sheets" / "libreoffice.xlsx")
    assert len(from_csv.rows) == 14
    assert from_xlsx == from_csv


def test_a_workbook_of_another_program_with_formulas_formats_and_1904_dates() -> None:
    """Made by LibreOffice: a hidden first sheet, references shown as 00001, and formulas."""
    sheet = read_sheet(DATA / "sheets" / "libreoffice_formulas.xlsx")
    audits = read_audits(sheet, built_in_form())
    assert sheet.notes == ("Only the sheet “Audits” is read. Not read: “Look-ups”.",)
    assert audits.ignored_columns == ("Initials",)
    assert [row.case_reference for row in audits.rows] == ["00001", "00002", "00003", "00004", "00005"]
    assert [row.auditor for row in audits.rows] == [f"Auditor {number}" for number in range(1, 6)]
    assert [row.audit_date for row in audits.rows] == [date(2019, 10, day) for day in range(7, 12)]
    assert [row.grades["recording"] for row in audits.rows][:2] == ["good", "requires_improvement"]
    assert [row.grades["voice"] for row in audits.rows] == ["good"] * 3 + ["requires_improvement"] * 2
    assert [row.overall for row in audits.rows] == ["good"] * 4 + ["not_graded"]


def test_text_numbers_dates_and_truth_are_read_as_they_are_seen(tmp_path: Path) -> None:
    row = (
        "CIC 1",
        12,
        12.0,
        0.1 + 0.2,
        -3.5,
        1e20,
        True,
        date(2019, 10, 31),
        datetime(2019, 10, 31, 14, 30),
        "=x",
    )
    path = write_xlsx(tmp_path / "a.xlsx", [f"H{at}" for at in range(len(row))], row)
    assert cells_of(path)[1] == (
        *("CIC 1", "12", "12", "0.3", "-3.5", "1e+20", "TRUE"),
        *(date(2019, 10, 31), date(2019, 10, 31), "=x"),
    )


def test_zeros_in_front_are_read_where_the_cell_shows_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref"])
    sheet.append([123])
    sheet["A2"].number_format = "000000"
    book.save(tmp_path / "a.xlsx")
    assert cells_of(tmp_path / "a.xlsx")[1] == ("000123",)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[$-809]d mmmm yyyy", True),
        ('"Day "d', True),
        ("mmm-yy", True),
        ("mmm", True),
        ("yyyy-mm-dd hh:mm:ss", True),
        ("General", False),
        ("0.00", False),
        ("h:mm", False),
        ("mm:ss", False),
        ("[h]:mm", False),
        ('0 "days"', False),
        ("#,##0;[Red]-#,##0", False),
        (r"0\d", False),
        ("@", False),
    ],
)
def test_a_number_is_a_date_where_its_format_shows_one(tmp_path: Path, code: str, is_date: bool) -> None:
    day = date(2019, 10, 31)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["H"])
    sheet.append([excel_day(day)])
    sheet["A2"].number_format = code
    book.save(tmp_path / "a.xlsx")
    assert cells_of(tmp_path / "a.xlsx")[1] == ((day if is_date else str(excel_day(day))),)


@pytest.mark.parametrize(
    ("serial", "from_1904", "expected"),
    [
        ("1", False, date(1900, 1, 1)),
        ("59", False, date(1900, 2, 28)),
        ("60", False, None),  # 29 February 1900, which only Excel knows
        ("61", False, date(1900, 3, 1)),
        ("43739.99", False, date(2019, 10, 1)),
        ("42277", True, date(2019, 10, 1)),
        ("0", True, date(1904, 1, 1)),
        ("0", False, None),
        ("-1", False, None),
        ("1e9", False, None),
    ],
)
def test_days_are_counted_as_excel_counts_them(
    tmp_path: Path, serial: str, from_1904: bool, expected: date | None
) -> None:
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr date1904="{int(from_1904)}"/>'
        '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    path = raw_workbook(
        tmp_path / "a.xlsx",
        worksheet(f'{HEADINGS}<row r="2"><c r="A2" s="1"><v>{serial}</v></c></row>'),
        book=book,
        styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
    )
    cell = cells_of(path)[1][0]
    assert cell == expected if expected else "not a date" in cell.reason  # type: ignore[union-attr]


def test_rich_shared_and_escaped_text_is_put_together(tmp_path: Path) -> None:
    strings = (
        "<si><t>case_reference</t></si><si><t>voice</t></si>"
        "<si><r><rPr><b/></rPr><t>CIC</t></r><r><t xml:space='preserve'> 01</t></r><rPh><t>x</t></rPh></si>"
        "<si><t>two_x000D__x000A_lines and _x005F_x0041_</t></si>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><r><t>CIC</t></r><r><t> 02</t></r>'
        "<rPh><t>x</t></rPh></is></c></row>"
    )
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(rows), strings=strings)
    assert cells_of(path)[1:] == [("CIC 01", "two\nlines and _x0041_"), ("CIC 02", None)]


def test_cells_and_rows_may_leave_out_where_they_stand_and_names_may_have_a_prefix(tmp_path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>Ref</x:t></x:is></x:c><x:c t="str"><x:v>Voice</x:v></x:c>'
        "</x:row>"
        "<x:row/><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    read = read_sheet(raw_workbook(tmp_path / "a.xlsx", sheet))
    assert (read.headings, read.rows[0].number, read.rows[0].cells) == (("Ref", "Voice"), 3, ("7", None))


def test_the_strict_kind_of_workbook_is_read(tmp_path: Path) -> None:
    """It has other namespaces, and writes dates as text."""
    parts = workbook_parts(
        worksheet(f'{text_row(1, "Day")}<row r="2"><c r="A2" t="d"><v>2019-10-31T00:00:00</v></c></row>')
    )
    strict = {
        name: content.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in parts.items()
    }
    assert cells_of(write_parts(tmp_path / "a.xlsx", strict)) == [("Day",), (date(2019, 10, 31),)]


def test_a_formula_counts_by_its_result(tmp_path: Path) -> None:
    rows = (
        f'{HEADINGS}<row r="2"><c r="A2" t="str"><f>"CIC-"&amp;1</f><v>CIC-1</v></c>'
        '<c r="B2" t="str"><f>IF(1,"","")</f><v></v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>'
    )
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(rows))
    assert cells_of(path)[1:] == [("CIC-1", None), ("2", None)]


@pytest.mark.parametrize(
    "formula", ["<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>", '<f t="shared" si="0"/>']
)
def test_a_formula_without_its_result_is_refused_with_its_place(tmp_path: Path, formula: str) -> None:
    rows = (
        f'{HEADINGS}{text_row(2, "1", "Good")}<row r="3"><c r="A3"><v>2</v></c><c r="B3">{formula}</c></row>'
    )
    refusal = refusal_of(raw_workbook(tmp_path / "a.xlsx", worksheet(rows)))
    assert places_of(refusal) == [(3, "voice")]
    assert "without its result" in refusal.problems[0].reason


def test_a_formula_that_openpyxl_wrote_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["case_reference", "voice"])
    sheet.append(["=1+1", "Good"])
    book.save(tmp_path / "a.xlsx")
    assert places_of(refusal_of(tmp_path / "a.xlsx")) == [(2, "case_reference")]


def test_an_error_of_the_spreadsheet_is_refused_with_its_place(tmp_path: Path) -> None:
    rows = f'{HEADINGS}<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'
    refusal = refusal_of(raw_workbook(tmp_path / "a.xlsx", worksheet(rows)))
    assert (places_of(refusal), refusal.problems[0].value) == ([(2, "voice")], "#DIV/0!")


def test_a_flaw_in_an_ignored_column_does_not_matter(tmp_path: Path) -> None:
    rows = (
        f"{text_row(1, 'case_reference', 'voice', 'Age')}"
        '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><f>1/0</f></c></row>'
    )
    audits = audits_of(raw_workbook(tmp_path / "a.xlsx", worksheet(rows)))
    assert (len(audits.rows), audits.ignored_columns) == (1, ("Age",))


# -- Sheets ----


def test_the_first_sheet_with_content_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, content in [
        ("Cover", None),
        ("Audits", "Ref"),
        ("Lists", "Good"),
        ("Old", None),
        ("More", "x"),
    ]:
        sheet = book.create_sheet(title)
        if content:
            sheet["B3"] = content
    book.save(tmp_path / "a.xlsx")
    read = read_sheet(tmp_path / "a.xlsx")
    assert read.notes == ("Only the sheet “Audits” is read. Not read: “Lists” and “More”.",)
    assert (read.headings, read.heading_row) == (("", "Ref"), 3)


def test_one_sheet_with_content_needs_no_note(tmp_path: Path) -> None:
    assert read_sheet(write_xlsx(tmp_path / "a.xlsx", ["Ref"], ["1"])).notes == ()


def test_a_chart_on_a_tab_of_its_own_is_passed_over(tmp_path: Path) -> None:
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="C" sheetId="1" r:id="r1"/>'
        '<sheet name="A" sheetId="2" r:id="r2"/></sheets></workbook>'
    )
    links = relations(("r1", "chartsheet", "chart.xml"), ("r2", "worksheet", "/xl/worksheets/sheet1.xml"))
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(text_row(1, "Ref")), book=book, links=links)
    assert read_sheet(path).headings == ("Ref",)


def test_hidden_rows_are_read_and_mentioned(tmp_path: Path) -> None:
    rows = (
        f'{HEADINGS}<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
    )
    sheet = read_sheet(raw_workbook(tmp_path / "a.xlsx", worksheet(rows)))
    assert len(sheet.rows) == 2
    assert sheet.notes == ("Rows that are hidden in the spreadsheet are read as well: 1.",)


def test_formatted_blank_rows_down_to_the_end_of_the_sheet_are_no_rows(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in (2, 500_000, 1_048_576))
    sheet = read_sheet(raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS + blank)))
    assert sheet.rows == ()


def test_parts_are_found_whatever_the_case_of_their_names(tmp_path: Path) -> None:
    parts = workbook_parts(worksheet(text_row(1, "Ref")))
    parts["XL/Worksheets/Sheet1.XML"] = parts.pop("xl/worksheets/sheet1.xml")
    assert read_sheet(write_parts(tmp_path / "a.xlsx", parts)).headings == ("Ref",)


def test_a_workbook_stored_without_packing_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_STORED) as package:
        for name, content in workbook_parts(worksheet(text_row(1, "Ref"))).items():
            package.writestr(name, content)
    assert read_sheet(tmp_path / "a.xlsx").headings == ("Ref",)


# -- Merged cells ----


def merged(path: Path, *areas: str, rows: str = "") -> Path:
    """A workbook with a title, headings and three audits, and merged areas."""
    cells = (
        text_row(1, "case_reference", "voice", "planning", "Note")
        + rows
        + "".join(text_row(row, f"CIC-{row}", "Good", "RI", "x") for row in (2, 3, 4))
    )
    inner = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return raw_workbook(path, worksheet(cells, after=f"<mergeCells>{inner}</mergeCells>"))


def test_merged_data_is_refused_cell_by_cell(tmp_path: Path) -> None:
    refusal = refusal_of(merged(tmp_path / "a.xlsx", "B2:B3", "B4:C4"))
    assert places_of(refusal) == [(2, "voice"), (3, "voice"), (4, "voice"), (4, "planning")]
    assert "merged with other cells (B2:B3)" in refusal.problems[0].reason
    assert refusal.problems[0].value == "Good"


@pytest.mark.parametrize("area", ["A1:C1", "D2:D4", "A2", "A9:C12", "F2:H2"])
def test_merged_headings_notes_and_blank_areas_do_no_harm(tmp_path: Path, area: str) -> None:
    assert len(audits_of(merged(tmp_path / "a.xlsx", area)).rows) == 3


def test_merged_areas_that_overlap_are_refused(tmp_path: Path) -> None:
    path = merged(tmp_path / "a.xlsx", *["A2:XFD1048576"] * 50)
    assert "overlap" in refusal_of(path).sentence
