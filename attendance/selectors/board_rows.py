"""The rows of a school's board: a teacher each, with the classes of every period."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from attendance.models import ClassMeeting, MeetingState
from attendance.selectors.local_times import local_time, local_time_of
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import User

# A class is late once it is over and not taken; open while it is on.
TAKEN, VOID, LATE, OPEN, TO_COME = "taken", "void", "late", "open", "to_come"


@dataclass(frozen=True)
class BoardMeeting:
    """A class meeting on the board; `unmarked` counts the students without a mark in a class that was taken."""

    id: int
    period: str
    starts_at: time
    course: str
    room: str
    state: str
    taken_at: datetime | None
    void_reason: str
    unmarked: int


@dataclass(frozen=True)
class BoardRow:
    """A teacher's day: for each period of the board, the classes in it. An empty name is nobody."""

    teacher: str
    cells: Sequence[Sequence[BoardMeeting]]


@dataclass(frozen=True)
class BoardPeriod:
    """A column: a period, with the times of the first of its classes."""

    name: str
    starts_at: time
    ends_at: time


def board_periods(meetings: Sequence[ClassMeeting]) -> list[BoardPeriod]:
    """The periods of some meetings, which are given in order of time."""
    first: dict[str, BoardPeriod] = {}
    for each in meetings:
        first.setdefault(each.period, BoardPeriod(each.period, each.starts_at, each.ends_at))
    return list(first.values())


def board_rows(scope: Scope, meetings: Sequence[ClassMeeting], periods: Sequence[BoardPeriod]) -> list[BoardRow]:
    """The meetings by teacher and period; the caller took them from the scope, with their `unmarked` counted."""
    teachers = SectionTeachers(scope, [each.section_id for each in meetings])
    held: dict[User | None, dict[str, list[BoardMeeting]]] = defaultdict(lambda: defaultdict(list))
    for each in meetings:
        held[teachers.on(each.section_id, each.date)][each.period].append(_meeting(scope, each))
    ordered = sorted(held.items(), key=lambda item: _by_name(item[0]))
    return [
        BoardRow(teacher.full_name if teacher else "", [cells[period.name] for period in periods])
        for teacher, cells in ordered
    ]


def _by_name(teacher: User | None) -> tuple[bool, str, str, int]:
    if teacher is None:
        return (True, "", "", 0)
    return (False, teacher.family_name.casefold(), teacher.given_name.casefold(), teacher.pk)


def _meeting(scope: Scope, meeting: ClassMeeting) -> BoardMeeting:
    state = _state(scope, meeting)
    return BoardMeeting(
        id=meeting.pk,
        period=meeting.period,
        starts_at=meeting.starts_at,
        course=meeting.section.course.title,
        room=meeting.section.location,
        state=state,
        taken_at=local_time_of(scope, meeting.taken_at),
        void_reason=meeting.void_reason,
        unmarked=meeting.unmarked if state == TAKEN else 0,  # type: ignore[attr-defined]
    )


def _state(scope: Scope, meeting: ClassMeeting) -> str:
    if meeting.state != MeetingState.EXPECTED:
        return TAKEN if meeting.state == MeetingState.TAKEN else VOID
    now = local_time(scope, scope.now)
    if now >= datetime.combine(meeting.date, meeting.ends_at):
        return LATE
    return OPEN if now >= datetime.combine(meeting.date, meeting.starts_at) else TO_COME
