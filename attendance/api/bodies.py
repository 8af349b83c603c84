"""What is written, as programs send it, and what comes of it."""

from rest_framework import serializers

from attendance.models import Decision, DocumentKind, ExcuseReason, MarkStatus
from attendance.services.homerooms import AS_MARKED
from students.api.fields import ClockField, IdField, InstantField, Strict


class MarkBody(Strict):
    """One student's mark. Who was tardy or left early has a time, or the minutes attended."""

    student_id = IdField()
    status = serializers.ChoiceField(MarkStatus.choices)
    minutes_attended = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=1440)
    arrived_at = ClockField(required=False, allow_null=True)
    left_at = ClockField(required=False, allow_null=True)


class SaveBody(Strict):
    """What every save of a class has."""

    submission_id = serializers.UUIDField(
        required=False, help_text="Your own id of this save, so that sent twice it counts once. Or `Idempotency-Key`."
    )
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=300, help_text="Why a class of an earlier day is corrected."
    )
    on_paper_by = serializers.CharField(
        required=False, allow_blank=True, max_length=150, help_text="Who wrote the marks on paper, if they were."
    )
    opening = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=100,
        help_text="The `opening` that came with the roster. Saves without it are told to the school as unseen.",
    )


class MarksBody(SaveBody):
    """The marks of a whole class: of every student on its roster."""

    version = serializers.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, help_text="The version that was read. Or `If-Match`."
    )
    marks = MarkBody(many=True)


class SavedSerializer(serializers.Serializer):
    """A save: the version it made, and whether the same submission had been saved before."""

    version = serializers.IntegerField()
    repeated = serializers.BooleanField()


class MeetingVersion(Strict):
    """A class meeting and the version of it that was read."""

    meeting_id = IdField()
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class DayMarkBody(Strict):
    """One student's day. `as_marked` leaves a student whose marks differ from class to class."""

    student_id = IdField()
    status = serializers.ChoiceField([*MarkStatus.choices, (AS_MARKED, "As marked")])
    arrived_at = ClockField(required=False, allow_null=True)
    left_at = ClockField(required=False, allow_null=True)


class DayMarksBody(SaveBody):
    """The day of a whole homeroom: one mark of every student for all of its meetings."""

    meetings = MeetingVersion(many=True, help_text="The meetings of the day that are not void.")
    marks = DayMarkBody(many=True)


class DaySavedSerializer(serializers.Serializer):
    """A save: the meetings it took, and whether the same submission had been saved before."""

    meetings = serializers.IntegerField()
    repeated = serializers.BooleanField()


class ReasonBody(Strict):
    """Why."""

    reason = serializers.CharField(max_length=300)


class VoidedSerializer(serializers.Serializer):
    """Students judged anew, and how many of them now have a day under the minimum (MS-02)."""

    students = serializers.IntegerField()
    under_minimum = serializers.IntegerField()
    minimum_minutes = serializers.IntegerField()


class ExcuseBody(Strict):
    """An excuse for days, both inclusive, or for a time span of one day (RD-08)."""

    submission_id = serializers.UUIDField(required=False, help_text="Your own id of it. Or `Idempotency-Key`.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    starts_at = ClockField(required=False, allow_null=True)
    ends_at = ClockField(required=False, allow_null=True)
    reason = serializers.ChoiceField(ExcuseReason.choices)
    document_kind = serializers.ChoiceField(DocumentKind.choices, default=DocumentKind.NONE)
    document_seen_on = serializers.DateField(required=False, allow_null=True)


class ExcuseSerializer(serializers.Serializer):
    """An excuse as it stands."""

    id = IdField()
    student_id = IdField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    starts_at = ClockField(allow_null=True)
    ends_at = ClockField(allow_null=True)
    reason = serializers.ChoiceField(ExcuseReason.choices)
    document_kind = serializers.ChoiceField(DocumentKind.choices)
    document_seen_on = serializers.DateField(allow_null=True)
    entered_at = InstantField()
    decision = serializers.ChoiceField(Decision.choices, allow_blank=True)
    decision_reason = serializers.CharField()
    decided_at = InstantField(allow_null=True)
    withdrawn_at = InstantField(allow_null=True)


class DecisionBody(Strict):
    """What the office decides of an excuse, and why."""

    decision = serializers.ChoiceField(Decision.choices)
    reason = serializers.CharField(max_length=300)
    seen = serializers.ChoiceField(
        [("", "None"), *Decision.choices],
        required=False,
        help_text="The decision that stood when you looked: refused with 409 where another stands now.",
    )


class DocumentQuery(Strict):
    """What a document is; without a body it was seen on paper."""

    kind = serializers.ChoiceField([each for each in DocumentKind.choices if each[0] != DocumentKind.NONE])
    seen_on = serializers.DateField(required=False)
    file_name = serializers.CharField(required=False, max_length=150, default="document")
