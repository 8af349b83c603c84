"""The students that somebody may see, a page at a time, each with the year's absences and their denominator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from attendance.models import DailyAttendance, DayStatus
from attendance.rules.rates import absence_rate, printed_percent
from students.access import Scope, visible_to
from students.models import Enrollment, School, Student
from students.rules.names import name_words

PAGE_SIZE = 50
BY_NAME, BY_ABSENCES = "name", "absences"


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to and ordered by. `words` are of names, or the beginning of a state id."""

    grade: str = ""
    school_id: int | None = None
    order: str = BY_NAME
    words: str = ""
    page: int | str = 1


@dataclass(frozen=True)
class Totals:
    """A student's days of this school year: absent of determined, and those before today not yet known."""

    absent: int = 0
    determined: int = 0
    undetermined: int = 0
    last_absence: date | None = None

    @property
    def rate(self) -> str:
        """The absence rate as it is printed; empty for no data."""
        return printed_percent(absence_rate(self.absent, self.determined))


@dataclass(frozen=True)
class StudentLine:
    """One student with the latest school; `left_on` where that enrollment has ended."""

    id: int
    name: str
    state_id: str
    grade: str
    school: str
    left_on: date | None
    totals: Totals


@dataclass(frozen=True)
class StudentList:
    """The lines of a page, and what the list can be narrowed to."""

    page: Page
    lines: Sequence[StudentLine]
    grades: Sequence[str]
    schools: Sequence[School]


def student_list(scope: Scope, asked: Asked) -> StudentList:
    """A page of the students in scope; the same number of statements however many they are."""
    page = Paginator(_students(scope, asked), PAGE_SIZE).get_page(asked.page)
    students = list(page.object_list)
    totals = _totals(scope, [each.pk for each in students])
    lines = [_line(scope, each, totals.get(each.pk, Totals())) for each in students]
    return StudentList(page, lines, _grades(scope), list(visible_to(scope, School)))


def _students(scope: Scope, asked: Asked) -> QuerySet[Student]:
    latest = _latest_enrollment(scope)
    found = visible_to(scope, Student).annotate(
        latest_grade=Subquery(latest.values("grade")[:1]),
        latest_school=Subquery(latest.values("school__name")[:1]),
        latest_school_id=Subquery(latest.values("school_id")[:1]),
        latest_end=Subquery(latest.values("ends_on")[:1]),
    )
    if asked.grade:
        found = found.filter(latest_grade=asked.grade)
    if asked.school_id:
        found = found.filter(latest_school_id=asked.school_id)
    for word in name_words(asked.words):
        found = found.filter(Q(sort_name__contains=word) | Q(state_id__startswith=word))
    return _ordered(scope, found, asked.order)


def _latest_enrollment(scope: Scope) -> QuerySet[Enrollment]:
    begun = Enrollment.objects.filter(student=OuterRef("pk"), is_primary=True, starts_on__lte=scope.today)
    return begun.order_by("-starts_on")


def _ordered(scope: Scope, found: QuerySet[Student], order: str) -> QuerySet[Student]:
    if order != BY_ABSENCES:
        return found.order_by("sort_name", "pk")
    absences = _days(scope).filter(student=OuterRef("pk"), status=DayStatus.ABSENT).order_by()
    counted = absences.values("student").annotate(number=Count("pk")).values("number")
    return found.annotate(absences=Coalesce(Subquery(counted), 0)).order_by(F("absences").desc(), "sort_name", "pk")


def _days(scope: Scope) -> QuerySet[DailyAttendance]:
    return DailyAttendance.objects.filter(date__range=(scope.year_starts_on, scope.today))


def _totals(scope: Scope, student_ids: Iterable[int]) -> dict[int, Totals]:
    absent, undetermined = Q(status=DayStatus.ABSENT), Q(status=DayStatus.UNDETERMINED)
    rows = _days(scope).filter(student__in=list(student_ids)).order_by().values("student")
    counted = rows.annotate(
        absent=Count("pk", filter=absent),
        determined=Count("pk", filter=~undetermined),
        undetermined=Count("pk", filter=undetermined & Q(date__lt=scope.today)),
        last_absence=Max("date", filter=absent),
    )
    listed = counted.values_list("student", "absent", "determined", "undetermined", "last_absence")
    return {student_id: Totals(*counts) for student_id, *counts in listed}


def _line(scope: Scope, student: Student, totals: Totals) -> StudentLine:
    ended = student.latest_end  # type: ignore[attr-defined]
    return StudentLine(
        id=student.pk,
        name=student.listed_name,
        state_id=student.state_id,
        grade=student.latest_grade or "",  # type: ignore[attr-defined]
        school=student.latest_school or "",  # type: ignore[attr-defined]
        left_on=ended if ended and ended < scope.today else None,
        totals=totals,
    )


def _grades(scope: Scope) -> list[str]:
    held = Enrollment.objects.filter(student__in=visible_to(scope, Student), is_primary=True).exclude(grade="")
    return list(held.order_by("grade").values_list("grade", flat=True).distinct())
