"""One class meeting as its page needs it: the rule that decides, the roster, the marks that stand."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from attendance.access import markable
from attendance.models import CalendarDay, ClassMeeting, Mark, MeetingState
from attendance.rules.entry_window import asks_reason
from attendance.rules.minutes import MeetingTimes
from attendance.rules.office_day import Suggested
from attendance.rules.policy import policy_on
from attendance.rules.presence import minutes_needed
from attendance.rules.titles import meeting_title
from attendance.selectors.mark_history import Change, changes
from attendance.selectors.marking_facts import online_notes, teachers_on, why_not_now
from attendance.selectors.office_notes import NOTHING, office_notes
from attendance.selectors.openings import opening_of_meeting
from attendance.selectors.policies import policies
from attendance.selectors.roster import live_roster_on
from attendance.selectors.saves import Save, saves_of
from students.access import Scope, visible_to
from students.models import SectionTeacher
from students.refusals import NotInScope


@dataclass(frozen=True, slots=True)
class StoredMark:
    """A mark that stands, by whom and when (local time)."""

    status: str
    minutes: int
    arrived_at: time | None
    left_at: time | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pupil:
    """A line of the roster; `note` and `office` are what a shared screen may show (RD-60).

    `office` is what the office knows of the student's day, and `suggested` the mark that it makes likely.
    """

    student_id: int
    name: str
    note: str
    mark: StoredMark | None
    office: str = ""
    suggested: Suggested | None = None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A class meeting. `minutes` are offered, `needed` of them make presence in it (MS-06)."""

    id: int
    school_id: int
    section_id: int
    period: str
    title: str
    day: date
    today: date
    now: datetime
    starts_at: time
    ends_at: time
    times: MeetingTimes
    room: str
    minutes: int
    needed: int
    state: str
    version: int
    taken_by: str
    taken_at: datetime | None
    void_reason: str
    voided_by: str
    why_not: str
    teachers: list[str]
    is_mine: bool
    is_of_my_school: bool
    may_mark: bool
    can_void: bool
    pupils: list[Pupil]
    history: list[Change]
    saves: list[Save]
    opening: str

    @property
    def is_void(self) -> bool:
        """Whether the meeting was taken out of what is required (RD-03)."""
        return self.state == MeetingState.VOID

    @property
    def can_be_marked(self) -> bool:
        """Whether the form is offered; the save decides anew."""
        return self.may_mark and not self.why_not and not self.is_void

    @property
    def is_taken(self) -> bool:
        """Whether marks were saved."""
        return self.state == MeetingState.TAKEN

    @property
    def asks_reason(self) -> bool:
        """Whether a save would correct a class taken on an earlier day."""
        return self.is_taken and asks_reason(self.day, self.today)

    @property
    def is_now(self) -> bool:
        """Whether the class is on at this instant, so that a tap can tell the time of arrival."""
        return self.day == self.today and self.starts_at <= self.now.time() <= self.ends_at


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """What a save needs of a class beside its marks: how to read a time, what to call it, where to go from it."""

    id: int
    school_id: int
    title: str
    day: date
    today: date
    times: MeetingTimes
    is_mine: bool
    is_of_my_school: bool


def meeting_head(scope: Scope, meeting_id: int) -> MeetingHead:
    """A class meeting without its roster, in two statements. Raises NotInScope."""
    meeting = visible_to(scope, ClassMeeting).select_related("section__course").filter(pk=meeting_id).first()
    if meeting is None:
        raise NotInScope
    taught = SectionTeacher.objects.holding_on(meeting.date).filter(section=meeting.section_id, user=scope.user_id)
    return MeetingHead(
        id=meeting.pk,
        school_id=meeting.school_id,
        title=meeting_title(meeting.section.course.title, meeting.period),
        day=meeting.date,
        today=scope.today,
        times=meeting.times,
        is_mine=taught.exists(),
        is_of_my_school=scope.reads(meeting.school_id),
    )


def meeting_page(scope: Scope, meeting_id: int) -> MeetingPage:
    """The page of a class meeting in so many statements whatever its size. Raises NotInScope."""
    found = visible_to(scope, ClassMeeting).select_related("section__course", "taken_by", "voided_by")
    may_mark = Exists(markable(scope).filter(pk=OuterRef("pk")))
    meeting = found.annotate(may_mark=may_mark).filter(pk=meeting_id).first()
    if meeting is None:
        raise NotInScope
    zone = ZoneInfo(scope.zone)
    now = scope.now.astimezone(zone)
    percent = policy_on(meeting.date, policies(scope)).presence_percent
    calendar_day = CalendarDay.objects.filter(school=meeting.school_id, date=meeting.date).first()
    teachers = teachers_on(scope, meeting.section_id, meeting.date)
    return MeetingPage(
        id=meeting.pk,
        school_id=meeting.school_id,
        section_id=meeting.section_id,
        period=meeting.period,
        title=meeting_title(meeting.section.course.title, meeting.period),
        day=meeting.date,
        today=scope.today,
        now=now,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        times=meeting.times,
        room=meeting.section.location,
        minutes=meeting.instructional_minutes,
        needed=minutes_needed(meeting.instructional_minutes, percent=percent),
        state=meeting.state,
        version=meeting.version,
        taken_by=meeting.taken_by.full_name if meeting.taken_by else "",
        taken_at=meeting.taken_at.astimezone(zone) if meeting.taken_at else None,
        void_reason=meeting.void_reason,
        voided_by=meeting.voided_by.full_name if meeting.voided_by else "",
        why_not=why_not_now(scope, meeting.date, meeting.starts_at, calendar_day),
        teachers=[each.user.full_name for each in teachers],
        is_mine=scope.user_id in {each.user_id for each in teachers},
        is_of_my_school=scope.reads(meeting.school_id),
        may_mark=meeting.may_mark,
        can_void=scope.administers(meeting.school_id),
        pupils=_pupils(scope, meeting, calendar_day, zone),
        history=changes(scope, [meeting.pk], zone),
        saves=saves_of(scope, [meeting]).get(meeting.pk, []),
        opening=opening_of_meeting(scope, meeting.pk),
    )


def _pupils(scope: Scope, meeting: ClassMeeting, day: CalendarDay | None, zone: ZoneInfo) -> list[Pupil]:
    roster = list(live_roster_on(scope, meeting.section_id, meeting.date))
    notes = online_notes(scope, [each.pk for each in roster], meeting.date, day.rotation_day if day else "")
    marks = {
        mark.student_id: _stored(mark, zone)
        for mark in Mark.objects.filter(meeting=meeting).select_related("marked_by")
    }
    known = office_notes(scope, [each.pk for each in roster], meeting.date, meeting.school_id)
    return [
        Pupil(
            each.pk,
            each.listed_name,
            notes.get(each.pk, ""),
            marks.get(each.pk),
            office=known.get(each.pk, NOTHING).text,
            suggested=known.get(each.pk, NOTHING).suggested(meeting.date, meeting.times.span, meeting.school_id),
        )
        for each in roster
    ]


def _stored(mark: Mark, zone: ZoneInfo) -> StoredMark:
    return StoredMark(
        status=mark.status,
        minutes=mark.minutes_attended,
        arrived_at=mark.arrived_at,
        left_at=mark.left_at,
        by=mark.marked_by.full_name,
        at=mark.marked_at.astimezone(zone),
    )
