"""Attendance of a campaign's audience before and after it went out: days of many children, added up by school and date.

Schools keep calendars of their own, so each school's days are counted off by themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from interventions.rules.attendance_weeks import WINDOW_DAYS, BeforeAndAfter, Share, Week, monday_of

# RD-63: of fewer children a figure would be somebody's own.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A session day of a school: of the audience there, how many were present, how many are decided, and all."""

    school_id: int
    date: date
    present: int
    determined: int
    children: int


def around(days: Iterable[SchoolDay], sent_on: date, window: int = WINDOW_DAYS) -> BeforeAndAfter:
    """The last `window` session days of each school before a day, and the first after it; the day itself in neither."""
    by_school: dict[int, list[SchoolDay]] = defaultdict(list)
    for day in sorted(days, key=lambda day: day.date):
        by_school[day.school_id].append(day)
    before = [day for held in by_school.values() for day in [each for each in held if each.date < sent_on][-window:]]
    after = [day for held in by_school.values() for day in [each for each in held if each.date > sent_on][:window]]
    return BeforeAndAfter(added_up(before), added_up(after))


def weeks_of_audience(days: Iterable[SchoolDay]) -> list[Week]:
    """The audience's weeks, in order."""
    weeks: dict[date, list[SchoolDay]] = defaultdict(list)
    for day in days:
        weeks[monday_of(day.date)].append(day)
    return [Week(monday, added_up(weeks[monday])) for monday in sorted(weeks)]


def added_up(days: Sequence[SchoolDay]) -> Share:
    """Days of many children as one share."""
    return Share(*(sum(getattr(day, name) for day in days) for name in ("present", "determined", "children")))
