"""The home page of whoever works in the district: what needs doing now, then how things stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from attendance.models import CalendarDay
from attendance.selectors.today import Today, today_page
from reporting.rules.home_needs import Comes, Need, Next, What, first_to_come, most_pressing
from reporting.selectors.home_care import care_needs
from reporting.selectors.home_classes import (
    OwnClass,
    board_lines,
    entry_needs,
    own_classes,
    own_needs,
    own_next,
    school_needs,
)
from reporting.selectors.home_figures import HomeFigures, home_figures
from reporting.selectors.home_keepers import keepers_needs
from reporting.selectors.home_months import month_needs
from reporting.selectors.home_office import office_needs
from reporting.selectors.home_places import Places, places_of
from students.access import Scope
from students.models import School


@dataclass(frozen=True)
class HomePage:
    """The page: at most three things, what comes next, one's own classes of the day where one teaches, the figures."""

    day: date
    needs: list[Need]
    next: Next | None
    classes: Today | None
    own: list[OwnClass]
    figures: HomeFigures
    schools: list[School]


def home_page(scope: Scope, *, teaches: bool) -> HomePage:
    """The home page of somebody who holds a role or teaches; a constant number of statements for any district."""
    places = places_of(scope, teaches=teaches)
    classes = today_page(scope, scope.today) if What.CLASS in places.asked else None
    lines = board_lines(scope, places)
    care, steps = care_needs(scope, places)
    of_months, ends, done = month_needs(scope, places)
    needs = [
        *(own_needs(scope, classes) if classes else ()),
        *school_needs(scope, places, lines),
        *entry_needs(scope, places),
        *office_needs(scope, places),
        *keepers_needs(scope, places),
        *care,
        *of_months,
    ]
    told = most_pressing(needs, scope.today)
    coming = [*(own_next(scope, classes) if classes else ()), *steps, *ends, *_school_day(scope, places)]
    return HomePage(
        day=scope.today,
        needs=told,
        next=None if told else first_to_come(coming),
        classes=classes,
        own=own_classes(scope) if classes else [],
        figures=home_figures(scope, lines, done),
        schools=list(places.schools),
    )


def _school_day(scope: Scope, places: Places) -> Iterator[Next]:
    """The next day of school, of the schools that somebody reads, or of any."""
    days = CalendarDay.objects.in_session().filter(date__gt=scope.today)
    found = days.filter(school__in=[each.pk for each in places.schools]) if places.schools else days
    first = found.aggregate(first=Min("date"))["first"]
    if first:
        yield Next(Comes.SCHOOL_DAY, first)
