"""The school years, and the reporting months that their calendars make."""

from datetime import date

from attendance.models import CalendarDay
from attendance.rules.agreement import agreement
from attendance.rules.filing_year import year_around
from attendance.rules.reporting_months import MonthRange, month_ranges
from students.access import Scope
from students.models import SchoolYear
from students.refusals import Refused


class NoSchoolYear(Refused):
    """The roster has not brought the school year yet."""


def school_year(scope: Scope, first_year: int | None = None) -> SchoolYear:
    """The school year that begins in `first_year`, or that of the scope's day. Raises NoSchoolYear."""
    years = SchoolYear.objects.order_by("-starts_on")
    begun = (
        years.filter(starts_on=scope.year_starts_on) if first_year is None else years.filter(starts_on__year=first_year)
    )
    if year := begun.first():
        return year
    named = f" that begins in {first_year}" if first_year else ""
    raise NoSchoolYear(f"There is no school year{named}. The roster brings it (academicSessions.csv).")


def session_months(scope: Scope, from_date: date, to_date: date) -> list[tuple[date, int | None]]:
    """The session days of all schools between two dates, both inclusive, each with the month it is put in.

    Months are the district's (RD-70), so the scope narrows nothing.
    """
    days = CalendarDay.objects.in_session().filter(date__range=(from_date, to_date))
    return list(days.order_by("date", "reporting_month").values_list("date", "reporting_month").distinct())


def reporting_months(scope: Scope, year: SchoolYear) -> list[MonthRange]:
    """The year's months, district-wide (RD-70). Raises Refused where the calendars contradict each other."""
    last = year.ends_on or date.max
    try:
        return month_ranges((day, month) for day, month in session_months(scope, year.starts_on, last) if month)
    except ValueError as fault:
        raise Refused(
            f"The calendars' reporting months do not fit: {fault} Mend calendar.csv and import it, or set the months "
            "on the calendars' page."
        ) from fault


def months_seen(scope: Scope, year: SchoolYear) -> str:
    """What a page that sets the months was made of, so that it can tell when somebody else has set them since."""
    return agreement([], session_months(scope, *year_around(year.starts_on))).stood
