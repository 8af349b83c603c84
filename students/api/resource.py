"""One address of the API: its methods take what was asked, call one selector or service, and give back the result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO

from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import set_response_etag
from django.utils.http import parse_etags
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from students import clock
from students.access import Scope, scope_of
from students.api.fields import Strict
from students.api.paging import Cursors, PageQuery
from students.api.problems import Problem, errors_of
from students.selectors.slices import Slice


@dataclass(frozen=True)
class Operation:
    """What a method takes and answers. `needs` is the scope that a token must name, `upload` the media type of a file
    that is the body, `download` those of a file that is the answer; each is empty for none.
    """

    needs: str
    answer: type[Serializer] | None
    query: type[Strict]
    body: type[Strict] | None
    is_list: bool
    status: HTTPStatus
    headers: Mapping[str, str]
    refusals: tuple[HTTPStatus, ...]
    upload: str
    download: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """One request, read and checked: whose it is, and what was asked."""

    scope: Scope
    asked: dict[str, Any]
    body: dict[str, Any]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """A result with headers of its own."""

    result: Any
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """A file that is the answer: its bytes, closed by whoever sends them, and the name under which to save them."""

    stream: BinaryIO
    content_type: str
    save_as: str


class AsAsked(JSONRenderer):
    """For an address that answers a file: whatever media type is asked for, a problem is JSON all the same."""

    media_type = "*/*"


# Even if a browser showed it: no script, no form, nothing of this site within reach.
_ALONE = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
Handler = Callable[..., Any]


def operation(
    needs: str,
    answer: type[Serializer] | None = None,
    *,
    query: type[Strict] = Strict,
    body: type[Strict] | None = None,
    many: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    refusals: tuple[HTTPStatus, ...] = (),
    upload: str = "",
    download: tuple[str, ...] = (),
) -> Callable[[Handler], Handler]:
    """Make a method of a Resource of a function that takes a Call. `many`: it answers a list, as a PageQuery does."""
    is_list = many or issubclass(query, PageQuery)
    described = Operation(needs, answer, query, body, is_list, status, headers or {}, refusals, upload, download)

    def made(handler: Handler) -> Handler:
        @wraps(handler)
        def method(self: "Resource", request: Request, **path: Any) -> HttpResponseBase:
            return self.answered(request, described, handler, path)

        method.operation = described  # type: ignore[attr-defined]
        return method

    return made


class Resource(APIView):
    """An address. Private by default; its methods are made by `operation`."""

    http_method_names = ["get", "head", "post", "put"]

    def needs(self, method: str) -> str:
        """The scope that a token needs for a method; empty for a method that is not offered."""
        described = self.described(method)
        return described.needs if described else ""

    def described(self, method: str) -> Operation | None:
        """What a method takes and answers."""
        name = "get" if method == "HEAD" else method.lower()
        return getattr(getattr(self, name, None), "operation", None)

    def answered(
        self, request: Request, described: Operation, handler: Handler, path: Mapping[str, Any]
    ) -> HttpResponseBase:
        """Read the request, ask the handler, and write what it gives."""
        asked = _read(described.query, request.query_params, "parameter")
        cursors = Cursors(type(self).__name__)
        if issubclass(described.query, PageQuery):
            asked["window"] = cursors.window(asked)
        body = _read(described.body, request.data, "pointer") if described.body else {}
        if described.upload:
            # Without a body the framework asks no parser.
            body = {"file": request.data or BytesIO()}
        scope = api_scope(request)
        given = handler(self, Call(scope, asked, body, request.headers), **path)
        if isinstance(given, File):
            named = {"filename": given.save_as, "content_type": given.content_type}
            return FileResponse(given.stream, as_attachment=True, **named, headers=_ALONE)
        answer = given if isinstance(given, Answer) else Answer(given)
        if isinstance(answer.result, Slice):
            data = self._page(request, described, scope, cursors, answer.result)
        else:
            data = _data(described, scope, answer.result, many=False)
        return Response(data, described.status, headers=dict(answer.headers))

    def _page(
        self, request: Request, described: Operation, scope: Scope, cursors: Cursors, found: Slice[Any]
    ) -> dict[str, Any]:
        rows = _data(described, scope, found.rows, many=True)
        return {"next": cursors.next(request, found.after), "results": rows}

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Name what is read by its content, so that a caller who has it already is not sent it again."""
        done = super().finalize_response(request, response, *args, **kwargs)
        is_read = request.method in ("GET", "HEAD") and done.status_code == HTTPStatus.OK and "ETag" not in done
        if is_read and isinstance(done, Response):
            done.add_post_render_callback(lambda rendered: _unless_known(request, rendered))
        return done


def _data(described: Operation, scope: Scope, result: Any, *, many: bool) -> Any:
    assert described.answer is not None, "What is no file has its serializer."  # noqa: S101
    return described.answer(result, many=many, context={"scope": scope}).data


def _unless_known(request: Request, rendered: Response) -> HttpResponse | None:
    set_response_etag(rendered)
    if rendered["ETag"] not in parse_etags(request.headers.get("If-None-Match", "")):
        return None
    known = HttpResponseNotModified()
    known["ETag"] = rendered["ETag"]
    return known


def _read(kind: type[Strict], given: Any, place: str) -> dict[str, Any]:
    """What was given, checked. Raises Problem (400) that names each place and what is wrong there."""
    reader = kind(data=given)
    if reader.is_valid():
        return dict(reader.validated_data)
    errors = [{place: _place(place, at), "detail": words} for at, words in errors_of(reader.errors)]
    raise Problem(HTTPStatus.BAD_REQUEST, "malformed", _summary(errors, place), errors)


def _place(kind: str, at: str) -> str:
    return f"#{at}" if kind == "pointer" else at.removeprefix("/")


def _summary(errors: list[dict[str, str]], place: str) -> str:
    return " ".join(f"{each[place]}: {each['detail']}" if each[place] else each["detail"] for each in errors[:5])


def api_scope(request: Request) -> Scope:
    """The scope of whoever asks, read once. Not the page's: beside a token a session may name somebody else."""
    scope = request.META.get("first_bell.api_scope")
    if scope is None:
        scope = scope_of(request.user, clock.now()).amending(request.headers.get("Amendment-Reason", ""))
        request.META["first_bell.api_scope"] = scope
    return scope
