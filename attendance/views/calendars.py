"""The calendars of a year and of a month, for those who read whole schools."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.views.decorators.http import require_safe

from attendance.rules.filing_year import year_around
from attendance.selectors.calendar_law_page import school_laws
from attendance.selectors.calendar_words import LEGEND
from attendance.selectors.calendar_year import SchoolCalendars, school_calendars
from students.access import Scope
from students.refusals import NotInScope, Refused
from students.views.scoped import request_scope

# From Sunday, as the calendars of this country are read; Django counts from Monday.
WEEK = [(WEEKDAYS_ABBR[day], WEEKDAYS[day]) for day in (6, 0, 1, 2, 3, 4, 5)]


@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """A school year at a glance; `?school=` names one school, `?year=` the year in which it begins."""
    scope = request_scope(request)
    found = calendars_of(scope, request, asked_number(request, "year"))
    context = {"calendars": found, "laws": school_laws(scope, found), "legend": LEGEND, "weekdays": WEEK}
    return render(request, "attendance/calendars.html", context)


@require_safe
def calendar_month(request: HttpRequest, day: date) -> HttpResponse:
    """The days of a calendar month in full."""
    scope = request_scope(request)
    found = calendars_of(scope, request, year_around(day).first.year)
    month = day.replace(day=1)
    days = [(each, found.lines(each)) for each in sorted(found.by_date) if each.replace(day=1) == month]
    beside = {
        "previous": max((each for each in found.months if each < month), default=None),
        "next": min((each for each in found.months if each > month), default=None),
    }
    context = {"calendars": found, "month": month, "days": days, "beside": beside, "today": scope.today}
    return render(request, "attendance/calendar_month.html", context)


def calendars_of(scope: Scope, request: HttpRequest, first_year: int | None) -> SchoolCalendars:
    """The calendars that an address asks for. Raises NotInScope for those who read no school, and for no such year."""
    try:
        return school_calendars(scope, asked_number(request, "school"), first_year)
    except Refused as refused:
        raise NotInScope from refused


def asked_number(request: HttpRequest, name: str) -> int | None:
    """A number of the query string; None where it names none. Raises NotInScope for anything else."""
    given = request.GET.get(name, "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise NotInScope
    return int(given)
