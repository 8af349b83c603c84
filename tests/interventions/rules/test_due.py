"""Days left, in school days."""

from datetime import date

import pytest

from interventions.rules.due import school_days_left

# Friday, Monday and Tuesday; then, after a holiday, Thursday.
SESSION = [date(2020, 10, 23), date(2020, 10, 26), date(2020, 10, 27), date(2020, 10, 29)]


@pytest.mark.parametrize(
    ("due", "today", "left"),
    [
        (date(2020, 10, 27), date(2020, 10, 27), 0),
        (date(2020, 10, 29), date(2020, 10, 27), 1),
        (date(2020, 10, 27), date(2020, 10, 23), 2),
        (date(2020, 10, 26), date(2020, 10, 27), -1),
        (date(2020, 10, 25), date(2020, 10, 25), 0),
        (date(2020, 10, 25), date(2020, 10, 26), -1),
        (date(2020, 10, 28), date(2020, 10, 27), 0),
    ],
)
def test_weekends_and_holidays_are_no_days_left(due: date, today: date, left: int) -> None:
    assert school_days_left(due, today, SESSION) == left
