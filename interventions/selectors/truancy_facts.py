"""What notices of truancy are made of, for many students at once: ages, the days of crossing, and school days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from attendance.models import DailyAttendance, DayReview, Mark
from interventions.rules.compulsory_age import (
    END_AGE,
    KINDERGARTEN,
    KINDERGARTEN_AGE,
    SCHOOL_AGE,
    Age,
    age_of,
    born_for,
)
from students.access import Scope
from students.clock import local_date
from students.models import Enrollment, SchoolYear, Student
from students.rules.state_codes import NO_SHOW

Day = tuple[int, date]


@dataclass(frozen=True, slots=True)
class CrossingFacts:
    """The school of a student's day, and the local date on which the day was last entered; None: nobody wrote it."""

    school_id: int
    entered_on: date | None


def ages(scope: Scope, year: SchoolYear, student_ids: Collection[int]) -> dict[int, Age]:
    """Whom the law obliges in a school year (ST-01), of students that the caller took from the scope; one statement."""
    found = Student.objects.filter(pk__in=list(student_ids)).annotate(in_kindergarten=Exists(_kindergarten(year)))
    rows = found.order_by().values_list("pk", "birth_date", "in_kindergarten")
    return {pk: age_of(born, year.starts_on.year, in_kindergarten=in_kg) for pk, born, in_kg in rows}


def obliged_students(scope: Scope, year: SchoolYear) -> QuerySet[Student]:
    """What the rule `age_of` says, for the database to filter by; a test holds the two equal.

    The scope narrows nothing: who asks has other records through it.
    """
    first = year.starts_on.year
    old_enough = Q(birth_date__lte=born_for(first, SCHOOL_AGE))
    five = Q(birth_date__lte=born_for(first, KINDERGARTEN_AGE)) & Q(Exists(_kindergarten(year)))
    not_too_old = Q(birth_date__gt=born_for(first, END_AGE))
    return Student.objects.filter(Q(birth_date__isnull=True) | (not_too_old & (old_enough | five)))


def _kindergarten(year: SchoolYear) -> QuerySet[Enrollment]:
    """Of the student of the query around it; who was expected and never came is in none."""
    held = Enrollment.objects.filter(
        student=OuterRef("pk"), is_primary=True, grade=KINDERGARTEN, starts_on__lte=year.ends_on
    )
    return held.exclude(ends_on__lt=year.starts_on).exclude(exit_code=NO_SHOW)


def crossing_facts(scope: Scope, days: Collection[Day]) -> dict[Day, CrossingFacts]:
    """Of absent days of students; three statements. A day that is no longer in the ledger is missing."""
    students, dates = {student for student, _ in days}, {day for _, day in days}
    mine = {"student__in": students, "date__in": dates}
    ledger = DailyAttendance.objects.filter(**mine).order_by().values_list("student_id", "date", "school_id")
    entered = _entered(students, dates)
    return {
        (student, day): CrossingFacts(school, _local(scope, entered.get((student, day))))
        for student, day, school in ledger
        if (student, day) in days
    }


def _entered(students: Collection[int], dates: Collection[date]) -> Mapping[Day, datetime]:
    marks = Mark.objects.filter(student__in=students, meeting__date__in=dates).order_by()
    marked = marks.values_list("student_id", "meeting__date").annotate(at=Max("marked_at"))
    reviews = DayReview.objects.filter(student__in=students, date__in=dates).order_by()
    reviewed = reviews.values_list("student_id", "date").annotate(at=Max("entered_at"))
    found: dict[Day, datetime] = {}
    for student, day, at in [*marked, *reviewed]:
        found[student, day] = max(at, found.get((student, day), at))
    return found


def _local(scope: Scope, at: datetime | None) -> date | None:
    return None if at is None else local_date(at, scope.zone)
