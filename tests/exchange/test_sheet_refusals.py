"""Files that are no spreadsheet, or can't be read: each is refused in a sentence with a way out."""

import os
import sys
import zipfile
from pathlib import Path

import pytest
from sheet_files import (
    DATA,
    HEADINGS,
    LINKS,
    MAIN,
    ROW,
    csv_bytes,
    places_of,
    raw_workbook,
    refusal_of,
    relations,
    text_row,
    workbook_parts,
    worksheet,
    write_csv,
    write_parts,
    write_xlsx,
)

from audit_app.core.errors import FileRefused
from audit_app.exchange.sheet_reader import read_sheet

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t\r\n,,,\r\n", "has nothing in it"),
        (b"%PDF-1.7\n", "is a PDF"),
        (PNG, "is a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "is a picture"),
        (b"{\\rtf1 Case", "is a text document"),
        (b"\x1f\x8b\x08" + bytes(20), "is a packed archive"),
        (OLD_OFFICE + bytes(600), "is a file of an older Office"),
        (OLD_OFFICE + bytes(70_000) + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
        (
            b"\xef\xbb\xbf\r\n<html><table><tr><td>case_reference</td></tr></table>",
            "is a web page or an XML file",
        ),
        (b'<?xml version="1.0"?><Workbook/>', "is a web page or an XML file"),
        (os.urandom(40) + bytes(40), "is not a spreadsheet"),
        (csv_bytes([HEADINGS, ROW], encoding="utf-16-le"), "is not a spreadsheet"),
        (b"PK\x03\x04" + bytes(100), "is damaged"),
        (b"PK\x05\x06" + bytes(18), "is a zip archive"),
    ],
)
def test_what_is_no_spreadsheet_is_called_by_its_name(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "audits.xlsx"
    path.write_bytes(content)
    assert says in refusal_of(path).sentence


def test_an_old_workbook_and_an_open_document_are_refused_with_what_to_do() -> None:
    old = refusal_of(DATA / "sheets" / "old_excel.xls").sentence
    assert "older Office" in old
    assert "save it as an Excel workbook (.xlsx)" in old
    assert "OpenDocument" in refusal_of(DATA / "sheets" / "open_document.ods").sentence


def test_a_workbook_in_a_csv_name_and_the_reverse_are_read_by_what_they_are(tmp_path: Path) -> None:
    assert read_sheet(write_xlsx(tmp_path / "a.csv", ["Ref"])).headings == ("Ref",)
    assert read_sheet(write_csv(tmp_path / "a.xlsx", ["Ref"])).headings == ("Ref",)


def test_a_folder_a_missing_file_and_a_name_too_long_are_refused(tmp_path: Path) -> None:
    assert "is a folder" in refusal_of(tmp_path).sentence
    assert "is not there" in refusal_of(tmp_path / "nowhere.csv").sentence
    assert "is not there" in refusal_of(tmp_path / "no folder" / "a.csv").sentence
    with pytest.raises(FileRefused, match=r"can't be read|is not there"):
        read_sheet(tmp_path / ("a" * 5_000))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "is not a file" in refusal_of(tmp_path / "pipe.csv").sentence


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_a_file_without_the_right_to_read_it_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", HEADINGS, ROW)
    path.chmod(0)
    before = os.geteuid()
    if before == 0:  # nobody can keep root out
        tmp_path.chmod(0o755)
        os.seteuid(65_534)
    try:
        refusal = refusal_of(path)
    finally:
        os.seteuid(before)
    assert "can't be opened" in refusal.sentence


# -- Workbooks that do not hold together ----


def test_a_workbook_cut_at_any_place_is_refused(tmp_path: Path) -> None:
    whole = (DATA / "sheets" / "libreoffice.xlsx").read_bytes()
    path = tmp_path / "a.xlsx"
    for size in range(1, len(whole), 97):
        path.write_bytes(whole[:size])
        refusal_of(path)


@pytest.mark.parametrize(
    ("replaced", "says"),
    [
        ({"book": "<worksheet/>"}, "is not a spreadsheet"),
        ({"book": "<workbook><sheets>"}, "is damaged"),
        ({"links": relations()}, "has nothing in it"),
        ({"links": relations(("r1", "worksheet", "worksheets/none.xml"))}, "is damaged"),
        ({"links": relations(("r1", "worksheet", "../../../../etc/passwd"))}, "is damaged"),
        ({"root": relations()}, "is not a workbook"),
        ({"root": relations(("r1", "officeDocument", "xl/workbook.bin"))}, "(.xlsb)"),
        ({"root": "nonsense"}, "is damaged"),
    ],
)
def test_a_workbook_whose_parts_do_not_fit_is_refused(
    tmp_path: Path, replaced: dict[str, str], says: str
) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(text_row(1, "case_reference", "voice")), **replaced)
    assert says in refusal_of(path).sentence


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="0"/>',
        '<row r="1048577"/>',
        '<row r="x"/>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1" t="new"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</c></row>',
    ],
)
def test_rows_and_cells_out_of_order_are_refused(tmp_path: Path, rows: str) -> None:
    assert "is damaged" in refusal_of(raw_workbook(tmp_path / "a.xlsx", worksheet(rows))).sentence


