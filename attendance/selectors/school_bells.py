"""A school's bells by date, so that a day's calendar row becomes the day that the rules judge."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from attendance.models import CalendarDay, GradeDay, Period
from attendance.rules.minutes import minute_of
from attendance.rules.schedule import BellPeriod, SchoolDay
from students.access import Scope
from students.models import Enrollment

# The ids of the periods that ring on a day.
Ring = tuple[int, ...]


class Bells:
    """What rings by some schedules on any day, former periods too; one statement."""

    def __init__(self, scope: Scope, **which: Any) -> None:
        """Read the periods of the schedules that `which` names, which the caller took from the scope."""
        self._rows: dict[int, list[Period]] = defaultdict(list)
        self._rung: dict[Ring, list[BellPeriod]] = {}
        self._changes: dict[int, list[date]] = {}
        self._rings: dict[tuple[int, int], Ring] = {}
        for row in Period.objects.filter(**which):
            self._rows[row.bell_schedule_id].append(row)

    def on(self, schedule_id: int | None, day: date) -> list[BellPeriod]:
        """The periods of a schedule as they ring on a day."""
        ring = self.ring(schedule_id, day)
        if ring not in self._rung:
            self._rung[ring] = [row.rung for row in self._rows.get(schedule_id or 0, ()) if row.pk in ring]
        return list(self._rung[ring])

    def ring(self, schedule_id: int | None, day: date) -> Ring:
        """Which rows ring on a day: days of one ring have the same periods, so that a year has a handful of them."""
        schedule = schedule_id or 0
        if schedule not in self._changes:
            self._changes[schedule] = _changes(self._rows.get(schedule, ()))
        # Between two changes of a schedule every day rings alike.
        stretch = (schedule, bisect_right(self._changes[schedule], day))
        if stretch not in self._rings:
            self._rings[stretch] = tuple(row.pk for row in self._rows.get(schedule, ()) if row.holds_on(day))
        return self._rings[stretch]

    def school_day(self, day: CalendarDay, own: Iterable[GradeDay] = (), *, on: date | None = None) -> SchoolDay:
        """A calendar day with its bells, and those of the grades that have it otherwise; `on`: as it rings that day."""
        date_ = on or day.date
        days = {each.grade: self._day(date_, each) for each in own}
        return self._day(date_, day, days)

    def _day(self, date_: date, row: CalendarDay | GradeDay, own: dict[str, SchoolDay] | None = None) -> SchoolDay:
        dismissal = minute_of(row.dismissal_time) if row.dismissal_time else None
        periods = self.on(row.bell_schedule_id, date_)
        return SchoolDay(date_, row.in_session, row.rotation_day, periods, dismissal, own or {})


def _changes(rows: Collection[Period]) -> list[date]:
    """The days, in order, on which some row begins to ring, or rings no more."""
    ended = {row.ends_on + timedelta(days=1) for row in rows if row.ends_on and row.ends_on < date.max}
    return sorted({row.starts_on for row in rows} | ended)


def school_days_of(scope: Scope, school_id: int, from_date: date, to_date: date) -> dict[date, SchoolDay]:
    """The days of a school's calendar with their bells, both dates inclusive; three statements.

    The caller took the school from the scope.
    """
    bells = Bells(scope, bell_schedule__school=school_id)
    own: dict[int, list[GradeDay]] = defaultdict(list)
    for each in GradeDay.objects.filter(calendar_day__school=school_id, calendar_day__date__range=(from_date, to_date)):
        own[each.calendar_day_id].append(each)
    days = CalendarDay.objects.filter(school=school_id, date__range=(from_date, to_date)).order_by("date")
    return {day.date: bells.school_day(day, own.get(day.pk, ())) for day in days}


def grades_at(scope: Scope, school_ids: Collection[int]) -> dict[int, list[str]]:
    """The grades in which students are enrolled in schools this year, in order; one statement.

    The caller took the schools from the scope.
    """
    held = Enrollment.objects.filter(school__in=school_ids).exclude(ends_on__lt=scope.year_starts_on).exclude(grade="")
    grades: dict[int, list[str]] = {school_id: [] for school_id in school_ids}
    for school_id, grade in held.order_by("grade").values_list("school_id", "grade").distinct():
        grades[school_id].append(grade)
    return grades
