"""Who asks: a person's session (with CSRF), or a token of ours that gives a part of what its person has."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from students import clock
from students.models import ApiToken, User
from students.services.api_tokens import token_of

# One sentence for each way a token can fail: who guesses learns nothing from it.
UNKNOWN = "This token is not known, or it expired, was revoked, or its person left. Make another one."


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer firstbell_…`. First in the list: its challenge makes a missing sign-in 401."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's person and the token; None where no token was sent. Raises AuthenticationFailed."""
        given = get_authorization_header(request).split()
        if not given:
            return None
        token = token_of(_text(given), clock.now())
        if token is None:
            raise AuthenticationFailed(UNKNOWN)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401."""
        return 'Bearer realm="First Bell"'


def _text(given: list[bytes]) -> str:
    if len(given) != 2 or given[0].lower() != b"bearer":
        raise AuthenticationFailed("Send the token as “Authorization: Bearer firstbell_…”.")
    return given[1].decode("latin-1")


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document tells of tokens."""

    target_class = "students.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made at /account/tokens/. It gives what its person may see and do that day, "
            "and of that only the scopes it names.",
        }
