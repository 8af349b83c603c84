"""The figures of tiers, to read and to take away, and the students behind them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interventions.views.asked import asked_id
from reporting.selectors.tier_figures import tiers_of_district, tiers_of_school
from reporting.selectors.tier_students import students_of_tier
from reporting.views.figure_pages import figure_page
from reporting.views.figure_query import asked_of
from reporting.views.list_files import tier_list
from reporting.views.readers import months_scope
from reporting.views.tier_files import tiers_file
from students.refusals import NotInScope

_TEMPLATE = "reporting/figure_tiers.html"


@require_safe
def figure_tiers(request: HttpRequest) -> HttpResponse:
    """The district, or the schools whose months are open to the person."""
    asked = asked_of(request)
    return figure_page(request, _TEMPLATE, lambda scope: tiers_of_district(scope, asked), tiers_file)


@require_safe
def figure_tiers_of_school(request: HttpRequest, school_id: int) -> HttpResponse:
    """One school by grade."""
    asked = asked_of(request)
    return figure_page(request, _TEMPLATE, lambda scope: tiers_of_school(scope, school_id, asked), tiers_file)


@require_safe
def students_of_tiers(request: HttpRequest) -> HttpResponseBase:
    """The students of `?tier=` (0: the disengaged), of `school= grade= on= page=`; all of them as a file."""
    scope, tier = months_scope(request), request.GET.get("tier", "")
    if tier not in ("0", "1", "2", "3"):
        raise NotInScope
    found = students_of_tier(
        scope,
        int(tier),
        school_id=asked_id(request, "school"),
        grade=asked_of(request).grade,
        on=_day(request),
        page=request.GET.get("page", "1"),
    )
    file = tier_list(request, scope, found)
    return file or render(request, "reporting/figure_tier_students.html", {"found": found})


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
