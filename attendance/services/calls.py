"""Records what came of calls about absences; a reported absence is entered for every teacher in the same act."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from attendance.models import AbsenceCall, CallOutcome, OfficeEntry, OfficeKind
from attendance.selectors.office_days import enrolled_students, office
from attendance.services.office import record_entry
from students.access import Scope, visible_to
from students.models import GuardianLink, Student
from students.refusals import NotInScope, Refused


def record_call(
    scope: Scope,
    school_id: int,
    student_id: int,
    *,
    submission_id: UUID,
    day: date,
    outcome: str,
    guardian_id: int | None = None,
    note: str = "",
) -> AbsenceCall:
    """Keep one call about a student's absence of a day. Sent twice it is one call.

    Raises NotInScope (also for somebody who is not enrolled there that day, and for a guardian of others), Forbidden
    (not the office of the school), or Refused: an unknown outcome, a day to come, an absence that is reported already.
    """
    school = office(scope, school_id)
    if outcome not in CallOutcome.values:
        raise Refused("Say what came of the call.")
    if day > scope.today:
        raise Refused("Nobody is missing on a day to come.")
    if not enrolled_students(scope, school.pk, day).filter(pk=student_id).exists():
        raise NotInScope
    _check_guardian(scope, student_id, guardian_id)
    with transaction.atomic():
        # The student's row orders two sends of one form, as it does for entries.
        Student.objects.select_for_update(no_key=True).get(pk=student_id)
        if before := AbsenceCall.objects.filter(submission_id=submission_id).first():
            return _same(before, student_id, outcome)
        return AbsenceCall.objects.create(
            submission_id=submission_id,
            student_id=student_id,
            school=school,
            date=day,
            guardian_id=guardian_id,
            outcome=outcome,
            note=note.strip()[:300],
            entry=_entered(scope, school.pk, student_id, day, submission_id, note) if _reports(outcome) else None,
            called_by_id=scope.person,
            called_at=scope.now,
        )


def _check_guardian(scope: Scope, student_id: int, guardian_id: int | None) -> None:
    if guardian_id is None:
        return
    links = visible_to(scope, GuardianLink).filter(student=student_id, guardian=guardian_id)
    if not links.exists():
        raise NotInScope


def _reports(outcome: str) -> bool:
    return outcome == CallOutcome.REPORTED


def _same(before: AbsenceCall, student_id: int, outcome: str) -> AbsenceCall:
    if (before.student_id, before.outcome) != (student_id, outcome):
        raise Refused("This form belongs to another call. Open the page again.")
    return before


def _entered(scope: Scope, school_id: int, student_id: int, day: date, submission_id: UUID, note: str) -> OfficeEntry:
    """The reported absence, by the form's own id told apart."""
    return record_entry(
        scope,
        school_id,
        [student_id],
        submission_id=uuid5(submission_id, "reported"),
        kind=OfficeKind.REPORTED_ABSENCE,
        starts_on=day,
        note=note,
    ).entry
