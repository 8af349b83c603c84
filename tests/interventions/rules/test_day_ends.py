"""A local day ends at its own midnight, also where clocks change, in every zone."""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.day_ends import DayEnds, day_ends

FIRST, LAST = date(2020, 8, 3), date(2021, 5, 28)
ZONES = ["America/Chicago", "America/Phoenix", "Pacific/Guam", "Pacific/Honolulu", "UTC"]
DAYS = st.dates(FIRST, LAST)


def end_of(ends: DayEnds, day: date) -> datetime:
    """As the database looks it up."""
    following = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    return following + ends.after[bisect_right(ends.since, day) - 1]


@given(st.sampled_from(ZONES), DAYS)
def test_the_instant_before_the_end_is_of_the_day_and_the_end_is_of_the_next(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    end = end_of(day_ends(zone, FIRST, LAST), day)
    assert (end - timedelta(microseconds=1)).astimezone(zone).date() == day
    assert end.astimezone(zone).date() == day + timedelta(days=1)


@pytest.mark.parametrize("changed", [date(2020, 11, 1), date(2021, 3, 14)])
def test_on_the_day_that_clocks_change_the_end_is_that_of_the_new_time(changed: date) -> None:
    ends = day_ends(ZoneInfo("America/Chicago"), FIRST, LAST)
    assert len(ends.since) == 3
    assert changed in ends.since
    assert end_of(ends, changed) - end_of(ends, changed - timedelta(days=1)) != timedelta(days=1)
