"""Numbers, lists and dates in British English, whatever the machine's language."""

from datetime import date

import pytest

from audit_app.core.words import capitalised, dates_text, joined, long_date, number, number_word, plural


def test_counts() -> None:
    assert (plural(0, "audit"), plural(1, "audit"), plural(2, "audit")) == ("0 audits", "1 audit", "2 audits")
    assert (plural(2, "child", "children"), plural(12_000, "case")) == ("2 children", "12,000 cases")
    assert (number(999), number(1_000)) == ("999", "1,000")
    assert (number_word(0), number_word(6), number_word(10), number_word(11)) == ("no", "six", "ten", "11")


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_lists(names: list[str], text: str) -> None:
    assert joined(names) == text


def test_another_word_for_and() -> None:
    assert joined(["A", "B", "C"], "or") == "A, B or C"


def test_dates() -> None:
    first, last = date(2019, 10, 7), date(2020, 1, 31)
    assert long_date(first) == "7 October 2019"
    assert dates_text(first, last) == "7 October 2019 to 31 January 2020"
    assert dates_text(first, first) == "7 October 2019"
    assert dates_text(first, None) == "from 7 October 2019"
    assert dates_text(None, last) == "up to 31 January 2020"
    assert dates_text(None, None) == ""


def test_a_capital_at_the_start_leaves_the_rest_alone() -> None:
    assert (capitalised("the RI grade"), capitalised("")) == ("The RI grade", "")
