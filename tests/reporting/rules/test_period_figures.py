"""Figures of classes as pages have them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.mark_counts import CountedMarks, Marked
from reporting.rules.figure_weeks import WEEKS_BACK
from reporting.rules.period_figures import (
    Narrowed,
    Trend,
    class_weeks,
    days_of_page,
    large_enough,
    natural,
    shade,
    sums,
    together,
    trend,
)

MONDAY = date(2019, 10, 21)


def test_shares_are_of_all_marks_and_nothing_marked_is_no_data() -> None:
    marked = Marked(present=85, tardy=4, left_early=1, absent=10)
    assert (marked.marks, marked.absence_rate, marked.tardy_rate) == (100, "10.0%", "4.0%")
    assert (Marked().absence, Marked().tardy_rate) == (None, "")
    before = Marked(present=9, tardy=1)
    assert (marked.absence_since(before), marked.tardiness_since(before)) == ("+10.0", "-6.0")
    assert (marked.absence_since(None), marked.absence_since(Marked())) == ("", "")


def test_marks_are_added_up_by_whatever_is_asked_and_narrowed_by_month_day_and_period() -> None:
    counted = [
        CountedMarks(1, "1", 1, 3, 8, 0, 0, 2),
        CountedMarks(1, "7", 5, 3, 5, 1, 1, 3),
        CountedMarks(2, "7", 5, 4, 1, 0, 0, 0),
    ]
    assert sums(counted, lambda each: each.period) == {"1": Marked(8, 0, 0, 2), "7": Marked(6, 1, 1, 3)}
    assert together([*counted, counted[1]._replace(school_id=3)])[1:] == [
        CountedMarks(0, "7", 5, 3, 10, 2, 2, 6),
        CountedMarks(0, "7", 5, 4, 1, 0, 0, 0),
    ]
    assert [Narrowed(month=3, weekday=5).holds(each) for each in counted] == [False, True, False]
    assert [Narrowed(month=3, period="7").holds_in_any_month(each) for each in counted] == [False, True, True]


def test_a_trend_is_of_the_newest_month_or_the_chosen_one_and_never_over_a_gap() -> None:
    by_month = {2: Marked(9, 0, 0, 1), 3: Marked(8, 1, 0, 1), 5: Marked(10)}
    assert trend(by_month, 3) == Trend(3, "+0.0", "+10.0")
    assert trend(by_month, None) is None
    assert trend({}, None) is None
    assert trend({1: Marked(1), 2: Marked(1)}, None) == Trend(2, "+0.0", "+0.0")


def test_periods_stand_as_people_count() -> None:
    assert sorted(["10", "2", "Homeroom", "1A", "1", "Period 2", "Period 10"], key=natural) == [
        "1", "1A", "2", "10", "Homeroom", "Period 2", "Period 10",
    ]  # fmt: skip


@pytest.mark.parametrize(("percent", "level"), [(4, 0), (5, 1), (6, 2), (7, 2), (8, 3)])
def test_a_cell_stands_out_from_a_quarter_above_the_whole(percent: int, level: int) -> None:
    assert shade(Fraction(percent, 100), Fraction(4, 100)) == level
    assert shade(Fraction(percent, 100), None) == 0


def test_weeks_run_from_the_first_with_marks_to_the_last_beside_last_years() -> None:
    weeks = class_weeks({3: Marked(1), 4: Marked(2), WEEKS_BACK + 2: Marked(3), WEEKS_BACK + 4: Marked(4)}, MONDAY)
    assert [(each.marked, each.last_year) for each in weeks] == [
        (Marked(3), None),
        (None, Marked(1)),
        (Marked(4), Marked(2)),
    ]
    assert weeks[0].starts_on == MONDAY + timedelta(weeks=WEEKS_BACK + 2)
    assert weeks[0].ends_on == weeks[0].starts_on + timedelta(days=6)
    assert class_weeks({3: Marked(1)}, MONDAY) == []


def test_RD63_a_period_is_shown_from_ten_students_on_in_a_school_that_is() -> None:
    sizes = {(1, "1"): 10, (1, "6"): 9, (2, "1"): 30}
    assert large_enough(sizes, {2}, [*sizes, (1, "new")]) == {(1, "1")}


@given(st.lists(st.integers(1, 7), max_size=8), st.integers(0, 60), st.integers(1, 9))
def test_a_page_of_a_list_is_read_from_its_own_days_alone(numbers: list[int], start: int, size: int) -> None:
    by_day = [(MONDAY + timedelta(days=place), number) for place, number in enumerate(numbers)]
    every = [(day, place) for day, number in by_day for place in range(number)]
    rows = range(len(every))[start : start + size]
    found = days_of_page(by_day, rows)
    if not rows:
        assert found is None
        return
    assert found is not None
    held = [each for each in every if found.first <= each[0] <= found.last]
    assert held[found.skipped : found.skipped + len(rows)] == every[start : start + size]
    assert found.first == every[rows.start][0]
    assert found.last == every[rows.stop - 1][0]
