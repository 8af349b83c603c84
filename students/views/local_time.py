"""Pages print instants in the district's time zone, not in that of the server."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from students.views.scoped import request_scope


class LocalTimeMiddleware:
    """Hold the district's time zone while a signed-in person's page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and leave the thread as it was found."""
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Take the zone from the scope, which the page needs anyway."""
        if request.user.is_authenticated:
            timezone.activate(ZoneInfo(request_scope(request).zone))
