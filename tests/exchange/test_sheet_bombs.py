"""Files made to hurt: each is refused or read within bounds of memory, and never a crash."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sheet_files import (
    DECLARATION,
    LINKS,
    MAIN,
    ROOT,
    cells_of,
    raw_workbook,
    refusal_of,
    text_cell,
    text_row,
    workbook_parts,
    worksheet,
    write_csv,
    write_parts,
)

from audit_app.core.errors import FileRefused
from audit_app.exchange.limits import DEFAULT_LIMITS, Limits
from audit_app.exchange.sheet import column_letters
from audit_app.exchange.sheet_reader import read_sheet

MB = 1024 * 1024
HEADINGS = text_row(1, "case_reference", "voice")


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """Fail where Python's own memory grows by more while this runs."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < megabytes * MB, f"{peak / MB:.0f} MB"


def forge(path: Path, *, in_directory: int, in_front: int, value: int) -> None:
    """Write a number over the sheet's own in both of its headers."""
    content = bytearray(path.read_bytes())
    for mark, at_name, at_value in ((b"PK\x01\x02", 46, in_directory), (b"PK\x03\x04", 30, in_front)):
        at = content.find(mark)
        while at >= 0:
            if content[at + at_name :].startswith(b"xl/worksheets/"):
                content[at + at_value : at + at_value + 4] = struct.pack("<I", value)
            at = content.find(mark, at + 4)
    path.write_bytes(content)


# -- Many rows and columns ----


def test_ten_thousand_columns_are_refused(tmp_path: Path) -> None:
    headings = ["case_reference", "voice", *(f"h{at}" for at in range(10_000))]
    with at_most(20):
        assert "more than 200 columns" in refusal_of(write_csv(tmp_path / "a.csv", headings, ["1"])).sentence
    cells = "".join(text_cell(f"{column_letters(at)}1", f"h{at}") for at in range(10_000))
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(f'<row r="1">{cells}</row>'))
    with at_most(20):
        assert "more than 200 columns" in refusal_of(path).sentence


def test_a_row_of_ten_thousand_cells_below_two_headings_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["case_reference", "voice"], ["1", "Good", *["x"] * 10_000])
    assert "more than 200 columns" in refusal_of(path).sentence


def test_a_row_of_cells_without_end_is_refused_before_it_is_held(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(f"{HEADINGS}<row>{'<c><v>1</v></c>' * 500_000}</row>"))
    with at_most(2):
        assert "more than 200 columns" in refusal_of(path).sentence


def test_a_million_rows_are_refused_once_there_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"case_reference,voice\r\n" + b"CIC-01,Good\r\n" * 1_000_000)
    with at_most(60):
        assert "more than 100,000 rows" in refusal_of(path).sentence
    rows = "".join(f"<row><c><v>{row}</v></c></row>" for row in range(1_000_000))
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS + rows))
    assert "more than 100,000 rows" in refusal_of(path).sentence


def test_as_many_rows_and_columns_as_the_limits_are_read(tmp_path: Path) -> None:
    limits = Limits(rows=5, columns=3)
    rows = [["a", "b", "c"], *([str(at)] for at in range(5))]
    assert len(cells_of(write_csv(tmp_path / "a.csv", *rows), limits)) == 6
    with pytest.raises(FileRefused, match="more than 5 rows"):
        read_sheet(write_csv(tmp_path / "a.csv", *rows, ["6"]), limits=limits)
    with pytest.raises(FileRefused, match="more than 3 columns"):
        read_sheet(write_csv(tmp_path / "a.csv", ["a", "b", "c", "d"]), limits=limits)


def test_too_many_cells_are_refused_though_rows_and_columns_are_few_enough(tmp_path: Path) -> None:
    wide = write_csv(tmp_path / "a.csv", ["a"] * 1, *([["x"] * 10] * 20))
    with pytest.raises(FileRefused, match="more than 100 cells"):
        read_sheet(wide, limits=Limits(cells=100))
    seen: list[int] = []
    long = write_csv(tmp_path / "c.csv", ["a", "b"], *([["x", "y"]] * 3_000))
    with pytest.raises(FileRefused, match="more than 3,000 cells"):
        read_sheet(long, seen.append, Limits(cells=3_000))
    assert seen == [1_000]
    ragged = write_csv(tmp_path / "b.csv", ["a"], ["x"] * 90, *([["x"]] * 9))
    with pytest.raises(FileRefused, match="more than 100 cells"):
        read_sheet(ragged, limits=Limits(cells=100))


