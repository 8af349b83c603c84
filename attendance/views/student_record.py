"""A student's enrollments, classes and modes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.selectors.student_record import student_record
from attendance.views.dates import asked_day
from students.views.scoped import request_scope


@require_safe
def student(request: HttpRequest, student_id: int) -> HttpResponse:
    """The record, with the classes of a day (`?on=`)."""
    scope = request_scope(request)
    record = student_record(scope, student_id, asked_day(request, scope.today))
    return render(request, "attendance/student.html", {"record": record})
