"""The days and the students behind a figure: for those who may know a school's students."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from attendance.models import AbsenceKind, DailyAttendance, DayStatus
from attendance.rules.rates import absence_rate, printed_percent
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.school_years import reporting_months, school_year
from attendance.selectors.tallies import counted_days
from reporting.models import ChronicCount
from reporting.rules.figures import Tally, summed
from reporting.selectors.counted_months import counted_months, last_counted, through_the_last
from reporting.selectors.figures_page import Asked
from reporting.selectors.months import school_with_months
from students.access import Scope
from students.models import School, Student
from students.refusals import Forbidden, NotInScope
from students.rules.names import folded

PAGE_SIZE = 50
# What a list of days is narrowed to, as figures call it.
STATUSES = ("present", "absent", "excused", "unexcused", "undetermined")


@dataclass(frozen=True)
class DayLine:
    """A student's day."""

    student_id: int
    state_id: str
    name: str
    day: date
    grade: str
    mode: str
    status: str
    absence_kind: str


@dataclass(frozen=True)
class DaysPage:
    """The days behind a figure, a page of them; the month's number is 0 where dates were asked for.

    `mode` names the one that was asked for; empty for every mode, and for none. `whole` reads every page's lines as
    they are taken, once, in one statement.
    """

    school: School
    month: MonthRange
    page: Page
    lines: Sequence[DayLine]
    whole: Iterable[DayLine]
    mode: str


@dataclass(frozen=True)
class ChronicLine:
    """A chronically absent student, absent of determined days (ST-05)."""

    student_id: int
    state_id: str
    name: str
    grade: str
    mode: str
    absent: int
    determined: int

    @property
    def rate(self) -> str:
        """The share of the determined days, as printed."""
        return printed_percent(absence_rate(self.absent, self.determined))


@dataclass(frozen=True)
class ChronicPage:
    """The chronically absent of a school by the end of a month, most absent first; `students` were counted.

    `whole` are the lines of every page.
    """

    school: School
    month: MonthRange
    page: Page
    lines: Sequence[ChronicLine]
    whole: Sequence[ChronicLine]
    students: int
    counted_at: datetime | None


def figure_days(
    scope: Scope, school_id: int, asked: Asked, *, status: str = "", apart: bool = False, page: int | str = 1
) -> DaysPage:
    """The student-days of a month, or of dates, in a school by date and name; `apart`: of those outside ADA (RD-10).

    As the figure counts them: through the last day that is over. A constant number of statements. Raises NotInScope,
    and Forbidden for whoever sees figures without students.
    """
    school, month = school_with_students(scope, school_id), counted_span(scope, asked)
    days = DailyAttendance.objects.filter(
        school=school, date__range=(month.starts_on, month.ends_on), ada_included=not apart
    )
    if asked.grade is not None:
        days = days.filter(grade=asked.grade)
    if asked.mode is not None:
        days = days.filter(mode=asked.mode)
    if asked.weekday is not None:
        days = days.filter(date__iso_week_day=asked.weekday)
    if status in STATUSES:
        days = days.filter(_status(status))
    counted = counted_days(scope, [school.pk], [month], grade=asked.grade, mode=asked.mode, weekday=asked.weekday)
    held = summed(Tally(*each.counts) for each in counted if each.ada_included is not apart)
    number = getattr(held, status if status in STATUSES else "enrolled")
    ordered = days.select_related("student").order_by("date", "student__sort_name", "student_id")
    shown = _Counted(ordered, number).get_page(page)
    whole = (_day_line(each) for each in ordered.iterator())
    return DaysPage(school, month, shown, [_day_line(each) for each in shown.object_list], whole, asked.mode_name)


class _Counted(Paginator):
    """Pages of days that the tallies have counted already: counting a month of a large school takes a tenth of a
    second.
    """

    def __init__(self, days: QuerySet[DailyAttendance], number: int) -> None:
        self.number_of_days = number
        super().__init__(days, PAGE_SIZE)

    @cached_property
    def count(self) -> int:
        """As the figure says."""
        return self.number_of_days


