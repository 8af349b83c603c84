"""The school's day: the board of class meetings, for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.selectors.school_board import school_board
from attendance.views.dates import asked_day
from students.refusals import NotInScope
from students.views.scoped import request_scope


@require_safe
def school(request: HttpRequest) -> HttpResponse:
    """A school's day; `?school=` and `?on=` name others than the first school and today."""
    scope = request_scope(request)
    board = school_board(scope, _asked_school(request), asked_day(request, scope.today))
    return render(request, "attendance/school.html", {"board": board})


def _asked_school(request: HttpRequest) -> int | None:
    given = request.GET.get("school", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit()):
        raise NotInScope
    return int(given)
