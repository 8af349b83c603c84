"""Who asks comes before what they can read: a stranger is asked for a token, whatever else is wrong."""

from typing import Any

from rest_framework.exceptions import NotAuthenticated
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class SignedInFirst(DefaultContentNegotiation):
    """The framework would tell a stranger first that only JSON is answered."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """The renderer of the answer. Raises NotAuthenticated, or NotAcceptable."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        return super().select_renderer(request, renderers, format_suffix)
