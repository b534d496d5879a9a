"""A summary that does not add up is refused, and the refusal says what: each fault is planted once."""

from collections.abc import Callable
from dataclasses import replace

import core_builders as build
import pytest
from core_builders import GOOD, INADEQUATE, RI, Graded, everywhere
from hypothesis import assume, given
from hypothesis import strategies as st

from audit_app.core.errors import DoesNotReconcile
from audit_app.core.summary import (
    AuditCounts,
    Filters,
    Row,
    Summary,
    Tally,
    check_reconciles,
    share,
    summarise,
)

COUNTS = AuditCounts(submitted=14, supported=12, not_supported=2, cases=12)
COHORTS = ("Last 10 into care", "8–11 months into care")


def add_up(tallies: list[Tally], counts: AuditCounts = COUNTS, filters: Filters | None = None) -> Summary:
    """The published table's programme with these tallies."""
    return summarise(build.programme(*COHORTS), build.form(), filters or Filters(), counts, tallies)


def real() -> list[Tally]:
    """The published table's tallies."""
    return build.tallies(build.real_table())


def without(tallies: list[Tally], row: str, grade: str, audits: int = 1) -> list[Tally]:
    """The same tallies with some audits fewer in one cell of the first cohort that has it."""
    at = next(n for n, tally in enumerate(tallies) if (tally.row, tally.grade) == (row, grade))
    return [*tallies[:at], replace(tallies[at], audits=tallies[at].audits - audits), *tallies[at + 1 :]]


def test_the_real_table_adds_up() -> None:
    check_reconciles(add_up(real()))


def test_a_judgement_that_went_missing_is_noticed() -> None:
    with pytest.raises(
        DoesNotReconcile, match="Voice covers 7 audits of Last 10 into care, but Overall covers 8"
    ):
        add_up(without(real(), "voice", GOOD))


def test_an_audit_missing_from_every_row_is_noticed() -> None:
    tallies = real()
    for row in build.ROWS:
        tallies = without(tallies, row, GOOD)
    with pytest.raises(
        DoesNotReconcile, match="Case recording has 11 graded and 0 not graded, but 12 audits"
    ):
        add_up(tallies)


def test_an_overall_that_went_missing_is_noticed() -> None:
    with pytest.raises(DoesNotReconcile, match="but Overall covers 7"):
        add_up(without(real(), "overall", INADEQUATE))


def test_no_tallies_at_all_are_noticed() -> None:
    with pytest.raises(DoesNotReconcile, match="Case recording has 0 graded and 0 not graded, but 12 audits"):
        add_up([])


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        (Tally("c1", "voice", "excellent", 1), "no grade called “excellent”"),
        (Tally("c1", "voice", "", 1), "no grade called “”"),
        (Tally("c1", "education", GOOD, 1), "no area called “education”"),
        (Tally("elsewhere", "voice", GOOD, 1), "a cohort that is not part of this summary"),
        (Tally("c1", "voice", GOOD, 1), "“good” in “voice” was counted twice"),
        (Tally("c1", "voice", INADEQUATE, -1), "“inadequate” in “voice” has a count below zero"),
        (Tally(None, "voice", GOOD, 1), "Voice covers 1 audit of No cohort"),
    ],
)
def test_a_tally_that_cannot_be_is_refused(planted: Tally, says: str) -> None:
    with pytest.raises(DoesNotReconcile, match=says):
        add_up([*real(), planted])


