"""What a summary says of audits, by example and against an independent oracle."""

import csv
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import core_builders as build
import oracle
import pytest
from core_builders import GOOD, INADEQUATE, OUTSTANDING, RI, Graded, everywhere
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.form import OverallRule
from audit_app.core.summary import (
    NO_COHORT_ID,
    AuditCounts,
    Filters,
    Summary,
    Tally,
    check_reconciles,
    summarise,
)
from audit_app.reports.summary_json import summary_dict

DATA = Path(__file__).resolve().parent.parent / "data"
COHORTS = ("Last 10 into care", "8–11 months into care")


def grades_of(summary: Summary) -> dict[str, tuple[int, ...]]:
    """The counts of every row, best grade first, by title."""
    rows = (*summary.domains, summary.overall, *summary.cohorts)
    return {row.title: tuple(row.grades.values()) for row in rows}


def test_the_published_table_comes_out_as_published() -> None:
    summary = build.summary(build.real_table(), cohorts=COHORTS, not_supported=2)
    assert grades_of(summary) == {
        "Case recording": (8, 4, 0),
        "Assessments": (9, 2, 1),
        "Planning": (9, 2, 1),
        "Voice": (11, 1, 0),
        "Outcomes": (9, 2, 1),
        "Management oversight": (8, 3, 1),
        "Overall": (8, 2, 2),
        "Last 10 into care": (6, 0, 2),
        "8–11 months into care": (2, 2, 0),
    }
    assert summary.title == "12 cases where audit findings can be supported"
    assert (summary.strongest, summary.concerns) == (("voice",), ("recording", "oversight"))


def test_an_empty_programme_is_all_zeros() -> None:
    summary = build.summary(cohorts=("First",))
    assert set(grades_of(summary).values()) == {(0, 0, 0)}
    assert [row.success.percent for row in summary.domains] == [None] * 6
    assert (summary.title, summary.strongest, summary.concerns) == ("0 audited cases", (), ())
    assert [row.title for row in summary.cohorts] == ["First"]


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (AuditCounts(), "0 audited cases"),
        (AuditCounts(unfinished=3), "0 audited cases"),
        (AuditCounts(1, 1, cases=1), "1 case where audit findings can be supported"),
        (AuditCounts(1, 0, 0, 1, cases=1), "1 audited case"),
        (AuditCounts(14, 12, 2, cases=12), "12 cases where audit findings can be supported"),
        (AuditCounts(14, 11, 2, 1, cases=12), "12 audited cases"),
        (AuditCounts(14, 14, cases=12), "14 audits of 12 cases"),
        (AuditCounts(14, 0, 0, 14, cases=12), "14 audits of 12 cases"),
        (AuditCounts(2, 2, cases=1), "2 audits of 1 case"),
        (AuditCounts(2, 0, 2), "0 cases where audit findings can be supported"),
        (AuditCounts(10_000, 10_000, cases=10_000), "10000 cases where audit findings can be supported"),
    ],
)
def test_the_title_counts_cases_and_says_when_audits_exceed_them(counts: AuditCounts, title: str) -> None:
    cohort = [
        Tally(None, row, "not_graded", counts.counted)
        for row in (*build.DOMAINS, "overall")
        if counts.counted
    ]
    assert summarise(build.programme(), build.form(), Filters(), counts, cohort).title == title


def test_shares_are_compared_exactly_and_not_as_rounded() -> None:
    # 2 of 3 and 667 of 1,000 are both 67%, and 667 of 1,000 is the larger.
    audits = [Graded(everywhere(GOOD if number < 667 else RI)) for number in range(1000)]
    audits = [
        replace(audit, grades={**audit.grades, "voice": GOOD if number < 2 else RI})
        if number < 3
        else replace(audit, grades={row: grade for row, grade in audit.grades.items() if row != "voice"})
        for number, audit in enumerate(audits)
    ]
    summary = build.summary(audits)
    assert summary.concerns == ("voice",)
    assert summary.strongest == ("recording", "assessment", "planning", "outcomes", "oversight")


def test_a_domain_nobody_graded_is_neither_strongest_nor_of_concern() -> None:
    audits = [
        Graded({"recording": GOOD, "planning": RI, "overall": RI}),
        Graded({"recording": GOOD, "planning": GOOD, "overall": GOOD}),
    ]
    summary = build.summary(audits)
    assert (summary.strongest, summary.concerns) == (("recording",), ("planning",))
    assert (summary.domains[3].graded, summary.domains[3].not_graded) == (0, 2)
    assert summary.domains[3].success.interval is None


@pytest.mark.parametrize(
    "audits",
    [
        [Graded(everywhere(GOOD)), Graded(everywhere(RI))],
        [Graded({"voice": RI})],
        [Graded({})],
        [Graded({"voice": INADEQUATE, "planning": RI})],  # both 0 of 1 Good
    ],
)
def test_nothing_is_named_when_no_domain_differs(audits: list[Graded]) -> None:
    summary = build.summary(audits)
    assert (summary.strongest, summary.concerns) == ((), ())


