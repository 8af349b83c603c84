"""MS-02: for no grade may a minute of the bells lie in two periods."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.bells import clashes, grades_of, rings_for
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.schedule import BellPeriod


def row(name: str, starts: int, ends: int, *grades: str) -> BellPeriod:
    return BellPeriod(name, "class", MeetingTimes(Span(starts, ends)), frozenset(grades))


LUNCHES = [row("4", 0, 55, "09"), row("Lunch", 55, 85, "09"), row("Lunch", 0, 30), row("4", 30, 85)]


def test_two_lunches_of_two_grades_do_not_clash() -> None:
    assert clashes(LUNCHES) == []
    assert grades_of(LUNCHES) == ["09"]
    assert [each.name for each in rings_for(LUNCHES, "09")] == ["4", "Lunch"]
    assert [each.name for each in rings_for(LUNCHES, "11")] == ["Lunch", "4"]


def test_MS02_a_minute_in_two_periods_is_a_clash_and_periods_that_touch_are_none() -> None:
    assert clashes([row("1", 0, 55), row("2", 55, 60)]) == []
    assert clashes([row("1", 0, 55), row("2", 54, 60)]) == [(0, 1, "")]


def test_MS02_a_row_for_all_clashes_with_that_of_a_grade_which_has_none_of_its_own() -> None:
    assert clashes([row("4", 0, 55), row("5", 30, 85, "09")]) == [(0, 1, "09")]
    assert clashes([row("4", 0, 55), row("4", 85, 90, "09"), row("5", 30, 85, "09")]) == []


def test_a_period_given_twice_to_one_grade_is_a_clash() -> None:
    assert clashes([row("1", 0, 10, "09", "10"), row("1", 20, 30, "10", "11")]) == [(0, 1, "10")]
    assert clashes([row("1", 0, 10), row("1", 20, 30)]) == [(0, 1, "")]
    assert clashes([row("1", 0, 10), row("1", 0, 10, "09")]) == []


rows = st.builds(
    lambda name, starts, minutes, grades: row(name, starts, starts + minutes, *grades),
    st.sampled_from("123"),
    st.integers(0, 30),
    st.integers(1, 20),
    st.sets(st.sampled_from(["09", "10"])),
)


@given(st.lists(rows, max_size=6))
def test_MS02_without_a_clash_no_grade_hears_two_periods_at_once(periods: list[BellPeriod]) -> None:
    if clashes(periods):
        return
    for grade in ("", "09", "10", "11"):
        rung = rings_for(periods, grade)
        spans = [each.times.span for each in rung]
        assert all(before.ends <= after.starts for before, after in pairwise(spans))
        assert len({each.name for each in rung}) == len(rung)
