"""The modes of students as plain values for the rules, and what a new one would run into."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from attendance.models import ModeAssignment
from attendance.rules.mode_entry import meet, not_offered_on
from attendance.rules.modes import ModeFact
from attendance.selectors.plans import plans
from students.access import Scope
from students.models import Enrollment

Place = tuple[int, str]


def running_into(scope: Scope, student_ids: Collection[int], fact: ModeFact) -> Mapping[int, ModeAssignment]:
    """Of each student, a mode that holds on some of a new one's days, in its way; the caller took them in scope."""
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gte=fact.starts_on)
    rows = ModeAssignment.objects.filter(overlapping, student__in=student_ids).order_by("-starts_on", "-pk")
    if fact.ends_on is not None:
        rows = rows.filter(starts_on__lte=fact.ends_on)
    return {row.student_id: row for row in rows if meet(row.fact, fact)}


def places_from(scope: Scope, student_ids: Collection[int], day: date) -> Mapping[int, Place]:
    """School and grade of students from a day on: of that day, or of the next enrollment. They are from the scope."""
    held = Enrollment.objects.filter(student__in=student_ids, is_primary=True).exclude(ends_on__lt=day)
    rows = held.order_by("-starts_on").values_list("student_id", "school_id", "grade")
    return {student: (school, grade) for student, school, grade in rows}


def refused_by_plan(scope: Scope, places: Mapping[int, Place], fact: ModeFact) -> Mapping[int, date]:
    """Of each student whose learning plan does not offer a mode, the first day on which it does not (MS-18)."""
    planned = plans(scope)
    first: dict[Place, date | None] = {}
    by_place: dict[Place, list[int]] = defaultdict(list)
    for student_id, place in places.items():
        by_place[place].append(student_id)
    for school_id, grade in by_place:
        first[school_id, grade] = not_offered_on(fact, planned, school_id=school_id, grade=grade)
    return {each: day for place, ids in by_place.items() if (day := first[place]) for each in ids}
