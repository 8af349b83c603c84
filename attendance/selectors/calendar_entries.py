"""The days of schools' calendars with the minutes that they offer, and what they come to in a year."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from attendance.models import CalendarDay, DayKind, EventType, Period
from attendance.rules.calendar_counts import OfferedDay, Shortened, minutes_offered, shortened, under_minimum
from attendance.rules.minutes import minute_of
from attendance.rules.policy import policy_on
from attendance.rules.schedule import BellPeriod, SchoolDay
from attendance.selectors.policies import policies
from students.access import Scope

Bells = Mapping[int, Sequence[BellPeriod]]


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


def calendar_entries(scope: Scope, school_ids: Collection[int], from_date: date, to_date: date) -> list[CalendarEntry]:
    """The days of some schools between two dates, both inclusive, by date and school; three statements.

    The caller took the schools from the scope.
    """
    days = CalendarDay.objects.filter(school__in=school_ids, date__range=(from_date, to_date))
    return entries_of(scope, days.select_related("bell_schedule").order_by("date", "school_id"))


def entries_of(scope: Scope, days: Iterable[CalendarDay]) -> list[CalendarEntry]:
    """Days as they stand in memory, saved or not, with the minutes that their bells offer; two statements more."""
    days = list(days)
    bells = _bells({day.bell_schedule_id for day in days if day.bell_schedule_id})
    known = policies(scope)
    minutes: dict[tuple[int | None, time | None], int] = {}
    entries = []
    for day in days:
        ring = (day.bell_schedule_id, day.dismissal_time)
        if day.in_session and ring not in minutes:
            minutes[ring] = _minutes(day, bells)
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


def _bells(schedule_ids: Collection[int]) -> Bells:
    bells: dict[int, list[BellPeriod]] = {}
    for period in Period.objects.filter(bell_schedule__in=schedule_ids):
        bells.setdefault(period.bell_schedule_id, []).append(BellPeriod(period.name, period.kind, period.times))
    return bells


def _minutes(day: CalendarDay, bells: Bells) -> int:
    dismissal = minute_of(day.dismissal_time) if day.dismissal_time else None
    periods = bells.get(day.bell_schedule_id or 0, [])
    return minutes_offered(SchoolDay(day.date, day.in_session, day.rotation_day, periods, dismissal))


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
