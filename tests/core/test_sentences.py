"""What is said around the figures reads well when there are none, one, few, many, and when all are alike."""

import re
from dataclasses import replace
from datetime import date

import core_builders as build
import pytest
from core_builders import GOOD, INADEQUATE, OUTSTANDING, RI, Graded, everywhere
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core import sentences
from audit_app.core.definitions import definitions
from audit_app.core.form import GradeScale, Limit, OverallRule
from audit_app.core.summary import Filters, Summary
from audit_app.core.table import column_titles, table_rows

COHORTS = ("Last 10 into care", "8–11 months into care")


def real(**counts: int) -> Summary:
    """The published table."""
    return build.summary(build.real_table(), cohorts=COHORTS, **counts)


# The two conclusions


def test_the_published_conclusions() -> None:
    assert sentences.conclusions(real()) == (
        "Strongest area: Voice (11 of 12 Good).",
        "Areas of concern: Case recording and Management oversight (8 of 12 Good each).",
    )


def test_ties_are_all_named_and_outstanding_is_good_or_better() -> None:
    summary = build.summary([Graded(everywhere(OUTSTANDING, planning=RI))], scale=build.FOUR)
    assert sentences.conclusions(summary) == (
        "Strongest areas: Case recording, Assessments, Voice, Outcomes and Management oversight "
        "(1 of 1 Good or better each).",
        "Area of concern: Planning (0 of 1 Good or better).",
    )


def test_ties_of_different_size_each_show_their_own_counts() -> None:
    audits = [
        Graded({"recording": GOOD, "voice": GOOD, "planning": GOOD, "overall": GOOD}),
        Graded({"recording": GOOD, "planning": RI, "overall": GOOD}),
    ]
    assert sentences.conclusions(build.summary(audits)) == (
        "Strongest areas: Case recording (2 of 2 Good) and Voice (1 of 1 Good).",
        "Area of concern: Planning (1 of 2 Good).",
    )


@pytest.mark.parametrize(
    ("audits", "says"),
    [
        ([], "There are no counted audits, so no conclusion is drawn."),
        ([Graded({})], "No domain has been graded, so there is no strongest area and no area of concern."),
        (
            [Graded({"voice": GOOD})],
            "Voice is the only domain graded (1 of 1 Good), so no area is named as strongest or of concern.",
        ),
        (
            [Graded(everywhere(GOOD)), Graded(everywhere(RI))],
            "All six domains have the same share (1 of 2 Good each), "
            "so none stands out as strongest or of concern.",
        ),
        (
            [Graded({"voice": GOOD, "planning": GOOD}), Graded({"voice": GOOD})],
            "Both graded domains have the same share (100% Good), "
            "so none stands out as strongest or of concern.",
        ),
        (
            [Graded({"voice": RI, "planning": RI, "outcomes": INADEQUATE})],
            "All three graded domains have the same share (0 of 1 Good each), "
            "so none stands out as strongest or of concern.",
        ),
    ],
)
def test_one_sentence_says_why_no_area_is_named(audits: list[Graded], says: str) -> None:
    assert sentences.conclusions(build.summary(audits)) == (says,)


# Which audits are in it


def test_the_published_audits() -> None:
    assert sentences.audit_sentences(real(not_supported=2)) == (
        "14 audits were submitted and 12 are counted.",
        "2 audits are left out because a second reader did not find their findings supported.",
    )


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({}, ("12 audits were submitted and all are counted.",)),
        (
            {"not_supported": 1, "unfinished": 1, "not_yet_read": 1},
            (
                "13 audits were submitted and 12 are counted.",
                "1 audit is left out because a second reader did not find its findings supported.",
                "1 of the 12 has not been read by a second person yet.",
                "1 more audit is unfinished and not counted.",
            ),
        ),
        (
            {"not_yet_read": 12, "unfinished": 2},
            (
                "12 audits were submitted and all are counted.",
                "None of the 12 has been read by a second person yet.",
                "2 more audits are unfinished and not counted.",
            ),
        ),
    ],
)
def test_audits_left_out_not_read_and_unfinished(counts: dict[str, int], says: tuple[str, ...]) -> None:
    assert sentences.audit_sentences(real(**counts)) == says


@pytest.mark.parametrize(
    ("audits", "counts", "says"),
    [
        (0, {}, ("No audits have been submitted yet.",)),
        (
            0,
            {"unfinished": 1},
            ("No audits have been submitted yet.", "1 audit is unfinished and not counted."),
        ),
        (
            0,
            {"not_supported": 2},
            (
                "2 audits were submitted and none is counted.",
                "2 audits are left out because a second reader did not find their findings supported.",
            ),
        ),
        (
            0,
            {"not_supported": 1},
            (
                "1 audit was submitted and it is not counted.",
                "1 audit is left out because a second reader did not find its findings supported.",
            ),
        ),
        (
            1,
            {"not_yet_read": 1},
            (
                "1 audit was submitted and it is counted.",
                "The counted audit has not been read by a second person yet.",
            ),
        ),
        (
            1,
            {"not_supported": 1},
            (
                "2 audits were submitted and 1 is counted.",
                "1 audit is left out because a second reader did not find its findings supported.",
            ),
        ),
    ],
)
def test_none_and_one(audits: int, counts: dict[str, int], says: tuple[str, ...]) -> None:
    summary = build.summary([Graded(everywhere(GOOD))] * audits, **counts)
    assert sentences.audit_sentences(summary) == says


