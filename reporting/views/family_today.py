"""A child's today; the page asks again each minute, and is answered without a body while nothing moved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from attendance.selectors.local_times import local_time
from attendance.views.live import is_unmoved
from reporting.selectors.family_today import family_today, today_version
from students.access import Scope
from students.languages.days_in_words import time_in_words
from students.views.scoped import request_scope


@require_safe
def today(request: HttpRequest, student_id: int) -> HttpResponse:
    """The page."""
    return render(request, "family/today.html", _context(request_scope(request), student_id))


@require_safe
def today_live(request: HttpRequest, student_id: int) -> HttpResponse:
    """The parts that move."""
    scope = request_scope(request)
    if is_unmoved(request, _version(scope, student_id)):
        response = HttpResponse(status=204)
    else:
        response = render(request, "family/today_live.html", _context(scope, student_id))
    response["As-Of"] = time_in_words(local_time(scope, scope.now))
    return response


def _context(scope: Scope, student_id: int) -> dict[str, object]:
    shown = family_today(scope, student_id)
    return {
        "shown": shown,
        "child": shown.child,
        "version": _version(scope, student_id),
        "as_of": time_in_words(local_time(scope, scope.now)),
        "live_url": reverse("family_today_live", args=[student_id]),
    }


def _version(scope: Scope, student_id: int) -> str:
    """A page in another language is another page."""
    return f"{today_version(scope, student_id)}-{get_language()}"
