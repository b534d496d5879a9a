"""The summary as a PDF: the same numbers, nobody named for a board, a document that everybody can read."""

import core_builders as build
import pypdfium2 as pdfium
import pytest
from core_builders import FOUR, GOOD, INADEQUATE, OUTSTANDING, RI, Graded, everywhere
from pdf_reading import Pdf
from report_builders import COHORTS, NAMING_MARKERS, board, internal, line, lines, published

from audit_app.core import sentences, table
from audit_app.core.definitions import definitions
from audit_app.core.errors import DoesNotReconcile
from audit_app.core.summary import Filters, Summary
from audit_app.reports.contents import Profile, SummaryReport
from audit_app.reports.summary_pdf import summary_pdf


def grades_of(pdf: Pdf) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in pdf.table_under("Area")}


def numbers_agree(pdf: Pdf, summary: Summary) -> None:
    found = grades_of(pdf)
    for row in table.table_rows(summary):
        title, *counts, shares, success, interval = table.row_cells(summary, row)
        *said_counts, said_shares, said_success = found.pop(" ".join(title.split()))
        assert said_counts == counts
        assert said_shares == f"{table.row_text(summary, row)} {shares}"
        assert said_success == f"{success} {interval}"
    assert not found


def test_the_published_table_is_in_it_number_by_number() -> None:
    pdf = Pdf(summary_pdf(board(published())))
    found = grades_of(pdf)
    assert found["Case recording"][:5] == ["8", "4", "0", "12", "0"]
    assert found["Voice"][:5] == ["11", "1", "0", "12", "0"]
    assert found["Management oversight"][:5] == ["8", "3", "1", "12", "0"]
    assert found["Overall"][:5] == ["8", "2", "2", "12", "0"]
    assert found["Overall – Last 10 into care"][:5] == ["6", "0", "2", "8", "0"]
    assert found["Overall"][-1] == "8 of 12 (67%) 39–86%"
    numbers_agree(pdf, published())


def test_title_block_conclusions_and_counts_are_said() -> None:
    words = Pdf(summary_pdf(board(published()))).root.words
    for said in (
        "12 cases where audit findings can be supported",
        "Quarter 2",
        "Baseline",
        "7 October 2019 to 18 October 2019",
        "Test form, version 2",
        "n = 12 counted of 14 submitted",
        "All audits in the programme",
        "4 November 2019 by Jordan Ellis",
        "Strongest area: Voice (11 of 12 Good).",
        "Areas of concern: Case recording and Management oversight (8 of 12 Good each).",
        "2 audits are left out",
        "3 more audits are unfinished",
    ):
        assert said in words


def test_filters_are_named() -> None:
    filters = Filters(team="North & South <1>")
    words = Pdf(
        summary_pdf(board(build.summary(build.real_table(), cohorts=COHORTS, filters=filters)))
    ).root.words
    assert "Team: North & South <1>" in words


def test_every_figure_is_defined_in_the_notes() -> None:
    rows = Pdf(summary_pdf(board(published()))).table_under("Figure", "Meaning")
    assert [row[0] for row in rows] == [found.name for found in definitions(build.form())]


@pytest.mark.parametrize(
    ("audits", "scale"),
    [
        ([], build.THREE),
        ([Graded(everywhere(GOOD))], build.THREE),
        ([Graded(everywhere(RI, voice="not_graded"))] * 3, build.THREE),
        ([Graded({"overall": GOOD})], build.THREE),
        ([Graded(everywhere(OUTSTANDING)), Graded(everywhere(INADEQUATE, planning=OUTSTANDING))], FOUR),
        ([Graded(everywhere(GOOD))] * 9_000 + [Graded(everywhere(INADEQUATE))] * 1_000, build.THREE),
    ],
    ids=["none", "one", "domain not graded", "no domain graded", "four grades", "10,000"],
)
def test_the_numbers_are_the_summarys(audits: list[Graded], scale: build.GradeScale) -> None:
    summary = build.summary(audits, scale=scale)
    pdf = Pdf(summary_pdf(board(summary)))
    numbers_agree(pdf, summary)
    assert all(sentence in pdf.root.words for sentence in sentences.conclusions(summary))
    assert all(sentence in pdf.root.words for sentence in sentences.audit_sentences(summary))


