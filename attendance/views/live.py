"""Pages that move by themselves: an unchanged one is answered without a body, and every answer says as of when."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from attendance.rules.time_words import time_of_day
from students.access import Scope


def is_unmoved(request: HttpRequest, version: str) -> bool:
    """Whether the page that asks shows this version already."""
    return request.headers.get("If-None-Match") == version


def spoken_of(scope: Scope, response: HttpResponse) -> HttpResponse:
    """The answer with the local time that it speaks of."""
    response["As-Of"] = time_of_day(scope.now.astimezone(ZoneInfo(scope.zone)))
    return response
