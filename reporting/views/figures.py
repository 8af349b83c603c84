"""The figures of the district and of a school, to read and to take away."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from reporting.selectors.days_by_school import days_by_school
from reporting.selectors.figure_days import STATUSES, chronically_absent, figure_days
from reporting.selectors.figures_page import district_figures, school_figures
from reporting.views.figure_files import days_by_school_file, figures_file
from reporting.views.figure_pages import figure_page
from reporting.views.figure_query import asked_of
from reporting.views.list_files import chronic_list, days_list
from reporting.views.readers import months_scope


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The district, or the schools whose months are open to the person."""
    asked = asked_of(request)
    return figure_page(request, "reporting/figures.html", lambda scope: district_figures(scope, asked), figures_file)


@require_safe
def figures_of_school(request: HttpRequest, school_id: int) -> HttpResponse:
    """One school by grade and mode."""
    asked = asked_of(request)
    return figure_page(
        request, "reporting/figures.html", lambda scope: school_figures(scope, school_id, asked), figures_file
    )


@require_safe
def days_of_schools(request: HttpRequest) -> HttpResponse:
    """The student-days of each school that make a figure of the district."""
    scope = months_scope(request)
    page = days_by_school(scope, asked_of(request))
    weekday = WEEKDAYS[page.asked.weekday - 1] if page.asked.weekday else ""
    # A bar of absences says absences, and what waits says what is undetermined: so does the page that it leads to.
    context = {"page": page, "asked": page.asked, "weekday": weekday, "status": request.GET.get("status", "")}
    file = days_by_school_file(page, scope, request.GET.get("format", ""))
    return file or render(request, "reporting/days_by_school.html", context)


@require_safe
def days_of_figure(request: HttpRequest, school_id: int) -> HttpResponseBase:
    """The student-days that make a figure; all of them as a file."""
    scope, asked = months_scope(request), asked_of(request)
    status = request.GET.get("status", "")
    status = status if status in STATUSES else ""
    apart = request.GET.get("apart") == "yes"
    found = figure_days(scope, school_id, asked, status=status, apart=apart, page=request.GET.get("page", "1"))
    weekday = WEEKDAYS[asked.weekday - 1] if asked.weekday else ""
    context = {"found": found, "asked": asked, "status": status, "apart": apart, "weekday": weekday}
    file = days_list(request, scope, found, status)
    return file or render(request, "reporting/figure_days.html", context)


@require_safe
def chronic_of_school(request: HttpRequest, school_id: int) -> HttpResponseBase:
    """The students whom the figure of chronic absence counts; all of them as a file."""
    scope, asked = months_scope(request), asked_of(request)
    found = chronically_absent(scope, school_id, asked, request.GET.get("page", "1"))
    context = {"found": found, "asked": asked}
    return chronic_list(request, scope, found) or render(request, "reporting/figure_chronic.html", context)