def _status(status: str) -> Q:
    if status in (AbsenceKind.EXCUSED, AbsenceKind.UNEXCUSED):
        absent = Q(status=DayStatus.ABSENT)
        excused = Q(absence_kind=AbsenceKind.EXCUSED)
        return absent & (excused if status == AbsenceKind.EXCUSED else ~excused)
    return Q(status=status)


def _day_line(row: DailyAttendance) -> DayLine:
    student = row.student
    return DayLine(
        student.pk, student.state_id, student.listed_name, row.date, row.grade, row.mode, row.status, row.absence_kind
    )


def chronically_absent(scope: Scope, school_id: int, asked: Asked, page: int | str = 1) -> ChronicPage:
    """The chronically absent by the end of a month, as they were counted; a constant number of statements.

    Raises NotInScope, and Forbidden for whoever sees figures without students.
    """
    school, month = school_with_students(scope, school_id), _month(scope, asked)
    counts = ChronicCount.objects.filter(school=school, school_year__starts_on=scope.year_starts_on, month=month.month)
    if asked.grade is not None:
        counts = counts.filter(grade=asked.grade)
    if asked.mode is not None:
        counts = counts.filter(mode=asked.mode)
    held = list(counts)
    names = Student.objects.in_bulk([each for count in held for each in count.student_ids])
    lines = [
        _chronic_line(names[student_id], count, absent, determined)
        for count in held
        for student_id, absent, determined in zip(
            count.student_ids, count.days_absent, count.days_determined, strict=True
        )
        if student_id in names
    ]
    lines.sort(key=_most_absent_first)
    shown = Paginator(lines, PAGE_SIZE).get_page(page)
    counted_at = min((count.counted_at for count in held), default=None)
    students = sum(each.students for each in held)
    return ChronicPage(school, month, shown, list(shown.object_list), lines, students, counted_at)


def _chronic_line(student: Student, count: ChronicCount, absent: int, determined: int) -> ChronicLine:
    return ChronicLine(student.pk, student.state_id, student.listed_name, count.grade, count.mode, absent, determined)


def _most_absent_first(line: ChronicLine) -> tuple[object, str, int]:
    return -(absence_rate(line.absent, line.determined) or 0), folded(line.name), line.student_id


def school_with_students(scope: Scope, school_id: int) -> School:
    """A school whose figures and students are open to somebody. Raises NotInScope, and Forbidden for figures alone."""
    school = school_with_months(scope, school_id)
    if not scope.reads(school.pk):
        raise Forbidden("You see this school’s figures, and not its students.")
    return school


def span_of(scope: Scope, asked: Asked) -> MonthRange:
    """The dates asked for, as month 0, or the month asked for, or the newest that has begun. Raises NotInScope."""
    return MonthRange(0, *asked.dates) if asked.dates else _month(scope, asked)


def counted_span(scope: Scope, asked: Asked) -> MonthRange:
    """The same as figures of days count it: through the last day that is over. Raises NotInScope."""
    if asked.dates is None:
        return _newest(counted_months(scope, school_year(scope)), asked)
    spans = through_the_last(scope, [MonthRange(0, *asked.dates)])
    # Dates of which none is over yet have no day behind a figure.
    return spans[0] if spans else MonthRange(0, asked.dates[0], last_counted(scope))


def _month(scope: Scope, asked: Asked) -> MonthRange:
    """The month asked for, or the newest that has begun; through today at the latest."""
    months = reporting_months(scope, school_year(scope))
    begun = [each._replace(ends_on=min(each.ends_on, scope.today)) for each in months if each.starts_on <= scope.today]
    return _newest(begun, asked)


def _newest(months: Sequence[MonthRange], asked: Asked) -> MonthRange:
    chosen = [month for month in months if asked.month in (None, month.month)]
    if not chosen:
        raise NotInScope
    return chosen[-1]
