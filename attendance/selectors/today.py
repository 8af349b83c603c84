"""Today: one teacher's class meetings of a day, and what is not yet taken."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from attendance.models import ClassMeeting, GradeDay, Mark, MeetingState
from attendance.rules.mark import OPENS_BEFORE_START, why_not_yet
from attendance.rules.minutes import clock_time, minute_of
from attendance.rules.policy import policy_on
from attendance.selectors.correction_requests import open_requests
from attendance.selectors.homerooms import is_homeroom, line_title, taken_together
from attendance.selectors.missing_classes import Missing, MissingClasses, missing_classes
from attendance.selectors.own_time import in_own_time
from attendance.selectors.policies import policies
from attendance.selectors.school_days import SchoolDayNews, school_day_news
from attendance.selectors.weekly import late_weeks
from students.access import Scope, taught_section_ids, visible_to
from students.models import Enrollment, SectionEnrollment


@dataclass(frozen=True, slots=True)
class TodayMeeting:
    """One class of the day, or a homeroom with all its meetings. `id` is that of the first meeting.

    `opens_at` is set while it cannot be marked yet; `unmarked` counts students; `taken` counts meetings.
    """

    id: int
    section_id: int
    is_homeroom: bool
    meetings: int
    taken: int
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
class Today:
    """The page: the day, its meetings in order, and the classes missing before today, some of them at a time.

    `late_weeks` counts what the weeks of classes in own time still ask, and should no longer; `requests` are families'
    that wait for this teacher's answer.
    """

    day: date
    today: date
    news: SchoolDayNews
    meetings: list[TodayMeeting]
    missing: MissingClasses
    late_weeks: int
    requests: int
    teaches: bool

    @property
    def is_today(self) -> bool:
        """Whether the page shows the present day."""
        return self.day == self.today

    @property
    def classes(self) -> list[TodayMeeting]:
        """Each class of the day once, however often it meets."""
        return list({each.section_id: each for each in self.meetings}.values())

    @property
    def next_up(self) -> TodayMeeting | Missing | None:
        """What to mark next: a class of the day not taken, else one with somebody unmarked, else one missing."""
        opened = sorted((each for each in self.meetings if each.is_open), key=lambda each: each.unmarked > 0)
        candidates: list[TodayMeeting | Missing] = [*opened, *self.missing.listed]
        return candidates[0] if candidates else None


def today_page(scope: Scope, day: date, number: int | str = 1) -> Today:
    """A day of the classes that somebody teaches, with a page of the classes missing before today."""
    window = policy_on(scope.today, policies(scope)).entry_window_days
    sections = set(taught_section_ids(scope))
    return Today(
        day=day,
        today=scope.today,
        news=school_day_news(scope, sections, day),
        meetings=_meetings(scope, sections, day),
        missing=missing_classes(scope, sections, window, number),
        late_weeks=late_weeks(scope, sections),
        requests=open_requests(scope, sections),
        teaches=bool(sections),
    )


def _meetings(scope: Scope, sections: set[int], day: date) -> list[TodayMeeting]:
    found = visible_to(scope, ClassMeeting).filter(section__in=sections, date=day)
    meetings = list(found.select_related("section__course", "taken_by").order_by("starts_at", "id"))
    rosters = _rosters({each.section_id for each in meetings}, day)
    marked = _marked(meetings)
    return [_line(scope, held, rosters[held[0].section_id], marked) for held in taken_together(scope, meetings)]


def _rosters(sections: set[int], day: date) -> dict[int, set[int]]:
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("student"))
    off = GradeDay.off_on(day).filter(calendar_day__school=OuterRef(OuterRef("section__school")))
    away = enrolled.filter(is_primary=True, grade__in=off)
    on_rosters = SectionEnrollment.objects.holding_on(day).filter(section__in=sections)
    own = in_own_time(OuterRef("student"), day, OuterRef("section"))
    listed = on_rosters.filter(Exists(enrolled), ~Exists(away), ~Exists(own))
    rosters: dict[int, set[int]] = defaultdict(set)
    for section_id, student_id in listed.values_list("section_id", "student_id"):
        rosters[section_id].add(student_id)
    return rosters


def _marked(meetings: list[ClassMeeting]) -> dict[int, set[int]]:
    marked: dict[int, set[int]] = defaultdict(set)
    for meeting_id, student_id in Mark.objects.filter(meeting__in=meetings).values_list("meeting_id", "student_id"):
        marked[meeting_id].add(student_id)
    return marked


def _line(
    scope: Scope, meetings: Sequence[ClassMeeting], roster: set[int], marked: dict[int, set[int]]
) -> TodayMeeting:
    """A line for a class, or for the meetings of a homeroom, which its first ones that are not void open."""
    zone = ZoneInfo(scope.zone)
    held = [each for each in meetings if each.state != MeetingState.VOID]
    first = (held or meetings)[0]
    taken = [each for each in held if each.state == MeetingState.TAKEN]
    latest = max(taken, key=lambda each: each.taken_at or scope.now, default=None)
    opens = minute_of(first.starts_at)
    closed = why_not_yet(first.date, opens, scope.today, minute_of(scope.now.astimezone(zone).time()))
    return TodayMeeting(
        id=first.pk,
        section_id=first.section_id,
        is_homeroom=is_homeroom(meetings),
        meetings=len(held),
        taken=len(taken),
        title=line_title(meetings),
        date=first.date,
        starts_at=first.starts_at,
        ends_at=(held or meetings)[-1].ends_at,
        room=first.section.location,
        roster=len(roster),
        state=_state(held, taken),
        opens_at=clock_time(max(0, opens - OPENS_BEFORE_START)) if closed else None,
        taken_at=latest.taken_at.astimezone(zone) if latest and latest.taken_at else None,
        taken_by=latest.taken_by.full_name if latest and latest.taken_by else "",
        taken_by_me=latest is not None and latest.taken_by_id == scope.user_id,
        void_reason=first.void_reason,
        unmarked=len({student for each in taken for student in roster - marked[each.pk]}) if held == taken else 0,
        days_late=max(0, (scope.today - first.date).days),
    )


def _state(held: Sequence[ClassMeeting], taken: Sequence[ClassMeeting]) -> str:
    if not held:
        return MeetingState.VOID
    return MeetingState.TAKEN if len(taken) == len(held) else MeetingState.EXPECTED
