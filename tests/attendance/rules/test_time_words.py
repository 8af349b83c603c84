"""Times of day in words."""

from datetime import datetime, time

import pytest

from attendance.rules.time_words import class_time, time_of_day


@pytest.mark.parametrize(
    ("moment", "in_class", "alone"),
    [
        (time(0, 5), "12:05", "12:05 am"),
        (time(1, 5), "1:05", "1:05 am"),
        (time(11, 59), "11:59", "11:59 am"),
        (time(12, 0), "12:00", "12:00 pm"),
        (time(12, 59), "12:59", "12:59 pm"),
        (time(13, 5), "1:05", "1:05 pm"),
        (time(23, 59), "11:59", "11:59 pm"),
        (datetime(2020, 10, 27, 14, 43, 59), "2:43", "2:43 pm"),
    ],
)
def test_noon_is_12_pm_and_the_hour_after_it_is_1(moment, in_class, alone) -> None:
    assert (class_time(moment), time_of_day(moment)) == (in_class, alone)
