"""The explanation of a child's day."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.selectors.family_day import family_day
from reporting.views.family_context import child_page
from students.views.scoped import request_scope


@require_safe
def day(request: HttpRequest, student_id: int, day: date) -> HttpResponse:
    """Any date, school day or not."""
    scope = request_scope(request)
    explained = family_day(scope, student_id, day)
    context = child_page(scope, explained.shown.child, explained=explained, shown=explained.shown, working=True)
    return render(request, "family/day.html", context)
