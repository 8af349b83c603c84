"""The days of a child between two dates: those of the ledger, and why the others have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from attendance.models import CalendarDay, DailyAttendance, GradeDay
from reporting.rules.family_day import day_state, why_no_day
from reporting.rules.family_month import DayCount, shape_in_calendar
from reporting.selectors.family_children import seen_day
from reporting.selectors.family_day_words import headline
from reporting.selectors.family_month_words import late_words
from students.access import Scope
from students.models import Enrollment, Student
from students.rules.state_codes import NO_SHOW

Calendar = CalendarDay | GradeDay


@dataclass(frozen=True)
class CalendarLine:
    """A date of a child, counted and in words; `is_day`: whether it is one of the ledger's, which has the mode."""

    date: date
    count: DayCount
    words: str
    is_day: bool
    mode: str = ""

    @property
    def shape(self) -> str:
        """The shape in a calendar."""
        return shape_in_calendar(self.count)

    @property
    def is_plain(self) -> bool:
        """Whether it was a whole day at school, or none at all."""
        return self.shape == "present" or not self.is_day


def calendar_lines(scope: Scope, child: Student, from_date: date, to_date: date) -> list[CalendarLine]:
    """Every date between two, both inclusive, of a child whom the caller took from the scope; four statements."""
    ledger = DailyAttendance.objects.filter(student=child, date__range=(from_date, to_date))
    rows = {row.date: row for row in ledger}
    enrolled = _enrollments(child, from_date, to_date)
    calendar = _Calendar(enrolled, from_date, to_date)
    dates = (from_date + timedelta(days=n) for n in range((to_date - from_date).days + 1))
    return [_line(scope, day, rows.get(day), enrolled, calendar) for day in dates]


def _enrollments(child: Student, from_date: date, to_date: date) -> list[Enrollment]:
    held = Enrollment.objects.filter(student=child, is_primary=True, starts_on__lte=to_date)
    return list(held.exclude(ends_on__lt=from_date).exclude(exit_code=NO_SHOW))


class _Calendar:
    """What the calendars of some enrollments say of dates, for the grades there."""

    def __init__(self, enrolled: Sequence[Enrollment], from_date: date, to_date: date) -> None:
        span = Q(date__range=(from_date, to_date), school__in={each.school_id for each in enrolled})
        self._schools = {(each.school_id, each.date): each for each in CalendarDay.objects.filter(span)}
        own = GradeDay.objects.filter(calendar_day__in=self._schools.values()).select_related("calendar_day")
        self._grades = {(each.calendar_day.school_id, each.calendar_day.date, each.grade): each for each in own}

    def of(self, enrollment: Enrollment, day: date) -> Calendar | None:
        """What it says of a date; None where it does not speak of it."""
        own = self._grades.get((enrollment.school_id, day, enrollment.grade))
        return own or self._schools.get((enrollment.school_id, day))


def _line(
    scope: Scope, day: date, row: DailyAttendance | None, enrolled: Sequence[Enrollment], calendar: _Calendar
) -> CalendarLine:
    if row is not None:
        state = day_state(seen_day(row, is_over=day < scope.today))
        count = DayCount(state, row.tardies, row.early_departures)
        return CalendarLine(day, count, late_words(headline(state), count), is_day=True, mode=row.mode)
    held = next((each for each in enrolled if each.holds_on(day)), None)
    its = calendar.of(held, day) if held else None
    in_session = its is not None and its.in_session
    state = why_no_day(enrolled=held is not None, in_session=in_session, is_to_come=day > scope.today)
    off = its.name if its and not in_session else ""
    return CalendarLine(day, DayCount(state), headline(state, day_off=off), is_day=False)
