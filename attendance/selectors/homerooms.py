"""Which meetings are marked together, and so stand on one line wherever classes are listed."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date

from attendance.models import ClassMeeting
from attendance.rules.titles import meeting_title
from students.access import Scope


def is_homeroom(line: Sequence[ClassMeeting]) -> bool:
    """Whether a line is a homeroom's day; one that meets once, as an advisory does, is a class like any other."""
    return len(line) > 1


def line_of(meeting_id: int, section_id: int, day: date, kind: str) -> Hashable:
    """The line that a meeting of a section of a kind stands on: the meetings of a homeroom's day share one."""
    return (section_id, day) if kind == "homeroom" else meeting_id


def line_title(line: Sequence[ClassMeeting]) -> str:
    """What a line is called: a homeroom by its own name, a class by course and period."""
    first = line[0]
    return first.section.title if is_homeroom(line) else meeting_title(first.section.course.title, first.period)


def taken_together(scope: Scope, meetings: Iterable[ClassMeeting]) -> list[list[ClassMeeting]]:
    """Meetings by line, in the order given: those of a homeroom's day together, every other by itself.

    The caller took them from the scope, with their sections.
    """
    lines: dict[Hashable, list[ClassMeeting]] = {}
    for each in meetings:
        lines.setdefault(line_of(each.pk, each.section_id, each.date, each.section.kind), []).append(each)
    return list(lines.values())
