"""MS-05 and MS-06: how many minutes make presence."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.presence import is_present, minutes_needed


def exactly(minutes_required: int, percent: int) -> int:
    """The rule book's rounding, computed another way: to the nearest whole minute, an exact half upwards."""
    return floor(Fraction(percent, 100) * minutes_required + Fraction(1, 2))


@pytest.mark.parametrize("minutes_required", range(601))
def test_MS05_the_minutes_needed_are_right_for_every_minute_count(minutes_required: int) -> None:
    assert minutes_needed(minutes_required) == exactly(minutes_required, 63)


@pytest.mark.parametrize(("required", "needed"), [(240, 151), (330, 208), (275, 173), (150, 95), (55, 35), (0, 0)])
def test_MS05_the_published_figures_hold(required: int, needed: int) -> None:
    assert minutes_needed(required) == needed


@pytest.mark.parametrize(("attended", "present"), [(150, False), (151, True), (152, True), (240, True), (0, False)])
def test_MS05_of_240_minutes_151_are_present_and_150_absent(attended: int, present: bool) -> None:
    assert is_present(attended, 240) is present


@pytest.mark.parametrize(("attended", "present"), [(34, False), (35, True), (36, True), (55, True), (0, False)])
def test_MS06_of_a_period_of_55_minutes_35_are_present_and_34_absent(attended: int, present: bool) -> None:
    assert is_present(attended, 55) is present


@pytest.mark.parametrize(("attended", "present"), [(207, False), (208, True), (209, True)])
def test_MS05_of_six_periods_of_55_minutes_208_are_present(attended: int, present: bool) -> None:
    assert is_present(attended, 330) is present


@pytest.mark.parametrize(("attended", "present"), [(94, False), (95, True), (96, True)])
def test_MS04_a_senior_with_150_minutes_needs_95(attended: int, present: bool) -> None:
    assert is_present(attended, 150) is present


@pytest.mark.parametrize(("required", "needed"), [(49, 31), (50, 32), (51, 32), (150, 95), (250, 158), (350, 221)])
def test_MS06_an_exact_half_rounds_up(required: int, needed: int) -> None:
    assert minutes_needed(required) == needed


@given(st.integers(0, 1440), st.integers(1, 100))
def test_MS05_every_percentage_a_district_may_set_is_rounded_the_same(required: int, percent: int) -> None:
    assert minutes_needed(required, percent=percent) == exactly(required, percent)


@given(st.integers(0, 1440), st.integers(1, 100))
def test_MS05_nobody_needs_more_than_is_offered_and_more_offered_never_needs_less(required: int, percent: int) -> None:
    assert 0 <= minutes_needed(required, percent=percent) <= required
    assert minutes_needed(required, percent=percent) <= minutes_needed(required + 1, percent=percent)


def test_MS05_the_minutes_needed_are_a_whole_number_and_never_a_float() -> None:
    assert type(minutes_needed(240)) is int


@given(st.integers(max_value=-1), st.integers().filter(lambda percent: not 1 <= percent <= 100))
def test_MS05_what_lies_outside_the_range_is_refused_with_the_figure(minutes: int, percent: int) -> None:
    with pytest.raises(ValueError, match=f"minutes required are 0 or more, not {minutes}"):
        minutes_needed(minutes)
    with pytest.raises(ValueError, match=f"between 1 and 100, not at {percent}"):
        minutes_needed(240, percent=percent)
