"""Attendance before and after a campaign (MD-09)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.attendance_weeks import Share
from interventions.rules.campaign_effect import SchoolDay, around, weeks_of_audience

SENT = date(2020, 10, 14)


def day(offset: int, present: int = 1, determined: int = 2, school: int = 1) -> SchoolDay:
    return SchoolDay(school, SENT + timedelta(days=offset), present, determined, 3)


def test_the_day_of_sending_is_in_neither_and_the_window_is_of_each_school() -> None:
    days = [day(-2), day(-1, 2), day(0, 0), day(1, 0), day(2, 2), day(3), day(-9, 2, school=2), day(-8, 2, school=2)]
    both = around(days, SENT, window=2)
    assert both.before == Share(1 + 2 + 2 + 2, 8, 12)
    assert both.after == Share(0 + 2, 4, 6)
    assert around([], SENT).after == Share(0, 0, 0)
    assert around([], SENT).after.rate is None


@given(st.lists(st.builds(day, st.integers(-60, 60), st.integers(0, 2), school=st.integers(1, 3)), max_size=40))
def test_weeks_add_up_to_all_days_in_order(days: list[SchoolDay]) -> None:
    weeks = weeks_of_audience(days)
    assert sum(week.share.present for week in weeks) == sum(each.present for each in days)
    assert [week.monday for week in weeks] == sorted({week.monday for week in weeks})
    assert all(week.monday.weekday() == 0 for week in weeks)
