"""A child's month: the calendar sheet, what it comes to, and the months beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.rules.family_month import Totals, first_of, last_of, month_after, totals, weeks
from reporting.selectors.family_calendar import CalendarLine, calendar_lines
from students.access import Scope
from students.models import SchoolYear, Student
from students.selectors.families import own_child


@dataclass(frozen=True)
class FamilyMonth:
    """A month; `rows` are its weeks, None for a date of another month; `said` are the days that have something to say.

    `previous` and `next` are the months beside, as far as the school year goes.
    """

    child: Student
    month: date
    rows: Sequence[Sequence[CalendarLine | None]]
    weekdays: Sequence[date]
    said: Sequence[CalendarLine]
    totals: Totals
    previous: date | None
    next: date | None


def family_month(scope: Scope, student_id: int, month: date) -> FamilyMonth:
    """The month of a day, of an own child; the same number of statements whatever stands in it. Raises NotInScope."""
    child = own_child(scope, student_id)
    first, last = first_of(month), last_of(month)
    lines = {each.date: each for each in calendar_lines(scope, child, first, last)}
    sheet = weeks(first, [day for day, each in lines.items() if each.is_day])
    # The week's days by their names: any Monday, and those after it.
    monday = first - timedelta(days=first.weekday())
    year = SchoolYear.objects.filter(starts_on__lte=last, ends_on__gte=first).first()
    return FamilyMonth(
        child=child,
        month=first,
        rows=[[lines[day] if day else None for day in row] for row in sheet],
        weekdays=[monday + timedelta(days=n) for n in range(len(sheet[0]))],
        said=[each for each in lines.values() if not each.is_plain],
        totals=totals([each.count for each in lines.values() if each.is_day]),
        previous=_beside(year, first_of(first - timedelta(days=1))),
        next=_beside(year, month_after(first)),
    )


def _beside(year: SchoolYear | None, month: date) -> date | None:
    """A month beside, where it lies in the school year."""
    if year is None:
        return None
    return month if first_of(year.starts_on) <= month <= (year.ends_on or date.max) else None
