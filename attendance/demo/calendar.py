"""The demo's school year 2020-21: 180 instructional days in nine contiguous reporting months (MS-01, RD-70).

The schools share their days, and each counts its own rotation through them.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from itertools import cycle

from attendance.demo.bells import EARLY_RELEASE, REGULAR
from attendance.demo.cast import TODAY, YEAR_ENDS, YEAR_STARTS
from attendance.demo.schools import SCHOOLS, DemoSchool

INSTRUCTIONAL = "IN"
SHORTENED = "LAED"

# The first day of each reporting month, 1 to 9; a month lasts until the day before the next.
MONTH_STARTS = [
    date(2020, 8, 10),
    date(2020, 9, 14),
    date(2020, 10, 19),
    date(2020, 11, 16),
    date(2020, 12, 21),
    date(2021, 2, 1),
    date(2021, 3, 1),
    date(2021, 3, 29),
    date(2021, 4, 26),
]


@dataclass(frozen=True)
class Event:
    """One day, or a run of weekdays, that is no plain school day; both ends inclusive.

    A `dismissal` cuts the day's regular bells short; a shortened day without one has bells of its own.
    """

    first: date
    last: date
    event_type: str
    name: str
    day_kind: str = "traditional"
    dismissal: time | None = None

    def covers(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


def _on(day: date, event_type: str, name: str) -> Event:
    return Event(day, day, event_type, name)


EVENTS = [
    _on(date(2020, 8, 6), "TD", "Teachers prepare"),
    _on(date(2020, 8, 7), "PD", "Professional development"),
    Event(date(2020, 8, 10), date(2020, 8, 21), INSTRUCTIONAL, "Staggered start", "hybrid"),
    _on(date(2020, 9, 7), "H", "Labor Day"),
    _on(date(2020, 9, 16), "ED", "Hurricane"),
    Event(date(2020, 9, 17), date(2020, 9, 18), INSTRUCTIONAL, "Roads flooded", "virtual"),
    _on(date(2020, 10, 9), "H", "Fall break"),
    _on(date(2020, 10, 12), "PD", "Professional development"),
    Event(date(2020, 10, 23), date(2020, 10, 23), SHORTENED, "Homecoming parade", dismissal=time(13, 10)),
    Event(date(2020, 11, 23), date(2020, 11, 27), "H", "Thanksgiving"),
    _on(date(2020, 12, 18), SHORTENED, "Early release"),
    Event(date(2020, 12, 21), date(2021, 1, 1), "H", "Christmas"),
    Event(date(2021, 1, 4), date(2021, 1, 8), INSTRUCTIONAL, "Start online", "virtual"),
    _on(date(2021, 1, 18), "H", "Martin Luther King Jr. Day"),
    Event(date(2021, 3, 8), date(2021, 3, 12), "H", "Spring break"),
    _on(date(2021, 5, 24), "TD", "Teachers close the year"),
]


@dataclass(frozen=True)
class Day:
    """One day of the calendar, as calendar.csv carries it."""

    date: date
    event_type: str
    name: str
    day_kind: str
    bell_schedule: str
    reporting_month: int | None
    dismissal: time | None = None
    rotation_day: str = ""

    @property
    def in_session(self) -> bool:
        """Whether school is held."""
        return self.event_type in (INSTRUCTIONAL, SHORTENED)


@cache
def days() -> tuple[Day, ...]:
    """Every weekday from the teachers' first to their last."""
    span = (EVENTS[-1].last - EVENTS[0].first).days
    dates = [EVENTS[0].first + timedelta(days=offset) for offset in range(span + 1)]
    return tuple(_day(each) for each in dates if each.weekday() < 5)


@cache
def days_of(school: DemoSchool) -> tuple[Day, ...]:
    """The same days with the school's rotation, which goes on with each day in session."""
    turns = cycle(school.rotation or [""])
    return tuple(replace(day, rotation_day=next(turns)) if day.in_session else day for day in days())


def rotation_on(school_id: str, day: date) -> str:
    """The name that a school's rotation gives to a day in session."""
    return next(each.rotation_day for each in days_of(SCHOOLS[school_id]) if each.date == day)


def _day(day: date) -> Day:
    event = next((event for event in EVENTS if event.covers(day)), Event(day, day, INSTRUCTIONAL, ""))
    month = _month(day)
    if event.event_type not in (INSTRUCTIONAL, SHORTENED):
        return Day(day, event.event_type, event.name, "", "", month)
    bells = EARLY_RELEASE if event.event_type == SHORTENED and event.dismissal is None else REGULAR
    return Day(day, event.event_type, event.name, event.day_kind, bells, month, event.dismissal)


def _month(day: date) -> int | None:
    if not YEAR_STARTS <= day <= YEAR_ENDS:
        return None
    return sum(1 for start in MONTH_STARTS if start <= day)


@cache
def session_days(through: date = TODAY) -> tuple[date, ...]:
    """The days on which school was held, from the first of the year through a day, inclusive."""
    return tuple(day.date for day in days() if day.in_session and day.date <= through)
