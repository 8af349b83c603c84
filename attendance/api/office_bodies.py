"""What offices enter, as programs send and read it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from attendance.api.bodies import ReasonBody
from attendance.api.queries import DaysQuery
from attendance.models import OfficeKind
from attendance.services.office import MOST_STUDENTS, Recorded
from students.api.fields import ClockField, IdField, InstantField, Strict


class OfficeQuery(DaysQuery):
    """Which events: those that speak of any of the days."""

    school_id = IdField(required=False)
    student_id = IdField(required=False)
    kind = serializers.ChoiceField(OfficeKind.choices, required=False)


class OfficeEntryBody(Strict):
    """One entry for one student or for many. A sign-in or sign-out has its time in `starts_at` alone."""

    submission_id = serializers.UUIDField(required=False, help_text="Your own id of it. Or `Idempotency-Key`.")
    kind = serializers.ChoiceField(OfficeKind.choices)
    student_ids = serializers.ListField(child=IdField(), min_length=1, max_length=MOST_STUDENTS)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True, help_text="Inclusive; else the first day alone.")
    starts_at = ClockField(required=False, allow_null=True)
    ends_at = ClockField(required=False, allow_null=True)
    shown_as = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text="What every teacher may read. No word of health."
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=300, help_text="For the office alone.")


class OfficeWithdrawalBody(ReasonBody):
    """Why, and of which student; of all where none is named."""

    student_id = IdField(required=False)


class KnownSerializer(serializers.Serializer):
    """A student of whom the office had said it already, in words."""

    student_id = IdField()
    said = serializers.CharField()


class OfficeEntrySerializer(serializers.Serializer):
    """An entry as it was made. `known` were left out; `repeated`: the same entry had been sent before."""

    id = IdField(source="entry.pk")
    kind = serializers.ChoiceField(OfficeKind.choices, source="entry.kind")
    student_ids = serializers.ListField(child=IdField())
    known = serializers.SerializerMethodField()
    repeated = serializers.BooleanField()

    @extend_schema_field(KnownSerializer(many=True))
    def get_known(self, recorded: Recorded) -> list[dict[str, Any]]:
        """By student."""
        return [{"student_id": each, "said": said} for each, said in recorded.known.items()]


class OfficeEventSerializer(serializers.Serializer):
    """What an entry says of one student."""

    id = IdField()
    entry_id = IdField()
    school_id = IdField(source="entry.school_id")
    student_id = IdField()
    kind = serializers.ChoiceField(OfficeKind.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    starts_at = ClockField(allow_null=True)
    ends_at = ClockField(allow_null=True)
    shown_as = serializers.CharField(source="entry.shown_as")
    note = serializers.CharField(source="entry.note")
    entered_by = serializers.CharField(source="entry.entered_by.full_name")
    entered_at = InstantField(source="entry.entered_at")
    withdrawn_by = serializers.CharField(source="withdrawn_by.full_name", default=None, allow_null=True)
    withdrawn_at = InstantField(allow_null=True)
    withdrawn_reason = serializers.CharField()


class WithdrawnSerializer(serializers.Serializer):
    """How many students the withdrawal was of."""

    students = serializers.IntegerField()
