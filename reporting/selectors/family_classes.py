"""The classes and the work of a child's day, each as a family reads it: for today and for any day before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from attendance.models import ClassMeeting, Mark, MeetingState
from attendance.rules.day import ASSESSMENT, CLASS, HOMEBOUND, MeetingFact, excused_minutes
from attendance.rules.minutes import clock_time
from attendance.rules.modes import IN_PERSON
from attendance.selectors.day_rows import DayRows
from attendance.selectors.judged import JudgedDay
from attendance.selectors.local_times import local_time_of
from attendance.selectors.piece_lines import PieceLine, piece_lines
from attendance.selectors.section_teachers import SectionTeachers
from reporting.rules.family_class import SHAPES, SeenClass, class_state, work_state
from reporting.selectors.family_class_words import class_words, mark_words, work_words
from students.access import Scope
from students.models import SectionEnrollment


@dataclass(frozen=True)
class MarkChange:
    """A mark that was corrected; times are local."""

    was: str
    became: str
    at: datetime | None
    by: str


@dataclass(frozen=True)
class FamilyClass:
    """A class, or work in own time, of a child's day; minutes, and times that are local.

    `words` say how it stands and `shape` draws it. `mode` is a code; `marked_at` and `marked_by` are of the mark.
    """

    title: str
    teachers: str
    starts_at: time | None
    ends_at: time | None
    mode: str
    state: str
    words: str
    offered: int
    attended: int | None
    counts: bool
    is_work: bool = False
    tasks: Sequence[str] = ()
    marked_by: str = ""
    marked_at: datetime | None = None
    changes: Sequence[MarkChange] = field(default_factory=tuple)

    @property
    def shape(self) -> str:
        """The shape that stands for it."""
        return SHAPES[self.state]


def family_classes(scope: Scope, judged: JudgedDay, rows: DayRows) -> list[FamilyClass]:
    """The classes in order of time, then assessments and work; the same number of statements however many."""
    facts = {each.id: each for each in judged.facts.meetings if each.kind == CLASS}
    student_id, day = judged.day.student_id, judged.day.date
    meetings = _meetings(student_id, day, facts)
    marks = {each.meeting_id: each for each in _marks(student_id, facts)}
    pieces = {(each.kind, each.id): each for each in judged.facts.meetings}
    sections = {each.section_id for each in meetings} | {each.section_id for each in judged.facts.meetings}
    teachers = SectionTeachers(scope, sections)
    changes = _changes(scope, student_id, marks)
    held = [
        _class(scope, judged, each, facts.get(each.pk), marks.get(each.pk), teachers, changes.get(each.pk, ()))
        for each in meetings
    ]
    work = [_work(judged, line, pieces[line.kind, line.id], teachers) for line in piece_lines(scope, judged, rows, {})]
    return held + work


def _meetings(student_id: int, day: date, facts: Mapping[int, MeetingFact]) -> list[ClassMeeting]:
    """Those of the day's facts, and the canceled ones, which are required of nobody."""
    rosters = SectionEnrollment.objects.holding_on(day).filter(student=student_id)
    void = Q(state=MeetingState.VOID, date=day, section__in=rosters.values("section_id"))
    return list(
        ClassMeeting.objects.filter(Q(pk__in=list(facts)) | void)
        .select_related("section__course")
        .order_by("starts_at", "pk")
    )


def _marks(student_id: int, facts: Mapping[int, MeetingFact]) -> list[Mark]:
    found = Mark.objects.filter(student=student_id, meeting__in=list(facts), meeting__state=MeetingState.TAKEN)
    return list(found.select_related("marked_by"))


def _changes(scope: Scope, student_id: int, marks: Mapping[int, Mark]) -> Mapping[int, list[MarkChange]]:
    """Of each class, how this child's mark was corrected, in order; the trigger keeps each row as it stood before."""
    events = apps.get_model("attendance", "MarkEvent").objects
    kept = events.filter(meeting__in=list(marks), student=student_id, pgh_label="update").select_related("marked_by")
    rows: dict[int, list[Any]] = defaultdict(list)
    for event in kept.order_by("pgh_id"):
        rows[event.meeting_id].append(event)
    return {
        meeting_id: [
            _change(scope, before, after)
            for before, after in zip(was, [*was[1:], marks[meeting_id]], strict=True)
            if _said(before) != _said(after)
        ]
        for meeting_id, was in rows.items()
    }


def _said(row: Any) -> tuple[Any, ...]:
    return (row.status, row.minutes_attended, row.arrived_at, row.left_at)


def _change(scope: Scope, before: Any, after: Any) -> MarkChange:
    was, became = (mark_words(each.status, each.arrived_at, each.left_at) for each in (before, after))
    return MarkChange(was, became, local_time_of(scope, after.marked_at), after.marked_by.full_name)


def _class(
    scope: Scope,
    judged: JudgedDay,
    meeting: ClassMeeting,
    fact: MeetingFact | None,
    mark: Mark | None,
    teachers: SectionTeachers,
    changes: Sequence[MarkChange],
) -> FamilyClass:
    local_now = scope.now.astimezone(ZoneInfo(scope.zone))
    over = meeting.date < scope.today
    state = class_state(
        SeenClass(
            attended=fact.attended if fact else None,
            offered=fact.offered if fact else meeting.instructional_minutes,
            excused=excused_minutes(fact, judged.facts.excused) if fact else 0,
            mark=mark.status if mark else "",
            has_begun=over or meeting.starts_at <= local_now.time(),
            is_void=meeting.state == MeetingState.VOID,
            is_credited=fact is not None and "RD-27" in fact.basis,
        )
    )
    offered = fact.offered if fact else meeting.instructional_minutes
    attended = fact.attended if fact else None
    return FamilyClass(
        title=meeting.section.course.title,
        teachers=_named(teachers, meeting.section_id, meeting.date),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        mode=fact.mode if fact else IN_PERSON,
        state=state,
        words=class_words(
            state,
            arrived=mark.arrived_at if mark else None,
            left=mark.left_at if mark else None,
            attended=attended or 0,
            offered=offered,
            is_over=over,
        ),
        offered=offered,
        attended=attended,
        counts=fact is not None,
        marked_by=mark.marked_by.full_name if mark else "",
        marked_at=local_time_of(scope, mark.marked_at) if mark else None,
        changes=changes,
    )


def _work(judged: JudgedDay, line: PieceLine, fact: MeetingFact, teachers: SectionTeachers) -> FamilyClass:
    seen = SeenClass(line.attended, line.offered, line.excused, is_credited="RD-27" in fact.basis)
    state = work_state(seen)
    span = fact.times.span if fact.times and fact.kind == ASSESSMENT else None
    return FamilyClass(
        title=_("Instruction at home") if fact.kind == HOMEBOUND else line.title,
        teachers=_named(teachers, fact.section_id, judged.day.date) if fact.section_id else "",
        starts_at=clock_time(span.starts) if span else None,
        ends_at=clock_time(span.ends) if span else None,
        mode=fact.mode,
        state=state,
        words=work_words(state, kind=fact.kind, attended=line.attended or 0, offered=line.offered, due_on=line.due_on),
        offered=line.offered,
        attended=line.attended,
        counts=True,
        is_work=True,
        tasks=[each.title for each in line.tasks],
    )


def _named(teachers: SectionTeachers, section_id: int, day: date) -> str:
    return ", ".join(each.full_name for each in teachers.all_on(section_id, day))
