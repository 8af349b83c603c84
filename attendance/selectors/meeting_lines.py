"""The class meetings of a student's day, each with what it contributed to the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from attendance.models import ClassMeeting, Mark, MeetingState
from attendance.rules.day import CLASS, MeetingFact, excused_minutes
from attendance.rules.presence import is_present
from attendance.rules.titles import meeting_title
from attendance.selectors.judged import JudgedDay
from attendance.selectors.local_times import local_time_of
from students.access import Scope, visible_to
from students.models import SectionEnrollment

TAKEN, UNTAKEN, UNMARKED, VOID = "taken", "untaken", "unmarked", "void"


@dataclass(frozen=True)
class MeetingLine:
    """One meeting as it stands for one student, in minutes; `excused` are those that accepted excuses cover.

    `state` is taken, untaken, unmarked (the class is taken, but not of this student: RD-03) or void. `attended` is
    None for all but the first; `falls_short` where that is no presence in the period (MS-06). `may_open` says
    whether this person may see the whole class.
    """

    id: int
    title: str
    period: str
    starts_at: time
    ends_at: time
    state: str
    offered: int
    attended: int | None
    falls_short: bool
    excused: int
    mark: str
    arrived_at: time | None
    left_at: time | None
    taken_by: str
    taken_at: datetime | None
    void_reason: str
    voided_by: str
    may_open: bool

    @property
    def shape(self) -> str:
        """The shape that stands for the meeting."""
        if self.attended is None:
            return "void" if self.state == VOID else "undetermined"
        return "excused" if self.mark == "absent" and self.excused == self.offered else self.mark


def meeting_lines(scope: Scope, judged: JudgedDay) -> Sequence[MeetingLine]:
    """The meetings that a day was judged by, and the void ones, which are required of nobody; in order of time."""
    day = judged.day
    facts = {fact.id: fact for fact in judged.facts.meetings if fact.kind == CLASS}
    meetings = _meetings(day.student_id, day.date, facts)
    visible = set(
        visible_to(scope, ClassMeeting).filter(pk__in=[each.pk for each in meetings]).values_list("pk", flat=True)
    )
    marks = {mark.meeting_id: mark for mark in Mark.objects.filter(student=day.student_id, meeting__in=facts)}
    excused = _excused(judged)
    return tuple(
        _line(
            scope,
            each,
            facts.get(each.pk),
            marks.get(each.pk),
            percent=judged.policy.presence_percent,
            excused=excused.get(each.pk, 0),
            may_open=each.pk in visible,
        )
        for each in meetings
    )


def _meetings(student_id: int, day: date, facts: dict[int, MeetingFact]) -> list[ClassMeeting]:
    rosters = SectionEnrollment.objects.holding_on(day).filter(student=student_id)
    void = Q(state=MeetingState.VOID, date=day, section__in=rosters.values("section_id"))
    found = ClassMeeting.objects.filter(Q(pk__in=facts) | void)
    return list(found.select_related("section__course", "taken_by", "voided_by"))


def _excused(judged: JudgedDay) -> dict[int, int]:
    held = (fact for fact in judged.facts.meetings if fact.kind == CLASS)
    return {fact.id: excused_minutes(fact, judged.facts.excused) for fact in held}


def _line(
    scope: Scope,
    meeting: ClassMeeting,
    fact: MeetingFact | None,
    mark: Mark | None,
    *,
    percent: int,
    excused: int,
    may_open: bool,
) -> MeetingLine:
    attended = fact.attended if fact else None
    # A dismissal may have left less of it than the bells by which it was taken.
    offered = fact.offered if fact else meeting.instructional_minutes
    stands = mark if attended is not None else None
    return MeetingLine(
        id=meeting.pk,
        title=meeting_title(meeting.section.course.title, meeting.period),
        period=meeting.period,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        state=_state(meeting, attended),
        offered=offered,
        attended=attended,
        falls_short=attended is not None and not is_present(attended, offered, percent=percent),
        excused=excused,
        mark=stands.status if stands else "",
        arrived_at=stands.arrived_at if stands else None,
        left_at=stands.left_at if stands else None,
        taken_by=meeting.taken_by.full_name if meeting.taken_by else "",
        taken_at=local_time_of(scope, meeting.taken_at),
        void_reason=meeting.void_reason,
        voided_by=meeting.voided_by.full_name if meeting.voided_by else "",
        may_open=may_open,
    )


def _state(meeting: ClassMeeting, attended: int | None) -> str:
    if meeting.state == MeetingState.VOID:
        return VOID
    if attended is not None:
        return TAKEN
    return UNMARKED if meeting.state == MeetingState.TAKEN else UNTAKEN