def test_outstanding_counts_as_good_or_better() -> None:
    summary = build.summary([Graded(everywhere(OUTSTANDING, planning=RI, voice=GOOD))], scale=build.FOUR)
    assert summary.concerns == ("planning",)
    assert summary.strongest == ("recording", "assessment", "voice", "outcomes", "oversight")
    assert list(summary.overall.grades) == [OUTSTANDING, GOOD, RI, INADEQUATE]


def test_cohorts_keep_the_programmes_order_and_those_in_none_come_last() -> None:
    audits = [Graded(everywhere(RI)), Graded(everywhere(GOOD), cohort_id="c2")]
    summary = build.summary(audits, cohorts=("Zebra", "Apple"))
    assert [row.title for row in summary.cohorts] == ["Zebra", "Apple", "No cohort"]
    assert [row.graded for row in summary.cohorts] == [0, 1, 1]
    assert summary.cohorts[-1].id == NO_COHORT_ID


def test_a_cohort_filter_leaves_one_row_and_cannot_hide_another_cohorts_audits() -> None:
    only = Filters(cohort="  last 10 INTO care")
    audits = [Graded(everywhere(GOOD), cohort_id="c1")]
    summary = build.summary(audits, cohorts=COHORTS, filters=only)
    assert [row.title for row in summary.cohorts] == ["Last 10 into care"]
    none = build.summary([Graded(everywhere(GOOD))], cohorts=COHORTS, filters=Filters(cohort="No cohort"))
    assert [row.title for row in none.cohorts] == ["No cohort"]


def test_order_of_tallies_and_tallies_of_zero_change_nothing() -> None:
    audits = build.real_table()
    counts = AuditCounts(12, 12, cases=12)
    programme, form = build.programme(*COHORTS), build.form()
    tallies = build.tallies(audits)
    first = summarise(programme, form, Filters(), counts, tallies)
    shuffled = [*tallies, Tally("c2", "voice", INADEQUATE, 0)]
    random.Random(1).shuffle(shuffled)
    assert summarise(programme, form, Filters(), counts, shuffled) == first


# Against the oracle, which works on spreadsheet rows

CELLS = {
    GOOD: ("Good", " good", "GOOD"),
    RI: ("RI", "Requires improvement", "requires  improvement (to be good)"),
    INADEQUATE: ("Inad", "Inadequate"),
    OUTSTANDING: ("Outstanding",),
    None: ("", "-", "N/A", " n/a "),
}
TITLES = ("Into care", "Leaving care", "Pre-birth")
DAYS = (date(2024, 2, 27), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1))


@st.composite
def sheet_row(draw: st.DrawFn, grades: tuple[str, ...]) -> dict[str, str]:
    """An audit as a line of a spreadsheet, with a state, a second reading and agreed grades."""

    def grade_cell() -> str:
        return draw(st.sampled_from(CELLS[draw(st.sampled_from((*grades, None)))]))

    day = draw(st.sampled_from((*DAYS, None)))
    written = draw(st.sampled_from(("%Y-%m-%d", "%d/%m/%Y")))
    state = draw(st.sampled_from(("draft", "submitted", "submitted", "moderated")))
    row = {
        "case_reference": draw(st.sampled_from(("C-1", "c-1", "C-2", "C-3", " C-4 ", "C-5"))),
        "cohort": draw(st.sampled_from((*TITLES, ""))),
        "service": draw(st.sampled_from(("Safeguarding", "safeguarding ", ""))),
        "team": draw(st.sampled_from(("North", "South", ""))),
        "audit_date": day.strftime(written) if day else "",
        "findings_supported": draw(st.sampled_from(("yes", "Y", "no", "n", "", ""))),
        "safe_now": draw(st.sampled_from(("yes", "no", ""))),
        "state": state,
        **{name: grade_cell() for name in build.ROWS},
    }
    if state == "moderated":
        row |= {f"agreed_{name}": grade_cell() for name in build.ROWS if draw(st.booleans())}
    return row


@st.composite
def wanted(draw: st.DrawFn) -> oracle.Wanted:
    """Filters, most of them unused."""
    return oracle.Wanted(
        draw(st.sampled_from((None, None, *TITLES, "No cohort"))),
        draw(st.sampled_from((None, None, "north"))),
        draw(st.sampled_from((None, None, "Safeguarding"))),
        draw(st.sampled_from((None, None, *DAYS))),
        draw(st.sampled_from((None, None, *DAYS))),
    )


