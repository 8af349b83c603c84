"""Absence from classes by period and weekday, and tardiness by week; the marks behind them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from attendance.models import MarkStatus
from reporting.selectors.figure_marks import figure_marks
from reporting.selectors.figure_periods import district_periods, school_periods
from reporting.views.figure_pages import figure_page
from reporting.views.figure_query import asked_of, narrowed_of, period_of
from reporting.views.list_files import marks_list
from reporting.views.period_files import periods_file
from reporting.views.readers import months_scope

_TEMPLATE = "reporting/figure_periods.html"


@require_safe
def figure_periods(request: HttpRequest) -> HttpResponse:
    """The classes of the district, or of the schools whose months are open to the person."""
    asked, leaves_out = narrowed_of(request), asked_of(request).leaves_out
    return figure_page(
        request, _TEMPLATE, lambda scope: district_periods(scope, asked, leaves_out=leaves_out), periods_file
    )


@require_safe
def figure_periods_of_school(request: HttpRequest, school_id: int) -> HttpResponse:
    """The classes of a school."""
    asked, leaves_out = narrowed_of(request), asked_of(request).leaves_out
    return figure_page(
        request, _TEMPLATE, lambda scope: school_periods(scope, school_id, asked, leaves_out=leaves_out), periods_file
    )


@require_safe
def marks_of_figure(request: HttpRequest, school_id: int) -> HttpResponseBase:
    """The marks that make a figure of classes; all of them as a file."""
    scope, asked, period = months_scope(request), asked_of(request), period_of(request)
    status = request.GET.get("status", "")
    status = status if status in MarkStatus else ""
    found = figure_marks(scope, school_id, asked, period=period, status=status, page=request.GET.get("page", "1"))
    weekday = WEEKDAYS[asked.weekday - 1] if asked.weekday else ""
    context = {"found": found, "asked": asked, "period": period, "status": status, "weekday": weekday}
    context["statuses"] = MarkStatus.choices
    return marks_list(request, scope, found, status) or render(request, "reporting/figure_marks.html", context)
