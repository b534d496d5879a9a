"""What is due on a day, beside a slow way of working it out: day by day, and month by month on a calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.audit import AuditState
from audit_app.core.retention import (
    Due,
    Hold,
    KeptAudit,
    due_sentence,
    due_summary,
    months_after,
    period_words,
    what_is_due,
)

DAYS = st.dates(date(1990, 1, 1), date(2120, 12, 31))
MONTHS = st.integers(1, 1_200)
PROGRAMMES, CASES = ("p1", "p2", "p3"), ("c1", "c2", "c3")


def kept(audit_id: str = "a1", **what: Any) -> KeptAudit:
    """A submitted audit, different as told."""
    usual = {
        "reference": "LA 1", "programme_id": "p1", "case_id": "c1", "state": AuditState.SUBMITTED,
        "imported": False, "audited": date(2019, 10, 7), "closed": date(2019, 10, 31),
        "changed": date(2020, 1, 1),
    }  # fmt: skip
    return KeptAudit(audit_id, **{**usual, **what})


def hold(hold_id: str = "h1", programme: str | None = None, case: str | None = None) -> Hold:
    return Hold(hold_id, programme, case, "Ann Auditor", datetime(2024, 2, 3, 12, tzinfo=UTC), "A complaint")


@st.composite
def audits(draw: st.DrawFn) -> list[KeptAudit]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        state = draw(st.sampled_from(AuditState))
        found.append(
            kept(
                f"a{number}", reference=f"LA {number % 3}", programme_id=draw(st.sampled_from(PROGRAMMES)),
                case_id=draw(st.sampled_from(CASES)), state=state, imported=draw(st.booleans()),
                audited=draw(st.none() | DAYS), closed=None if state is AuditState.DRAFT else draw(DAYS),
                changed=draw(DAYS),
            )
        )  # fmt: skip
    return found


HOLDS = st.lists(
    st.builds(hold, st.uuids().map(str), programme=st.sampled_from(PROGRAMMES), case=st.none())
    | st.builds(hold, st.uuids().map(str), programme=st.none(), case=st.sampled_from(CASES)),
    max_size=3,
)


@dataclass
class Calendar:
    """Counts months one after the other, as a person does on a calendar."""

    day: date

    def next_month(self, wanted: int) -> date:
        first = self.day.replace(day=1) + timedelta(days=32)
        first = first.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return first.replace(day=min(wanted, last.day))


def by_calendar(day: date, months: int) -> date:
    found, wanted = day, day.day
    for _ in range(months):
        found = Calendar(found).next_month(wanted)
    return found


def by_hand(
    every: list[KeptAudit], periods: dict[str, int | None], holds: list[Hold], today: date
) -> dict[str, bool]:
    """Which audits are listed, and whether each may go: one rule after the other, in its plainest form."""
    found = {}
    for audit in every:
        months = periods.get(audit.programme_id)
        if months is None:
            continue
        start = audit.changed if audit.closed is None else audit.closed
        if audit.imported and audit.audited is not None:
            start = audit.audited
        if by_calendar(start, months) > today:
            continue
        found[audit.id] = not [
            each for each in holds if each.case_id == audit.case_id or each.programme_id == audit.programme_id
        ]
    return found


@given(DAYS, MONTHS)
def test_months_are_counted_as_on_a_calendar(day: date, months: int) -> None:
    assert months_after(day, months) == by_calendar(day, months)


@given(
    audits(), st.fixed_dictionaries({name: st.none() | MONTHS for name in PROGRAMMES}), HOLDS, DAYS
)  # fmt: skip
def test_what_is_due_agrees_with_working_it_out_by_hand(
    every: list[KeptAudit], periods: dict[str, int | None], holds: list[Hold], today: date
) -> None:
    due = what_is_due(every, periods, holds, today)
    assert {each.audit.id: each.goes for each in due} == by_hand(every, periods, holds, today)
    assert [each.since for each in due] == sorted(each.since for each in due)


@given(audits(), st.fixed_dictionaries(dict.fromkeys(PROGRAMMES, MONTHS)), HOLDS, DAYS, st.integers(0, 9_999))
def test_what_is_due_stays_due_and_a_hold_only_ever_keeps_more(
    every: list[KeptAudit], periods: dict[str, int | None], holds: list[Hold], today: date, days: int
) -> None:
    def going(held: list[Hold], day: date) -> set[str]:
        return {each.audit.id for each in what_is_due(every, periods, held, day) if each.goes}

    assert going(holds, today) <= going(holds, today + timedelta(days=days))
    assert going(holds, today) <= going(holds[:-1], today)


def test_a_programme_without_a_period_keeps_everything() -> None:
    assert what_is_due([kept()], {"p1": None}, (), date.max) == ()
    assert what_is_due([kept()], {}, (), date.max) == ()


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2019, 11, 30), 1, date(2019, 12, 30)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "1 month"), (12, "1 year"), (18, "1 year and 6 months"), (72, "6 years"), (None, "no period")],
)
def test_a_period_is_said_in_years_and_months(months: int | None, words: str) -> None:
    assert period_words(months) == words


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({}, "Submitted on 31 October 2019 and kept for 6 years: due since 31 October 2025."),
        (
            {"imported": True},
            "Audited on 7 October 2019 and kept for 6 years: due since 7 October 2025.",
        ),
        (
            {"imported": True, "audited": None},
            "Imported without a date on 31 October 2019 and kept for 6 years: due since 31 October 2025.",
        ),
        (
            {"state": AuditState.DRAFT, "closed": None},
            "A draft, last changed on 1 January 2020 and kept for 6 years: due since 1 January 2026.",
        ),
    ],
)
def test_why_an_audit_is_listed_is_said_in_a_sentence(what: dict[str, Any], sentence: str) -> None:
    [due] = what_is_due([kept(**what)], {"p1": 72}, (), date(2030, 1, 1))
    assert due_sentence(due, 72) == sentence


def test_a_hold_is_said_with_who_when_and_why() -> None:
    [due] = what_is_due([kept()], {"p1": 72}, [hold(case="c1"), hold("h2", programme="p1")], date(2030, 1, 1))
    assert not due.goes
    assert due_sentence(due, 72).endswith(
        "Its programme was put on hold by Ann Auditor on 3 February 2024: A complaint. "
        "Its case was put on hold by Ann Auditor on 3 February 2024: A complaint."
    )


@pytest.mark.parametrize(
    ("going", "held", "sentence"),
    [
        (0, 0, "Nothing is due: no audit has been kept for longer than its programme says."),
        (1, 0, "1 audit is due for deletion."),
        (2, 1, "2 audits are due for deletion. 1 other would be, but is on hold."),
        (0, 2, "Nothing is due for deletion: 2 audits would be, but are on hold."),
    ],
)
def test_how_many_are_due_is_said_first(going: int, held: int, sentence: str) -> None:
    due = [Due(kept(), date(2025, 1, 1))] * going
    due += [Due(kept(), date(2025, 1, 1), (hold(case="c1"),))] * held
    assert due_summary(due) == sentence
