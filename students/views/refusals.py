"""Refusals become pages here, once for all views: out of scope is 404, in scope but not allowed is 403."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from students.refusals import Forbidden, NotInScope


class RefusalMiddleware:
    """Answer NotInScope with 404 and Forbidden with 403; views themselves answer the other refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None for every other exception."""
        if isinstance(exception, NotInScope):
            return page_not_found(request, Http404())
        if isinstance(exception, Forbidden):
            return render(request, "403.html", {"why": str(exception)}, status=403)
        return None
