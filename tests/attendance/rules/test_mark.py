"""RD-05 and MS-03: what one mark is worth in minutes, and when a class may be marked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.mark import BadMark, Entered, Worth, why_not_yet, worth
from attendance.rules.minutes import MeetingTimes, Span

EIGHT, NOON = 8 * 60, 12 * 60
CLASS = MeetingTimes(Span(EIGHT, EIGHT + 55))
WITH_LUNCH = MeetingTimes(Span(NOON, NOON + 85), Span(NOON + 25, NOON + 55))
MONDAY, TUESDAY, WEDNESDAY = date(2020, 10, 26), date(2020, 10, 27), date(2020, 10, 28)


def minutes(status: str, *, times: MeetingTimes = CLASS, saved_at: int | None = None, **entered: int | None) -> int:
    return worth(Entered(status, **entered), times, saved_at=saved_at).minutes


def refusal(status: str, *, times: MeetingTimes = CLASS, saved_at: int | None = None, **entered: int | None) -> str:
    with pytest.raises(BadMark) as refused:
        worth(Entered(status, **entered), times, saved_at=saved_at)
    return str(refused.value)


def test_present_is_worth_every_minute_offered_and_absent_none() -> None:
    assert minutes("present") == 55
    assert minutes("present", times=WITH_LUNCH) == 55
    assert minutes("absent") == 0


@pytest.mark.parametrize("status", ["", "unmarked", "excused"])
def test_a_status_that_is_none_is_refused(status: str) -> None:
    assert refusal(status) == "is not marked"


@pytest.mark.parametrize(("arrived", "attended"), [(EIGHT, 55), (EIGHT + 14, 41), (EIGHT + 20, 35), (EIGHT + 55, 0)])
def test_RD05_a_tardy_student_attends_from_the_time_of_arrival(arrived: int, attended: int) -> None:
    assert minutes("tardy", arrived=arrived) == attended


@pytest.mark.parametrize(("left", "attended"), [(EIGHT, 0), (EIGHT + 34, 34), (EIGHT + 35, 35), (EIGHT + 55, 55)])
def test_RD05_who_left_early_attends_until_then(left: int, attended: int) -> None:
    assert minutes("left_early", left=left) == attended


def test_RD05_who_came_late_and_left_early_attends_what_lies_between() -> None:
    assert minutes("tardy", arrived=EIGHT + 10, left=EIGHT + 40) == 30


@pytest.mark.parametrize("typed", [0, 34, 35, 55])
def test_RD05_minutes_that_are_typed_are_taken_as_they_are(typed: int) -> None:
    assert minutes("tardy", minutes=typed, saved_at=EIGHT + 10) == typed
    assert minutes("left_early", minutes=typed) == typed


@pytest.mark.parametrize("typed", [-1, 56])
def test_RD05_minutes_outside_those_offered_are_refused(typed: int) -> None:
    assert "between 0 and 55" in refusal("tardy", minutes=typed)


def test_MS03_minutes_that_are_typed_are_instructional_minutes() -> None:
    assert minutes("tardy", minutes=55, times=WITH_LUNCH) == 55
    assert "between 0 and 55" in refusal("tardy", minutes=56, times=WITH_LUNCH)


@pytest.mark.parametrize(
    ("arrived", "attended"), [(NOON + 10, 45), (NOON + 25, 30), (NOON + 40, 30), (NOON + 55, 30), (NOON + 56, 29)]
)
def test_MS03_a_meal_is_taken_off_only_where_it_was_attended(arrived: int, attended: int) -> None:
    assert minutes("tardy", arrived=arrived, times=WITH_LUNCH) == attended


@pytest.mark.parametrize("saved_at", [EIGHT, EIGHT + 14, EIGHT + 55])
def test_RD05_without_a_time_the_instant_of_saving_counts_within_the_class(saved_at: int) -> None:
    assert worth(Entered("tardy"), CLASS, saved_at=saved_at) == Worth(EIGHT + 55 - saved_at, arrived=saved_at)
    assert worth(Entered("left_early"), CLASS, saved_at=saved_at) == Worth(saved_at - EIGHT, left=saved_at)


@pytest.mark.parametrize("saved_at", [EIGHT - 1, EIGHT + 56, None])
def test_RD05_without_a_time_a_save_outside_the_class_or_on_another_day_is_refused(saved_at: int | None) -> None:
    assert "give the time of arrival" in refusal("tardy", saved_at=saved_at)
    assert "give the time of leaving" in refusal("left_early", saved_at=saved_at)


def test_RD05_a_time_that_was_given_goes_before_the_instant_of_saving() -> None:
    assert minutes("tardy", arrived=EIGHT + 5, saved_at=EIGHT + 30) == 50


def test_a_tardy_student_needs_an_arrival_even_when_the_leaving_is_known() -> None:
    assert "give the time of arrival" in refusal("tardy", left=EIGHT + 40)


@pytest.mark.parametrize("moment", [EIGHT - 1, EIGHT + 56])
def test_a_time_outside_the_class_is_refused(moment: int) -> None:
    assert refusal("tardy", arrived=moment) == "has a time outside the class"
    assert refusal("left_early", left=moment) == "has a time outside the class"


def test_nobody_leaves_before_arriving() -> None:
    assert refusal("tardy", arrived=EIGHT + 40, left=EIGHT + 10) == "left before arriving"


def test_RD05_the_instant_of_saving_does_not_let_anybody_leave_before_arriving() -> None:
    assert refusal("tardy", left=EIGHT + 10, saved_at=EIGHT + 20) == "left before arriving"
    assert refusal("left_early", arrived=EIGHT + 20, saved_at=EIGHT + 10) == "left before arriving"


@given(
    st.sampled_from(["present", "tardy", "left_early", "absent"]),
    st.none() | st.integers(-5, 100),
    st.none() | st.integers(NOON - 20, NOON + 110),
    st.none() | st.integers(NOON - 20, NOON + 110),
    st.none() | st.integers(NOON - 20, NOON + 110),
)
def test_no_mark_is_worth_less_than_nothing_or_more_than_was_offered(
    status: str, typed: int | None, arrived: int | None, left: int | None, saved_at: int | None
) -> None:
    try:
        found = worth(Entered(status, typed, arrived, left), WITH_LUNCH, saved_at=saved_at)
    except BadMark:
        return
    assert 0 <= found.minutes <= 55
    assert found.arrived is None or found.left is None or found.arrived <= found.left


@pytest.mark.parametrize(("minute", "open_now"), [(EIGHT - 11, False), (EIGHT - 10, True), (EIGHT, True), (1439, True)])
def test_RD05_a_class_can_be_marked_from_ten_minutes_before_its_start(minute: int, open_now: bool) -> None:
    why = why_not_yet(TUESDAY, EIGHT, TUESDAY, minute)
    assert (why is None) == open_now
    assert open_now or "7:50 am" in str(why)


def test_RD05_a_class_of_a_day_to_come_cannot_be_marked_and_one_of_a_past_day_always_can() -> None:
    assert "a day to come" in str(why_not_yet(WEDNESDAY, EIGHT, TUESDAY, 1439))
    assert why_not_yet(MONDAY, EIGHT, TUESDAY, 0) is None


def test_RD05_a_class_just_after_midnight_opens_at_midnight_and_not_the_day_before() -> None:
    assert why_not_yet(TUESDAY, 5, TUESDAY, 0) is None
    assert why_not_yet(TUESDAY, 5, MONDAY, 1439) is not None
