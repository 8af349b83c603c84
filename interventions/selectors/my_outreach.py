"""The students in a worker's own hands: whom to call, what was tried, and by which criterion they are disengaged."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from interventions.models import Contact, OutreachAssignment, Standing
from interventions.selectors.criterion_words import CriterionLine, criterion_line
from interventions.selectors.queue import enrolled
from interventions.selectors.standings import school_year_on
from students import access
from students.access import Scope
from students.models import Student
from students.refusals import NotInScope
from students.rules.majority import is_of_age
from students.selectors.guardians import Contact as Person
from students.selectors.guardians import contacts_of

# Attempts shown of each student, the newest.
SHOWN = 3


@dataclass(frozen=True)
class Attempt:
    """One attempt to reach the family. The words are the worker's own; those of the care team are not shown."""

    id: int
    day: date
    kind: str
    result: str
    by: str
    words: str


@dataclass(frozen=True)
class MyStudent:
    """One assignment with what its worker needs. `is_adult`: the rights are the student's own (RD-62)."""

    assignment_id: int
    student_id: int
    name: str
    school: str
    grade: str
    is_adult: bool
    need: str
    words: str
    since: date
    absences: int
    criteria: Sequence[CriterionLine]
    people: Sequence[Person]
    attempts: Sequence[Attempt]


def my_outreach(scope: Scope, assignment_id: int | None = None) -> list[MyStudent]:
    """Somebody's open assignments by the students' names, or one of them; the same few statements for any number.

    Raises NotInScope for one that is not theirs, or is over.
    """
    rows = list(_mine(scope, assignment_id))
    if assignment_id is not None and not rows:
        raise NotInScope
    ids = [each.student_id for each in rows]
    standings = {each.student_id: each for each in _standings(scope, ids)}
    people, attempts = contacts_of(scope, ids), _attempts(scope, ids)
    return [
        _line(scope, each, standings.get(each.student_id), people.get(each.student_id, ()), attempts[each.student_id])
        for each in rows
    ]


def _mine(scope: Scope, assignment_id: int | None):  # type: ignore[no-untyped-def]
    seen = access.visible_to(scope, Student)
    found = OutreachAssignment.objects.filter(worker__user=scope.user_id, ended_at=None, student__in=seen)
    if assignment_id is not None:
        found = found.filter(pk=assignment_id)
    held = enrolled(scope)
    return (
        found.select_related("student")
        .annotate(grade=Subquery(held.values("grade")[:1]), school=Subquery(held.values("school__name")[:1]))
        .order_by("student__sort_name", "student_id")
    )


def _standings(scope: Scope, student_ids: Sequence[int]) -> Sequence[Standing]:
    return list(Standing.objects.filter(student__in=student_ids, year=school_year_on(scope, scope.today)))


def _attempts(scope: Scope, student_ids: Sequence[int]) -> Mapping[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = defaultdict(list)
    newest = Contact.objects.filter(student=OuterRef("student"), withdrawn_at=None).order_by("-happened_at", "-pk")
    rows = Contact.objects.filter(student__in=student_ids, pk__in=Subquery(newest.values("pk")[:SHOWN]))
    for row in rows.select_related("made_by").order_by("-happened_at", "-pk"):
        words = row.words if row.made_by_id == scope.user_id else ""
        by = row.made_by.full_name
        found[row.student_id].append(
            Attempt(row.pk, row.day, row.get_kind_display(), row.get_result_display(), by, words)
        )
    return found


def _line(
    scope: Scope,
    row: OutreachAssignment,
    standing: Standing | None,
    people: Sequence[Person],
    attempts: Sequence[Attempt],
) -> MyStudent:
    return MyStudent(
        assignment_id=row.pk,
        student_id=row.student_id,
        name=row.student.listed_name,
        school=row.school or "",  # type: ignore[attr-defined]
        grade=row.grade or "",  # type: ignore[attr-defined]
        is_adult=is_of_age(row.student.birth_date, scope.today),
        need=row.get_need_display(),
        words=row.words,
        since=row.grant.starts_on if row.grant_id else scope.today,
        absences=standing.absences if standing else 0,
        criteria=[criterion_line(each) for each in standing.criteria] if standing else [],
        people=people,
        attempts=attempts,
    )
