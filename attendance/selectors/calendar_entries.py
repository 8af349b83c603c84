"""The days of schools' calendars with the minutes that they offer, and what they come to in a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import NamedTuple

from attendance.models import CalendarDay, DayKind, EventType
from attendance.rules.calendar_counts import OfferedDay, Shortened, shortened, under_minimum
from attendance.rules.policy import Policy, policy_on
from attendance.selectors.calendar_book import AlikeDays, CalendarBook, Offer, book_of
from attendance.selectors.policies import policies
from students.access import Scope


class CalendarEntry(NamedTuple):
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


def entries_of(scope: Scope, days: Iterable[CalendarDay]) -> list[CalendarEntry]:
    """Days as they stand in memory, saved or not, with the minutes that their bells offer; three statements."""
    return entries_in(scope, book_of(scope, days))


def entries_in(scope: Scope, book: CalendarBook) -> list[CalendarEntry]:
    """The days of a book with the minutes that their bells offer.

    Where bells differ by grade, those of the grade that is offered the fewest (MS-02).
    """
    minutes: dict[Offer, int] = {}
    entries = []
    for alike, offer, dates in book.rung:
        day = alike.day
        if day.in_session and offer not in minutes:
            offered = book.bells.school_day(day, on=dates[0])
            minutes[offer] = offered.least_offered(book.grades[day.school_id])
        told = partial(_entry, alike, minutes[offer] if day.in_session else 0)
        entries += [told(on, book.policy(on).minimum_minutes) for on in dates]
    return entries


def calendar_figures(scope: Scope, entries: Iterable[CalendarEntry], first_day: date) -> dict[int, CalendarFigures]:
    """The figures of each school from its year's days; the policy is that of the year's first day."""
    due = policy_on(first_day, policies(scope))
    by_school: dict[int, list[OfferedDay]] = {}
    # Most schools of a district have one calendar, and offer the same on a date.
    offered: dict[tuple[object, ...], OfferedDay] = {}
    for entry in entries:
        held = by_school.setdefault(entry.school_id, [])
        if entry.in_session:
            alike = (entry.date, entry.minutes, entry.minimum, entry.event_type, entry.dismissal_time)
            held.append(offered.get(alike) or offered.setdefault(alike, entry.offered))
    counted: dict[tuple[OfferedDay, ...], CalendarFigures] = {}
    found = {}
    for school_id, days in by_school.items():
        year = tuple(days)
        if year not in counted:
            counted[year] = _figures(year, due)
        found[school_id] = counted[year]
    return found


def _figures(days: Sequence[OfferedDay], due: Policy) -> CalendarFigures:
    few, cut = under_minimum(days), shortened(days)
    return CalendarFigures(len(days), due.instructional_days, due.minimum_minutes, few, cut)


def _entry(alike: AlikeDays, minutes: int, on: date, minimum: int) -> CalendarEntry:
    day = alike.day
    return CalendarEntry(
        school_id=day.school_id,
        date=on,
        event_type=day.event_type,
        name=day.name,
        day_kind=day.day_kind,
        rotation_day=day.rotation_day,
        bells=alike.bells,
        dismissal_time=day.dismissal_time,
        attendance_frequency=day.attendance_frequency,
        reporting_month=day.reporting_month,
        in_session=day.in_session,
        minutes=minutes,
        minimum=minimum,
        is_edited=day.edit_id is not None,
    )
