"""MS-03: instructional minutes on the clock of one day."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.minutes import MIDNIGHT, WHOLE_DAY, MeetingTimes, Span, clock_time, merged, minute_of

EIGHT = 8 * 60
NOON = 12 * 60
PERIOD = Span(EIGHT, EIGHT + 55)
WITH_LUNCH = MeetingTimes(Span(NOON, NOON + 85), Span(NOON + 25, NOON + 55))


def spans(latest: int = 150) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, latest), st.integers(0, latest))
    return ends.map(lambda pair: Span(min(pair), max(pair)))


@st.composite
def meeting_times(draw: st.DrawFn) -> MeetingTimes:
    span = draw(spans())
    deduction = draw(st.none() | spans())
    return MeetingTimes(span, deduction)


def minute_by_minute(times: MeetingTimes, covered: list[Span]) -> int:
    """The same count, one minute after the other."""
    meal = times.deduction or Span(0, 0)
    return sum(
        any(span.starts <= minute < span.ends for span in covered) and not meal.starts <= minute < meal.ends
        for minute in range(times.span.starts, times.span.ends)
    )


def test_a_minute_counts_from_midnight_and_seconds_are_dropped() -> None:
    assert minute_of(time(8, 14, 59)) == 494
    assert clock_time(494) == time(8, 14)


@given(st.integers(0, MIDNIGHT - 1))
def test_a_minute_and_its_local_time_are_the_same(minute: int) -> None:
    assert minute_of(clock_time(minute)) == minute


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (Span(EIGHT - 30, EIGHT), 0),
        (Span(EIGHT - 30, EIGHT + 1), 1),
        (Span(EIGHT + 54, NOON), 1),
        (Span(EIGHT + 55, NOON), 0),
        (Span(EIGHT + 10, EIGHT + 20), 10),
        (WHOLE_DAY, 55),
    ],
)
def test_spans_share_minutes_with_their_ends_exclusive(other: Span, shared: int) -> None:
    assert PERIOD.overlap(other) == other.overlap(PERIOD) == shared


def test_a_class_without_a_meal_offers_all_its_minutes() -> None:
    assert MeetingTimes(PERIOD).instructional_minutes == 55


def test_MS03_a_meal_inside_a_class_is_no_instruction() -> None:
    assert WITH_LUNCH.instructional_minutes == 55


def test_MS03_only_the_part_of_the_meal_that_was_attended_is_taken_off() -> None:
    before_lunch, through_half_of_it = Span(NOON, NOON + 25), Span(NOON, NOON + 40)
    assert WITH_LUNCH.instructional_minutes_in([before_lunch]) == 25
    assert WITH_LUNCH.instructional_minutes_in([through_half_of_it]) == 25
    assert WITH_LUNCH.instructional_minutes_in([Span(NOON, NOON + 60)]) == 30
    assert WITH_LUNCH.instructional_minutes_in([Span(NOON + 25, NOON + 55)]) == 0


def test_MS03_of_a_meal_only_what_lies_inside_the_class_is_taken_off() -> None:
    assert MeetingTimes(PERIOD, Span(EIGHT + 45, EIGHT + 75)).instructional_minutes == 45
    assert MeetingTimes(PERIOD, Span(EIGHT + 55, EIGHT + 75)).instructional_minutes == 55


def test_minutes_in_several_spans_count_once() -> None:
    covered = [Span(EIGHT, EIGHT + 20), Span(EIGHT + 10, EIGHT + 30), Span(EIGHT + 10, EIGHT + 15)]
    assert MeetingTimes(PERIOD).instructional_minutes_in(covered) == 30


def test_spans_that_touch_become_one_and_those_apart_stay_two() -> None:
    assert merged([Span(20, 30), Span(0, 10), Span(10, 20)]) == [Span(0, 30)]
    assert merged([Span(11, 20), Span(0, 10)]) == [Span(0, 10), Span(11, 20)]
    assert merged([]) == []


@given(meeting_times(), st.lists(spans(), max_size=5))
def test_MS03_instructional_minutes_are_those_counted_one_by_one(times: MeetingTimes, covered: list[Span]) -> None:
    assert times.instructional_minutes_in(covered) == minute_by_minute(times, covered)


@given(st.lists(spans(), max_size=8))
def test_merged_spans_are_in_order_apart_and_hold_the_same_minutes(given_spans: list[Span]) -> None:
    whole = merged(given_spans)
    assert all(before.ends < after.starts for before, after in pairwise(whole))
    held = {minute for span in given_spans for minute in range(span.starts, span.ends)}
    assert {minute for span in whole for minute in range(span.starts, span.ends)} == held
