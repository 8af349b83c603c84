"""When local days end, on the clock of Greenwich: looked up once for each change of the clocks."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple


class DayEnds(NamedTuple):
    """From each day of `since` on, in order, a day ends so long after the midnight of Greenwich that follows it."""

    since: Sequence[date]
    after: Sequence[timedelta]


def day_ends(zone: tzinfo, first: date, last: date) -> DayEnds:
    """The ends of the days of a zone between two dates, both inclusive; those before are as the first."""
    since, after = [date.min], [_after(zone, first)]
    for number in range((last - first).days):
        day = first + timedelta(days=number + 1)
        if (its := _after(zone, day)) != after[-1]:
            since.append(day)
            after.append(its)
    return DayEnds(since, after)


def _after(zone: tzinfo, day: date) -> timedelta:
    midnight = datetime.combine(day + timedelta(days=1), time())
    return midnight.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None) - midnight