def test_a_file_larger_than_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as stream:
        stream.truncate(DEFAULT_LIMITS.file_bytes + 1)
    assert "larger than 64 MB" in refusal_of(tmp_path / "a.csv").sentence


# -- Zips ----


def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path) -> None:
    sheet = worksheet(HEADINGS + " " * (100 * MB))
    path = raw_workbook(tmp_path / "a.xlsx", sheet)
    del sheet
    assert path.stat().st_size < MB
    with at_most(5):
        assert "would unpack to far more" in refusal_of(path).sentence


def test_a_picture_that_packs_well_is_not_looked_at(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {**workbook_parts(worksheet(HEADINGS)), "xl/media/1.bmp": bytes(50 * MB)}
    with at_most(5):
        read_sheet(write_parts(tmp_path / "a.xlsx", parts))


def test_many_parts_that_together_unpack_to_too_much_are_refused(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = dict(workbook_parts(worksheet(HEADINGS)))
    parts |= {f"xl/media/{at}.bin": bytes(9 * MB) for at in range(10)}
    path = write_parts(tmp_path / "a.xlsx", parts)
    with pytest.raises(FileRefused, match="would unpack to far more"):
        read_sheet(path, limits=Limits(unpacked_bytes=80 * MB))
    assert read_sheet(path).headings == ("case_reference", "voice")


@pytest.mark.parametrize("claim", [1, 1_000, 5 * MB])
def test_a_header_that_lies_about_the_size_is_found_out(tmp_path: Path, claim: int) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS + " " * (100 * MB)))
    forge(path, in_directory=24, in_front=22, value=claim)
    with at_most(5):
        assert "is damaged" in refusal_of(path).sentence


def test_a_packed_size_that_lies_does_not_hide_the_ratio(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS + " " * (100 * MB)))
    forge(path, in_directory=20, in_front=18, value=2**31 - 1)
    with at_most(5):
        assert "would unpack to far more" in refusal_of(path).sentence


def test_a_directory_of_thirty_thousand_parts_is_refused_unread(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        for at in range(30_000):
            package.writestr(zipfile.ZipInfo(f"{at:06}"), b"")
    with at_most(5):
        assert "more than 2,000 parts" in refusal_of(tmp_path / "a.xlsx").sentence


def test_more_parts_than_the_limit_are_refused(tmp_path: Path) -> None:
    parts = workbook_parts(worksheet(HEADINGS)) | {f"xl/{at}": "" for at in range(2_000)}
    assert "more than 2,000 parts" in refusal_of(write_parts(tmp_path / "a.xlsx", parts)).sentence


def test_names_that_lead_out_of_the_folder_or_deep_into_it_write_nothing(tmp_path: Path) -> None:
    names = [
        "../../escaped.txt",
        "/escaped.txt",
        "C:\\escaped.txt",
        "d/" * 20_000 + "deep.txt",
        "nul",
        "a\x00b",
    ]
    parts = workbook_parts(worksheet(HEADINGS)) | dict.fromkeys(names, "x")
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    assert read_sheet(write_parts(folder / "a.xlsx", parts)).headings == ("case_reference", "voice")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.xlsx"]
    assert not (ROOT / "escaped.txt").exists()


# -- XML ----

LAUGHS = (
    "<!DOCTYPE x ["
    + '<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
OTHER_OUTSIDE = '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'


@pytest.mark.parametrize("part", ["sheet", "strings", "styles", "book", "links", "root"])
@pytest.mark.parametrize(("doctype", "entity"), [(LAUGHS, "&l9;"), (OUTSIDE, "&out;"), (OTHER_OUTSIDE, "")])
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str, doctype: str, entity: str) -> None:
    whole = workbook_parts(
        worksheet(HEADINGS + text_row(2, entity if part == "sheet" else "1", "Good")),
        strings=f"<si><t>{entity if part == 'strings' else ''}</t></si>",
        styles="<cellXfs/>",
    )
    names = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
        "root": "_rels/.rels",
    }
    name = names[part]
    whole[name] = DECLARATION + doctype + whole[name].removeprefix(DECLARATION)
    with at_most(5):
        assert "a document type" in refusal_of(write_parts(tmp_path / "a.xlsx", whole)).sentence


def test_the_same_workbook_without_a_document_type_is_read(tmp_path: Path) -> None:
    """What shows that the refusals above are about the document type."""
    sheet = worksheet(HEADINGS + text_row(2, "1", "Good"))
    path = raw_workbook(tmp_path / "a.xlsx", sheet, strings="<si><t/></si>", styles="<cellXfs/>")
    assert cells_of(path) == [("case_reference", "voice"), ("1", "Good")]


