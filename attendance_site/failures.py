"""What Django answers where no view of ours did: a page to people, a problem to programs."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from students.api import problems

_PROGRAMS = "/api/"


def server_error(request: HttpRequest) -> HttpResponse:
    """500, for a fault of ours."""
    return problems.server_error(request) if request.path.startswith(_PROGRAMS) else defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for a request that Django refused to read."""
    if request.path.startswith(_PROGRAMS):
        return problems.bad_request(request)
    return defaults.bad_request(request, exception)