def counted_by_brute_force(rows: list[dict[str, str]], rule: OverallRule) -> tuple[AuditCounts, list[Tally]]:
    """The counts and tallies that storage would give, counted one by one."""
    reading = [oracle.yes_or_no(row) for row in rows if row["state"] != "draft"]
    submitted = [row for row in rows if row["state"] != "draft"]
    counted = [row for row in submitted if oracle.yes_or_no(row) is not False]
    overridden = 0
    for row in counted:
        chosen = oracle.own_grade(row, "overall")
        suggested = rule.suggest({name: oracle.own_grade(row, name) for name in build.DOMAINS})
        overridden += bool(chosen and suggested and chosen != suggested)
    ids = {oracle.plain(title): f"c{number}" for number, title in enumerate(TITLES, start=1)}
    held = Counter(
        (ids.get(oracle.plain(row["cohort"])), name, oracle.grade_of_record(row, name) or "not_graded")
        for row in counted
        for name in build.ROWS
    )
    counts = AuditCounts(
        submitted=len(submitted),
        supported=reading.count(True),
        not_supported=reading.count(False),
        not_yet_read=reading.count(None),
        unfinished=len(rows) - len(submitted),
        cases=len({oracle.plain(row["case_reference"]) for row in counted}),
        overridden=overridden,
        unsafe=sum(row["safe_now"] == "no" for row in submitted),
        moderated=sum(row["state"] == "moderated" for row in counted),
        safety_answered=sum(row["safe_now"] in ("yes", "no") for row in submitted),
    )
    return counts, [Tally(*key, audits) for key, audits in held.items()]


def summary_of(rows: list[dict[str, str]], four: bool, filters: oracle.Wanted) -> Summary:
    """The product's summary of these rows."""
    form = build.form(build.FOUR if four else build.THREE)
    kept = [row for row in rows if oracle.passes(row, filters)]
    counts, tallies = counted_by_brute_force(kept, form.overall)
    used = Filters(filters.cohort, filters.team, filters.service, filters.from_date, filters.to_date)
    return summarise(build.programme(*TITLES, of=form), form, used, counts, tallies)


def expected(rows: list[dict[str, str]], four: bool, filters: oracle.Wanted) -> dict[str, object]:
    """The oracle's summary of these rows."""
    form = build.form(build.FOUR if four else build.THREE)
    programme = oracle.Programme(
        "Quarter 2", form.id, form.version, oracle.FOUR_POINT if four else oracle.THREE_POINT, cohorts=TITLES
    )
    return oracle.expected_summary(rows, programme, filters)


@given(st.data(), st.booleans(), wanted())
def test_any_audits_give_what_the_oracle_gives(
    data: st.DataObject, four: bool, filters: oracle.Wanted
) -> None:
    grades = oracle.FOUR_POINT if four else oracle.THREE_POINT
    rows = data.draw(st.lists(sheet_row(tuple(grades)), max_size=25))
    assert summary_dict(summary_of(rows, four, filters)) == expected(rows, four, filters)


@given(st.lists(sheet_row(oracle.FOUR_POINT), max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_audits_changes_nothing(rows: list[dict[str, str]], chance: random.Random) -> None:
    before = summary_of(rows, True, oracle.Wanted())
    chance.shuffle(rows)
    assert summary_of(rows, True, oracle.Wanted()) == before


@given(st.lists(sheet_row(oracle.FOUR_POINT), max_size=25))
def test_the_cohorts_taken_one_by_one_add_up_to_the_whole(rows: list[dict[str, str]]) -> None:
    whole = summary_of(rows, True, oracle.Wanted())
    parts = [summary_of(rows, True, oracle.Wanted(cohort=title)) for title in (*TITLES, "No cohort")]
    for at, row in enumerate((*whole.domains, whole.overall)):
        mine = [(*part.domains, part.overall)[at] for part in parts]
        assert {grade: sum(part.grades[grade] for part in mine) for grade in row.grades} == row.grades
        assert sum(part.not_graded for part in mine) == row.not_graded
    for name in (
        "submitted",
        "supported",
        "not_supported",
        "not_yet_read",
        "unfinished",
        "overridden",
        "unsafe",
    ):
        assert sum(getattr(part.counts, name) for part in parts) == getattr(whole.counts, name)


@given(st.lists(sheet_row(oracle.THREE_POINT), max_size=15))
def test_an_audit_left_out_changes_no_grade(rows: list[dict[str, str]]) -> None:
    left_out = {**dict.fromkeys(build.ROWS, "Inad"), "state": "submitted", "findings_supported": "no"}
    more = {"case_reference": "X", "cohort": "", "safe_now": "", **left_out}
    before, after = (summary_of(found, False, oracle.Wanted()) for found in (rows, [*rows, more]))
    assert (after.domains, after.overall, after.cohorts) == (before.domains, before.overall, before.cohorts)
    assert after.counts.not_supported == before.counts.not_supported + 1


@given(st.lists(sheet_row(oracle.THREE_POINT), max_size=15))
def test_every_summary_that_is_made_reconciles(rows: list[dict[str, str]]) -> None:
    check_reconciles(summary_of(rows, False, oracle.Wanted()))


def test_the_oracle_agrees_with_the_published_table() -> None:
    with (DATA / "bcp_2019_q2_audits.csv").open(encoding="utf-8", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    found = oracle.expected_summary(rows, oracle.Programme("Q2", "six-domains-3"))
    assert found["title"] == "12 cases where audit findings can be supported"
    assert list(found["overall"]["grades"].values()) == [8, 2, 2]
    assert (found["strongest"], found["concerns"]) == (["voice"], ["recording", "oversight"])
    assert (found["audits"]["not_supported"], found["overridden"]) == (2, 0)
