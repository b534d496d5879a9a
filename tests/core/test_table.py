"""The table's cells: counts before percentages where there are few, and a zero is never a dash."""

import core_builders as build
import pytest
from core_builders import GOOD, Graded, everywhere

from audit_app.core.summary import share
from audit_app.core.table import (
    cell_text,
    column_titles,
    interval_cell,
    row_cells,
    row_text,
    row_title,
    share_cell,
    share_text,
    shares_cell,
    success_measure,
    success_word,
    table_rows,
)

COHORTS = ("Last 10 into care", "8–11 months into care")


def test_a_zero_is_0_and_nobody_graded_it_is_a_dash() -> None:
    assert (cell_text(0, 12), cell_text(0, 0), cell_text(10_000, 12_000)) == ("0", "–", "10,000")


@pytest.mark.parametrize(
    ("count", "n", "cell", "interval", "text"),
    [
        (8, 12, "8 of 12 (67%)", "39–86%", "8 of 12 Good (67%; 95% interval 39–86%)"),
        (0, 1, "0 of 1 (0%)", "0–79%", "0 of 1 Good (0%; 95% interval 0–79%)"),
        (29, 29, "29 of 29 (100%)", "88–100%", "29 of 29 Good (100%; 95% interval 88–100%)"),
        (20, 30, "67% of 30", "49–81%", "67% Good (20 of 30; 95% interval 49–81%)"),
        (900, 1_200, "75% of 1,200", "72–77%", "75% Good (900 of 1,200; 95% interval 72–77%)"),
        (0, 0, "–", "–", "nobody graded this"),
    ],
)
def test_a_share_always_shows_its_n(count: int, n: int, cell: str, interval: str, text: str) -> None:
    found = share(count, n)
    assert (share_cell(found), interval_cell(found), share_text(found, "Good")) == (cell, interval, text)


def test_columns_are_title_grades_graded_not_graded_shares() -> None:
    assert column_titles(build.form()) == (
        *("Area", "Good", "Requires improvement", "Inadequate", "Graded", "Not graded", "Shares"),
        *("Good or better", "95% interval"),
    )
    assert column_titles(build.form(build.FOUR))[1:3] == ("Outstanding", "Good")


def test_success_is_named_as_the_measure_and_inside_a_sentence() -> None:
    assert success_measure(build.THREE) == success_measure(build.FOUR) == "Good or better"
    assert (success_word(build.THREE), success_word(build.FOUR)) == ("Good", "Good or better")


def test_the_published_table_cell_by_cell() -> None:
    summary = build.summary(build.real_table(), cohorts=COHORTS)
    cells = [row_cells(summary, row) for row in table_rows(summary)]
    assert cells[0] == (
        *("Case recording", "8", "4", "0", "12", "0"),
        *("67% / 33% / 0%", "8 of 12 (67%)", "39–86%"),
    )
    assert cells[6][:6] == ("Overall", "8", "2", "2", "12", "0")
    assert cells[7][:6] == ("Overall – Last 10 into care", "6", "0", "2", "8", "0")
    assert cells[8][:6] == ("Overall – 8–11 months into care", "2", "2", "0", "4", "0")
    assert all(len(row) == len(column_titles(summary.form)) for row in cells)


def test_a_row_nobody_graded_is_all_dashes_but_for_its_two_counts() -> None:
    summary = build.summary([Graded({"overall": GOOD})] * 2)
    voice = summary.domains[3]
    assert row_cells(summary, voice) == ("Voice", "–", "–", "–", "0", "2", "–", "–", "–")
    assert row_text(summary, voice) == "Voice: nobody graded this."


def test_rows_in_words() -> None:
    summary = build.summary(build.real_table(), cohorts=COHORTS)
    assert row_text(summary, summary.domains[5]) == (
        "Management oversight: 8 Good, 3 Requires improvement, 1 Inadequate; 12 graded, 0 not graded."
    )
    assert row_text(summary, summary.cohorts[1]).startswith("Overall – 8–11 months into care: 2 Good")


def test_audits_in_no_cohort_read_as_such() -> None:
    summary = build.summary([Graded(everywhere(GOOD))], cohorts=("One",))
    assert row_title(summary, summary.cohorts[1]) == "Overall – no cohort"


def test_shares_need_not_add_up_to_100() -> None:
    grades = {GOOD: "good", "requires_improvement": "ri", "inadequate": "inad"}
    summary = build.summary([Graded(everywhere(grade)) for grade in grades])
    assert shares_cell(summary.overall) == "33% / 33% / 33%"
