"""What a caller may ask for at all; which records it gets is the Scope's to say."""

from collections.abc import Sequence
from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class TokenAllows(BasePermission):
    """A signed-in person may ask for anything; a token only for what it names."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether somebody is signed in. Raises PermissionDenied, which names the scope that the token lacks."""
        if not request.user.is_authenticated:
            return False
        needed = getattr(view, "needs", lambda method: "")(request.method or "")
        if request.auth and needed and needed not in _scopes(request):
            raise PermissionDenied(f"This token may not do this: it lacks the scope {needed}.")
        return True


def _scopes(request: Request) -> Sequence[str]:
    return request.auth.scopes
