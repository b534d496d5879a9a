"""Over random tables and damaged files: the same audits from every kind of file, or a refusal."""

import csv
import io
import string
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_files import (
    DATA,
    HEADINGS,
    built_in_form,
    csv_bytes,
    raw_workbook,
    text_row,
    workbook_parts,
    worksheet,
    write_parts,
    write_xlsx,
)

from audit_app.core.errors import FileRefused
from audit_app.exchange.audit_sheet import AuditRow, read_audits
from audit_app.exchange.limits import Limits
from audit_app.exchange.sheet import Sheet
from audit_app.exchange.sheet_reader import read_sheet

WORDS = {
    "good": ["Good", "good", "GOOD"],
    "requires_improvement": ["RI", "Requires improvement", "requires improvement (to be good)"],
    "inadequate": ["Inad", "inadequate"],
    "not_graded": ["", "-", "N/A", "n/a"],
}
SUPPORTED = {"yes": ["yes", "Y"], "no": ["No", "n"], None: [""]}
# All in Windows-1252, so that one table can be written in every encoding; none begins as a formula does. No
# name has both kinds of letters, because "ÉŠ" in Windows-1252 is, byte for byte, another letter in UTF-8.
PLAIN = string.ascii_letters + string.digits + " ,;\t\"'/()&<>"
names = (st.text(PLAIN + "éÉüßñÅ", max_size=12) | st.text(PLAIN + "Šž€–’“", max_size=12)).map(
    lambda text: " ".join(text.split())
)
one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@dataclass(frozen=True, slots=True)
class Made:
    """One audit, and the cells it was written as by a person."""

    audit: AuditRow
    cells: tuple[str, ...]
    day: date | None


@st.composite
def made_audits(draw: st.DrawFn) -> list[Made]:
    found = []
    for at in range(draw(st.integers(1, 8))):
        reference, cohort, service, team, worker, auditor = (draw(names) for _ in range(6))
        texts = (f"{reference} {at}".strip(), cohort, service, team, worker, auditor)
        day = draw(st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31)))
        grades = [draw(st.sampled_from(list(WORDS))) for _ in range(7)]
        supported = draw(st.sampled_from(list(SUPPORTED)))
        cells = (
            *texts,
            ""
            if day is None
            else draw(st.sampled_from([day.isoformat(), f"{day.day}/{day.month:02}/{day.year}"])),
            *(draw(st.sampled_from(WORDS[grade])) for grade in grades),
            draw(st.sampled_from(SUPPORTED[supported])),
        )
        by_domain = dict(zip(HEADINGS[7:13], grades[:6], strict=True))
        found.append(Made(AuditRow(at + 2, *texts, day, by_domain, grades[6], supported), cells, day))
    return found


@settings(one_folder)
@given(
    made=made_audits(),
    order=st.permutations(range(len(HEADINGS))),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    separator=st.sampled_from(",;\t"),
    newline=st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_a_table_gives_the_same_audits_from_every_kind_of_file(
    tmp_path: Path, made: list[Made], order: list[int], encoding: str, separator: str, newline: str
) -> None:
    expected = tuple(each.audit for each in made)
    form = built_in_form()

    def ordered(cells: Sequence[object]) -> list[object]:
        return [cells[at] for at in order]

    as_csv = tmp_path / "a.csv"
    rows = [[str(cell) for cell in ordered(each.cells)] for each in made]
    as_csv.write_bytes(
        csv_bytes(
            [[HEADINGS[at] for at in order], *rows], encoding=encoding, separator=separator, newline=newline
        )
    )
    assert read_audits(read_sheet(as_csv), form).rows == expected

    dated = [ordered([*each.cells[:6], each.day, *each.cells[7:]]) for each in made]
    as_xlsx = write_xlsx(tmp_path / "a.xlsx", ordered(HEADINGS), *dated)
    assert read_audits(read_sheet(as_xlsx), form).rows == expected


def read_or_refused(path: Path) -> Sheet | None:
    """The sheet, or None where the file is refused; any other exception fails the test."""
    try:
        sheet = read_sheet(path, limits=Limits(unpacked_bytes=20_000_000))
        read_audits(sheet, built_in_form("six-domains-4"))
    except FileRefused:
        return None
    return sheet


REAL_FILES = [
    DATA / "bcp_2019_q2_audits.csv",
    DATA / "mixed_audits.csv",
    DATA / "sheets" / "libreoffice.xlsx",
    DATA / "sheets" / "libreoffice_formulas.xlsx",
    DATA / "sheets" / "old_excel.xls",
    DATA / "sheets" / "open_document.ods",
]
flips = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=6)


