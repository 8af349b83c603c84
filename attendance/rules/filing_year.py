"""Which dates one school year's calendar is filed under."""

from datetime import date, timedelta
from typing import NamedTuple

# Calendars are filed from July to June.
FIRST_MONTH = 7


class YearSpan(NamedTuple):
    """The dates of one school year's calendar, both inclusive: teachers' days before and after it lie within."""

    first: date
    last: date


def year_around(day: date) -> YearSpan:
    """The span from July to June in which a day lies."""
    first_year = day.year if day.month >= FIRST_MONTH else day.year - 1
    return YearSpan(date(first_year, FIRST_MONTH, 1), date(first_year + 1, FIRST_MONTH, 1) - timedelta(days=1))
