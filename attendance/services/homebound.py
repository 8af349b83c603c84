"""Enters the minutes of homebound instruction, day by day (RD-01): by the office, or by who teaches the student."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from attendance.models import DayReview, OwnSchedule, OwnScheduleKind
from attendance.selectors.student_rights import has_right, student_in_scope
from attendance.services.day_changes import Touched, hold, judge_anew
from students.access import Scope, taught_section_ids
from students.models import SectionEnrollment
from students.refusals import Forbidden, Refused
from students.rules.rights import Right

LONGEST = 600


def may_enter_homebound(scope: Scope, student_id: int) -> bool:
    """Whether somebody enters a student's homebound minutes: the office, or a teacher of the student."""
    if has_right(scope, Right.OFFICE, student_id, scope.today, None):
        return True
    roster = SectionEnrollment.objects.holding_on(scope.today).filter(student=student_id)
    return roster.filter(section__in=taught_section_ids(scope)).exists()


def enter_homebound(scope: Scope, student_id: int, minutes: Mapping[date, int], *, reason: str = "") -> Touched | None:
    """Enter minutes of instruction by day; what is entered already is corrected with a reason. None: nothing is new.

    Raises NotInScope, Forbidden, or Refused: a day to come, a day without homebound instruction, absurd minutes, a
    correction without a reason.
    """
    student = student_in_scope(scope, student_id)
    if not may_enter_homebound(scope, student.pk):
        raise Forbidden("Only the office and the teachers of the student enter homebound minutes.")
    with transaction.atomic():
        hold(scope, [student.pk])
        had = dict(_reviews(student.pk, minutes).values_list("date", "minutes"))
        changed = {day: given for day, given in minutes.items() if day not in had or had[day] != given}
        if not changed:
            return None
        _check(scope, student.pk, changed)
        if changed.keys() & had.keys() and not reason.strip():
            raise Refused("Say why minutes that were entered are changed.")
        for day, given in sorted(changed.items()):
            DayReview.objects.update_or_create(
                student=student,
                section=None,
                date=day,
                defaults={
                    "minutes": given,
                    "entered_by_id": scope.person,
                    "entered_at": scope.now,
                    "reason": reason.strip()[:300],
                },
            )
        touched = judge_anew(scope, [student.pk], min(changed), max(changed), asked=[])
        touched.tell(DayReview)
    return touched


def _reviews(student_id: int, minutes: Mapping[date, int]):  # type: ignore[no-untyped-def]
    return DayReview.objects.filter(student=student_id, section=None, date__in=list(minutes))


def _check(scope: Scope, student_id: int, minutes: Mapping[date, int]) -> None:
    taught = list(OwnSchedule.objects.filter(student=student_id, kind=OwnScheduleKind.HOMEBOUND))
    for day, given in minutes.items():
        if day > scope.today:
            raise Refused(f"{day:%b} {day.day} is still to come.")
        if not any(each.holds_on(day) for each in taught):
            raise Refused(f"The student has no homebound instruction on {day:%b} {day.day}.")
        if not 0 <= given <= LONGEST:
            raise Refused(f"Minutes of a day lie between 0 and {LONGEST}.")
