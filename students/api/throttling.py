"""Nobody's program slows the school down: so many requests a minute for each token, or person."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class EachCaller(SimpleRateThrottle):
    """Counted in the database's cache, so that all processes count together."""

    scope = "api"

    def get_rate(self) -> str:
        """The rate of the settings, read at each request so that it can be set without a restart of the tests."""
        return f"{settings.API_REQUESTS_PER_MINUTE}/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """A token by itself; a session by its person. Strangers get 401 before they are counted."""
        if not request.user.is_authenticated:
            return None
        caller = f"token-{request.auth.pk}" if request.auth else f"person-{request.user.pk}"
        return self.cache_format % {"scope": self.scope, "ident": caller}
