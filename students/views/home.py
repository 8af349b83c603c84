"""The door: each role's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from students.views.scoped import request_scope


def home(request: HttpRequest) -> HttpResponse:
    """Send a district administrator to the months, a school administrator to the school, others to Today."""
    scope = request_scope(request)
    if scope.district_wide:
        return redirect("months")
    return redirect("school" if scope.is_administrator else "today")
