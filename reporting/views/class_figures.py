"""The figures of a class, to read and to take away."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from reporting.selectors.class_figures import LATE, NOT_TAKEN, AskedClass, class_figures
from reporting.selectors.class_students import SORTS
from reporting.views.class_figure_files import class_file
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
    given = request.GET
    month, weekday = given.get("month", ""), given.get("weekday", "")
    sort, entry = given.get("sort", ""), given.get("entry", "")
    return AskedClass(
        dates=_dates(given.get("from", ""), given.get("to", "")),
        month=int(month) if month in set("123456789") else None,
        weekday=int(weekday) if weekday in set("1234567") else None,
        sort=sort if sort in SORTS else "",
        entry=entry if entry in (LATE, NOT_TAKEN) else "",
        page=given.get("page", "1"),
    )


def _dates(from_date: str, to_date: str) -> tuple[date, date] | None:
    try:
        return date.fromisoformat(from_date), date.fromisoformat(to_date)
    except ValueError:
        return None


def _weekdays() -> list[tuple[int, str]]:
    return [(number + 1, str(WEEKDAYS[number])) for number in range(5)]
