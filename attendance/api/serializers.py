"""Class meetings, ledger rows and calendars as programs read them."""

from rest_framework import serializers

from attendance.models import AbsenceKind, DayKind, DayStatus, EventType, MarkStatus, MeetingState, Mode
from students.api.fields import ClockField, IdField, InstantField


class MeetingSerializer(serializers.Serializer):
    """One class in one period of one day."""

    id = IdField()
    school_id = IdField()
    section_id = IdField()
    course = serializers.CharField(source="section.course.title")
    date = serializers.DateField()
    period = serializers.CharField()
    starts_at = ClockField()
    ends_at = ClockField()
    instructional_minutes = serializers.IntegerField()
    state = serializers.ChoiceField(MeetingState.choices)
    version = serializers.IntegerField()
    taken_by = serializers.CharField(source="taken_by.full_name", default=None, allow_null=True)
    taken_at = InstantField(allow_null=True)
    void_reason = serializers.CharField()


class MarkSerializer(serializers.Serializer):
    """A mark that stands."""

    status = serializers.ChoiceField(MarkStatus.choices)
    minutes_attended = serializers.IntegerField(source="minutes")
    arrived_at = ClockField(allow_null=True)
    left_at = ClockField(allow_null=True)
    marked_by = serializers.CharField(source="by")
    marked_at = InstantField(source="at")


class PupilSerializer(serializers.Serializer):
    """A line of the roster; `mark` is null for who is not marked.

    `note`, and `office` with what the office knows of the day, are what a shared screen may show (RD-60).
    """

    student_id = IdField()
    name = serializers.CharField()
    note = serializers.CharField()
    office = serializers.CharField()
    mark = MarkSerializer(allow_null=True)


class MeetingWithMarksSerializer(serializers.Serializer):
    """A class meeting with its roster. `minutes_needed` of those offered make presence in it (MS-06).

    `why_not` says why it cannot be marked now; empty where it can.
    """

    id = IdField()
    school_id = IdField()
    section_id = IdField()
    title = serializers.CharField()
    date = serializers.DateField(source="day")
    period = serializers.CharField()
    starts_at = ClockField()
    ends_at = ClockField()
    room = serializers.CharField()
    instructional_minutes = serializers.IntegerField(source="minutes")
    minutes_needed = serializers.IntegerField(source="needed")
    state = serializers.ChoiceField(MeetingState.choices)
    version = serializers.IntegerField()
    taken_by = serializers.CharField()
    taken_at = InstantField(allow_null=True)
    void_reason = serializers.CharField()
    why_not = serializers.CharField()
    teachers = serializers.ListField(child=serializers.CharField())
    opening = serializers.CharField(help_text="Sent back with the marks: the proof that the roster was opened.")
    roster = PupilSerializer(source="pupils", many=True)


class RosterLineSerializer(serializers.Serializer):
    """A student on the roster of a class."""

    id = IdField()
    source_id = serializers.CharField()
    state_id = serializers.CharField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    preferred_name = serializers.CharField()


class DaySerializer(serializers.Serializer):
    """One student on one session day, as the ledger has it. `rules` are the rule book's numbers that decided."""

    student_id = IdField()
    date = serializers.DateField()
    school_id = IdField()
    grade = serializers.CharField()
    ada_included = serializers.BooleanField()
    mode = serializers.ChoiceField(Mode.choices, allow_blank=True)
    status = serializers.ChoiceField(DayStatus.choices)
    absence_kind = serializers.ChoiceField(AbsenceKind.choices, allow_blank=True)
    minutes_required = serializers.IntegerField()
    minutes_needed = serializers.IntegerField()
    minutes_attended = serializers.IntegerField()
    minutes_excused = serializers.IntegerField()
    minutes_untaken = serializers.IntegerField()
    meetings_expected = serializers.IntegerField()
    meetings_untaken = serializers.IntegerField()
    tardies = serializers.IntegerField()
    early_departures = serializers.IntegerField()
    rules = serializers.CharField()


class GradeDaySerializer(serializers.Serializer):
    """A calendar day as one grade has it, where that differs from the school's."""

    grade = serializers.CharField()
    event_type = serializers.ChoiceField(EventType.choices)
    in_session = serializers.BooleanField()
    name = serializers.CharField()
    day_kind = serializers.ChoiceField(DayKind.choices, allow_blank=True)
    rotation_day = serializers.CharField()
    bell_schedule = serializers.CharField(source="bell_schedule.name", default=None, allow_null=True)
    dismissal_time = ClockField(allow_null=True)


class CalendarDaySerializer(serializers.Serializer):
    """One day of a school's calendar; `grade_days` are those of grades that have it otherwise."""

    school_id = IdField()
    date = serializers.DateField()
    event_type = serializers.ChoiceField(EventType.choices)
    in_session = serializers.BooleanField()
    name = serializers.CharField()
    day_kind = serializers.ChoiceField(DayKind.choices, allow_blank=True)
    rotation_day = serializers.CharField()
    bell_schedule = serializers.CharField(source="bell_schedule.name", default=None, allow_null=True)
    attendance_frequency = serializers.CharField()
    reporting_month = serializers.IntegerField(allow_null=True)
    dismissal_time = ClockField(allow_null=True)
    grade_days = GradeDaySerializer(many=True, source="grade_days.all")