def test_nobody_graded_it_is_a_dash_with_a_footnote_and_zero_is_a_zero() -> None:
    pdf = Pdf(summary_pdf(board(build.summary([Graded(everywhere(GOOD, voice="not_graded"))]))))
    assert grades_of(pdf)["Voice"][:5] == ["–", "–", "–", "0", "1"]
    assert grades_of(pdf)["Planning"][:5] == ["1", "0", "0", "1", "0"]
    assert sentences.DASH_NOTE in pdf.root.words


def test_the_board_is_told_of_nobody_and_an_internal_report_is() -> None:
    audits = build.real_table()
    summary = build.summary(audits, cohorts=COHORTS)
    text = Pdf(summary_pdf(board(summary))).text
    assert not [marker for marker in NAMING_MARKERS if marker in text]
    listed = list(lines(audits))
    listed[0] = line(audits[0], overridden=True, safe_now="no", texts={"safe.concern": "TEXT-x concern"})
    pdf = Pdf(summary_pdf(internal(summary, listed)))
    assert [marker for marker in NAMING_MARKERS if marker not in pdf.root.words] == []
    assert "Children said not to be safe" in pdf.headings
    assert len(pdf.table_under("Case", "Team", "Worker")) == 12


def test_a_report_for_the_board_refuses_single_audits() -> None:
    with pytest.raises(ValueError, match="board"):
        SummaryReport(published(), Profile.BOARD, build.date(2019, 11, 4), "x", lines(build.real_table()))


def test_listed_audits_that_do_not_give_the_summary_are_refused() -> None:
    audits = build.real_table()
    summary = build.summary(audits, cohorts=COHORTS)
    with pytest.raises(DoesNotReconcile, match="audits"):
        internal(summary, lines(audits[:-1]))
    with pytest.raises(DoesNotReconcile, match="Case recording"):
        internal(summary, lines([Graded(everywhere(INADEQUATE)), *audits[1:]]))


def test_many_audits_are_listed_up_to_a_length_that_is_said() -> None:
    audits = [Graded(everywhere(GOOD))] * 620
    pdf = Pdf(summary_pdf(internal(build.summary(audits), lines(audits))))
    assert len(pdf.table_under("Case", "Team", "Worker")) == 500
    assert "The first 500 of 620 audits are listed here." in pdf.root.words


# What everybody needs of a document


def test_title_language_and_tags_are_set() -> None:
    pdf = Pdf(summary_pdf(board(published())))
    root = pdf.reader.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata is not None
    assert pdf.reader.metadata.title == "Quarter 2: 12 cases where audit findings can be supported"
    assert pdf.headings[:2] == ["Quarter 2", "Grades"]


def test_cells_have_headings_and_bars_have_words() -> None:
    pdf = Pdf(summary_pdf(board(published())))
    grades = next(found for found in pdf.root.all("Table") if found.words.startswith("Area"))
    rows = list(grades.all("TR"))
    assert {cell.scope for cell in rows[0].all("TH")} == {"Column"}
    assert [[cell.scope for cell in row.all("TH")] for row in rows[1:]] == [["Row"]] * 9
    figures = [figure.alt for figure in grades.all("Figure")]
    assert len(figures) == 9
    assert figures[0].startswith("Case recording: 8 Good, 4 Requires improvement, 0 Inadequate; 12 graded")


def test_fonts_are_embedded_and_no_standard_one_is_used() -> None:
    fonts = Pdf(summary_pdf(board(published()))).fonts
    assert fonts
    assert all(embedded and "SourceSans" in name for name, embedded in fonts.items())


def test_pages_are_numbered() -> None:
    pdf = Pdf(summary_pdf(board(published())))
    for number, page in enumerate(pdf.reader.pages, start=1):
        said = " ".join(page.extract_text().split())
        assert f"Page {number} of {pdf.pages}" in said