def test_a_sheet_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(text_row(1, "Ref")))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("XL/worksheets/sheet1.xml", worksheet(text_row(1, "Other")))
    assert "is damaged" in refusal_of(path).sentence


def test_an_encrypted_part_is_refused_as_protected(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(text_row(1, "Ref")))
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    assert "is protected with a password" in refusal_of(path).sentence


def test_a_part_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_LZMA) as package:
        for name, content in workbook_parts(worksheet(text_row(1, "Ref"))).items():
            package.writestr(name, content)
    assert "packed in a way" in refusal_of(tmp_path / "a.xlsx").sentence


def test_a_word_document_is_refused(tmp_path: Path) -> None:
    parts = {
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{MAIN}" xmlns:r="{LINKS}"/>',
    }
    assert "is not a spreadsheet" in refusal_of(write_parts(tmp_path / "a.docx", parts)).sentence


# -- Headings and characters ----


def test_headings_that_are_the_same_are_refused_together(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", ("Ref", "Note", "", "note ", "REF", "Team"), ("1", "", "", "", "", "")
    )
    refusal = refusal_of(path)
    assert places_of(refusal) == [(1, "column D"), (1, "column E")]
    assert [problem.reason for problem in refusal.problems] == [
        "column B has the same heading",
        "column A has the same heading",
    ]


def test_a_column_without_heading_is_ignored_only_while_it_is_blank(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", ("case_reference", "", "voice"), ("1", "", "Good"), ("2", "x", "Good")
    )
    refusal = refusal_of(path)
    assert places_of(refusal) == [(3, "column B")]
    write_csv(path, ("case_reference", "", "voice"), ("1", "", "Good"))
    assert len(read_sheet(path).rows) == 1


@pytest.mark.parametrize(
    "character",
    [
        *"\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\x9f",
        *"\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2063\ufffe\uffff",
    ],
)
def test_control_and_turning_characters_are_refused_with_their_place(tmp_path: Path, character: str) -> None:
    path = write_csv(
        tmp_path / "a.csv", ("case_reference", "team", "voice"), ("1", f"Te{character}am", "Good")
    )
    refusal = refusal_of(path)
    assert places_of(refusal) == [(2, "team")]
    problem = refusal.problems[0]
    assert f"U+{ord(character):04X}" in problem.reason
    assert problem.value == f"Te[U+{ord(character):04X}]am"


def test_half_a_pair_smuggled_into_a_workbook_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(
        tmp_path / "a.xlsx",
        worksheet(text_row(1, "case_reference", "voice") + text_row(2, "_xD800_", "_x0007_")),
    )
    assert places_of(refusal_of(path)) == [(2, "case_reference"), (2, "voice")]


def test_a_control_character_in_a_heading_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ("case_reference", "vo\u202eice"), ("1", "Good"))
    assert places_of(refusal_of(path)) == [(1, "column B")]


def test_spaces_of_no_width_are_left_out(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ("Ref", "Te\u200bam"), ("\ufeffCIC\u200b-01\u2060", "x"))
    sheet = read_sheet(path)
    assert (sheet.headings, sheet.rows[0].cells) == (("Ref", "Team"), ("CIC-01", "x"))


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_cell_holds_32767_characters_and_no_more(tmp_path: Path, write: object) -> None:
    assert callable(write)
    headings = ("case_reference", "voice", "Note")
    path = write(tmp_path / "a", headings, ("1", "Good", "x" * 32_767))
    assert len(read_sheet(path).rows[0].cells[2] or "") == 32_767  # type: ignore[arg-type]
    flaw = read_sheet(write_csv(path, headings, ("1", "Good", "x" * 32_768))).rows[0].cells[2]
    assert "longer than 32,767 characters" in str(flaw)
