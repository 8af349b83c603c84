"""Bodies are JSON in UTF-8, of a bounded size and depth."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

# A class of 300 with a reason for each is under 100 kB.
MOST_BYTES = 1_000_000


class TooLarge(APIException):
    """The body is larger than any class."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = f"The body has more than {MOST_BYTES:,} bytes."


class JsonBody(BaseParser):
    """Reads a JSON body. Unlike DRF's own it bounds what it reads, and a nest too deep is the sender's fault."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The body. Raises ParseError, or TooLarge."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        try:
            return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise ParseError("The body is not JSON in UTF-8.") from None


def _refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON, although Python reads them."""
    raise ValueError(name)
