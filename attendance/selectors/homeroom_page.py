"""A homeroom's day as its page needs it: its meetings, its roster, and each child's day read back from the marks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from attendance.access import markable_sections
from attendance.models import CalendarDay, ClassMeeting, Mark, MeetingState
from attendance.rules.day_mark import DayEntered, MeetingMark, day_of_marks
from attendance.rules.entry_window import asks_reason
from attendance.rules.mark import Worth
from attendance.rules.minutes import WHOLE_DAY, MeetingTimes, Span, minute_of
from attendance.rules.office_day import Suggested
from attendance.rules.titles import period_title
from attendance.selectors.mark_history import Change, Said, changes
from attendance.selectors.marking_facts import online_notes, teachers_on, why_not_now
from attendance.selectors.office_notes import NOTHING, OfficeNote, office_notes
from attendance.selectors.openings import opening_of_day
from attendance.selectors.roster import live_roster_on
from attendance.selectors.saves import saves_of, taker
from students.access import Scope, visible_to
from students.models import Section, SectionTeacher
from students.refusals import NotInScope


@dataclass(frozen=True, slots=True)
class DayMeeting:
    """One of the day's meetings; the time is local."""

    id: int
    period: str
    starts_at: time
    ends_at: time
    times: MeetingTimes
    state: str
    version: int
    taken_by: str
    taken_at: datetime | None
    on_paper_by: str

    @property
    def title(self) -> str:
        """The period as it is spoken of."""
        return period_title(self.period)

    @property
    def is_void(self) -> bool:
        """Whether it was taken out of what is required (RD-03)."""
        return self.state == MeetingState.VOID


@dataclass(frozen=True, slots=True)
class Child:
    """A line of the roster. `day` is None where nothing stands, or marks that no single day makes.

    `stands` names what stands meeting by meeting, and `by` and `at` (local) tell of the latest of it. `office` is what
    the office knows of the child's day, and `suggested` the mark that it makes likely.
    """

    student_id: int
    name: str
    note: str
    day: DayEntered | None
    stands: Sequence[tuple[str, Said]]
    is_complete: bool
    by: str
    at: datetime | None
    office: str = ""
    suggested: Suggested | None = None

    @property
    def is_mixed(self) -> bool:
        """Whether every meeting has a mark, and they differ as no single day would make them."""
        return self.is_complete and self.day is None

    @property
    def is_partly_absent(self) -> bool:
        """Whether some meetings alone have marks, not all of them present: nobody may be marked present in passing."""
        return not self.is_complete and any(said.status != "present" for _, said in self.stands)


@dataclass(frozen=True, slots=True)
class HomeroomHead:
    """What a save needs of the day beside its marks."""

    section_id: int
    school_id: int
    title: str
    day: date
    today: date
    held: Sequence[DayMeeting]
    is_mine: bool
    is_of_my_school: bool

    @property
    def times(self) -> list[MeetingTimes]:
        """Those of the meetings that are marked, in order."""
        return [each.times for each in self.held]

    @property
    def span(self) -> Span:
        """From the first of them to the last; any minute where there is none."""
        if not self.held:
            return WHOLE_DAY
        return Span(min(each.span.starts for each in self.times), max(each.span.ends for each in self.times))


@dataclass(frozen=True, slots=True)
class HomeroomPage(HomeroomHead):
    """A homeroom's day. `held` are the meetings to be marked, `meetings` the void ones too."""

    may_mark: bool
    now: datetime
    meetings: Sequence[DayMeeting]
    room: str
    why_not: str
    teachers: Sequence[str]
    pupils: Sequence[Child]
    history: Sequence[Change]
    opening: str

    @property
    def minutes(self) -> int:
        """Instructional minutes of the meetings to be marked."""
        return sum(each.instructional_minutes for each in self.times)

    @property
    def versions(self) -> dict[int, int]:
        """What a save must still find."""
        return {each.id: each.version for each in self.held}

    @property
    def can_be_marked(self) -> bool:
        """Whether the form is offered; the save decides anew."""
        return self.may_mark and bool(self.held) and not self.why_not

    @property
    def asks_reason(self) -> bool:
        """Whether a save would correct a day taken before today."""
        return asks_reason(self.day, self.today) and any(each.state == MeetingState.TAKEN for each in self.held)

    @property
    def is_now(self) -> bool:
        """Whether the day is on at this instant, so that a tap can tell the time."""
        if not self.held or self.day != self.today:
            return False
        return self.span.starts <= minute_of(self.now.time()) <= self.span.ends

    @property
    def latest(self) -> DayMeeting | None:
        """The meeting that was saved last."""
        taken = [each for each in self.held if each.taken_at]
        return max(taken, key=lambda each: each.taken_at or self.now, default=None)

    @property
    def is_taken(self) -> bool:
        """Whether every meeting to be marked has been."""
        return self.not_taken == 0

    @property
    def not_taken(self) -> int:
        """Meetings of the day that nobody took yet."""
        return sum(each.state == MeetingState.EXPECTED for each in self.held)