@settings(one_folder, max_examples=150)
@given(file=st.sampled_from(REAL_FILES), changes=flips, cut=st.none() | st.integers(0, 100_000))
def test_a_damaged_file_is_read_or_refused(
    tmp_path: Path, file: Path, changes: list[tuple[int, int]], cut: int | None
) -> None:
    content = bytearray(file.read_bytes())
    for at, value in changes:
        content[at % len(content)] = value
    path = tmp_path / file.name
    path.write_bytes(content[: cut % len(content)] if cut is not None else content)
    sheet = read_or_refused(path)
    if sheet is not None and file.suffix == ".xlsx":
        # Every part of a zip has a check sum: what is read is what was there.
        assert {row.cells for row in sheet.rows} <= {row.cells for row in read_sheet(file).rows}


@settings(one_folder, max_examples=150)
@given(
    part=st.sampled_from(
        [
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/sharedStrings.xml",
        ]
        + ["xl/worksheets/sheet2.xml"] * 5
    ),
    changes=flips,
    piece=st.none() | st.tuples(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(0, 400)),
)
def test_a_workbook_with_damaged_xml_is_read_or_refused(
    tmp_path: Path, part: str, changes: list[tuple[int, int]], piece: tuple[int, int, int] | None
) -> None:
    """Packed again after the damage, so that the check sums are right and the XML alone must hold."""
    with zipfile.ZipFile(DATA / "sheets" / "libreoffice_formulas.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = bytearray(parts[part])
    for at, value in changes:
        content[at % len(content)] = value
    if piece:
        start, to, length = (value % len(content) for value in piece)
        content[to:to] = content[start : start + length]
    read_or_refused(write_parts(tmp_path / "a.xlsx", {**parts, part: bytes(content)}))


@settings(one_folder, max_examples=100)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"sep=;\n", b'"']),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, start: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(start + content)
    read_or_refused(path)


cell_xml = st.builds(
    "<c r='{}' t='{}' s='{}'>{}</c>".format,
    st.sampled_from(["A1", "B1", "A2", "B2", "C2", "XFD2", "ZZZ2", "A", "2", ""]),
    st.sampled_from(["s", "n", "str", "inlineStr", "b", "e", "d", "?", ""]),
    st.sampled_from(["0", "1", "-1", "99999999999", "x", ""]),
    st.sampled_from(["<v>0</v>", "<v>1e999</v>", "<v>-1</v>", "<v>NaN</v>", "<v>1_0</v>", "<v>&#x661;</v>"])
    | st.sampled_from(
        ["<f>A1</f>", "<v/>", "<is><t>x</t></is>", "<is/>", "<v>2019-13-45</v>", "<v>#REF!</v>", ""]
    )
    | st.sampled_from(["<v>0</v><v>0</v>", "<c/>", "text", "<v><v>1</v></v>", "<v>_xDC00_</v>"]),
)


@settings(one_folder, max_examples=150)
@given(st.lists(st.lists(cell_xml, max_size=3), max_size=4))
def test_any_cells_are_read_or_refused(tmp_path: Path, rows: list[list[str]]) -> None:
    inner = "".join(f"<row>{''.join(cells)}</row>" for cells in rows)
    path = raw_workbook(
        tmp_path / "a.xlsx",
        worksheet(inner),
        strings="<si><t>case_reference</t></si><si><t>voice</t></si>",
        styles='<numFmts><numFmt numFmtId="x"/></numFmts><cellXfs><xf/><xf numFmtId="14"/></cellXfs>',
    )
    read_or_refused(path)


@pytest.mark.parametrize("text", ["a", 'a"b', "a,b", "a;b", "a\tb", "a\nb", " a ", "é", "", "''"])
def test_the_written_csv_is_what_another_reader_reads(text: str) -> None:
    """The writer of these tests is checked, so that it can't hide a fault of the reader."""
    content = csv_bytes([["H", "I"], [text, "x"]], separator=";")
    assert list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";")) == [
        ["H", "I"],
        [text, "x"],
    ]


def test_the_forged_workbooks_of_these_tests_are_sound_where_they_are_not_forged(tmp_path: Path) -> None:
    import openpyxl

    path = write_parts(
        tmp_path / "a.xlsx",
        {
            **workbook_parts(worksheet(text_row(1, "Ref", "Voice") + text_row(2, "1", "Good"))),
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Override PartName="/xl/workbook.xml" ContentType='
                '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
            ),
        },
    )
    assert list(openpyxl.load_workbook(path).worksheets[0].values) == [("Ref", "Voice"), ("1", "Good")]
