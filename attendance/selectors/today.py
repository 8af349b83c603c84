"""Today: one teacher's class meetings of a day, and what is not yet taken."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from attendance.models import IN_SESSION, CalendarDay, ClassMeeting, Mark, MeetingState
from attendance.rules.mark import OPENS_BEFORE_START, why_not_yet
from attendance.rules.minutes import clock_time, minute_of
from attendance.rules.policy import policy_on
from attendance.rules.titles import meeting_title
from attendance.selectors.policies import policies
from attendance.selectors.school_days import SchoolDayNews, school_day_news
from attendance.selectors.unmarked import unmarked_in_outer_meeting
from students.access import Scope, taught_section_ids, visible_to
from students.models import Enrollment, SectionEnrollment, SectionTeacher


@dataclass(frozen=True, slots=True)
class TodayMeeting:
    """One class of the day. `opens_at` is set while it cannot be marked yet; `unmarked` counts students."""

    id: int
    title: str
    date: date
    starts_at: time
    ends_at: time
    room: str
    roster: int
    state: str
    opens_at: time | None
    taken_at: datetime | None
    taken_by: str
    taken_by_me: bool
    void_reason: str
    unmarked: int
    days_late: int

    @property
    def is_open(self) -> bool:
        """Whether marks are missing that can be given now."""
        return self.opens_at is None and (self.state == MeetingState.EXPECTED or self.unmarked > 0)


@dataclass(frozen=True, slots=True)
class Missing:
    """A class of an earlier day that is not taken, or not of everybody. `overdue` by RD-25."""

    id: int
    title: str
    date: date
    is_taken: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Today:
    """The page: the day, its meetings in order, and the classes missing before today, latest first."""

    day: date
    today: date
    news: SchoolDayNews
    meetings: list[TodayMeeting]
    missing: list[Missing]
    teaches: bool

    @property
    def is_today(self) -> bool:
        """Whether the page shows the present day."""
        return self.day == self.today

    @property
    def next_up(self) -> TodayMeeting | Missing | None:
        """What to mark next: a class of the day not taken, else one with somebody unmarked, else one missing."""
        opened = sorted((each for each in self.meetings if each.is_open), key=lambda each: each.unmarked > 0)
        candidates: list[TodayMeeting | Missing] = [*opened, *self.missing]
        return candidates[0] if candidates else None


def today_page(scope: Scope, day: date) -> Today:
    """A day of the classes that somebody teaches."""
    window = policy_on(scope.today, policies(scope)).entry_window_days
    sections = set(taught_section_ids(scope))
    return Today(
        day=day,
        today=scope.today,
        news=school_day_news(scope, sections, day),
        meetings=_meetings(scope, sections, day),
        missing=_missing(scope, sections, window),
        teaches=bool(sections),
    )


def _meetings(scope: Scope, sections: set[int], day: date) -> list[TodayMeeting]:
    found = visible_to(scope, ClassMeeting).filter(section__in=sections, date=day)
    meetings = list(found.select_related("section__course", "taken_by").order_by("starts_at", "id"))
    rosters = _rosters({each.section_id for each in meetings}, day)
    marked = _marked(meetings)
    return [_line(scope, each, rosters[each.section_id], marked[each.pk]) for each in meetings]


def _rosters(sections: set[int], day: date) -> dict[int, set[int]]:
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("student"))
    listed = SectionEnrollment.objects.holding_on(day).filter(Exists(enrolled), section__in=sections)
    rosters: dict[int, set[int]] = defaultdict(set)
    for section_id, student_id in listed.values_list("section_id", "student_id"):
        rosters[section_id].add(student_id)
    return rosters


def _marked(meetings: list[ClassMeeting]) -> dict[int, set[int]]:
    marked: dict[int, set[int]] = defaultdict(set)
    for meeting_id, student_id in Mark.objects.filter(meeting__in=meetings).values_list("meeting_id", "student_id"):
        marked[meeting_id].add(student_id)
    return marked


def _line(scope: Scope, meeting: ClassMeeting, roster: set[int], marked: set[int]) -> TodayMeeting:
    zone = ZoneInfo(scope.zone)
    now = minute_of(scope.now.astimezone(zone).time())
    closed = why_not_yet(meeting.date, minute_of(meeting.starts_at), scope.today, now)
    return TodayMeeting(
        id=meeting.pk,
        title=meeting_title(meeting.section.course.title, meeting.period),
        date=meeting.date,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        room=meeting.section.location,
        roster=len(roster),
        state=meeting.state,
        opens_at=clock_time(max(0, minute_of(meeting.starts_at) - OPENS_BEFORE_START)) if closed else None,
        taken_at=meeting.taken_at.astimezone(zone) if meeting.taken_at else None,
        taken_by=meeting.taken_by.full_name if meeting.taken_by else "",
        taken_by_me=meeting.taken_by_id == scope.user_id,
        void_reason=meeting.void_reason,
        unmarked=len(roster - marked) if meeting.state == MeetingState.TAKEN else 0,
        days_late=max(0, (scope.today - meeting.date).days),
    )


def _missing(scope: Scope, sections: set[int], window: int) -> list[Missing]:
    """Classes before today that were this person's to take: nobody inherits those of a teacher before them.

    Overdue after `window` calendar days (RD-25).
    """
    mine = SectionTeacher.objects.holding_on(OuterRef("date")).filter(section=OuterRef("section"), user=scope.user_id)
    session = CalendarDay.objects.filter(school=OuterRef("school"), date=OuterRef("date"), event_type__in=IN_SESSION)
    found = visible_to(scope, ClassMeeting).filter(
        Exists(mine),
        Exists(session),
        Q(state=MeetingState.EXPECTED) | Q(Exists(unmarked_in_outer_meeting()), state=MeetingState.TAKEN),
        section__in=sections,
        date__gte=scope.year_starts_on,
        date__lt=scope.today,
    )
    return [
        Missing(
            id=each.pk,
            title=meeting_title(each.section.course.title, each.period),
            date=each.date,
            is_taken=each.state == MeetingState.TAKEN,
            overdue=(scope.today - each.date).days > window,
        )
        for each in found.select_related("section__course").order_by("-date", "starts_at", "id")
    ]
