"""RD-10: averages and rates are exact until they are printed, with halves up."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.rates import (
    absence_rate,
    attendance_rate,
    average_daily,
    chronic_share,
    district_average,
    is_chronic,
    mean_of_months,
    presence_rate,
    printed,
    printed_percent,
    printed_points,
)

PARTS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 200)), max_size=30)


def test_RD10_each_school_by_its_own_calendar_makes_1000_and_not_975() -> None:
    parts = [(10_000, 20), (9_500, 19)]
    assert district_average(parts) == 1000
    assert printed(district_average(parts)) == "1000.00"
    assert printed(average_daily(19_500, 20)) == "975.00"


def test_RD10_thirds_add_up_exactly() -> None:
    assert district_average([(1, 3), (1, 3), (1, 3)]) == 1


@given(PARTS)
def test_RD10_the_district_is_the_exact_sum_of_its_parts_in_any_order(parts: list[tuple[int, int]]) -> None:
    total = district_average(parts)
    assert total == district_average(parts[::-1])
    assert (total or Fraction(0)) == sum((Fraction(days, session) for days, session in parts), Fraction(0))


def test_RD10_days_present_by_mode_add_up_to_those_of_the_school() -> None:
    in_person, online = average_daily(7001, 19), average_daily(1302, 19)
    assert in_person is not None
    assert online is not None
    assert in_person + online == average_daily(8303, 19)


def test_a_school_without_a_session_day_has_no_average_and_not_zero() -> None:
    assert average_daily(0, 0) is None
    assert district_average([(0, 0)]) is None
    assert district_average([]) is None
    assert district_average([(40, 20), (0, 0)]) == 2


def test_nobody_present_on_days_in_session_is_zero_and_not_no_data() -> None:
    assert average_daily(0, 20) == 0


def test_RD10_months_two_and_three_carry_their_mean() -> None:
    assert mean_of_months([Fraction(1001), Fraction(1000)]) == Fraction(2001, 2)
    assert mean_of_months([Fraction(1001)]) == 1001
    assert mean_of_months([]) is None


def test_an_absence_rate_is_the_share_of_days_absent_and_not_attended() -> None:
    assert absence_rate(3, 20) == Fraction(3, 20)
    assert absence_rate(0, 20) == 0
    assert absence_rate(0, 0) is None


def test_a_presence_rate_is_the_share_of_determined_days_attended_and_nothing_without_one() -> None:
    assert presence_rate(17, 20) == Fraction(17, 20)
    assert presence_rate(0, 20) == 0
    assert presence_rate(0, 0) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(1, 201), "0.00"),
        (Fraction(1005, 1000), "1.01"),
        (Fraction(2675, 1000), "2.68"),
        (Fraction(999_995, 1000), "1000.00"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(-1, 201), "0.00"),
        (Fraction(1000), "1000.00"),
        (None, ""),
    ],
)
def test_RD10_a_figure_is_printed_with_two_decimals_halves_up(value: Fraction | None, text: str) -> None:
    assert printed(value) == text


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6), st.integers(1, 6))
def test_RD10_printing_equals_decimal_round_half_up(value: Fraction, places: int) -> None:
    with localcontext(prec=400):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert printed(value, places) == f"{rounded:f}".replace("-0." + "0" * places, "0." + "0" * places)


@given(st.integers(0, 10**12), st.integers(1, 6))
def test_RD10_an_exact_half_is_printed_upwards(whole: int, places: int) -> None:
    half = Fraction(2 * whole + 1, 2 * 10**places)
    assert Fraction(printed(half, places)) == Fraction(whole + 1, 10**places)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 10), "10.0%"),
        (Fraction(1, 3), "33.3%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(1), "100.0%"),
        (None, ""),
    ],
)
def test_a_share_is_printed_in_percent_with_one_decimal(value: Fraction | None, text: str) -> None:
    assert printed_percent(value) == text


@pytest.mark.parametrize(
    ("absent", "determined", "enrolled", "chronic"),
    [(1, 10, 10, True), (1, 11, 11, False), (2, 19, 20, True), (9, 9, 9, False), (0, 10, 10, False), (0, 0, 30, False)],
)
def test_RD43_chronic_is_absent_on_a_tenth_of_the_determined_days(
    absent: int, determined: int, enrolled: int, chronic: bool
) -> None:
    assert is_chronic(absent, determined, enrolled) is chronic


@pytest.mark.parametrize(("enrolled", "chronic"), [(9, False), (10, True), (11, True)])
def test_ST05_chronic_absence_is_told_from_the_tenth_day_enrolled_on(enrolled: int, chronic: bool) -> None:
    assert is_chronic(9, 9, enrolled) is chronic


def test_ST05_the_share_of_the_chronically_absent_is_of_those_enrolled_long_enough() -> None:
    assert printed_percent(chronic_share(3, 40)) == "7.5%"
    assert chronic_share(0, 0) is None


def test_RD10_the_rate_of_attendance_is_ADA_over_ADM() -> None:
    assert attendance_rate(Fraction(9), Fraction(10)) == Fraction(9, 10)
    assert attendance_rate(None, Fraction(1)) is None is attendance_rate(Fraction(0), Fraction(0))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [("93/100", "92/100", "+1.0"), ("92/100", "93/100", "-1.0"), ("1/2", "1/2", "+0.0"), ("1999/2000", "1", "-0.1")],
)
def test_a_share_that_moved_says_by_how_many_points(now: str, before: str, said: str) -> None:
    assert printed_points(Fraction(now), Fraction(before)) == said


def test_a_share_without_one_before_has_not_moved() -> None:
    assert printed_points(Fraction(1), None) == printed_points(None, Fraction(1)) == ""
