"""A child's school year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.selectors.family_year import family_year
from reporting.views.family_context import child_page
from students.views.scoped import request_scope


@require_safe
def year(request: HttpRequest, student_id: int) -> HttpResponse:
    """The year of today."""
    scope = request_scope(request)
    shown = family_year(scope, student_id)
    return render(request, "family/year.html", child_page(scope, shown.child, shown=shown))
