"""The rows of a school's board: a teacher each, with the classes of every period; a homeroom's day on one line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from attendance.models import ClassMeeting
from attendance.rules.completion import TAKEN, VOID
from attendance.selectors.completions import Instant
from attendance.selectors.homerooms import is_homeroom, taken_together
from attendance.selectors.local_times import local_time_of
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import User


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
class BoardHomeroom:
    """A homeroom's day: `taken` of its `meetings` that are not void. Its state is that of the first not taken."""

    section_id: int
    title: str
    room: str
    starts_at: time
    ends_at: time
    meetings: int
    taken: int
    state: str
    taken_at: datetime | None
    unmarked: int


@dataclass
class BoardRow:
    """A teacher's day: homerooms, and for each period of the board the classes in it. Nobody is id 0."""

    teacher_id: int
    teacher: str
    email: str
    cells: Sequence[Sequence[BoardMeeting]]
    homerooms: list[BoardHomeroom] = field(default_factory=list)

    @property
    def has_classes(self) -> bool:
        """Whether there is anything besides homerooms."""
        return any(self.cells)


@dataclass(frozen=True)
class BoardPeriod:
    """A column: a period, with the times of the first of its classes, and how many of them are taken."""

    name: str
    starts_at: time
    ends_at: time
    taken: int
    held: int


def board_periods(instant: Instant, meetings: Sequence[ClassMeeting]) -> list[BoardPeriod]:
    """The periods of some meetings, which are given in order of time; what is void is not held."""
    first: dict[str, ClassMeeting] = {}
    tally: Counter[tuple[str, bool]] = Counter()
    for each in meetings:
        first.setdefault(each.period, each)
        if (state := instant.of(each)) != VOID:
            tally[each.period, state == TAKEN] += 1
    return [
        BoardPeriod(name, each.starts_at, each.ends_at, tally[name, True], tally[name, True] + tally[name, False])
        for name, each in first.items()
    ]


def board_rows(
    scope: Scope, instant: Instant, meetings: Sequence[ClassMeeting], periods: Sequence[BoardPeriod]
) -> list[BoardRow]:
    """The meetings by teacher and period; the caller took them from the scope, with their `unmarked` counted."""
    teachers = SectionTeachers(scope, [each.section_id for each in meetings])
    lines: dict[User | None, list[list[ClassMeeting]]] = defaultdict(list)
    for line in taken_together(scope, meetings):
        lines[teachers.on(line[0].section_id, line[0].date)].append(line)
    return [
        _row(scope, instant, teacher, held, periods)
        for teacher, held in sorted(lines.items(), key=lambda item: _by_name(item[0]))
    ]


def _by_name(teacher: User | None) -> tuple[bool, str, str, int]:
    if teacher is None:
        return (True, "", "", 0)
    return (False, teacher.family_name.casefold(), teacher.given_name.casefold(), teacher.pk)


def _row(
    scope: Scope,
    instant: Instant,
    teacher: User | None,
    lines: Iterable[list[ClassMeeting]],
    periods: Sequence[BoardPeriod],
) -> BoardRow:
    cells: dict[str, list[BoardMeeting]] = defaultdict(list)
    homerooms = []
    for line in lines:
        if is_homeroom(line):
            homerooms.append(_homeroom(scope, instant, line))
        else:
            cells[line[0].period].append(_meeting(scope, instant, line[0]))
    return BoardRow(
        teacher_id=teacher.pk if teacher else 0,
        teacher=teacher.full_name if teacher else "",
        email=teacher.email if teacher else "",
        cells=[cells[period.name] for period in periods],
        homerooms=homerooms,
    )


def _meeting(scope: Scope, instant: Instant, meeting: ClassMeeting) -> BoardMeeting:
    state = instant.of(meeting)
    return BoardMeeting(
        id=meeting.pk,
        period=meeting.period,
        starts_at=meeting.starts_at,
        course=meeting.section.course.title,
        room=meeting.section.location,
        state=state,
        taken_at=local_time_of(scope, meeting.taken_at),
        void_reason=meeting.void_reason,
        unmarked=unmarked_in(state, meeting),
    )


def _homeroom(scope: Scope, instant: Instant, meetings: Sequence[ClassMeeting]) -> BoardHomeroom:
    held = [(each, state) for each in meetings if (state := instant.of(each)) != VOID]
    saved = max((each.taken_at for each, _ in held if each.taken_at), default=None)
    untaken = [state for _, state in held if state != TAKEN]
    return BoardHomeroom(
        section_id=meetings[0].section_id,
        title=meetings[0].section.title,
        room=meetings[0].section.location,
        starts_at=(held[0][0] if held else meetings[0]).starts_at,
        ends_at=(held[-1][0] if held else meetings[-1]).ends_at,
        meetings=len(held),
        taken=len(held) - len(untaken),
        state=untaken[0] if untaken else TAKEN if held else VOID,
        taken_at=local_time_of(scope, saved),
        unmarked=max((unmarked_in(state, each) for each, state in held), default=0),
    )


def unmarked_in(state: str, meeting: ClassMeeting) -> int:
    """Students without a mark in a class that was taken (RD-03); the caller had them counted."""
    return meeting.unmarked if state == TAKEN else 0  # type: ignore[attr-defined]
