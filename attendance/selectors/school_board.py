"""A school's day as a board: who teaches what in which period, and which classes are taken."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Subquery
from django.db.models.functions import Coalesce

from attendance.models import (
    AbsenceKind,
    CalendarDay,
    ClassMeeting,
    DailyAttendance,
    DayStatus,
    SchoolDays,
)
from attendance.selectors.board_rows import LATE, OPEN, BoardPeriod, BoardRow, board_periods, board_rows
from attendance.selectors.day_words import calendar_words
from attendance.selectors.missing_meetings import MissingMeetings, missing_meetings
from attendance.selectors.school_days import Beside, school_days_beside
from attendance.selectors.unmarked import unmarked_in_outer_meeting
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
    """A school's day. `meetings` counts classes by their state on the board; `missing` are those of days before."""

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

    @property
    def not_taken(self) -> int:
        """Classes that began and are not taken, late ones among them."""
        return self.meetings[LATE] + self.meetings[OPEN]


def school_board(scope: Scope, school_id: int | None, day: date) -> Board:
    """The board of a school (by default the first) that somebody reads. Raises NotInScope for any other."""
    schools = [each for each in visible_to(scope, School) if scope.reads(each.pk)]
    school = next((each for each in schools if school_id in (None, each.pk)), None)
    if school is None:
        raise NotInScope
    calendar_day = CalendarDay.objects.filter(school=school, date=day).select_related("bell_schedule").first()
    in_session = CalendarDay.objects.in_session().filter(school=school, date=day).exists()
    held = _held(scope, school, day) if in_session else []
    periods = board_periods(held)
    rows = board_rows(scope, held, periods)
    shown = [meeting for row in rows for cell in row.cells for meeting in cell]
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
        rows=rows,
        meetings=Counter(meeting.state for meeting in shown),
        unmarked=sum(meeting.unmarked > 0 for meeting in shown),
        students=_students(school, day),
        missing=missing_meetings(scope, school.pk),
    )


def _held(scope: Scope, school: School, day: date) -> list[ClassMeeting]:
    unmarked = unmarked_in_outer_meeting().order_by().values("section").annotate(number=Count("pk")).values("number")
    found = visible_to(scope, ClassMeeting).filter(school=school, date=day).select_related("section__course")
    return list(found.annotate(unmarked=Coalesce(Subquery(unmarked), 0)).order_by("starts_at", "id"))


def _students(school: School, day: date) -> StudentCounts:
    absent = Q(status=DayStatus.ABSENT)
    counts = DailyAttendance.objects.filter(school=school, date=day).aggregate(
        students=Count("pk"),
        present=Count("pk", filter=Q(status=DayStatus.PRESENT)),
        excused=Count("pk", filter=absent & Q(absence_kind=AbsenceKind.EXCUSED)),
        unexcused=Count("pk", filter=absent & Q(absence_kind=AbsenceKind.UNEXCUSED)),
        undetermined=Count("pk", filter=Q(status=DayStatus.UNDETERMINED)),
    )
    return StudentCounts(**counts)
