"""CSV as people save it: encodings, separators, quotation marks, and what is refused."""

from pathlib import Path

import pytest
from sheet_files import audits_of, cells_of, csv_bytes, places_of, refusal_of, write_csv

from audit_app.core.errors import FileRefused
from audit_app.exchange.limits import Limits
from audit_app.exchange.sheet_reader import read_sheet

HEADINGS = ("Case reference", "Worker", "Voice")
ROWS = (("CIC-01", "Zoë Brontë", "Good"), ("CIC-02", "Seán – “Shay” €5", "RI"))


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_and_separator_is_read(
    tmp_path: Path, encoding: str, separator: str, newline: str
) -> None:
    path = tmp_path / "audits.csv"
    write_csv(path, HEADINGS, *ROWS, encoding=encoding, separator=separator, newline=newline)
    assert cells_of(path) == [HEADINGS, *ROWS]


def test_utf_16_of_either_byte_order_is_read(tmp_path: Path) -> None:
    path = tmp_path / "audits.csv"
    path.write_bytes(b"\xfe\xff" + csv_bytes((HEADINGS, *ROWS), encoding="utf-16-be", separator="\t"))
    assert cells_of(path) == [HEADINGS, *ROWS]


def test_a_quoted_cell_may_hold_line_breaks_and_separators(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", HEADINGS, ("CIC-01", "one\r\ntwo, three\rfour", 'said "yes"'))
    assert cells_of(path)[1] == ("CIC-01", "one\ntwo, three\nfour", 'said "yes"')


def test_a_heading_may_hold_a_separator(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ("Ref", "Good, bad, or worse, said by"), ("1", "2"), separator=";")
    assert cells_of(path) == [("Ref", "Good, bad, or worse, said by"), ("1", "2")]


@pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n'])
def test_a_line_that_names_the_separator_is_obeyed_and_not_counted(tmp_path: Path, first: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(first.encode() + b"Ref;Voice, and more, and more\r\n1;Good\r\n")
    sheet = read_sheet(path)
    assert sheet.headings == ("Ref", "Voice, and more, and more")
    assert (sheet.heading_row, sheet.rows[0].number) == (1, 2)


def test_a_line_that_names_another_separator_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"sep=|\r\nRef|Voice\r\n1|Good\r\n")
    assert "separated by “|”" in refusal_of(path).sentence


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\r\n,,\r\nRef,Note\r\n1,"two\nlines"\r\n\r\n , \r\n2,x\r\n')
    sheet = read_sheet(path)
    assert sheet.heading_row == 3
    assert [row.number for row in sheet.rows] == [4, 7]


def test_short_rows_are_blank_at_their_end_and_blank_ends_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Ref,Voice,Team\r\n1\r\n2,Good,T,,,\r\n")
    assert cells_of(path) == [("Ref", "Voice", "Team"), ("1", None, None), ("2", "Good", "T")]


def test_a_row_with_more_than_the_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"case_reference,voice\r\n1,Good\r\n2,Good,,Late\r\n")
    refusal = refusal_of(path)
    assert places_of(refusal) == [(3, "column D")]
    assert refusal.problems[0].value == "Late"


def test_spaces_around_cells_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        'Ref , "Voice" \r\n\u00a0 CIC 1\u00a0, "Good, really"\r\n'.replace('" \r', '"\r').encode()
    )
    assert cells_of(path) == [("Ref", "Voice"), ("CIC 1", "Good, really")]


def test_zeros_kept_by_a_quoted_formula_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'case_reference,voice\r\n="00123",Good\r\n"=""00124""",Good\r\n')
    assert [row.case_reference for row in audits_of(path).rows] == ["00123", "00124"]


def test_any_other_formula_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"case_reference,voice\r\n=A1+1,Good\r\n2,=HYPERLINK(1)\r\n")
    refusal = refusal_of(path)
    assert places_of(refusal) == [(2, "case_reference"), (3, "voice")]
    assert all("formula" in problem.reason for problem in refusal.problems)


@pytest.mark.parametrize(
    ("content", "row", "says"),
    [
        (b'case_reference,voice\r\n1,"Good\r\n2,RI\r\n', 2, "never closed"),
        (b'case_reference,voice\r\n1,Good\r\n2,"RI" x\r\n', 3, "in the middle"),
        (b'case_reference,voice\r\n1,"' + b"x" * 140_000 + b'"\r\n', 2, "too long"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, content: bytes, row: int, says: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    refusal = refusal_of(path)
    assert places_of(refusal) == [(row, "")]
    assert says in refusal.problems[0].reason


def test_letters_of_two_encodings_in_one_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes([HEADINGS, *ROWS]) + "CIC-03,José,Good\r\n".encode("cp1252"))
    assert "mixes two ways" in refusal_of(path).sentence


def test_a_capital_before_a_quotation_mark_is_still_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Ref,Worker\r\n1,“CAFÉ”\r\n2,José\r\n3,Zoë\r\n".encode("cp1252"))
    assert cells_of(path)[1:] == [("1", "“CAFÉ”"), ("2", "José"), ("3", "Zoë")]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfRef,Worker\r\n1,Jos\xe9\r\n",  # says UTF-8 and is not
        b"\xff\xfeR\x00e\x00f",  # cut in the middle of a letter
        b"\xff\xfeR\x00\x00\xd8e\x00",  # half of a pair
        b"Ref,Worker\r\n1,Jos\x81\r\n",  # not in Windows-1252
    ],
)
def test_letters_that_can_not_be_read_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert "can't be read" in refusal_of(path).sentence


def test_a_line_without_end_is_refused_before_it_is_held(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"case_reference,voice\r\n" + b"x" * 3_000_000)
    assert "does not end" in refusal_of(path).sentence


def test_a_row_of_endless_quoted_lines_is_refused_before_it_is_held(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'case_reference,voice\r\n1,"' + b'\n","' * 1_000_000)
    assert "does not end" in refusal_of(path).sentence


def test_long_rows_may_follow_each_other(tmp_path: Path) -> None:
    rows = [[str(at), *["x" * 30_000] * 4] for at in range(30)]
    path = write_csv(tmp_path / "a.csv", ["Ref", *"ABCD"], *rows)
    assert len(read_sheet(path).rows) == 30


def test_progress_counts_rows_and_may_stop_the_reading(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ("Ref",), *((str(row),) for row in range(2_500)))
    seen: list[int] = []
    read_sheet(path, seen.append)
    assert seen == [1_000, 2_000, 2_500]

    class Stopped(Exception):
        pass

    def stop(_rows: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_sheet(path, stop)


def test_blank_lines_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"case_reference,voice\n" + b"\n" * 3_000)
    with pytest.raises(FileRefused, match="rows"):
        read_sheet(path, limits=Limits(grid_rows=2_000))
