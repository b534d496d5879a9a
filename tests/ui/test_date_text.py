"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from audit_app.ui.widgets.date_text import read_date, system_format, write_date, write_long_date

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
AMERICAN = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
WELSH = QLocale(QLocale.Language.Welsh, QLocale.Country.UnitedKingdom)
PLAIN = QLocale(QLocale.Language.C)
LOCALES = (BRITISH, AMERICAN, WELSH, PLAIN)


@pytest.mark.parametrize(
    "typed",
    [
        "31/10/2019", "31/10/19", "31.10.2019", "31-10-2019", "31 10 2019", " 31/10/2019 ", "2019-10-31",
        "31 October 2019", "31 oct 2019", "31st Oct 2019", "31-Oct-2019", "31 OCT. 19",
    ],
)  # fmt: skip
@pytest.mark.parametrize("locale", LOCALES)
def test_a_date_is_read_as_people_type_it(typed: str, locale: QLocale) -> None:
    assert read_date(typed, locale) == date(2019, 10, 31)


@pytest.mark.parametrize(
    "typed", ["", "31", "31/13/2019", "30/02/2019", "soon", "1/1/0019", "31 xx 2019", "3 ma 2019"]
)
@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_no_date_is_not_read(typed: str, locale: QLocale) -> None:
    assert read_date(typed, locale) is None


def test_an_ambiguous_date_is_read_as_the_system_writes_it() -> None:
    assert read_date("03/04/2024", BRITISH) == date(2024, 4, 3)
    assert read_date("03/04/2024", AMERICAN) == date(2024, 3, 4)
    assert read_date("3/4/24", AMERICAN) == date(2024, 3, 4)
    assert read_date("3/4/24", BRITISH) == date(2024, 4, 3)


def test_today_is_a_date() -> None:
    assert read_date("Today", BRITISH) == date.today()


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(LOCALES))
def test_what_is_written_is_read_back(day: date, locale: QLocale) -> None:
    assert read_date(write_date(day, locale), locale) == day
    assert read_date(day.isoformat(), locale) == day


def test_a_date_is_written_with_all_its_year() -> None:
    assert write_date(date(2019, 10, 7), BRITISH) == "07/10/2019"
    assert "2019" in write_date(date(2019, 10, 7), AMERICAN)
    assert write_long_date(date(2019, 10, 7), BRITISH) == "7 October 2019"
    assert system_format(PLAIN) == "dd/MM/yyyy"
