"""Today: a teacher's class meetings and what is not yet taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.selectors.today import today_page
from attendance.views.dates import asked_day
from students.views.scoped import request_scope


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """A teacher's day; `?on=` names another, `?page=` more of the classes missing before today."""
    scope = request_scope(request)
    page = today_page(scope, asked_day(request, scope.today), request.GET.get("page", "1"))
    return render(request, "attendance/today.html", {"page": page})
