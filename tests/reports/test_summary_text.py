"""The summary as text: the table's numbers in columns that line up, within 100 columns, whatever is in it."""

import re

import core_builders as build
import pytest
from core_builders import GOOD, INADEQUATE, OUTSTANDING, RI, Graded, everywhere
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core import sentences
from audit_app.core.form import GradeScale
from audit_app.core.summary import Filters
from audit_app.reports.summary_text import WIDTH, summary_text

COHORTS = ("Last 10 into care", "8–11 months into care")


def test_the_published_table_line_by_line() -> None:
    text = summary_text(build.summary(build.real_table(), cohorts=COHORTS, not_supported=2))
    for line in (
        "Case recording 8 4 0 12 0 8 of 12 (67%) 39–86%",
        "Assessments 9 2 1 12 0 9 of 12 (75%) 47–91%",
        "Planning 9 2 1 12 0 9 of 12 (75%) 47–91%",
        "Voice 11 1 0 12 0 11 of 12 (92%) 65–99%",
        "Outcomes 9 2 1 12 0 9 of 12 (75%) 47–91%",
        "Management oversight 8 3 1 12 0 8 of 12 (67%) 39–86%",
        "Overall 8 2 2 12 0 8 of 12 (67%) 39–86%",
        "Overall – Last 10 into care 6 0 2 8 0 6 of 8 (75%) 41–93%",
    ):
        assert line in re.sub(r" +", " ", text)
    assert text.startswith("12 cases where audit findings can be supported\nProgramme: Quarter 2\n")
    assert "\nStrongest area: Voice (11 of 12 Good).\n" in text
    assert "\n2 audits are left out because a second reader" in text


def test_shares_stand_under_their_counts() -> None:
    lines = summary_text(build.summary(build.real_table(), cohorts=COHORTS)).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("Case recording"))
    counts, shares = lines[at], lines[at + 1]
    assert shares.split() == ["67%", "33%", "0%"]
    assert [counts[match.end() - 1] for match in re.finditer(r"\d+%", shares)] == ["8", "4", "0"]


def test_what_nobody_graded_is_a_dash_with_its_note() -> None:
    text = summary_text(build.summary([Graded({"voice": GOOD, "overall": GOOD})]))
    planning = next(line for line in text.splitlines() if line.startswith("Planning"))
    assert planning.split() == ["Planning", "–", "–", "–", "0", "1", "–", "–"]
    assert sentences.DASH_NOTE in text


def test_filters_stand_above_the_table() -> None:
    text = summary_text(build.summary(filters=Filters(team="North", service="Safeguarding")))
    assert "\nTeam: North\nService: Safeguarding\n" in text
    assert "All audits in the programme" in summary_text(build.summary())


@pytest.mark.parametrize("audits", [0, 1, 10_000])
def test_an_empty_programme_one_audit_and_ten_thousand_fit(audits: int) -> None:
    held = [Graded(everywhere(OUTSTANDING if number % 3 else RI)) for number in range(audits)]
    text = summary_text(build.summary(held, scale=build.FOUR, cohorts=("A", "B")))
    assert max(map(len, text.splitlines())) <= WIDTH
    if audits == 10_000:
        assert "67% of 10,000" in text


@given(
    st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=150), max_size=3),
    st.integers(0, 40),
    st.sampled_from((build.THREE, build.FOUR)),
)
def test_any_cohort_title_fits(titles: list[str], audits: int, scale: GradeScale) -> None:
    held = [Graded(everywhere(GOOD, voice=INADEQUATE), cohort_id="c1" if titles else None)] * audits
    text = summary_text(build.summary(held, scale=scale, cohorts=tuple(titles)))
    assert max(map(len, text.splitlines())) <= WIDTH
