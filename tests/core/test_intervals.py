"""Wilson intervals against published and independently calculated values, and percentages rounded half up."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.intervals import percent, wilson


@st.composite
def shares(draw: st.DrawFn, most: int = 100_000) -> tuple[int, int]:
    """A count and the n that it is of."""
    n = draw(st.integers(1, most))
    return draw(st.integers(0, n)), n


# Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872, table I, method 3: the score interval without
# continuity correction, to four places.
@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_published_intervals(count: int, n: int, low: str, high: str) -> None:
    found = wilson(count, n)
    assert found is not None
    assert (f"{found.low:.4f}", f"{found.high:.4f}") == (low, high)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (0, 1, 0.0, 0.793451),
        (1, 1, 0.206549, 1.0),
        (0, 12, 0.0, 0.242494),
        (8, 12, 0.390622, 0.86188),
        (12, 12, 0.757506, 1.0),
        (1, 2, 0.094531, 0.905469),
        (5, 6, 0.436497, 0.969947),
    ],
)
def test_intervals_of_few_cases(count: int, n: int, low: float, high: float) -> None:
    found = wilson(count, n)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-7)


def test_nothing_graded_has_no_interval_and_no_percentage() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="a share of nothing"):
        percent(0, 0)


@pytest.mark.parametrize(("count", "n"), [(-1, 3), (4, 3), (1, 0)])
def test_what_is_not_a_share_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(count, n)


@given(shares())
def test_an_interval_contains_the_share_and_stays_within_0_and_1(share: tuple[int, int]) -> None:
    count, n = share
    found = wilson(count, n)
    assert found is not None
    assert 0.0 <= found.low <= count / n <= found.high <= 1.0
    assert (found.low == 0.0) == (count == 0)
    assert (found.high == 1.0) == (count == n)


@given(shares())
def test_the_interval_of_the_failures_mirrors_that_of_the_successes(share: tuple[int, int]) -> None:
    count, n = share
    found, mirrored = wilson(count, n), wilson(n - count, n)
    assert found is not None
    assert mirrored is not None
    assert (1 - found.high, 1 - found.low) == pytest.approx((mirrored.low, mirrored.high), abs=1e-12)


@given(shares(2_000))
def test_the_limits_solve_the_equation_that_defines_them(share: tuple[int, int]) -> None:
    # A limit p is where |count/n - p| is exactly z standard errors of p itself: Wilson's own definition.
    count, n = share
    found = wilson(count, n)
    assert found is not None
    with localcontext() as context:
        context.prec = 40
        z = Decimal("1.959963984540054235524594430520551")
        for limit in (Decimal(found.low), Decimal(found.high)):
            distance = (Decimal(count) / n - limit) ** 2
            assert float(distance - z * z * limit * (1 - limit) / n) == pytest.approx(0, abs=1e-12)


@given(shares(5_000))
def test_more_cases_with_the_same_share_narrow_the_interval(share: tuple[int, int]) -> None:
    count, n = share
    few, many = wilson(count, n), wilson(count * 2, n * 2)
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("count", "n", "whole"),
    [(8, 12, 67), (1, 8, 13), (3, 8, 38), (1, 200, 1), (1, 201, 0), (0, 5, 0), (5, 5, 100), (199, 200, 100)],
)
def test_percentages_round_half_up(count: int, n: int, whole: int) -> None:
    assert percent(count, n) == whole


@given(shares(10**9))
def test_percentages_round_half_up_for_any_share(share: tuple[int, int]) -> None:
    count, n = share
    exact = Decimal(count) * 100 / Decimal(n)
    assert percent(count, n) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
