"""Rows of the daily ledger, a slice at a time, as far as somebody may see the students."""

from datetime import date

from attendance.models import DailyAttendance
from students.access import Scope, visible_to
from students.models import Student
from students.rules.rights import Right
from students.selectors.slices import Slice, Window


def daily_attendance(
    scope: Scope,
    *,
    window: Window,
    from_date: date | None = None,
    to_date: date | None = None,
    student_id: int | None = None,
    school_id: int | None = None,
    status: str | None = None,
) -> Slice[DailyAttendance]:
    """The days of students in scope between two dates, both inclusive; today's where none are given."""
    days = (from_date or scope.today, to_date or scope.today)
    found = DailyAttendance.objects.filter(date__range=days)
    if not scope.everywhere(Right.READ):
        found = found.filter(student__in=visible_to(scope, Student))
    if student_id is not None:
        found = found.filter(student=student_id)
    if school_id is not None:
        found = found.filter(school=school_id)
    if status is not None:
        found = found.filter(status=status)
    return window.of(found, "date", "student_id")