def many_attributes() -> str:
    return "".join(f' a{at}="1"' for at in range(100_000))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(lambda: "<a>" * 200_000 + "</a>" * 200_000, id="deep elements"),
        pytest.param(lambda: f"<row><c>{'<v>' * 200_000}", id="deep values"),
        pytest.param(lambda: f"<!--{'x' * (2 * MB)}-->", id="a long comment"),
        pytest.param(lambda: f"<row{many_attributes()}/>", id="many attributes"),
        pytest.param(lambda: f'<row r="{"1" * MB}"/>', id="a long attribute"),
    ],
)
def test_deep_elements_and_endless_tags_are_refused(tmp_path: Path, rows: Callable[[], str]) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS + rows()))
    with at_most(20):
        assert "is damaged" in refusal_of(path).sentence


@pytest.mark.parametrize("kind", ["inlineStr", "str", "s"])
def test_an_endless_cell_is_not_held_and_has_its_place(tmp_path: Path, kind: str) -> None:
    long = "".join(f"{at:07}" for at in range(300_000))
    strings = f"<si><t>{long if kind == 's' else ''}</t></si>"
    inner = {"inlineStr": f"<is><t>{long}</t></is>", "str": f"<v>{long}</v>", "s": "<v>0</v>"}[kind]
    rows = f'{HEADINGS}<row r="2">{text_cell("A2", "1")}<c r="B2" t="{kind}">{inner}</c></row>'
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(rows), strings=strings)
    del long, strings, inner, rows
    with at_most(2):
        refusal = refusal_of(path)
    assert [str(problem) for problem in refusal.problems] == [
        "Row 2, voice “000000000000010000002000000300000040000005000000600000070000…”: "
        "longer than 32,767 characters"
    ]


def test_a_number_of_a_million_digits_is_a_flaw(tmp_path: Path) -> None:
    rows = f'{HEADINGS}<row r="2">{text_cell("A2", "1")}<c r="B2"><v>{"9" * MB}</v></c></row>'
    refusal = refusal_of(raw_workbook(tmp_path / "a.xlsx", worksheet(rows)))
    assert [problem.row for problem in refusal.problems] == [2]


def test_a_million_shared_texts_too_many_are_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS), strings="<si/>" * 20_001)
    with pytest.raises(FileRefused, match="more than 20,000 different texts"):
        read_sheet(path, limits=Limits(shared_strings=20_000))


def test_a_list_of_sheets_that_is_far_too_long_is_refused(tmp_path: Path) -> None:
    sheets = "".join(f'<sheet name="{at * 7919:x}" sheetId="{at}" r:id="r{at}"/>' for at in range(400_000))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>'
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS), book=book)
    del book, sheets
    with at_most(5):
        assert "would unpack to far more" in refusal_of(path).sentence


def test_one_sheet_listed_ten_thousand_times_is_read_within_bounds(tmp_path: Path) -> None:
    sheets = '<sheet name="A" sheetId="1" r:id="r1"/>' * 10_000
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>'
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS + "<!-- -->" * 10_000), book=book)
    with pytest.raises(FileRefused, match="would unpack to far more"):
        read_sheet(path, limits=Limits(unpacked_bytes=20 * MB))


@pytest.mark.parametrize("encoding", ["utf-7", "shift_jis", "no-such", "x" * 100])
def test_xml_in_an_encoding_nobody_uses_is_refused(tmp_path: Path, encoding: str) -> None:
    sheet = worksheet(HEADINGS).replace("UTF-8", encoding)
    assert "is damaged" in refusal_of(raw_workbook(tmp_path / "a.xlsx", sheet)).sentence


def test_far_too_many_merged_areas_are_refused(tmp_path: Path) -> None:
    areas = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(2, 10_003))
    path = raw_workbook(tmp_path / "a.xlsx", worksheet(HEADINGS, after=f"<mergeCells>{areas}</mergeCells>"))
    assert "merged" in refusal_of(path).sentence


@pytest.mark.parametrize("area", ["", "A1", "B2:A1", "A0:B1", "A1:B99999999", "ZZZZ1:A2", "A1:B2:C3"])
def test_a_merged_area_that_is_none_is_refused_or_does_no_harm(tmp_path: Path, area: str) -> None:
    path = raw_workbook(
        tmp_path / "a.xlsx", worksheet(HEADINGS, after=f'<mergeCells><mergeCell ref="{area}"/></mergeCells>')
    )
    with suppress(FileRefused):
        assert read_sheet(path).headings == ("case_reference", "voice")
