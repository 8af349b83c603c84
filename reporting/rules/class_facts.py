"""What is known of how a month's classes were taken, and of what was said against them: plain values."""

from datetime import date
from typing import NamedTuple


class UntakenMeeting(NamedTuple):
    """A class meeting of the month that nobody took, whether or not somebody's day turns on it."""

    meeting_id: int
    date: date
    class_title: str
    period: str
    teacher: str


class UnopenedSaves(NamedTuple):
    """Classes of which one person made the last save without their roster having been opened; the first of them."""

    by: str
    classes: int
    meeting_id: int
    day: date


class OfficeDisagreement(NamedTuple):
    """A student's day of which a teacher and the office say what cannot both be so (RD-06); `sort` says what."""

    sort: str
    student_id: int
    day: date


class UnplannedMode(NamedTuple):
    """A student's mode of own time, from its first day in the month, that no learning plan bears.

    `why`: no_plan, no_measure, or not_offered.
    """

    student_id: int
    mode: str
    day: date
    why: str


class TurnedPresent(NamedTuple):
    """Marks that one person changed from absent after their day: of how many students, up to how many days later.

    The meeting is that of the mark which was changed last after its day.
    """

    by: str
    marks: int
    students: int
    days: int
    meeting_id: int | None = None


class FullClass(NamedTuple):
    """A section in which every mark of the month is present."""

    class_title: str
    teacher: str
    meetings: int
    marks: int
    section_id: int | None = None
