"""The door: each role's first page."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from students.access import Scope
from students.models import User
from students.selectors.teaching import teaches
from students.views.scoped import request_scope


def home(request: HttpRequest) -> HttpResponse:
    """Send everybody to the first page of the role that asks most of the day; say so where there is none yet."""
    scope = request_scope(request)
    if name := _first_page(scope):
        return redirect(name)
    if cast(User, request.user).source_id is None:
        # Whoever no roster names came to join, by the district's own sign-in or with an account that has ended.
        return redirect("join")
    return render(request, "students/nothing_yet.html")


def _first_page(scope: Scope) -> str:
    if scope.district_wide:
        return "months"
    if scope.keeps_some_office:
        return "school" if scope.is_administrator else "office"
    if scope.works_cases:
        return "queue"
    if scope.is_teacher or teaches(scope):
        return "today"
    if scope.reads_months:
        return "audit"
    if scope.reads_schools:
        return "students"
    if scope.does_outreach:
        return "my_outreach"
    if scope.keeps_accounts:
        return "people"
    return "family" if scope.is_family else ""
