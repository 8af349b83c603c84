"""A school's day as a board: who teaches what in which period, and which classes are taken."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from attendance.models import (
    AbsenceKind,
    CalendarDay,
    ClassMeeting,
    DailyAttendance,
    DayStatus,
    MeetingState,
    SchoolDays,
)
from attendance.rules.completion import DUE, LATE, NOT_TAKEN, NOW, OVERDUE, VOID
from attendance.selectors.board_rows import BoardPeriod, BoardRow, board_periods, board_rows, unmarked_in
from attendance.selectors.board_version import school_version
from attendance.selectors.completions import this_instant
from attendance.selectors.day_words import calendar_words
from attendance.selectors.entry_lines import Asked
from attendance.selectors.missing_meetings import MissingMeetings, missing_meetings
from attendance.selectors.own_time_classes import sections_in_own_time
from attendance.selectors.school_days import Beside, school_days_beside
from attendance.selectors.unmarked import unmarked_students
from students.access import Scope, visible_to
from students.models import School
from students.refusals import NotInScope


@dataclass(frozen=True)
class StudentCounts:
    """The school's ledger of the day: what is known of its students so far."""

    students: int
    present: int
    excused: int
    unexcused: int
    undetermined: int

    @property
    def absent(self) -> int:
        """Absent of either kind."""
        return self.excused + self.unexcused


@dataclass(frozen=True)
class Board:
    """A school's day. `meetings` counts classes by their state on the board; `missing` are those of days before.

    `teacher` is the one whose rows alone are shown. `version` stands for all of it that a moment can change.
    """

    school: School
    schools: Sequence[School]
    day: date
    today: date
    calendar: str
    in_session: bool
    is_opened: bool
    beside: Beside
    periods: Sequence[BoardPeriod]
    rows: Sequence[BoardRow]
    meetings: Counter[str]
    unmarked: int
    students: StudentCounts
    missing: MissingMeetings
    teacher: BoardRow | None
    version: str

    @property
    def held(self) -> int:
        """Classes of the day that are not void."""
        return self.meetings.total() - self.meetings[VOID]

    @property
    def not_taken(self) -> int:
        """Classes that began and are not taken."""
        return sum(self.meetings[state] for state in NOT_TAKEN)

    @property
    def due(self) -> int:
        """Of those, classes of today, on or over."""
        return self.meetings[NOW] + self.meetings[DUE]

    @property
    def late(self) -> int:
        """Of those, classes whose day is over (RD-25), overdue ones too."""
        return self.meetings[LATE] + self.meetings[OVERDUE]


def schools_with_boards(scope: Scope) -> list[School]:
    """The schools whose boards somebody reads."""
    return [each for each in visible_to(scope, School) if scope.reads(each.pk)]


def board_version(scope: Scope, school_id: int | None, day: date) -> str:
    """The version of a board without the board. Raises NotInScope as it does."""
    school = _school(schools_with_boards(scope), school_id)
    return school_version(scope, this_instant(scope), school.pk, day)


def _school(schools: Sequence[School], school_id: int | None) -> School:
    school = next((each for each in schools if school_id in (None, each.pk)), None)
    if school is None:
        raise NotInScope
    return school


def school_board(
    scope: Scope, school_id: int | None, day: date, teacher_id: int | None = None, *, days_before: bool = True
) -> Board:
    """The board of a school (by default the first) that somebody reads, or of one teacher there.

    Without `days_before` nothing is told of them, which the parts that move leave out. Raises NotInScope for any other
    school.
    """
    schools = schools_with_boards(scope)
    school = _school(schools, school_id)
    instant = this_instant(scope)
    version = school_version(scope, instant, school.pk, day)
    calendar_day = CalendarDay.objects.filter(school=school, date=day).select_related("bell_schedule").first()
    in_session = CalendarDay.objects.in_session().filter(school=school, date=day).exists()
    held = _held(scope, school, day) if in_session else []
    states = [(instant.of(each), each) for each in held]
    periods = board_periods(instant, held)
    rows = board_rows(scope, instant, held, periods)
    teacher = next((row for row in rows if row.teacher_id == teacher_id), None)
    return Board(
        school=school,
        schools=schools,
        day=day,
        today=scope.today,
        calendar=calendar_words(calendar_day),
        in_session=in_session,
        is_opened=SchoolDays.objects.filter(school=school, opened_through__gte=day).exists(),
        beside=school_days_beside(scope, [school.pk], day),
        periods=periods,
        rows=[teacher] if teacher else rows,
        meetings=Counter(state for state, _ in states),
        unmarked=sum(unmarked_in(state, each) > 0 for state, each in states),
        students=_students(school, day),
        missing=missing_meetings(scope, school.pk) if days_before else MissingMeetings(0, []),
        teacher=teacher,
        version=version,
    )


def _held(scope: Scope, school: School, day: date) -> list[ClassMeeting]:
    found = visible_to(scope, ClassMeeting).filter(school=school, date=day).select_related("section__course")
    if own_time := sections_in_own_time(scope, [school.pk], day):
        found = found.exclude(section__in=own_time, state=MeetingState.EXPECTED)
    unmarked = unmarked_students(scope, Asked(day, day, school_ids=[school.pk]))
    held = list(found.order_by("starts_at", "id"))
    for each in held:
        each.unmarked = unmarked.get(each.pk, 0)
    return held


def _students(school: School, day: date) -> StudentCounts:
    absent = Q(status=DayStatus.ABSENT)
    counts = DailyAttendance.objects.filter(school=school, date=day).aggregate(
        students=Count("pk"),
        present=Count("pk", filter=Q(status=DayStatus.PRESENT)),
        excused=Count("pk", filter=absent & Q(absence_kind=AbsenceKind.EXCUSED)),
        unexcused=Count("pk", filter=absent & ~Q(absence_kind=AbsenceKind.EXCUSED)),
        undetermined=Count("pk", filter=Q(status=DayStatus.UNDETERMINED)),
    )
    return StudentCounts(**counts)
