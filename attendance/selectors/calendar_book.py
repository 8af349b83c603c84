"""The days of schools' calendars with what they are judged by, read once for whatever is said of them.

A year has a handful of different days, so those of which a school's calendar says the same are read as one row: tens of
thousands of days come as a few hundred rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F

from attendance.models import CalendarDay, GradeDay
from attendance.rules.policy import Policy, policy_on
from attendance.selectors.policies import policies
from attendance.selectors.school_bells import Bells, Ring, grades_at
from students.access import Scope

# By what the minutes of a day differ from those of others, but for the grades that have it otherwise.
Offer = tuple[int, time | None, Ring]

_SAID = (
    *("school_id", "event_type", "name", "day_kind", "rotation_day", "bell_schedule_id", "attendance_frequency"),
    *("reporting_month", "dismissal_time", "edit_id"),
)


class AlikeDays(NamedTuple):
    """Dates of which a school's calendar says the same: `day` is any one of them, `bells` names its schedule."""

    day: CalendarDay
    bells: str
    dates: Sequence[date]


class Rung(NamedTuple):
    """Dates of which a school's calendar says the same, and that offer the same minutes."""

    alike: AlikeDays
    offer: Offer
    dates: Sequence[date]


@dataclass(frozen=True)
class CalendarBook:
    """The days of some schools, those alike together."""

    scope: Scope
    alike: Sequence[AlikeDays]

    @cached_property
    def bells(self) -> Bells:
        """What rings in the schools."""
        return Bells(self.scope, bell_schedule__school__in=self._schools)

    @cached_property
    def grades(self) -> Mapping[int, Sequence[str]]:
        """The grades of each school."""
        return grades_at(self.scope, self._schools)

    @cached_property
    def own(self) -> Mapping[tuple[int, date], Sequence[GradeDay]]:
        """The days of the grades that have a day otherwise than their school, by school and date."""
        found: dict[tuple[int, date], list[GradeDay]] = defaultdict(list)
        dates = [day for each in self.alike for day in each.dates]
        days = GradeDay.objects.filter(
            calendar_day__school__in=self._schools, calendar_day__date__range=(min(dates), max(dates))
        )
        for each in days.select_related("calendar_day").order_by("grade"):
            found[each.calendar_day.school_id, each.calendar_day.date].append(each)
        return found

    def policy(self, day: date) -> Policy:
        """The policy in force on a day. Raises NoPolicy."""
        if day not in self._policies:
            self._policies[day] = policy_on(day, self._written)
        return self._policies[day]

    @cached_property
    def rung(self) -> Sequence[Rung]:
        """The days told apart by what rings, too."""
        return [rung for alike in self.alike for rung in self._told_apart(alike)]

    def _told_apart(self, alike: AlikeDays) -> Iterator[Rung]:
        day = alike.day
        rings: dict[Ring, list[date]] = {}
        for on in alike.dates:
            rings.setdefault(self.bells.ring(day.bell_schedule_id, on), []).append(on)
        for ring, dates in rings.items():
            yield Rung(alike, (day.school_id, day.dismissal_time, ring), dates)

    @cached_property
    def _schools(self) -> set[int]:
        return {each.day.school_id for each in self.alike}

    @cached_property
    def _written(self) -> list[Policy]:
        return policies(self.scope)

    @cached_property
    def _policies(self) -> dict[date, Policy]:
        return {}


def calendar_book(scope: Scope, school_ids: Collection[int], from_date: date, to_date: date) -> CalendarBook:
    """The days of some schools between two dates, both inclusive; five statements by the time that all is read.

    The caller took the schools from the scope.
    """
    found = CalendarDay.objects.filter(school__in=school_ids, date__range=(from_date, to_date)).order_by()
    rows = found.values(*_SAID, bells=F("bell_schedule__name")).annotate(dates=ArrayAgg("date"))
    return CalendarBook(scope, [_alike(**row) for row in rows])


def _alike(*, bells: str | None, dates: list[date], **said: object) -> AlikeDays:
    return AlikeDays(CalendarDay(date=dates[0], **said), bells or "", dates)


def book_of(scope: Scope, days: Iterable[CalendarDay]) -> CalendarBook:
    """Days as they stand in memory, saved or not, in their order."""
    return CalendarBook(scope, [AlikeDays(day, _bells(day), [day.date]) for day in days])


def _bells(day: CalendarDay) -> str:
    return day.bell_schedule.name if day.bell_schedule else ""
