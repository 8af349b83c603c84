"""What the lists of attendance can be narrowed to."""

from typing import Any

from rest_framework import serializers

from attendance.models import DayStatus, MeetingState
from students.api.fields import IdField, Strict
from students.api.paging import PageQuery

MOST_DAYS = 366


class DaysQuery(PageQuery):
    """Days from one to another, both inclusive; today where neither is given."""

    from_date = serializers.DateField(required=False, help_text="The first day, as 2020-10-26; else today.")
    to_date = serializers.DateField(required=False, help_text="The last day, inclusive.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Both days or neither, in order, and no more than a year of them."""
        first, last = given.get("from_date"), given.get("to_date")
        if (first is None) != (last is None):
            missing = "from_date" if first is None else "to_date"
            raise serializers.ValidationError({missing: ["Give both days, or neither for today."]})
        if first is not None and last is not None:
            self._check_order(first, last)
        return given

    def _check_order(self, first: Any, last: Any) -> None:
        if last < first:
            raise serializers.ValidationError({"to_date": ["The last day lies before the first."]})
        if (last - first).days >= MOST_DAYS:
            raise serializers.ValidationError({"to_date": [f"Ask for {MOST_DAYS} days at the most."]})


class MeetingsQuery(DaysQuery):
    """Which class meetings."""

    school_id = IdField(required=False)
    section_id = IdField(required=False)
    teacher_id = IdField(required=False, help_text="Who teaches the class on the meeting’s day, as substitute too.")
    state = serializers.ChoiceField(MeetingState.choices, required=False)


class LedgerQuery(DaysQuery):
    """Which days of which students."""

    student_id = IdField(required=False)
    school_id = IdField(required=False)
    status = serializers.ChoiceField(DayStatus.choices, required=False)


class CalendarQuery(DaysQuery):
    """Which days of which school."""

    school_id = IdField(required=False)


class RosterQuery(Strict):
    """The roster on which day."""

    on = serializers.DateField(required=False, help_text="A day, as 2020-10-27; today where none is given.")
