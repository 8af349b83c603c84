"""A class meeting as the page that voids or restores it needs it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from attendance.models import ClassMeeting, DailyAttendance, MeetingState
from attendance.rules.policy import policy_on
from attendance.rules.titles import meeting_title
from attendance.selectors.local_times import local_time_of
from attendance.selectors.policies import policies
from attendance.selectors.roster import roster_on
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope, visible_to
from students.refusals import Forbidden, NotInScope


@dataclass(frozen=True)
class VoidPage:
    """A class meeting; `students` are on its roster that day, `too_short` of them are required fewer minutes than
    `minimum_minutes` (MS-02).
    """

    id: int
    school_id: int
    title: str
    date: date
    starts_at: time
    ends_at: time
    minutes: int
    teacher: str
    is_void: bool
    was_taken: bool
    void_reason: str
    voided_by: str
    voided_at: datetime | None
    students: int
    too_short: int
    minimum_minutes: int


def void_page(scope: Scope, meeting_id: int) -> VoidPage:
    """The meeting, for an administrator of its school. Raises NotInScope, or Forbidden for its teacher."""
    found = visible_to(scope, ClassMeeting).select_related("section__course", "voided_by").filter(pk=meeting_id)
    meeting = found.first()
    if meeting is None:
        raise NotInScope
    if not scope.administers(meeting.school_id):
        raise Forbidden("Only an administrator of the school can void a class.")
    teacher = SectionTeachers(scope, [meeting.section_id]).on(meeting.section_id, meeting.date)
    roster = roster_on(scope, meeting.section_id, meeting.date)
    minimum = policy_on(meeting.date, policies(scope)).minimum_minutes
    days = DailyAttendance.objects.filter(student__in=roster, date=meeting.date, minutes_required__lt=minimum)
    return VoidPage(
        id=meeting.pk,
        school_id=meeting.school_id,
        title=meeting_title(meeting.section.course.title, meeting.period),
        date=meeting.date,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        minutes=meeting.instructional_minutes,
        teacher=teacher.full_name if teacher else "",
        is_void=meeting.state == MeetingState.VOID,
        was_taken=meeting.taken_at is not None,
        void_reason=meeting.void_reason,
        voided_by=meeting.voided_by.full_name if meeting.voided_by else "",
        voided_at=local_time_of(scope, meeting.voided_at),
        students=roster.count(),
        too_short=days.count(),
        minimum_minutes=minimum,
    )