def homeroom_head(scope: Scope, section_id: int, day: date) -> HomeroomHead:
    """A homeroom's day without its roster, in three statements. Raises NotInScope."""
    section = _section(scope, section_id)
    taught = SectionTeacher.objects.holding_on(day).filter(section=section_id, user=scope.user_id)
    return HomeroomHead(
        section_id=section.pk,
        school_id=section.school_id,
        title=section.title,
        day=day,
        today=scope.today,
        held=[each for each in _meetings(scope, section, day) if not each.is_void],
        is_mine=taught.exists(),
        is_of_my_school=scope.reads(section.school_id),
    )


def homeroom_page(scope: Scope, section_id: int, day: date) -> HomeroomPage:
    """A homeroom's day in so many statements whatever its roster and its meetings. Raises NotInScope."""
    section = _section(scope, section_id)
    zone = ZoneInfo(scope.zone)
    meetings = _meetings(scope, section, day)
    held = [each for each in meetings if not each.is_void]
    calendar_day = CalendarDay.objects.filter(school=section.school_id, date=day).first()
    teachers = teachers_on(scope, section.pk, day)
    return HomeroomPage(
        section_id=section.pk,
        school_id=section.school_id,
        title=section.title,
        day=day,
        today=scope.today,
        held=held,
        is_mine=scope.user_id in {each.user_id for each in teachers},
        is_of_my_school=scope.reads(section.school_id),
        may_mark=section.may_mark,  # type: ignore[attr-defined]
        now=scope.now.astimezone(zone),
        meetings=meetings,
        room=section.location,
        why_not=why_not_now(scope, day, held[0].starts_at, calendar_day) if held else "",
        teachers=[each.user.full_name for each in teachers],
        pupils=_children(scope, section, day, held, calendar_day.rotation_day if calendar_day else ""),
        history=changes(scope, [each.id for each in meetings], zone),
        opening=opening_of_day(scope, section.pk, day),
    )


def _section(scope: Scope, section_id: int) -> Section:
    may_mark = Exists(markable_sections(scope).filter(pk=OuterRef("pk")))
    seen = visible_to(scope, Section).annotate(may_mark=may_mark)
    section = seen.filter(pk=section_id, kind="homeroom").first()
    if section is None:
        raise NotInScope
    return section


def _meetings(scope: Scope, section: Section, day: date) -> list[DayMeeting]:
    seen = visible_to(scope, ClassMeeting).filter(section=section, date=day).select_related("taken_by")
    found = list(seen.order_by("starts_at", "id"))
    saves = saves_of(scope, found)
    zone = ZoneInfo(scope.zone)
    return [
        DayMeeting(
            id=each.pk,
            period=each.period,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            times=each.times,
            state=each.state,
            version=each.version,
            taken_by=taker(saves[each.pk]) if each.pk in saves else each.taken_by.full_name if each.taken_by else "",
            taken_at=each.taken_at.astimezone(zone) if each.taken_at else None,
            on_paper_by=saves[each.pk][-1].on_paper_by if saves.get(each.pk) else "",
        )
        for each in found
    ]


def _children(scope: Scope, section: Section, day: date, held: Sequence[DayMeeting], rotation_day: str) -> list[Child]:
    roster = list(live_roster_on(scope, section.pk, day))
    notes = online_notes(scope, [each.pk for each in roster], day, rotation_day)
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    for mark in Mark.objects.filter(meeting__in=[each.id for each in held]).select_related("marked_by"):
        marks[mark.student_id][mark.meeting_id] = mark
    known = office_notes(scope, [each.pk for each in roster], day, section.school_id)
    children = [
        _child(scope, each.pk, each.listed_name, notes.get(each.pk, ""), held, marks[each.pk]) for each in roster
    ]
    return [_with_office(each, known.get(each.student_id, NOTHING), day, held, section.school_id) for each in children]


def _with_office(child: Child, note: OfficeNote, day: date, held: Sequence[DayMeeting], school_id: int) -> Child:
    """The office's word, which suggests a mark only while nothing of the day stands."""
    if not held:
        return replace(child, office=note.text)
    span = Span(min(each.times.span.starts for each in held), max(each.times.span.ends for each in held))
    return replace(child, office=note.text, suggested=None if child.stands else note.suggested(day, span, school_id))


def _child(
    scope: Scope, student_id: int, name: str, note: str, held: Sequence[DayMeeting], marks: dict[int, Mark]
) -> Child:
    stand = [(each, marks[each.id]) for each in held if each.id in marks]
    is_complete = bool(held) and len(stand) == len(held)
    latest = max((mark for _, mark in stand), key=lambda mark: mark.marked_at, default=None)
    return Child(
        student_id=student_id,
        name=name,
        note=note,
        day=day_of_marks([_read(mark) for _, mark in stand], [each.times for each in held]) if is_complete else None,
        stands=[(each.period, Said(mark.status, mark.minutes_attended)) for each, mark in stand],
        is_complete=is_complete,
        by=latest.marked_by.full_name if latest else "",
        at=latest.marked_at.astimezone(ZoneInfo(scope.zone)) if latest else None,
    )


def _read(mark: Mark) -> MeetingMark:
    arrived = None if mark.arrived_at is None else minute_of(mark.arrived_at)
    left = None if mark.left_at is None else minute_of(mark.left_at)
    return MeetingMark(mark.status, Worth(mark.minutes_attended, arrived, left))
