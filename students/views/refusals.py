"""Refusals become pages here, once for all views: out of scope is 404, in scope but not allowed is 403, frozen 409."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from students.refusals import Forbidden, FrozenDays, NotInScope
from students.selectors.places import awaits_roster
from students.views.scoped import amend_by, request_scope


class RefusalMiddleware:
    """Answer NotInScope with 404, Forbidden with 403, and a change of certified days with the question why.

    Views themselves answer the other refusals.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *of_the_view: Any) -> None:
        """Take the reason for a change of certified days from the form.

        Here and not where the scope is made: middleware asks for that before anybody knows which view it is, and with
        the view stands how many files, and how large, the form may bring.
        """
        if request.method == "POST" and request.user.is_authenticated and (why := request.POST.get("amendment_reason")):
            amend_by(request, why)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None for every other exception."""
        if isinstance(exception, NotInScope):
            if request.user.is_authenticated and awaits_roster(request_scope(request)):
                return render(request, "students/no_school_yet.html", status=404)
            return page_not_found(request, Http404())
        if isinstance(exception, Forbidden):
            return render(request, "403.html", {"why": str(exception)}, status=403)
        if isinstance(exception, FrozenDays):
            return _why(request, exception)
        return None


# Whatever a form asks for as its own reason is offered as the reason of the amendment, too.
_REASONS = ("reason", "late_reason")
_ASKED_ANEW = frozenset({"csrfmiddlewaretoken", "amendment_reason"})


def _why(request: HttpRequest, frozen: FrozenDays) -> HttpResponse:
    """Ask for the reason on a page that sends the same form again; nothing of it was written."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in _ASKED_ANEW]
    context = {
        "frozen": frozen,
        "first": date.fromisoformat(frozen.first),
        "last": date.fromisoformat(frozen.last),
        "sent": sent,
        "files": sorted(request.FILES),
        "reason": next((said for name in _REASONS if (said := request.POST.get(name, "").strip())), ""),
    }
    response = render(request, "students/frozen_days.html", context, status=409)
    # Where a part of a page asked for it, the whole page answers; htmx would not show a 409 by itself.
    if request.headers.get("HX-Request"):
        response.status_code = 200
        response["HX-Retarget"], response["HX-Reswap"] = "body", "outerHTML"
    return response
