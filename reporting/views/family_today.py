"""A child's today; the page asks again each minute, and is answered without a body while nothing moved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from attendance.views.live import is_unmoved
from reporting.selectors.family_today import family_today, today_version
from reporting.views.family_context import as_of, child_page
from students.access import Scope
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
    response["As-Of"] = as_of(scope)
    return response


def _context(scope: Scope, student_id: int) -> dict[str, object]:
    shown = family_today(scope, student_id)
    live_url = reverse("family_today_live", args=[student_id])
    return child_page(scope, shown.child, shown=shown, version=_version(scope, student_id), live_url=live_url)


def _version(scope: Scope, student_id: int) -> str:
    """A page in another language is another page."""
    return f"{today_version(scope, student_id)}-{get_language()}"
