"""Which meetings are marked together, and so stand on one line wherever classes are listed."""

from collections.abc import Hashable, Iterable

from attendance.models import ClassMeeting
from attendance.rules.titles import meeting_title
from students.access import Scope


def is_homeroom(meeting: ClassMeeting) -> bool:
    """Whether the day of the meeting's section is marked once."""
    return meeting.section.kind == "homeroom"


def line_title(meeting: ClassMeeting) -> str:
    """What a line is called: a homeroom by its own name, a class by course and period."""
    if is_homeroom(meeting):
        return meeting.section.title
    return meeting_title(meeting.section.course.title, meeting.period)


def taken_together(scope: Scope, meetings: Iterable[ClassMeeting]) -> list[list[ClassMeeting]]:
    """Meetings by line, in the order given: those of a homeroom's day together, every other by itself.

    The caller took them from the scope, with their sections.
    """
    lines: dict[Hashable, list[ClassMeeting]] = {}
    for each in meetings:
        key = ("homeroom", each.section_id, each.date) if is_homeroom(each) else each.pk
        lines.setdefault(key, []).append(each)
    return list(lines.values())
