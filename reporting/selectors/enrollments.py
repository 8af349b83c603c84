"""The enrollments of a school as the state is told of them."""

from datetime import date

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from attendance.models import CalendarDay
from reporting.rules.facts import EnrollmentFact
from students.access import Scope
from students.models import Enrollment


def enrollments_through(scope: Scope, school_id: int, year_starts_on: date, through: date) -> list[EnrollmentFact]:
    """Every enrollment of a school year that had begun by a day, as it stood at its end; one statement.

    Whoever left later is still there. The exit date is the last day in session of the enrollment, and the day of
    entry where it had none. The caller took the school from the scope.
    """
    last_session = (
        CalendarDay.objects.in_session()
        .filter(school=OuterRef("school"), date__lte=OuterRef("ends_on"))
        .order_by("-date")
        .values("date")[:1]
    )
    begun = Enrollment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=year_starts_on), school=school_id, starts_on__lte=through
    )
    rows = (
        begun.annotate(left_on=Greatest(F("starts_on"), Coalesce(Subquery(last_session), F("starts_on"))))
        .order_by("student_id", "starts_on")
        .values_list(
            "student_id",
            "grade",
            "starts_on",
            "entry_code",
            "ends_on",
            "left_on",
            "exit_code",
            "is_primary",
            "ada_included",
        )
    )
    return [
        EnrollmentFact(student, grade, starts_on, entry, *_end(ends_on, left_on, code, through), *rest)
        for student, grade, starts_on, entry, ends_on, left_on, code, *rest in rows
    ]


def _end(ends_on: date | None, left_on: date, exit_code: str, through: date) -> tuple[date | None, str]:
    """The exit as the state hears of it: none while the last day lies after the month."""
    return (left_on, exit_code) if ends_on is not None and ends_on <= through else (None, "")
