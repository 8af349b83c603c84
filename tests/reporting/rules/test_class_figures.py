"""What a class's marks and days in own time come to."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.class_figures import RECENT_DAYS, ClassDay, Count, class_counts

THROUGH = date(2020, 10, 27)
DAY = timedelta(days=1)
ALL_KINDS = st.builds(
    ClassDay,
    st.integers(1, 4),
    st.dates(date(2020, 8, 10), THROUGH),
    marks=st.just(6),
    absent=st.integers(0, 3),
    tardy=st.integers(0, 2),
    left_early=st.integers(0, 1),
    own_present=st.integers(0, 1),
    own_waiting=st.integers(0, 1),
)


@given(st.lists(ALL_KINDS, max_size=40))
def test_every_way_of_counting_comes_to_the_same(days: list[ClassDay]) -> None:
    counts = class_counts(days, THROUGH)
    parts = (
        [each.all for each in counts.students.values()],
        list(counts.dates.values()),
        list(counts.weeks.values()),
        list(counts.weekdays.values()),
        [counts.whole.recent, counts.whole.before],
    )
    for part in parts:
        together = Count()
        for each in part:
            together.add(each)
        assert together == counts.whole.all
    mondays = list(counts.weeks)
    assert all(after - before == 7 * DAY for before, after in pairwise(mondays))


def test_whoever_came_late_or_left_early_was_there() -> None:
    counts = class_counts([ClassDay(1, THROUGH, marks=4, absent=1, tardy=2, left_early=1)], THROUGH)
    assert (counts.whole.all.rate, counts.whole.all.tardy_rate, counts.whole.all.absent_rate) == (
        "75.0%",
        "50.0%",
        "25.0%",
    )


def test_the_trend_holds_the_last_four_weeks_against_all_before_to_the_day() -> None:
    last_before, first_recent = THROUGH - RECENT_DAYS * DAY, THROUGH - (RECENT_DAYS - 1) * DAY
    days = [ClassDay(1, last_before, marks=1), ClassDay(1, first_recent, marks=2, absent=1), ClassDay(2, THROUGH, 1)]
    counts = class_counts(days, THROUGH)
    assert (counts.whole.before.marks, counts.whole.recent.marks) == (1, 3)
    assert counts.students[1].trend == "-50.0"
    assert counts.students[2].trend == ""
    assert (counts.fallen, counts.followed) == (1, 1)


def test_days_in_own_time_are_no_marks_and_what_waits_is_no_verdict() -> None:
    days = [
        ClassDay(1, THROUGH, own_present=1),
        ClassDay(1, THROUGH - DAY, own_absent=1),
        ClassDay(1, THROUGH - 2 * DAY, own_waiting=1),
    ]
    all_days = class_counts(days, THROUGH).whole.all
    assert (all_days.own_due, all_days.own_days, all_days.own_share) == (3, 2, Fraction(1, 2))
    assert (all_days.rate, all_days.own_rate, all_days.is_settled) == ("", "50.0%", False)


def test_where_there_are_no_marks_the_trend_is_of_days_in_own_time() -> None:
    before = [ClassDay(1, THROUGH - 40 * DAY, own_absent=1)]
    course = class_counts([*before, ClassDay(1, THROUGH, own_present=1)], THROUGH).students[1]
    assert (course.trend, course.own_trend, course.has_fallen) == ("+100.0", "+100.0", False)


def test_a_week_of_holidays_stands_empty_between_two_of_school() -> None:
    counts = class_counts([ClassDay(1, date(2020, 10, 5), 1), ClassDay(1, date(2020, 10, 20), 1)], THROUGH)
    assert [(monday.day, count.marks) for monday, count in counts.weeks.items()] == [(5, 1), (12, 0), (19, 1)]


def test_a_class_without_a_day_has_no_figures() -> None:
    counts = class_counts([], THROUGH)
    assert (counts.whole.all.rate, counts.whole.trend, counts.weeks, counts.fallen) == ("", "", {}, 0)
