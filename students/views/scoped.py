"""The scope of a request: the clock is read once, the roles are read once."""

from typing import cast

from django.http import HttpRequest

from students import clock
from students.access import Scope, scope_of
from students.models import User


def request_scope(request: HttpRequest) -> Scope:
    """The signed-in person's scope, the same object for the whole request."""
    scope = request.META.get("first_bell.scope")
    if scope is None:
        scope = scope_of(cast(User, request.user), clock.now())
        request.META["first_bell.scope"] = scope
    return scope


def amend_by(request: HttpRequest, reason: str) -> None:
    """Let the request change days of certified months, for the reason that its form gives."""
    request.META["first_bell.scope"] = request_scope(request).amending(reason)
