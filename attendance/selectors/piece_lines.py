"""What a student's day holds beside classes that are met live: work in own time, assessments, instruction at home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from attendance.rules.day import ASSESSMENT, CLASS, HOMEBOUND, WORK, MeetingFact, excused_minutes
from attendance.rules.entry_window import entry_due
from attendance.rules.minutes import clock_time
from attendance.rules.modes import OFFLINE
from attendance.rules.presence import is_present
from attendance.selectors.day_rows import DayRows
from attendance.selectors.day_words import day_words, mode_words
from attendance.selectors.judged import JudgedDay
from attendance.selectors.lacking import lack_words
from attendance.selectors.local_times import local_time, local_time_of
from students.access import Scope


@dataclass(frozen=True)
class TaskLine:
    """Work given for the day, in minutes."""

    title: str
    minutes: int
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True)
class PieceLine:
    """One piece of a day, in minutes. `attended` is None while nothing is entered of it.

    `why` says by which rules its minutes stand; `due_on` by when an open piece is entered at the latest. `may_count`
    is what it could come to at most. `lack` is what RD-26 misses.
    """

    kind: str
    id: int
    title: str
    mode: str
    starts_at: time | None
    ends_at: time | None
    offered: int
    attended: int | None
    falls_short: bool
    excused: int
    tasks: Sequence[TaskLine]
    why: str
    due_on: date | None
    lack: str
    taken_by: str = ""
    taken_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to enter it."""
        return self.attended is None

    @property
    def shape(self) -> str:
        """The shape that stands for the piece."""
        if self.attended is None:
            return "undetermined"
        if not self.falls_short:
            return "present"
        return "excused" if self.excused == self.offered else "absent"


def piece_lines(
    scope: Scope, judged: JudgedDay, rows: DayRows, lacks: Mapping[tuple[str, int], str]
) -> Sequence[PieceLine]:
    """The pieces by which a day was judged, but its classes: assessments by time, then work by title."""
    pieces = [each for each in judged.facts.meetings if each.kind != CLASS]
    lines = [_line(scope, judged, rows, each, lacks.get((each.kind, each.id), "")) for each in pieces]
    return tuple(sorted(lines, key=lambda line: (line.kind, line.starts_at or time(0), line.title)))


def _line(scope: Scope, judged: JudgedDay, rows: DayRows, piece: MeetingFact, lack: str) -> PieceLine:
    percent = judged.policy.presence_percent
    due_on = _due_on(judged, rows, piece)
    seat = next((each for each in rows.seats if each.assessment_id == piece.id), None)
    sat = seat if piece.kind == ASSESSMENT else None
    span = piece.times.span if piece.times and piece.kind == ASSESSMENT else None
    return PieceLine(
        kind=piece.kind,
        id=piece.id,
        title=_title(piece, rows),
        mode=mode_words(piece.mode),
        starts_at=clock_time(span.starts) if span else None,
        ends_at=clock_time(span.ends) if span else None,
        offered=piece.offered,
        attended=piece.attended,
        falls_short=piece.attended is not None and not is_present(piece.attended, piece.offered, percent=percent),
        excused=excused_minutes(piece, judged.facts.excused),
        tasks=_tasks(scope, piece, rows),
        why=_why(piece, due_on),
        due_on=due_on,
        lack=lack_words(lack),
        taken_by=sat.marked_by.full_name if sat and sat.marked_by else "",
        taken_at=local_time_of(scope, sat.marked_at) if sat else None,
    )


def _due_on(judged: JudgedDay, rows: DayRows, piece: MeetingFact) -> date | None:
    if piece.attended is not None or piece.kind == ASSESSMENT:
        return None
    return entry_due(judged.day.date, piece.mode, judged.plan, rows.session_days)


def _title(piece: MeetingFact, rows: DayRows) -> str:
    if piece.kind == HOMEBOUND:
        return _("Instruction at home")
    if piece.kind == ASSESSMENT:
        return next((each.assessment.name for each in rows.seats if each.assessment_id == piece.id), "")
    return rows.titles.get(piece.section_id, "")


def _tasks(scope: Scope, piece: MeetingFact, rows: DayRows) -> tuple[TaskLine, ...]:
    given = (each for each in rows.tasks if piece.kind == WORK and each.section_id == piece.section_id)
    return tuple(
        TaskLine(each.title, each.minutes, each.entered_by.full_name, local_time(scope, each.entered_at))
        for each in given
    )


def _why(piece: MeetingFact, due_on: date | None) -> str:
    if piece.attended is None:
        return _open(piece, due_on)
    words = {"n": piece.attended, "offered": piece.offered}
    if piece.kind == ASSESSMENT:
        return _("A state assessment in the building (MS-12); its minutes are added (RD-23).")
    if piece.kind == HOMEBOUND:
        return _("The minutes entered, of those that the student’s classes ask (RD-01).")
    if piece.mode in OFFLINE:
        return _("%(n)s of %(offered)s minutes of the work given were completed in time (MS-21, RD-22).") % words
    if piece.attended:
        return _("An approved measure was met that day, so its minutes count (MS-19, RD-20).")
    return _("No approved measure was met that day, so none of its minutes count (MS-19, RD-20).")


def _open(piece: MeetingFact, due_on: date | None) -> str:
    if piece.kind == ASSESSMENT:
        return _("Not taken yet (RD-03).")
    if due_on is None:
        return _("Not entered yet (RD-03).")
    return _("Not entered yet; due by %(day)s (RD-25).") % {"day": day_words(due_on)}
