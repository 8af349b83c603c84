"""The figures of a class, to read and to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from reporting.selectors.class_figures import LATE, NOT_TAKEN, AskedClass, class_figures
from reporting.selectors.class_students import SORTS
from reporting.views.class_figure_files import class_file
from reporting.views.figure_query import asked_of
from students.views.scoped import request_scope


@require_safe
def figures_of_class(request: HttpRequest, section_id: int) -> HttpResponse:
    """A class's year, or its days from `?from=` to `?to=`, of a `?month=`, of a `?weekday=`; a student of the class by
    `?sort=`, its days by `?entry=`.
    """
    scope, asked = request_scope(request), _asked(request)
    page = class_figures(scope, section_id, asked)
    file = class_file(page, scope, request.GET.get("format", ""))
    weekday = WEEKDAYS[asked.weekday - 1] if asked.weekday else ""
    context = {"page": page, "asked": asked, "weekday": weekday, "weekdays": _weekdays()}
    return file or render(request, "reporting/class_figures.html", context)


def _asked(request: HttpRequest) -> AskedClass:
    """What cannot be asked for is as if it were not asked."""
    given, asked = request.GET, asked_of(request)
    sort, entry = given.get("sort", ""), given.get("entry", "")
    return AskedClass(
        dates=asked.dates,
        month=asked.month,
        weekday=asked.weekday,
        sort=sort if sort in SORTS else "",
        entry=entry if entry in (LATE, NOT_TAKEN) else "",
        page=given.get("page", "1"),
    )


def _weekdays() -> list[tuple[int, str]]:
    return [(number + 1, str(WEEKDAYS[number])) for number in range(5)]
