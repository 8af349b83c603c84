"""The OpenAPI document, written from what each operation says of itself, so that the two cannot disagree."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from students.api.problems import PROBLEM_JSON
from students.api.resource import Operation, Resource

# What any address may answer besides success, and when.
ALWAYS = {
    HTTPStatus.BAD_REQUEST: "Something given cannot be read; `errors` say what and where.",
    HTTPStatus.UNAUTHORIZED: "Nobody is signed in, or the token no longer stands.",
    HTTPStatus.FORBIDDEN: "This is not yours to do, or the token lacks the scope.",
    HTTPStatus.NOT_ACCEPTABLE: "Answers are JSON.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests within a minute; `Retry-After` says how long to wait.",
}
OF_ONE = {HTTPStatus.NOT_FOUND: "There is no such record, or it is not yours to see."}
WITH_BODY = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Bodies are JSON.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Refused, with words for people; nothing was written.",
}
WORDS = OF_ONE | {
    HTTPStatus.CONFLICT: "Somebody else saved it since `version` was read; nothing was written.",
    HTTPStatus.UNPROCESSABLE_ENTITY: WITH_BODY[HTTPStatus.UNPROCESSABLE_ENTITY],
    HTTPStatus.PRECONDITION_FAILED: "`If-Match` names another version than stands; nothing was written.",
    HTTPStatus.PRECONDITION_REQUIRED: "The version that was read is missing.",
}


class ErrorSerializer(serializers.Serializer):
    """What is wrong, and where: `pointer` into the body, or the `parameter` or `header`."""

    detail = serializers.CharField()
    pointer = serializers.CharField(required=False)
    parameter = serializers.CharField(required=False)
    header = serializers.CharField(required=False)
    student_id = serializers.IntegerField(required=False)


class ProblemSerializer(serializers.Serializer):
    """A problem of RFC 9457. `detail` is for people; programs go by `type`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorSerializer(many=True, required=False)


class Schema(AutoSchema):
    """Reads an operation off its view's method."""

    view: Resource

    @property
    def described(self) -> Operation:
        """What the method says of itself."""
        described = self.view.described(self.method)
        assert described is not None, f"{self.method} {self.path} is not made by `operation`."  # noqa: S101
        return described

    def get_tags(self) -> list[str]:
        """The scope's subject: rosters, attendance, calendar, imports."""
        return [self.described.needs.partition(":")[0]]

    def get_operation_id(self) -> str:
        """The method and the view's name: get_school, get_schools, put_marks."""
        name = "".join(f"_{each.lower()}" if each.isupper() else each for each in type(self.view).__name__)
        return self.method.lower() + name

    def get_description(self) -> str:
        """The handler's own sentence, and the scope that a token needs."""
        words = super().get_description()
        return f"{words}\n\nA token needs the scope `{self.described.needs}`."

    def get_override_parameters(self) -> list[Any]:
        """The query's fields, and the headers."""
        headers = [
            OpenApiParameter(name, str, OpenApiParameter.HEADER, required=False, description=words)
            for name, words in self.described.headers.items()
        ]
        return [self.described.query, *headers] if self.described.query().fields else headers

    def get_request_serializer(self) -> Any:
        """The body."""
        return {self.described.upload: OpenApiTypes.BINARY} if self.described.upload else self.described.body

    def get_response_serializers(self) -> dict[Any, Any]:
        """Success, and each problem there may be."""
        status, phrase = self.described.status.value, self.described.status.phrase
        files = self.described.download
        success = (
            {(status, each): OpenApiResponse(OpenApiTypes.BINARY, phrase) for each in files}
            if files
            else {status: OpenApiResponse(self._answer(), phrase)}
        )
        problems = {
            (status.value, PROBLEM_JSON): OpenApiResponse(ProblemSerializer, words)
            for status, words in sorted(self._problems().items())
        }
        return {**success, **problems}

    def _answer(self) -> Any:
        if not self.described.is_list:
            return self.described.answer
        row = self.resolve_serializer(self.described.answer, "response").ref
        following = {"type": ["string", "null"], "format": "uri", "description": "The next page; null after the last."}
        return {
            "type": "object",
            "properties": {"next": following, "results": {"type": "array", "items": row}},
            "required": ["next", "results"],
        }

    def _problems(self) -> Mapping[HTTPStatus, str]:
        found = dict(ALWAYS)
        if "{" in self.path:
            found |= OF_ONE
        if self.described.body or self.described.upload:
            found |= WITH_BODY
        return found | {status: WORDS[status] for status in self.described.refusals}
