"""The student page: the year, the place in the district, and what the absences led to."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.views.dates import asked_day
from reporting.selectors.student_page import student_page
from students.views.scoped import request_scope

_YEAR = re.compile("[0-9]{4}")


@require_safe
def student(request: HttpRequest, student_id: int) -> HttpResponse:
    """The page, with the classes of a day (`?on=`), of an earlier school year where one is asked for (`?year=2019`)."""
    scope, year = request_scope(request), request.GET.get("year", "")
    on = asked_day(request, scope.today) if request.GET.get("on") else None
    page = student_page(scope, student_id, on, int(year) if _YEAR.fullmatch(year) else None)
    return render(request, "reporting/student.html", {"page": page, "record": page.record})
