"""Dates as people type them: what is read, and what is refused because it could mean something else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.exchange.sheet import Flaw
from audit_app.exchange.text_dates import read_date

DAY = date(2019, 10, 7)


@pytest.mark.parametrize(
    "text",
    [
        *("2019-10-07", "2019-10-7", "2019/10/07", "2019-10-07T00:00:00", "2019-10-07 14:30"),
        "2019-10-07T14:30:00.000Z",
        *("07/10/2019", "7/10/2019", "07.10.2019", "7-10-2019", "7 10 2019", "07/10/2019 00:00:00"),
        *("7 October 2019", "07 october 2019", "7 Oct 2019", "7-Oct-2019", "7th October 2019", "7 OCT. 2019"),
        *("Monday 7 October 2019", "Mon, 7 Oct 2019", "Monday, 7 October, 2019"),
    ],
)  # fmt: skip
def test_one_day_in_many_writings(text: str) -> None:
    assert read_date(text, 1990, 2100) == DAY


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("07/10/19", "all four digits"),
        ("7-Oct-19", "all four digits"),
        ("10/31/2019", "no month 31"),
        ("30/02/2019", "no such day"),
        ("2019-02-29", "no such day"),
        ("31/04/2019", "no such day"),
        ("00/10/2019", "no such day"),
        ("31 Febuary 2019", "not a date"),
        ("43745", "a number, not a date"),
        ("20191007", "a number, not a date"),
        ("07/10-2019", "not a date"),
        ("October 2019", "not a date"),
        ("7 October", "not a date"),
        ("today", "not a date"),
        ("2019-10-07 to 2019-10-09", "not a date"),
        ("07/10/2019 at 9", "not a date"),
        ("\u0661/\u0661/2019", "not a date"),
        ("31/12/1989", "from 1990 to 2100"),
        ("01/01/2101", "from 1990 to 2100"),
        ("9999-12-31", "from 1990 to 2100"),
        ("0000-01-01", "no such day"),
    ],
)
def test_what_could_mean_something_else_is_refused_with_the_reason(text: str, says: str) -> None:
    found = read_date(text, 1990, 2100)
    assert isinstance(found, Flaw)
    assert says in found.reason
    assert found.shown == text


def test_a_date_of_the_spreadsheet_is_held_to_the_same_years() -> None:
    assert read_date(DAY, 1990, 2100) == DAY
    assert isinstance(read_date(date(1900, 1, 1), 1990, 2100), Flaw)


def test_blank_stays_blank_and_a_flaw_stays_one() -> None:
    flaw = Flaw("x", "y")
    assert read_date(None, 1990, 2100) is None
    assert read_date(flaw, 1990, 2100) is flaw


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from("/-. "))
def test_every_day_is_read_day_first(day: date, mark: str) -> None:
    assert read_date(f"{day.day}{mark}{day.month:02}{mark}{day.year}", 1990, 2100) == day
    assert read_date(day.isoformat(), 1990, 2100) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_flaw(text: str) -> None:
    assert isinstance(read_date(text, 1990, 2100), date | Flaw)