def many_cohorts(count: int) -> Summary:
    titles = tuple(f"Cohort {number} of children who came into care" for number in range(count))
    audits = [Graded(everywhere(GOOD), cohort_id=f"c{number + 1}") for number in range(count)]
    return build.summary(audits, cohorts=titles)


def test_a_long_table_repeats_its_heading_on_every_page_and_has_it_once_in_the_structure() -> None:
    pdf = Pdf(summary_pdf(board(many_cohorts(40))))
    with_table = [page.extract_text() for page in pdf.reader.pages[:3]]
    assert [("Inadequate" in text and "Good or better" in text) for text in with_table[:2]] == [True, True]
    assert len(grades_of(pdf)) == 47
    assert len([rows for rows in pdf.tables if rows[0][0] == "Area"]) == 1
    numbers_agree(pdf, many_cohorts(40))


def test_contents_come_with_the_fifth_page_and_bookmarks_always() -> None:
    short = Pdf(summary_pdf(board(published())))
    assert "Contents" not in short.text
    assert [part.title for part in short.reader.outline[1]] == ["Grades", "Audits and findings", "Notes"]
    long = Pdf(summary_pdf(board(many_cohorts(120))))
    assert long.pages > 4
    listed = dict(next(rows for rows in long.tables if rows[0][0] == "Grades"))
    for entry in long.reader.outline[1]:
        page = long.reader.get_destination_page_number(entry) + 1
        assert listed[entry.title] == str(page)
        assert entry.title in long.reader.pages[page - 1].extract_text()


# Text that people type


AWKWARD = (
    "x" * 300,
    "A < B & C > D <b>not bold</b> </para> &amp; &nosuch;",
    "Łódź Ștefan Ŵyn Zoë naïve “quoted” – £5",
    "two\nlines\tand\x00a\x07control",
    "محمد 日本語 👩‍👧 🙂",
    " ",
)


@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_fits_everywhere_that_people_type(text: str) -> None:
    summary = build.summary([Graded(everywhere(GOOD), cohort_id="c1")], cohorts=(text,))
    told = line(
        Graded(everywhere(GOOD)),
        **dict.fromkeys(("reference", "team", "worker", "auditor", "cohort"), text),
        safe_now="no",
        overridden=True,
        texts={"safe.concern": text * 20, "overall.reason": text},
    )
    pdf = Pdf(summary_pdf(internal(summary, [told])))
    assert pdf.pages >= 2


def test_text_stays_as_it_was_typed() -> None:
    title = "A < B & C > D <b>not bold</b> Łódź Ștefan Ŵyn"
    summary = build.summary([Graded(everywhere(GOOD), cohort_id="c1")], cohorts=(title,))
    assert f"Overall – {title}" in grades_of(Pdf(summary_pdf(board(summary))))


def test_characters_that_no_font_has_are_boxes_and_counted_in_a_footnote() -> None:
    summary = build.summary([Graded(everywhere(GOOD), cohort_id="c1")], cohorts=("日本 🙂",))
    pdf = Pdf(summary_pdf(board(summary)))
    assert "Overall – ☐☐ ☐" in grades_of(pdf)
    assert "3 characters are not in the fonts of this report and shown as ☐." in pdf.root.words
    assert "not in the fonts" not in Pdf(summary_pdf(board(published()))).root.words


def test_nothing_is_drawn_beyond_the_edges_of_the_page() -> None:
    title = "Averyveryverylongtitlewithoutanyspaces" * 12
    summary = build.summary([Graded(everywhere(GOOD), cohort_id="c1")], cohorts=(title,))
    document = pdfium.PdfDocument(summary_pdf(board(summary)))
    for page in document:
        width, height = page.get_size()
        for found in page.get_objects():
            left, bottom, right, top = found.get_bounds()
            assert (left, bottom) >= (0, 0)
            assert right <= width - 40
            assert top <= height
    document.close()
