"""Every error as a problem of RFC 9457: one shape, in the words that people read on the pages.

Refusals of the services are mapped here once, for all addresses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from students.refusals import NOT_HERE, Forbidden, FrozenDays, NotInScope, Refused, Stale

PROBLEM_JSON = "application/problem+json"
KIND = "urn:first-bell:problem:"
BROKEN = "Something broke on our side. Nothing of this request was saved. It is written in the log."


@dataclass
class Problem(Exception):
    """An answer other than success. `errors` name their places: a pointer into the body, a parameter or a header."""

    status: HTTPStatus
    kind: str
    detail: str
    errors: Sequence[Mapping[str, str | int]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """The members of the problem."""
        said: dict[str, Any] = {
            "type": KIND + self.kind,
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        return said | ({"errors": list(self.errors)} if self.errors else {}) | dict(self.more)


def answer_to(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to an exception of any address; None for a fault of ours, which `server_error` answers."""
    problem = problem_of(exception)
    if problem is None:
        return None
    return Response(problem.body, problem.status, headers=dict(problem.headers), content_type=PROBLEM_JSON)


def problem_of(exception: Exception) -> Problem | None:
    """The problem that an exception is; None for a fault of ours."""
    if isinstance(exception, Problem):
        return exception
    if isinstance(exception, NotInScope | Http404):
        return Problem(HTTPStatus.NOT_FOUND, "not-here", NOT_HERE)
    if isinstance(exception, PermissionDenied):
        return Problem(HTTPStatus.FORBIDDEN, "not-allowed", "This is not yours to do.")
    if isinstance(exception, Refused):
        return _refused(exception)
    if isinstance(exception, FrozenDays):
        said = f"{exception} Send it again with the reason in the header Amendment-Reason."
        return Problem(HTTPStatus.CONFLICT, "frozen", said)
    if isinstance(exception, exceptions.APIException):
        return _of_the_framework(exception)
    return None


def _refused(refused: Refused) -> Problem:
    if isinstance(refused, Forbidden):
        return Problem(HTTPStatus.FORBIDDEN, "not-allowed", str(refused))
    if isinstance(refused, Stale):
        return Problem(HTTPStatus.CONFLICT, "stale", str(refused))
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "refused", str(refused))


_KINDS = {
    HTTPStatus.BAD_REQUEST: "malformed",
    HTTPStatus.UNAUTHORIZED: "not-signed-in",
    HTTPStatus.FORBIDDEN: "not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED: "method",
    HTTPStatus.NOT_ACCEPTABLE: "media-type",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "media-type",
    HTTPStatus.TOO_MANY_REQUESTS: "too-many-requests",
}


def _of_the_framework(exception: exceptions.APIException) -> Problem:
    status = HTTPStatus(exception.status_code)
    headers = {}
    if challenge := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return Problem(status, _KINDS.get(status, "malformed"), str(exception.detail), headers=headers)


def errors_of(detail: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """The errors of a serializer, each with its place as a JSON pointer."""
    if isinstance(detail, Mapping):
        for name, below in detail.items():
            yield from errors_of(below, place if name == "non_field_errors" else f"{place}/{name}")
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for number, below in enumerate(detail):
            yield from errors_of(below, place if isinstance(below, str) else f"{place}/{number}")
    else:
        yield place, str(detail)


def plain_answer(problem: Problem) -> JsonResponse:
    """A problem outside of the framework: where no address of the API took the request."""
    return JsonResponse(problem.body, status=problem.status, content_type=PROBLEM_JSON)


def server_error(request: HttpRequest) -> JsonResponse:
    """A fault of ours, without a word of what it was."""
    return plain_answer(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "fault", BROKEN))


def bad_request(request: HttpRequest) -> JsonResponse:
    """A request that Django itself refused."""
    return plain_answer(Problem(HTTPStatus.BAD_REQUEST, "malformed", "The request cannot be read."))