def test_filters_that_match_nothing_are_named_as_the_reason() -> None:
    summary = build.summary(filters=Filters(team="North"))
    assert sentences.audit_sentences(summary) == ("No submitted audits match these filters.",)


def test_a_case_audited_twice_is_explained() -> None:
    summary = build.summary([Graded(everywhere(GOOD), case="a")] * 2 + [Graded(everywhere(RI), case="b")])
    assert sentences.heading(summary) == "3 audits of 2 cases"
    assert sentences.audited_again_sentence(summary) == (
        "The 3 counted audits are of 2 cases: a case audited more than once counts each time."
    )


def test_ten_thousand_audits_have_their_thousands_separated() -> None:
    audits = [Graded(everywhere(GOOD if number % 4 else RI)) for number in range(10_000)]
    summary = build.summary(audits, not_yet_read=2_500)
    assert sentences.heading(summary) == "10,000 audited cases"
    assert sentences.audit_sentences(summary) == (
        "10,000 audits were submitted and all are counted.",
        "2,500 of the 10,000 have not been read by a second person yet.",
    )
    assert sentences.caution_sentence(summary) == ""


# What they found besides grades


@pytest.mark.parametrize(
    ("audits", "counts", "says"),
    [
        (0, {}, ()),
        (
            1,
            {},
            (
                "The submitted audit says that the child was safe.",
                "In no audit did the auditor choose an overall grade other than the suggested one.",
            ),
        ),
        (
            1,
            {"unsafe": 1, "overridden": 1, "moderated": 1},
            (
                "The submitted audit says that the child was not safe.",
                "In the counted audit the auditor chose an overall grade other than the suggested one.",
                "The counted audit was moderated; its agreed grades are used.",
            ),
        ),
        (
            12,
            {"unsafe": 1, "overridden": 2, "moderated": 1, "not_supported": 2},
            (
                "1 of 14 submitted audits says that the child was not safe.",
                "In 2 of 12 audits the auditor chose an overall grade other than the suggested one.",
                "1 of 12 audits was moderated; the agreed grades are used.",
            ),
        ),
        (
            2,
            {"unsafe": 2, "moderated": 2},
            (
                "2 of 2 submitted audits say that the child was not safe.",
                "In no audit did the auditor choose an overall grade other than the suggested one.",
                "2 of 2 audits were moderated; the agreed grades are used.",
            ),
        ),
    ],
)
def test_findings(audits: int, counts: dict[str, int], says: tuple[str, ...]) -> None:
    summary = build.summary([Graded(everywhere(GOOD))] * audits, **counts)
    assert sentences.finding_sentences(summary) == says


@pytest.mark.parametrize(
    ("audits", "says"),
    [
        ([Graded(everywhere(GOOD))], ""),
        ([Graded({})], "Nothing has been graded in any counted audit."),
        ([Graded({"voice": GOOD, "overall": GOOD})] * 2, "were not graded in any counted audit."),
        ([Graded(dict.fromkeys(build.DOMAINS, GOOD))], "The overall was not graded in any counted audit."),
        (
            [Graded(everywhere(GOOD)), Graded({"voice": GOOD, "overall": GOOD}), Graded(everywhere(RI))],
            "Not graded: Case recording in 1 audit, Assessments in 1 audit, Planning in 1 audit, "
            "Outcomes in 1 audit and Management oversight in 1 audit.",
        ),
    ],
)
def test_what_was_not_graded(audits: list[Graded], says: str) -> None:
    found = sentences.not_graded_sentence(build.summary(audits))
    assert found.endswith(says)
    assert bool(found) == bool(says)


def test_never_graded_and_partly_graded_are_told_apart() -> None:
    some = {row: GOOD for row in build.ROWS if row != "voice"}
    audits = [Graded(some), Graded({row: grade for row, grade in some.items() if row != "overall"})]
    assert sentences.not_graded_sentence(build.summary(audits)) == (
        "Voice was not graded in any counted audit. Not graded: the overall in 1 audit."
    )


# How to read it


def test_few_audits_carry_a_caution_and_thirty_do_not() -> None:
    def caution(audits: int) -> str:
        return sentences.caution_sentence(build.summary([Graded(everywhere(GOOD))] * audits))

    assert caution(0) == caution(30) == ""
    assert caution(1) == "This is one audit: it describes one case and cannot show a pattern."
    assert caution(29).startswith("With 29 audits the intervals are wide")


