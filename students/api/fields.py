"""Serializers that refuse what they do not know, and the fields that all addresses share."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

LARGEST_ID = 2**63 - 1


class Strict(serializers.Serializer):
    """A query or a body. A name that it does not know is refused: a misspelled filter would else show everything."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The values, by the fields' names."""
        if isinstance(data, Mapping):
            if unknown := {name: [self.unknown(name)] for name in data if name not in self.fields}:
                raise serializers.ValidationError(unknown)
            if isinstance(data, QueryDict) and (twice := [name for name in data if len(data.getlist(name)) > 1]):
                raise serializers.ValidationError({name: ["Give it once."] for name in twice})
        return super().to_internal_value(data)

    def unknown(self, name: str) -> str:
        """What to say of a name that is not known."""
        return f"Not known here. Known: {', '.join(self.fields)}." if self.fields else "Nothing can be given here."


class IdField(serializers.IntegerField):
    """The id of a record of ours."""

    def __init__(self, **options: Any) -> None:
        """An integer that the database can hold."""
        super().__init__(min_value=1, max_value=LARGEST_ID, **options)


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "10:26"})
class ClockField(serializers.TimeField):
    """A time of the school's own clock, as 10:26."""

    def __init__(self, **options: Any) -> None:
        """Read and written alike; OpenAPI's own times carry a zone, which these have not."""
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **options)


class InstantField(serializers.DateTimeField):
    """An instant, always in UTC. One without a zone was read off the school's own clock."""

    def to_representation(self, value: datetime) -> str:
        """As 2020-10-27T15:04:05Z."""
        if value.tzinfo is None:
            value = value.replace(tzinfo=ZoneInfo(self.context["scope"].zone))
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
