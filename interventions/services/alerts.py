"""What families are told of the day, wherever the news comes from: a save, or a look at the whole school."""

from collections.abc import Collection

from django.db import transaction

from attendance.models import SchoolDays
from interventions.selectors.alert_choices import students_chosen_for
from interventions.selectors.alert_facts import worth_a_look
from interventions.services.absence_alerts import tell_absences, tell_corrections
from interventions.services.chosen_alerts import tell_what_was_chosen
from students.access import Scope

LOOK_TASK = "interventions.look_for_alerts_of_a_school"


def follow(scope: Scope, student_ids: Collection[int]) -> None:
    """Queue what the families of some students are to be told; what stands is left as it is, so twice is once."""
    ids = sorted(set(student_ids))
    if not ids:
        return
    with transaction.atomic():
        tell_absences(scope, ids)
        tell_corrections(scope, ids)
        tell_what_was_chosen(scope, ids)


def look_at_school(scope: Scope, school_id: int) -> int:
    """Look at everybody of a school who may be news: what no save tells, as an hour that has passed or a report that
    was taken back, and what crossed a message that was just going out. How many students were looked at.
    """
    students = worth_a_look(scope, school_id) | students_chosen_for(scope, school_id)
    follow(scope, students)
    return len(students)


def schools_in_session(scope: Scope) -> list[int]:
    """The schools whose day stands open."""
    opened = SchoolDays.objects.filter(opened_through__gte=scope.today)
    return list(opened.order_by("school_id").values_list("school_id", flat=True))
