"""Lists come in pages that go on from a row, not from a number: rows that come or go in between shift nothing."""

from http import HTTPStatus
from typing import Any

from django.core.signing import BadSignature, Signer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from students.api.fields import Strict
from students.api.problems import Problem
from students.selectors.slices import Position, Window

LARGEST_PAGE = 500
UNKNOWN = "This cursor is none of this list, or no longer valid. Start again without one."


class PageQuery(Strict):
    """What every list takes."""

    limit = serializers.IntegerField(
        min_value=1, max_value=LARGEST_PAGE, default=100, help_text="How many rows a page has at the most."
    )
    cursor = serializers.CharField(
        required=False, max_length=500, help_text="Where to go on. Taken from `next` of the page before, never made up."
    )


class Cursors:
    """The cursors of one list. Signed, so that only ours are read; they hold ids and dates alone."""

    def __init__(self, name: str) -> None:
        """The name keeps the cursors of one list out of another."""
        self._signer = Signer(salt=f"cursor of {name}")

    def window(self, asked: dict[str, Any]) -> Window:
        """Take the window out of what was asked. Raises Problem for a cursor that is none of this list."""
        limit, cursor = asked.pop("limit"), asked.pop("cursor", None)
        return Window(limit, None if cursor is None else self._position(cursor))

    def _position(self, cursor: str) -> Position:
        try:
            return tuple(self._signer.unsign_object(cursor))
        except (BadSignature, ValueError):
            words = "This cursor is none of this list, or no longer valid. Start again without one."
            raise Problem(
                HTTPStatus.BAD_REQUEST, "malformed", words, [{"parameter": "cursor", "detail": words}]
            ) from None

    def next(self, request: Request, position: Position | None) -> str | None:
        """The address of the next page; None where this was the last."""
        if position is None:
            return None
        cursor = self._signer.sign_object(list(position))
        return replace_query_param(request.build_absolute_uri(), "cursor", cursor)
