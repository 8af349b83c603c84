"""A page of figures as it is answered: read, as a file, or with the words of what it refuses."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reporting.views.readers import months_scope, nothing_yet
from students.access import Scope
from students.refusals import Forbidden, NotInScope, Refused


class Narrowable(Protocol):
    """A page that knows what it is narrowed to."""

    @property
    def asked(self) -> Any:
        """What was asked for."""


Page = TypeVar("Page", bound=Narrowable)


def figure_page(
    request: HttpRequest,
    template: str,
    read: Callable[[Scope], Page],
    file: Callable[[Page, Scope, str], HttpResponse | None],
) -> HttpResponse:
    """The page, or with `?format=` its file, where there is one of that kind. A refusal stands on the page itself."""
    scope = months_scope(request)
    try:
        page = read(scope)
    except (NotInScope, Forbidden):
        raise
    except Refused as refusal:
        return render(request, template, nothing_yet(refusal))
    answer = file(page, scope, request.GET.get("format", ""))
    return answer or render(request, template, {"page": page, "asked": page.asked})
