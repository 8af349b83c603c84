"""A month as a sheet of weeks, and what a family counts in it or in a year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.rules import family_day as its

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day as it is counted: its state (see `family_day`), and the classes that were come to late or left early."""

    state: str
    tardies: int = 0
    early_departures: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Days by what they are; `late` and `left_early` count classes, the others days."""

    present: int = 0
    excused: int = 0
    unexcused: int = 0
    suspended: int = 0
    unknown: int = 0
    late: int = 0
    left_early: int = 0

    @property
    def absent(self) -> int:
        """Days absent, of every kind."""
        return self.excused + self.unexcused + self.suspended

    @property
    def days(self) -> int:
        """School days so far, known or not."""
        return self.present + self.absent + self.unknown


def first_of(day: date) -> date:
    """The first of a day's month."""
    return day.replace(day=1)


def month_after(day: date) -> date:
    """The first of the next month."""
    return first_of(first_of(day) + timedelta(days=32))


def last_of(day: date) -> date:
    """The last day of a day's month."""
    return month_after(day) - timedelta(days=1)


def weeks(month: date, shown: Collection[date]) -> list[list[date | None]]:
    """The month's weeks from Monday, to Friday or as far as the days reach that have to be shown; None outside.

    A week in which nothing of the month is left, as one of which only Sunday the 1st is in it, is no row.
    """
    last = max([FRIDAY, *(day.weekday() for day in shown)])
    days = [month + timedelta(days=n) for n in range((last_of(month) - month).days + 1)]
    rows: dict[date, list[date | None]] = {}
    for day in days:
        if day.weekday() <= last:
            row = rows.setdefault(day - timedelta(days=day.weekday()), [None] * (last + 1))
            row[day.weekday()] = day
    return list(rows.values())


def shape_in_calendar(day: DayCount) -> str:
    """The shape of a day in a calendar: a present one that was come to late, or left early, has the half dot."""
    shape = its.shape_of(day.state)
    if shape != "present":
        return shape
    if day.tardies:
        return "tardy"
    return "left_early" if day.early_departures else shape


def totals(days: Sequence[DayCount]) -> Totals:
    """What the days come to; those without school, not enrolled or to come count nowhere."""
    states = [each.state for each in days]
    return Totals(
        present=sum(its.shape_of(state) == "present" for state in states),
        excused=states.count(its.EXCUSED),
        unexcused=states.count(its.ABSENT) + states.count(its.ABSENT_EVERY_CLASS),
        suspended=states.count(its.SUSPENDED),
        unknown=sum(state in _OPEN for state in states),
        late=sum(each.tardies for each in days),
        left_early=sum(each.early_departures for each in days),
    )


_OPEN = (
    its.NOT_KNOWN,
    its.EXCUSE_OPEN,
    its.NOTHING_ON_FILE,
    its.NOTHING_YET,
    its.WORK_AHEAD,
    its.SO_FAR,
    its.NOT_BEGUN,
)