def test_the_dash_is_explained_only_where_there_is_one() -> None:
    without, with_one = real(), build.summary([Graded({"voice": GOOD, "overall": GOOD})])
    assert sentences.DASH_NOTE not in sentences.reading_notes(without)
    assert sentences.DASH_NOTE in sentences.reading_notes(with_one)
    assert "The success measure is Good or better, as a share of the audits graded in that row." in (
        sentences.reading_notes(without)
    )
    assert sentences.ROUNDING_NOTE in sentences.reading_notes(without)


def test_an_empty_programme_explains_only_its_dashes() -> None:
    assert sentences.reading_notes(build.summary()) == (sentences.DASH_NOTE,)


# Filters, period, form


def test_filters_are_shown_by_name() -> None:
    day = date(2019, 10, 7)
    filters = Filters("Last 10 into care", "CIC 1", "Children in care", day, date(2019, 10, 18))
    assert sentences.filter_lines(filters) == (
        "Cohort: Last 10 into care",
        "Team: CIC 1",
        "Service: Children in care",
        "Date of audit: 7 October 2019 to 18 October 2019",
    )
    assert sentences.filters_text(Filters(team="CIC 1", from_date=day)) == (
        "Team: CIC 1; Date of audit: from 7 October 2019"
    )
    assert sentences.filters_text(Filters(to_date=day)) == "Date of audit: up to 7 October 2019"
    assert sentences.filters_text(Filters()) == "All audits in the programme"


def test_period_and_form() -> None:
    programme = build.programme()
    assert sentences.period_text(programme) == "7 October 2019 to 18 October 2019"
    assert sentences.period_text(replace(programme, period_from=None, period_to=None)) == ""
    one_day = replace(programme, period_to=programme.period_from)
    assert sentences.period_text(one_day) == "7 October 2019"
    assert sentences.form_text(build.form()) == "Test form, version 2"


def test_the_rule_for_the_overall_in_words() -> None:
    assert sentences.overall_rule_text(build.RULE, build.THREE) == (
        "Any Inadequate gives Inadequate; two or more Requires improvement give Requires improvement; "
        "otherwise Good."
    )
    rule = OverallRule(GOOD, (Limit(OUTSTANDING, 4, OUTSTANDING, (RI, INADEQUATE)),))
    assert sentences.overall_rule_text(rule, build.FOUR) == (
        "Four or more Outstanding with no Requires improvement or Inadequate give Outstanding; "
        "otherwise Good."
    )
    assert sentences.overall_rule_text(OverallRule(GOOD), build.THREE) == "Otherwise Good."


# Everything at once


@given(
    st.lists(
        st.builds(
            Graded,
            st.dictionaries(
                st.sampled_from(build.ROWS), st.sampled_from((OUTSTANDING, GOOD, RI, INADEQUATE))
            ),
            st.sampled_from(("a", "b", "c", "d")),
            st.sampled_from((None, "c1")),
        ),
        max_size=40,
    ),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_every_sentence_is_a_sentence(audits: list[Graded], left_out: int, unfinished: int) -> None:
    summary = build.summary(
        audits, cohorts=("One",), scale=build.FOUR, not_supported=left_out, unfinished=unfinished
    )
    said = sentences.all_sentences(summary)
    assert len(set(said)) == len(said)
    for sentence in said:
        assert re.fullmatch(r"[A-Z0-9–].*[^.]\.", sentence), sentence
        assert "  " not in sentence
        assert not re.search(r"\b1 (audits|cases)\b|\b(0|[2-9]|\d\d+) (audit|case)\b", sentence), sentence
        assert not re.search(r"not_|requires_|None\b(?! of)", sentence), sentence


@pytest.mark.parametrize("scale", [build.THREE, build.FOUR])
def test_every_column_and_figure_has_a_definition(scale: GradeScale) -> None:
    form = build.form(scale)
    found = definitions(form)
    names = [definition.name for definition in found]
    assert len(set(names)) == len(names)
    assert set(column_titles(form)[1:]) <= set(names)
    assert {"Submitted", "Supported", "Not supported", "Not yet read", "Unfinished", "Counted"} <= set(names)
    assert {"Overall", "Strongest areas", "Areas of concern", "Child not safe", "Moderated"} <= set(names)
    assert all(definition.meaning and definition.source for definition in found)


def test_rows_of_those_in_no_cohort_only_show_where_there_are_cohorts() -> None:
    audits = [Graded(everywhere(GOOD))]
    assert len(table_rows(build.summary(audits))) == 7
    assert [row.title for row in table_rows(build.summary(audits, cohorts=("One",)))][7:] == [
        "One",
        "No cohort",
    ]
