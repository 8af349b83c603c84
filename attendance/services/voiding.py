"""Voids a class meeting that was not held, and restores it. Takes an administrator and a reason (RD-03)."""

from dataclasses import dataclass

from django.db import transaction

from attendance.models import ClassMeeting, DailyAttendance, MeetingState, SchoolDays
from attendance.rules.policy import policy_on
from attendance.selectors.policies import policies
from attendance.selectors.roster import roster_on
from attendance.services.ledger import recompute
from attendance.services.meetings import write_meetings
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.refusals import Forbidden, NotInScope, Refused


@dataclass(frozen=True)
class Voided:
    """What became of the day: students judged anew, and those whose own day is now under the minimum (MS-02)."""

    students: int
    under_minimum: int
    minimum_minutes: int


def void_meeting(scope: Scope, meeting_id: int, *, reason: str) -> Voided:
    """Take a meeting out of what is required. Raises NotInScope, Forbidden (a teacher), Refused (no reason)."""
    if not reason.strip():
        raise Refused("Say why the class was not held.")
    with transaction.atomic():
        meeting = _locked(scope, meeting_id)
        if meeting.date > scope.today:
            raise Refused("This class is on a day to come. Change the calendar instead.")
        if meeting.state != MeetingState.VOID:
            meeting.state, meeting.void_reason = MeetingState.VOID, reason.strip()
            meeting.voided_by_id, meeting.voided_at = scope.person, scope.now
            _save(meeting)
        return _judged(scope, meeting)


def restore_meeting(scope: Scope, meeting_id: int) -> Voided:
    """Undo a void: the meeting is as it was, its marks too. Raises NotInScope or Forbidden."""
    with transaction.atomic():
        found = visible_to(scope, ClassMeeting).filter(pk=meeting_id).values_list("school_id", flat=True).first()
        # Before the meeting, as everywhere: the schedule may no longer expect what is restored.
        SchoolDays.objects.select_for_update().filter(school=found).first()
        meeting = _locked(scope, meeting_id)
        if meeting.state == MeetingState.VOID:
            meeting.state = MeetingState.TAKEN if meeting.taken_at else MeetingState.EXPECTED
            meeting.void_reason, meeting.voided_by, meeting.voided_at = "", None, None
            _save(meeting)
            write_meetings(scope, meeting.school_id, meeting.date, meeting.date)
        return _judged(scope, meeting)


def _locked(scope: Scope, meeting_id: int) -> ClassMeeting:
    meeting = visible_to(scope, ClassMeeting).select_for_update(of=("self",)).filter(pk=meeting_id).first()
    if meeting is None:
        raise NotInScope
    if not scope.administers(meeting.school_id):
        raise Forbidden("Only an administrator of the school can void a class.")
    return meeting


def _save(meeting: ClassMeeting) -> None:
    meeting.version += 1
    meeting.save(update_fields=["state", "version", "void_reason", "voided_by", "voided_at"])


def _judged(scope: Scope, meeting: ClassMeeting) -> Voided:
    day = meeting.date
    students = list(roster_on(scope, meeting.section_id, day).values_list("pk", flat=True))
    recompute(scope, students, day, day)
    attendance_changed.send(ClassMeeting, student_ids=set(students), dates={day})
    minimum = policy_on(day, policies(scope)).minimum_minutes
    short = DailyAttendance.objects.filter(student__in=students, date=day, minutes_required__lt=minimum)
    return Voided(len(students), short.count(), minimum)
