"""The days of schools' calendars with the minutes that they offer, and what they come to in a year."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from attendance.models import CalendarDay, DayKind, EventType
from attendance.rules.calendar_counts import OfferedDay, Shortened, shortened, under_minimum
from attendance.rules.policy import policy_on
from attendance.selectors.policies import policies
from attendance.selectors.school_bells import Bells, Ring, grades_at
from students.access import Scope


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day of one school's calendar; `minutes` are those its bells offer (0 out of session), `minimum` those due.

    `is_edited`: somebody changed it on a page, so that files no longer do.
    """

    school_id: int
    date: date
    event_type: str
    name: str
    day_kind: str
    rotation_day: str
    bells: str
    dismissal_time: time | None
    attendance_frequency: str
    reporting_month: int | None
    in_session: bool
    minutes: int
    minimum: int
    is_edited: bool

    @property
    def event(self) -> str:
        """The state's name of the event."""
        return str(EventType(self.event_type).label)

    @property
    def kind(self) -> str:
        """How the day is held, in words (MS-38); empty out of session."""
        return str(DayKind(self.day_kind).label) if self.day_kind else ""

    @property
    def is_under(self) -> bool:
        """Whether it offers fewer minutes than the minimum (MS-02)."""
        return self.in_session and self.minutes < self.minimum

    @property
    def offered(self) -> OfferedDay:
        """The day as the rules count it."""
        is_cut = self.event_type == EventType.LATE_OR_EARLY or self.dismissal_time is not None
        return OfferedDay(self.date, self.minutes, self.minimum, is_cut)


@dataclass(frozen=True)
class CalendarFigures:
    """What one school's calendar comes to in a school year; `days_due` is what the policy asks for (MS-01)."""

    instructional_days: int
    days_due: int
    minimum: int
    under_minimum: Sequence[date]
    shortened: Shortened

    @property
    def missing(self) -> int:
        """Instructional days that the year is short of."""
        return max(0, self.days_due - self.instructional_days)


def calendar_entries(scope: Scope, school_ids: Collection[int], from_date: date, to_date: date) -> list[CalendarEntry]:
    """The days of some schools between two dates, both inclusive, by date and school; four statements.

    The caller took the schools from the scope.
    """
    days = CalendarDay.objects.filter(school__in=school_ids, date__range=(from_date, to_date))
    return entries_of(scope, days.select_related("bell_schedule").order_by("date", "school_id"))


def entries_of(scope: Scope, days: Iterable[CalendarDay]) -> list[CalendarEntry]:
    """Days as they stand in memory, saved or not, with the minutes that their bells offer; three statements more.

    Where bells differ by grade, those of the grade that is offered the fewest (MS-02).
    """
    days = list(days)
    bells = Bells(scope, bell_schedule__in={day.bell_schedule_id for day in days if day.bell_schedule_id})
    grades = grades_at(scope, {day.school_id for day in days})
    known = policies(scope)
    # A year has a handful of different days.
    minutes: dict[tuple[int, time | None, Ring], int] = {}
    entries = []
    for day in days:
        ring = (day.school_id, day.dismissal_time, bells.ring(day.bell_schedule_id, day.date))
        if day.in_session and ring not in minutes:
            minutes[ring] = bells.school_day(day).least_offered(grades[day.school_id])
        offered = minutes[ring] if day.in_session else 0
        entries.append(_entry(day, offered, policy_on(day.date, known).minimum_minutes))
    return entries


def calendar_figures(scope: Scope, entries: Iterable[CalendarEntry], first_day: date) -> dict[int, CalendarFigures]:
    """The figures of each school from its year's days; the policy is that of the year's first day."""
    due = policy_on(first_day, policies(scope))
    by_school: dict[int, list[OfferedDay]] = {}
    for entry in entries:
        held = by_school.setdefault(entry.school_id, [])
        if entry.in_session:
            held.append(entry.offered)
    return {
        school_id: CalendarFigures(
            len(days), due.instructional_days, due.minimum_minutes, under_minimum(days), shortened(days)
        )
        for school_id, days in by_school.items()
    }


def _entry(day: CalendarDay, minutes: int, minimum: int) -> CalendarEntry:
    return CalendarEntry(
        school_id=day.school_id,
        date=day.date,
        event_type=day.event_type,
        name=day.name,
        day_kind=day.day_kind,
        rotation_day=day.rotation_day,
        bells=day.bell_schedule.name if day.bell_schedule else "",
        dismissal_time=day.dismissal_time,
        attendance_frequency=day.attendance_frequency,
        reporting_month=day.reporting_month,
        in_session=day.in_session,
        minutes=minutes,
        minimum=minimum,
        is_edited=day.edit_id is not None,
    )
