"""The door: one home page for whatever somebody is in the district, with what needs doing first."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reporting.selectors.home_page import home_page
from reporting.views.home_words import next_words, told
from students.models import User
from students.selectors.teaching import teaches
from students.views.scoped import request_scope


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs doing now and the figures, for staff; families go to their own page, and strangers to joining."""
    scope = request_scope(request)
    is_teaching = teaches(scope)
    if not (scope.roles or is_teaching):
        return _without_a_role(request)
    page = home_page(scope, teaches=is_teaching)
    context = {
        "page": page,
        "needs": [told(each, scope) for each in page.needs],
        "next": next_words(page.next, scope.today) if page.next else "",
    }
    return render(request, "reporting/home.html", context)


def _without_a_role(request: HttpRequest) -> HttpResponse:
    if request_scope(request).is_family:
        return redirect("family")
    if cast(User, request.user).source_id is None:
        # Whoever no roster names came to join, by the district's own sign-in or with an account that has ended.
        return redirect("join")
    return render(request, "students/nothing_yet.html")
