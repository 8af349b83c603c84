"""A homeroom's day: read, and marked once for all of its meetings."""

from datetime import date
from http import HTTPStatus

from rest_framework import serializers

from attendance.api.bodies import DayMarksBody, DaySavedSerializer
from attendance.api.refusals import bad_entries
from attendance.models import MarkStatus, MeetingState
from attendance.selectors.homeroom_page import HomeroomPage, homeroom_page
from attendance.services.homerooms import DayEntry, DaySaved, save_day
from attendance.services.taking import BadEntries
from students.api.fields import ClockField, IdField, InstantField
from students.api.problems import Problem
from students.api.resource import Call, Resource, operation
from students.api.saves import KEY_ALONE, submission_id
from students.refusals import Stale
from students.rules.token_scopes import ATTENDANCE_READ, ATTENDANCE_WRITE


class MinuteField(ClockField):
    """A minute of the day, written as a time of the school's clock."""

    def to_representation(self, value: int) -> str:
        """As 10:26."""
        return f"{value // 60:02}:{value % 60:02}"


class DayMeetingSerializer(serializers.Serializer):
    """One of the day's meetings."""

    meeting_id = IdField(source="id")
    version = serializers.IntegerField()
    period = serializers.CharField()
    starts_at = ClockField()
    ends_at = ClockField()
    state = serializers.ChoiceField(MeetingState.choices)
    taken_by = serializers.CharField()
    taken_at = InstantField(allow_null=True)


class DayMarkSerializer(serializers.Serializer):
    """A student's day, read back from the marks."""

    status = serializers.ChoiceField(MarkStatus.choices)
    arrived_at = MinuteField(source="arrived", allow_null=True)
    left_at = MinuteField(source="left", allow_null=True)


class ChildSerializer(serializers.Serializer):
    """A line of the roster. `day` is null for who is not marked, and where the marks make no one day (`is_mixed`)."""

    student_id = IdField()
    name = serializers.CharField()
    note = serializers.CharField()
    office = serializers.CharField()
    is_complete = serializers.BooleanField()
    is_mixed = serializers.BooleanField()
    day = DayMarkSerializer(allow_null=True)


class HomeroomDaySerializer(serializers.Serializer):
    """A homeroom's day; `why_not` says why it cannot be marked now, empty where it can."""

    section_id = IdField()
    school_id = IdField()
    title = serializers.CharField()
    date = serializers.DateField(source="day")
    room = serializers.CharField()
    why_not = serializers.CharField()
    teachers = serializers.ListField(child=serializers.CharField())
    opening = serializers.CharField(help_text="Sent back with the marks: the proof that the roster was opened.")
    meetings = DayMeetingSerializer(many=True)
    roster = ChildSerializer(source="pupils", many=True)


class HomeroomDay(Resource):
    """The day of a homeroom."""

    @operation(ATTENDANCE_READ, HomeroomDaySerializer)
    def get(self, call: Call, section_id: int, day: date) -> HomeroomPage:
        """A homeroom's day: its meetings with their versions, and each child's day."""
        return homeroom_page(call.scope, section_id, day)


class DayMarks(Resource):
    """The marks of a homeroom's day."""

    @operation(
        ATTENDANCE_WRITE,
        DaySavedSerializer,
        body=DayMarksBody,
        headers=KEY_ALONE,
        refusals=(HTTPStatus.CONFLICT,),
    )
    def put(self, call: Call, section_id: int, day: date) -> DaySaved:
        """Mark a homeroom's day: one mark of every student for all of its meetings that are not void."""
        entries = [DayEntry(**given) for given in call.body["marks"]]
        try:
            return save_day(
                call.scope,
                section_id,
                day,
                submission_id=submission_id(call),
                versions={each["meeting_id"]: each["version"] for each in call.body["meetings"]},
                entries=entries,
                reason=call.body.get("reason", ""),
                on_paper_by=call.body.get("on_paper_by", ""),
                opening=call.body.get("opening", ""),
            )
        except Stale as stale:
            raise _stale(call, section_id, day, stale) from None
        except BadEntries as bad:
            raise bad_entries(bad, [each.student_id for each in entries]) from None


def _stale(call: Call, section_id: int, day: date, stale: Stale) -> Problem:
    page = homeroom_page(call.scope, section_id, day)
    current = HomeroomDaySerializer(page, context={"scope": call.scope}).data
    return Problem(HTTPStatus.CONFLICT, "stale", str(stale), more={"current": current})