def test_an_audit_of_another_cohort_does_not_slip_past_the_filter() -> None:
    with pytest.raises(DoesNotReconcile, match="not part of this summary"):
        add_up(real(), filters=Filters(cohort=COHORTS[0]))


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (replace(COUNTS, submitted=15), "15 audits are submitted, but those .* are 14"),
        (replace(COUNTS, not_supported=3), "are 15"),
        (replace(COUNTS, supported=-1), "“supported” is below zero"),
        (replace(COUNTS, unfinished=-1), "“unfinished” is below zero"),
        (replace(COUNTS, cases=13), "12 counted audits cannot be of 13 cases"),
        (replace(COUNTS, cases=0), "12 counted audits cannot be of 0 cases"),
        (replace(COUNTS, overridden=13), "13 audits are overridden, but only 12 are counted"),
        (replace(COUNTS, moderated=13), "13 audits are moderated, but only 12 are counted"),
        (replace(COUNTS, safety_answered=15), "15 audits say whether a child is safe, but 14 are submitted"),
        (
            replace(COUNTS, unsafe=3, safety_answered=2),
            "3 audits say a child is not safe, but 2 say whether a child is safe",
        ),
        (replace(COUNTS, supported=11, submitted=13, cases=11), "but 11 audits are counted"),
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts: AuditCounts, says: str) -> None:
    with pytest.raises(DoesNotReconcile, match=says):
        add_up(real(), counts)


def test_a_refusal_says_what_happened_and_what_to_do() -> None:
    with pytest.raises(DoesNotReconcile) as refused:
        add_up([])
    assert refused.value.sentence.startswith("The summary was not made, because its figures do not add up: ")
    assert "no audit was changed" in refused.value.sentence
    assert "Check the workspace" in refused.value.sentence


def spoilt(row: Row, grade: str) -> Row:
    """The row with one more of a grade, and nothing else changed."""
    return replace(row, grades={**row.grades, grade: row.grades[grade] + 1})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda summary: replace(summary, domains=(spoilt(summary.domains[0], RI), *summary.domains[1:])),
        lambda summary: replace(summary, overall=spoilt(summary.overall, RI)),
        lambda summary: replace(summary, cohorts=(spoilt(summary.cohorts[0], RI), summary.cohorts[1])),
        lambda summary: replace(summary, cohorts=summary.cohorts[:1]),
        lambda summary: replace(summary, overall=replace(summary.overall, not_graded=1)),
        lambda summary: replace(summary, counts=replace(summary.counts, not_yet_read=1)),
        lambda summary: replace(
            summary, cohorts=(replace(summary.cohorts[0], not_graded=1), summary.cohorts[1])
        ),
    ],
)
def test_a_summary_spoilt_after_it_was_made_is_refused_before_it_is_written(
    spoil: Callable[[Summary], Summary],
) -> None:
    with pytest.raises(DoesNotReconcile):
        check_reconciles(spoil(add_up(real())))


def test_cohorts_whose_grades_moved_between_them_and_overall_are_refused() -> None:
    summary = add_up(real())
    first = summary.cohorts[0]
    moved = {**first.grades, GOOD: first.grades[GOOD] - 1, RI: first.grades[RI] + 1}
    spoilt_cohort = replace(first, grades=moved, success=share(moved[GOOD], first.graded))
    with pytest.raises(DoesNotReconcile, match="the cohorts hold 7 Good, but Overall holds 8"):
        check_reconciles(replace(summary, cohorts=(spoilt_cohort, summary.cohorts[1])))


@given(st.data())
def test_any_single_audit_moved_in_or_out_of_one_row_is_noticed(data: st.DataObject) -> None:
    audits = data.draw(
        st.lists(
            st.builds(
                Graded,
                st.fixed_dictionaries({row: st.sampled_from((GOOD, RI, INADEQUATE)) for row in build.ROWS}),
                cohort_id=st.sampled_from(("c1", "c2", None)),
            ),
            min_size=1,
            max_size=8,
        )
    )
    tallies = build.tallies(audits)
    at = data.draw(st.integers(0, len(tallies) - 1))
    change = data.draw(st.sampled_from((-1, 1)))
    assume(tallies[at].audits + change >= 0)
    tallies[at] = replace(tallies[at], audits=tallies[at].audits + change)
    counts = AuditCounts(len(audits), len(audits), cases=len(audits))
    with pytest.raises(DoesNotReconcile):
        add_up(tallies, counts)


def test_whole_programme_is_not_graded_yet_adds_up() -> None:
    counts = AuditCounts(3, 0, 0, 3, cases=3)
    summary = add_up(build.tallies([Graded({}, cohort_id="c1")] * 3), counts)
    assert summary.overall.not_graded == 3
    assert everywhere(GOOD).keys() == {row.id for row in (*summary.domains, summary.overall)}
