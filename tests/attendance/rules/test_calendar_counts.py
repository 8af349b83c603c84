"""What a year's calendar comes to: days, days under the minimum, shortened days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.calendar_counts import OfferedDay, shortened, under_minimum

FIRST = date(2020, 8, 10)


def offered(*minutes: int, cut: tuple[int, ...] = ()) -> list[OfferedDay]:
    """Days in a row; those at the places `cut` are called early dismissals."""
    return [OfferedDay(FIRST + timedelta(days=n), each, 240, n in cut) for n, each in enumerate(minutes)]


def on(*places: int) -> tuple[date, ...]:
    return tuple(FIRST + timedelta(days=n) for n in places)


def test_MS02_a_day_is_under_the_minimum_by_itself_and_never_made_up_by_the_next() -> None:
    assert under_minimum(offered(239, 280, 240, 200)) == list(on(0, 3))


def test_ST07_a_third_shortened_day_is_one_too_many() -> None:
    two = shortened(offered(330, 330, 300, 330, 300, cut=(2, 4)))
    assert (two.days, two.beyond, two.normal_minutes) == (on(2, 4), (), 330)
    three = shortened(offered(330, 330, 300, 330, 300, 250, cut=(2, 4, 5)))
    assert (three.days, three.beyond) == (on(2, 4, 5), on(5))


@pytest.mark.parametrize(("minutes", "too_short"), [(239, True), (240, False), (241, False)])
def test_ST07_a_day_may_be_cut_to_60_percent_of_a_normal_one_and_no_further(minutes: int, too_short: bool) -> None:
    found = shortened(offered(400, 400, minutes, cut=(2,)))
    assert found.days == on(2)
    assert bool(found.too_short) is too_short


@pytest.mark.parametrize(("minutes", "counts"), [(198, True), (199, False), (330, False)])
def test_ST07_without_a_word_in_the_calendar_a_day_counts_from_60_percent_down(minutes: int, counts: bool) -> None:
    assert bool(shortened(offered(330, 330, minutes)).days) is counts


def test_ST07_an_early_dismissal_after_the_last_class_shortens_nothing() -> None:
    assert shortened(offered(330, 330, 330, cut=(2,))).days == ()


def test_ST07_the_shorter_bells_of_every_wednesday_are_a_schedule() -> None:
    assert shortened(offered(330, 330, 300, 330, 300)).days == ()


def test_ST07_of_two_as_frequent_the_longer_day_is_the_normal_one() -> None:
    assert shortened(offered(300, 330, 330, 300)).normal_minutes == 330


def test_ST07_a_calendar_of_cut_days_alone_has_a_normal_day_all_the_same() -> None:
    assert shortened(offered(200, 200, cut=(0, 1))).days == ()
    assert shortened([]).normal_minutes == 0


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans())))
def test_ST07_the_order_of_the_days_changes_nothing_and_two_are_always_allowed(found: list[tuple[int, bool]]) -> None:
    days = [OfferedDay(FIRST + timedelta(days=n), minutes, 240, cut) for n, (minutes, cut) in enumerate(found)]
    counted = shortened(days)
    assert counted == shortened(reversed(days))
    assert list(counted.beyond) == list(counted.days)[2:]
    assert set(counted.too_short) <= set(counted.days)
