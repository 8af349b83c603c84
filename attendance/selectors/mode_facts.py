"""The modes of students as plain values for the rules, and what a new one would run into."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models import ModeAssignment
from attendance.rules.mode_entry import meet, not_offered_on
from attendance.rules.modes import ModeFact
from attendance.selectors.day_words import mode_words
from attendance.selectors.plans import plans
from students.access import Scope
from students.models import Enrollment, FactSource

Place = tuple[int, str]


def mode_fact(row: ModeAssignment) -> ModeFact:
    """A stored mode as the rules read it."""
    return ModeFact(
        row.mode, row.starts_on, row.ends_on, tuple(row.weekdays), tuple(row.rotation_days), row.reason, row.section_id
    )


def running_into(scope: Scope, student_ids: Collection[int], fact: ModeFact) -> Mapping[int, ModeAssignment]:
    """Of each student, a mode that holds on some of a new one's days in its way; the caller took them from the scope."""
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gte=fact.starts_on)
    rows = ModeAssignment.objects.filter(overlapping, student__in=student_ids).order_by("-starts_on", "-pk")
    if fact.ends_on is not None:
        rows = rows.filter(starts_on__lte=fact.ends_on)
    return {row.student_id: row for row in rows if meet(mode_fact(row), fact)}


def conflict_words(row: ModeAssignment) -> str:
    """What stands in the way of a new mode, and what to do."""
    what = {"mode": mode_words(row.mode), "from": date_format(row.starts_on, "M j, Y")}
    what["until"] = date_format(row.ends_on, "M j, Y") if row.ends_on else ""
    held = (
        _("%(mode)s holds from %(from)s until %(until)s already.")
        if row.ends_on
        else _("%(mode)s holds from %(from)s on already.")
    ) % what
    if row.source == FactSource.HERE:
        return held + " " + _("End it first, or choose other days.")
    return held + " " + _("It came with the roster (modes.csv): end it there, or choose other days.")


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


def not_offered_words(fact: ModeFact, day: date, offered: Sequence[str]) -> str:
    """Why the learning plan stands in the way, and what it offers."""
    words = {
        "mode": mode_words(fact.mode),
        "day": date_format(day, "M j, Y"),
        "offered": ", ".join(mode_words(each) for each in offered),
    }
    return _("The learning plan does not offer “%(mode)s” on %(day)s. It offers: %(offered)s.") % words
