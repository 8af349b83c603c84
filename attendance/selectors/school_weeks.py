"""A usual week of a school, or the days of its rotation, with the bells that ring on most of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from attendance.models import CalendarDay, EventType
from attendance.rules.filing_year import year_around
from attendance.rules.planning_time import times_in_cycle
from attendance.rules.schedule import SchoolDay
from attendance.selectors.school_bells import Bells
from students.access import Scope


@dataclass(frozen=True)
class SchoolWeek:
    """The days of a week or of a cycle, each by a date that is like most of its name; `by_date` has the whole year.

    `times` is how often each comes in a week, or in one cycle.
    """

    is_cycle: bool
    days: Sequence[tuple[str, SchoolDay]]
    times: Mapping[str, int]
    by_date: Mapping[date, SchoolDay]


def school_weeks(scope: Scope, school_ids: Collection[int], on: date) -> dict[int, SchoolWeek]:
    """A usual week of each school that has days in session in the school year of a date; two statements.

    A school whose days have names of a rotation goes by those, and its days without a name are one more kind of day;
    any other goes by the days of the week. Days cut short are none of a usual week. The caller took the schools from
    the scope.
    """
    rows: dict[int, list[CalendarDay]] = defaultdict(list)
    held = CalendarDay.objects.filter(school__in=school_ids, date__range=year_around(on)).order_by("date")
    for row in held:
        if row.in_session:
            rows[row.school_id].append(row)
    bells = Bells(scope, bell_schedule__school__in=school_ids)
    return {school_id: _week(days, bells, on) for school_id, days in rows.items()}


def _week(days: Sequence[CalendarDay], bells: Bells, on: date) -> SchoolWeek:
    usual = [day for day in days if day.event_type == EventType.INSTRUCTIONAL and day.dismissal_time is None] or days
    is_cycle = any(day.rotation_day for day in usual)
    by_name: dict[tuple[int, str], list[CalendarDay]] = defaultdict(list)
    for day in usual:
        by_name[_rotated(day) if is_cycle else (day.date.weekday(), str(WEEKDAYS[day.date.weekday()]))].append(day)
    counts = {name: len(by_name[order, name]) for order, name in sorted(by_name)}
    times = times_in_cycle(counts) if is_cycle else dict.fromkeys(counts, 1)
    named = [
        (name, bells.school_day(_like_most(by_name[order, name], on)))
        for order, name in sorted(by_name)
        if name in times
    ]
    return SchoolWeek(is_cycle, named, times, {day.date: bells.school_day(day) for day in days})


def _rotated(day: CalendarDay) -> tuple[int, str]:
    """Days without a letter, as a Friday on which all classes meet, stand after the others."""
    return (0, day.rotation_day) if day.rotation_day else (1, _("Other days"))


def _like_most(days: Iterable[CalendarDay], on: date) -> CalendarDay:
    """The latest day up to a date that rings by the bells of most of the days, or the first after it."""
    days = list(days)
    rung = Counter(day.bell_schedule_id for day in days)
    usual = max(sorted(rung, key=str), key=lambda schedule: rung[schedule])
    alike = [day for day in days if day.bell_schedule_id == usual]
    return max((day for day in alike if day.date <= on), key=lambda day: day.date, default=alike[0])
