"""A school's bells by date, so that a day's calendar row becomes the day that the rules judge."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from attendance.models import CalendarDay, GradeDay, Period
from attendance.rules.minutes import minute_of
from attendance.rules.schedule import BellPeriod, SchoolDay
from students.access import Scope
from students.models import Enrollment


class SchoolBells:
    """The bells of a school on any day; the caller took the school from the scope. One statement."""

    def __init__(self, scope: Scope, school_id: int) -> None:
        """Read every schedule of the school, former periods too."""
        self._school_id = school_id
        self._rows: dict[int, list[Period]] = defaultdict(list)
        for row in Period.objects.filter(bell_schedule__school=school_id):
            self._rows[row.bell_schedule_id].append(row)

    def on(self, schedule_id: int | None, day: date) -> list[BellPeriod]:
        """The periods of a schedule as they ring on a day."""
        return [bell_period(row) for row in self._rows.get(schedule_id or 0, ()) if row.holds_on(day)]

    def school_day(self, day: CalendarDay, own: Iterable[GradeDay] = ()) -> SchoolDay:
        """A calendar day with its bells, and those of the grades that have it otherwise."""
        days = {each.grade: self._day(day.date, each) for each in own}
        return self._day(day.date, day, days)

    def _day(self, date_: date, row: CalendarDay | GradeDay, own: dict[str, SchoolDay] | None = None) -> SchoolDay:
        dismissal = minute_of(row.dismissal_time) if row.dismissal_time else None
        periods = self.on(row.bell_schedule_id, date_)
        return SchoolDay(date_, row.in_session, row.rotation_day, periods, dismissal, own or {})


def bell_period(row: Period) -> BellPeriod:
    """A row of a schedule as the rules want it."""
    return BellPeriod(row.name, row.kind, row.times, frozenset(row.grades))


def school_days_of(scope: Scope, school_id: int, from_date: date, to_date: date) -> dict[date, SchoolDay]:
    """The days of a school's calendar with their bells, both dates inclusive; three statements.

    The caller took the school from the scope.
    """
    bells = SchoolBells(scope, school_id)
    own: dict[int, list[GradeDay]] = defaultdict(list)
    for each in GradeDay.objects.filter(calendar_day__school=school_id, calendar_day__date__range=(from_date, to_date)):
        own[each.calendar_day_id].append(each)
    days = CalendarDay.objects.filter(school=school_id, date__range=(from_date, to_date)).order_by("date")
    return {day.date: bells.school_day(day, own.get(day.pk, ())) for day in days}


def grades_at(scope: Scope, school_id: int) -> list[str]:
    """The grades in which students are enrolled in a school this year; the caller took it from the scope."""
    held = Enrollment.objects.filter(school=school_id).exclude(ends_on__lt=scope.year_starts_on)
    return sorted(held.order_by().exclude(grade="").values_list("grade", flat=True).distinct())


def least_offered(day: SchoolDay, grades: Iterable[str]) -> int:
    """The instructional minutes of the grade that is offered the fewest among those that have school (MS-02)."""
    held = [grade for grade in grades if day.of_grade(grade).in_session] if _differs(day) else []
    return min((day.minutes_offered(grade) for grade in held), default=day.minutes_offered())


def _differs(day: SchoolDay) -> bool:
    return bool(day.own) or any(period.grades for period in day.periods)
