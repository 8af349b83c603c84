"""A child's month."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.selectors.family_month import family_month
from reporting.views.family_context import child_page
from students.views.scoped import request_scope


@require_safe
def month(request: HttpRequest, student_id: int) -> HttpResponse:
    """The month that `?month=2020-10` names; today's where it names none."""
    scope = request_scope(request)
    shown = family_month(scope, student_id, _asked(request, scope.today))
    return render(request, "family/month.html", child_page(scope, shown.child, shown=shown))


def _asked(request: HttpRequest, today: date) -> date:
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today
    # The first and the last year that dates have reach no month beside.
    return month if date.min.year < month.year < date.max.year else today
