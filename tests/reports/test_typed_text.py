"""Whatever people type can be printed and put into a cell: by property, over all of Unicode."""

from io import BytesIO
from xml.sax.saxutils import escape  # noqa: TID251 - an independent judge of what XML holds

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from reportlab.pdfbase import pdfmetrics

from audit_app.reports.pdf_fonts import MISSING, REGULAR, SEMIBOLD, PdfText, register_fonts, shortened
from audit_app.reports.xlsx_cells import MOST_CHARACTERS, clean
from audit_app.reports.xlsx_looks import PLAIN
from audit_app.reports.xlsx_parts import Book, Layout

ANYTHING = st.text(st.characters(), max_size=60)


@given(ANYTHING)
def test_what_is_printed_is_in_the_fonts(text: str) -> None:
    register_fonts()
    printed = PdfText().plain(text)
    for name in (REGULAR, SEMIBOLD):
        known = pdfmetrics.getFont(name).face.charToGlyph  # type: ignore[attr-defined]
        assert [char for char in printed if char != "\n" and ord(char) not in known] == []


@given(ANYTHING)
def test_boxes_are_counted(text: str) -> None:
    words = PdfText()
    printed = words.plain(text)
    assert words.replaced == printed.count(MISSING) - text.count(MISSING)


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Zs"]), max_size=60))
def test_western_text_is_printed_as_it_is(text: str) -> None:
    words = PdfText()
    assert words.plain(text) == text
    assert not words.replaced


@given(st.text(max_size=200), st.floats(1, 400))
def test_a_shortened_line_fits(text: str, width: float) -> None:
    register_fonts()
    printed = PdfText().plain(text)
    line = shortened(printed, REGULAR, 9, width)
    assert line in ("…", printed) or pdfmetrics.stringWidth(line, REGULAR, 9) <= width


@given(ANYTHING, st.integers(1, 700))
def test_a_cell_holds_what_is_left_of_any_text(text: str, times: int) -> None:
    held = clean(text * times)
    assert (fromstring(f"<t>{escape(held)}</t>".encode()).text or "") == held
    decoded = held.replace("_x005F_", "_")  # as Excel reads it
    assert len(decoded.encode("utf-16-le")) // 2 <= MOST_CHARACTERS


@given(st.lists(ANYTHING, min_size=1, max_size=4))
def test_cells_come_back_as_text(texts: list[str]) -> None:
    book = Book("Title", "Subject")
    with book.sheet("Sheet", Layout([10.0]), "foot") as sheet:
        for text in texts:
            sheet.row((text, PLAIN))
        sheet.finish()
    read = load_workbook(BytesIO(book.save()))["Sheet"]
    for number, text in enumerate(texts, start=1):
        cell = read.cell(number, 1)
        assert cell.data_type in ("s", "n")
        assert (cell.value or "") == clean(text)
