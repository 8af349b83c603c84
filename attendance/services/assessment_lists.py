"""Adds students to an assessment's list, and takes them off it, visibly (MS-12). Their days are judged anew."""

from collections.abc import Collection, Sequence

from django.db import transaction

from attendance.models import Assessment, AssessmentSeat
from attendance.services.assessments import (
    Sitting,
    chosen_students,
    judge_sitting,
    kept_assessment,
    listed_seats,
    locked_assessment,
)
from attendance.services.day_changes import hold
from students.access import Scope
from students.refusals import Refused


def add_seats(
    scope: Scope, assessment_id: int, *, student_ids: Sequence[int] = (), grades: Sequence[str] = ()
) -> Collection[int]:
    """List more students, by id and all of some grades; those who are listed already stay as they are.

    Gives the ids of the new ones. Raises NotInScope, Forbidden, or Refused: it is withdrawn, nobody was chosen, or
    somebody who cannot be listed.
    """
    found = kept_assessment(scope, assessment_id)
    with transaction.atomic():
        hold(scope, ())
        chosen = chosen_students(scope, found.school, _more(found, student_ids, grades))
        assessment = locked_assessment(scope, assessment_id, chosen)
        known = {each.student_id for each in listed_seats(scope, assessment)}
        new = [each for each in chosen if each not in known]
        _list(scope, assessment, new)
        judge_sitting(scope, assessment, new)
    return new


def _more(found: Assessment, student_ids: Sequence[int], grades: Sequence[str]) -> Sitting:
    times = (found.date, found.starts_at, found.ends_at)
    return Sitting(found.name, *times, tuple(student_ids), tuple(grades), may_be_remote=found.may_be_remote)


def _list(scope: Scope, assessment: Assessment, student_ids: Collection[int]) -> None:
    """Who was taken off the list sits again, with nothing taken; the seat's history keeps what stood."""
    fresh = {"listed_by_id": scope.person, "listed_at": scope.now}
    blank = {"minutes_attended": None, "marked_by": None, "marked_at": None}
    back = assessment.seats.filter(student__in=student_ids)
    returning = set(back.values_list("student_id", flat=True))
    back.update(**fresh, **blank, withdrawn_by=None, withdrawn_at=None, withdrawn_reason="")
    AssessmentSeat.objects.bulk_create(
        AssessmentSeat(assessment=assessment, student_id=each, **fresh) for each in student_ids if each not in returning
    )


def withdraw_seats(scope: Scope, assessment_id: int, student_ids: Collection[int], *, reason: str) -> Collection[int]:
    """Take students off the list; gives those who were on it.

    Raises NotInScope, Forbidden, or Refused: no reason, it is withdrawn, or nobody would be left.
    """
    if not reason.strip():
        raise Refused("Say why they are taken off the list.")
    with transaction.atomic():
        assessment = locked_assessment(scope, assessment_id)
        listed = {each.student_id for each in listed_seats(scope, assessment)}
        gone = sorted(listed & set(student_ids))
        if not student_ids:
            raise Refused("Choose whom to take off the list.")
        if listed == set(gone):
            raise Refused("Nobody would be left on the list. Withdraw the assessment instead.")
        assessment.seats.filter(student__in=gone).update(
            withdrawn_by=scope.person, withdrawn_at=scope.now, withdrawn_reason=reason.strip()[:300]
        )
        judge_sitting(scope, assessment, gone)
    return gone
