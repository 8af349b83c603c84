"""What an LMS reports by its own program: batches of events, each counted once (MS-15, MS-24)."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from attendance.models import EngagementSource, Measure
from attendance.rules.lms import LONGEST_ID, MINUTES_OF_A_DAY, BadEvent, LmsEvent, read_instant
from attendance.services.lms_events import KNOWN, STORED, BadEvents, StoredEvents, store_events
from students.api.fields import Strict
from students.api.problems import Problem
from students.api.resource import Call, Resource, operation
from students.rules.token_scopes import LMS_WRITE

MOST_EVENTS = 1000
# What an event is called here, by what the rules call it.
_FIELDS = {"kind": "measure"}


@extend_schema_field({"type": "string", "format": "date-time"})
class ZonedInstantField(serializers.Field):
    """An instant that names its zone: which day it is of hangs on it."""

    def to_internal_value(self, data: Any) -> datetime:
        """The instant. Raises ValidationError, also where it names no zone."""
        try:
            return read_instant(str(data), None)
        except BadEvent as bad:
            raise serializers.ValidationError(str(bad)) from None

    def to_representation(self, value: datetime) -> str:
        """As it was given."""
        return value.isoformat()


class LmsEventBody(Strict):
    """One thing that a student did."""

    event_id = serializers.CharField(max_length=LONGEST_ID, help_text="Your own id of it: sent twice it counts once.")
    student = serializers.CharField(max_length=100, help_text="State id, or source id of the roster.")
    section = serializers.CharField(
        required=False, allow_blank=True, max_length=100, help_text="Source id of the class, where it is of one."
    )
    measure = serializers.ChoiceField(Measure.choices)
    instant = ZonedInstantField(help_text="When it happened, with its zone; its local date is the day it speaks for.")
    minutes = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MINUTES_OF_A_DAY)
    work_of = serializers.DateField(required=False, allow_null=True, help_text="The day for which the work was given.")


class LmsEventsBody(Strict):
    """A batch."""

    events = LmsEventBody(many=True, allow_empty=False, max_length=MOST_EVENTS)


class OutcomeSerializer(serializers.Serializer):
    """What became of one event."""

    event_id = serializers.CharField()
    outcome = serializers.ChoiceField([STORED, KNOWN])


class LmsStoredSerializer(serializers.Serializer):
    """What became of a batch."""

    stored = serializers.IntegerField()
    known = serializers.IntegerField()
    events = OutcomeSerializer(many=True)


class LmsEvents(Resource):
    """What students did in the LMS."""

    @operation(LMS_WRITE, LmsStoredSerializer, body=LmsEventsBody)
    def post(self, call: Call) -> dict[str, Any]:
        """Store up to 1,000 events, all or nothing; one that is known by its id changes nothing. The local days on
        which they happened are judged anew.
        """
        events = [_event(each) for each in call.body["events"]]
        try:
            stored = store_events(call.scope, events, source=EngagementSource.LMS_API)
        except BadEvents as bad:
            raise _problem(bad) from None
        return _answer(events, stored)


def _event(given: dict[str, Any]) -> LmsEvent:
    return LmsEvent(
        event_id=given["event_id"],
        student=given["student"],
        section=given.get("section", ""),
        measure=given["measure"],
        happened_at=given["instant"],
        minutes=given.get("minutes"),
        work_of=given.get("work_of"),
    )


def _answer(events: list[LmsEvent], done: StoredEvents) -> dict[str, Any]:
    outcomes = zip(events, done.outcomes, strict=True)
    told = [{"event_id": event.event_id, "outcome": outcome} for event, outcome in outcomes]
    return {"stored": done.stored, "known": done.known, "events": told}


def _problem(bad: BadEvents) -> Problem:
    """The refusal, with a pointer to each event that cannot be."""
    errors = [
        {"pointer": f"#/events/{place}/{_FIELDS.get(why.column, why.column)}", "detail": str(why)}
        for place, why in sorted(bad.problems.items())
    ]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "refused", str(bad), errors)
