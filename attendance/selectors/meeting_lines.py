"""The class meetings of a student's day, each with what it contributed to the verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from attendance.models import ClassMeeting, Mark, MeetingState, Submission
from attendance.rules.day import CLASS, MeetingFact, excused_minutes
from attendance.rules.presence import is_present
from attendance.rules.titles import meeting_title
from attendance.selectors.day_words import mode_words
from attendance.selectors.judged import JudgedDay
from attendance.selectors.lacking import lack_words
from attendance.selectors.local_times import local_time_of
from attendance.selectors.minutes_words import why_these_minutes
from attendance.selectors.saves import taken_by
from students.access import Scope, visible_to
from students.models import SectionEnrollment

TAKEN, UNTAKEN, UNMARKED, VOID, CREDITED = "taken", "untaken", "unmarked", "void", "credited"


@dataclass(frozen=True)
class MeetingLine:
    """One meeting as it stands for one student, in minutes; `excused` are those that accepted excuses cover.

    `state` is taken, untaken, unmarked (the class is taken, but not of this student: RD-03), void, or credited (a
    college without class: RD-27). `attended` are the minutes that count, None while nobody knows; `falls_short` where
    that is no presence in the period (MS-06). `why` says where they are not those that the teacher saw, `mode` how the
    class was taught where the day was otherwise, `lack` what RD-26 misses. `taken_by` says on whose behalf, and whether
    late (RD-25); `on_paper_by` wrote the mark on paper, and `marked_by` changed it after the class was taken.
    `may_open`: whether this person may see the whole class.
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
    mode: str = ""
    why: str = ""
    lack: str = ""
    on_paper_by: str = ""
    marked_by: str = ""
    marked_at: datetime | None = None
    correction: str = ""

    @property
    def shape(self) -> str:
        """The shape that stands for the meeting."""
        if self.attended is None:
            return "void" if self.state == VOID else "undetermined"
        if self.state == CREDITED:
            return "present"
        return "excused" if self.mark == "absent" and self.excused == self.offered else self.mark


def meeting_lines(scope: Scope, judged: JudgedDay, lacks: Mapping[tuple[str, int], str]) -> Sequence[MeetingLine]:
    """The meetings that a day was judged by, and the void ones, which are required of nobody; in order of time."""
    day = judged.day
    facts = {fact.id: fact for fact in judged.facts.meetings if fact.kind == CLASS}
    meetings = _meetings(day.student_id, day.date, facts)
    visible = set(
        visible_to(scope, ClassMeeting).filter(pk__in=[each.pk for each in meetings]).values_list("pk", flat=True)
    )
    marks = {mark.meeting_id: mark for mark in _marks(day.student_id, facts)}
    on_paper = _on_paper(marks)
    takers = taken_by(scope, meetings)
    return tuple(
        _line(
            scope,
            judged,
            each,
            facts.get(each.pk),
            marks.get(each.pk),
            on_paper_by=on_paper.get(each.pk, ""),
            lack=lack_words(lacks.get((CLASS, each.pk), "")),
            may_open=each.pk in visible,
            taker=takers.get(each.pk, ""),
        )
        for each in meetings
    )


def _on_paper(marks: Mapping[int, Mark]) -> dict[int, str]:
    """Who wrote the marks that the office keyed in from paper; a mark is of the save of its own instant."""
    saves = Submission.objects.filter(meeting__in=marks).exclude(on_paper_by="")
    found = saves.values_list("meeting", "submitted_at", "on_paper_by")
    return {meeting: wrote for meeting, at, wrote in found if marks[meeting].marked_at == at}


def _marks(student_id: int, meeting_ids: Iterable[int]) -> QuerySet[Mark]:
    return Mark.objects.filter(student=student_id, meeting__in=list(meeting_ids)).select_related("marked_by")


def _meetings(student_id: int, day: date, facts: dict[int, MeetingFact]) -> list[ClassMeeting]:
    rosters = SectionEnrollment.objects.holding_on(day).filter(student=student_id)
    void = Q(state=MeetingState.VOID, date=day, section__in=rosters.values("section_id"))
    found = ClassMeeting.objects.filter(Q(pk__in=facts) | void)
    return list(found.select_related("section__course", "taken_by", "voided_by"))


def _line(
    scope: Scope,
    judged: JudgedDay,
    meeting: ClassMeeting,
    fact: MeetingFact | None,
    mark: Mark | None,
    *,
    on_paper_by: str,
    lack: str,
    may_open: bool,
    taker: str,
) -> MeetingLine:
    attended = fact.attended if fact else None
    # A dismissal may have left less of it than the bells by which it was taken.
    offered = fact.offered if fact else meeting.instructional_minutes
    stands = mark if attended is not None and meeting.state == MeetingState.TAKEN else None
    corrected = stands if stands and stands.marked_at != meeting.taken_at else None
    percent = judged.policy.presence_percent
    return MeetingLine(
        id=meeting.pk,
        title=meeting_title(meeting.section.course.title, meeting.period),
        period=meeting.period,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        state=_state(meeting, fact),
        offered=offered,
        attended=attended,
        falls_short=attended is not None and not is_present(attended, offered, percent=percent),
        excused=excused_minutes(fact, judged.facts.excused) if fact else 0,
        mark=stands.status if stands else "",
        arrived_at=stands.arrived_at if stands else None,
        left_at=stands.left_at if stands else None,
        taken_by=taker or (meeting.taken_by.full_name if meeting.taken_by else ""),
        taken_at=local_time_of(scope, meeting.taken_at),
        void_reason=meeting.void_reason,
        voided_by=meeting.voided_by.full_name if meeting.voided_by else "",
        may_open=may_open,
        mode=mode_words(fact.mode) if fact and fact.mode != judged.mode else "",
        why=why_these_minutes(fact, mark.minutes_attended if mark else None) if fact else "",
        lack=lack,
        on_paper_by=on_paper_by,
        marked_by=corrected.marked_by.full_name if corrected else "",
        marked_at=local_time_of(scope, corrected.marked_at) if corrected else None,
        correction=corrected.reason if corrected else "",
    )


def _state(meeting: ClassMeeting, fact: MeetingFact | None) -> str:
    if meeting.state == MeetingState.VOID:
        return VOID
    if fact is not None and "RD-27" in fact.basis:
        return CREDITED
    if fact is not None and fact.attended is not None:
        return TAKEN
    return UNMARKED if meeting.state == MeetingState.TAKEN else UNTAKEN
