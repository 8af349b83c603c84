"""The student page: the year, the place in the district, and what the absences led to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.views.dates import asked_day
from reporting.selectors.student_page import student_page
from students.views.scoped import request_scope


@require_safe
def student(request: HttpRequest, student_id: int) -> HttpResponse:
    """The page, with the classes of a day (`?on=`)."""
    scope = request_scope(request)
    page = student_page(scope, student_id, asked_day(request, scope.today))
    return render(request, "reporting/student.html", {"page": page, "record": page.record})
