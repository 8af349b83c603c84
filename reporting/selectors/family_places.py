"""Where children are enrolled on a day and what the calendar there says of it: a few statements for all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from attendance.models import CalendarDay, GradeDay
from students.access import Scope
from students.models import Enrollment


@dataclass(frozen=True)
class ChildPlace:
    """The primary enrollment of a child on a day; `calendar` is None where the calendar does not speak of the day."""

    enrollment: Enrollment | None
    calendar: CalendarDay | GradeDay | None

    @property
    def in_session(self) -> bool:
        """Whether there is school for the child's grade."""
        return self.calendar is not None and self.calendar.in_session

    @property
    def day_off(self) -> str:
        """The name of a day without school, as the calendar gives it: Labor Day."""
        return self.calendar.name if self.calendar and not self.calendar.in_session else ""


def child_places(scope: Scope, student_ids: Collection[int], day: date) -> dict[int, ChildPlace]:
    """The places of children, whom the caller took from the scope, on a day."""
    held = Enrollment.attending_on(day).filter(student__in=student_ids, is_primary=True).select_related("school")
    enrolled = {each.student_id: each for each in held}
    days = CalendarDay.objects.filter(school__in={each.school_id for each in enrolled.values()}, date=day)
    by_school = {each.school_id: each for each in days}
    own = GradeDay.objects.filter(calendar_day__in=by_school.values()).select_related("calendar_day")
    by_grade = {(each.calendar_day.school_id, each.grade): each for each in own}
    return {student_id: _place(enrolled.get(student_id), by_school, by_grade) for student_id in student_ids}


def _place(
    enrollment: Enrollment | None,
    by_school: dict[int, CalendarDay],
    by_grade: dict[tuple[int, str], GradeDay],
) -> ChildPlace:
    if enrollment is None:
        return ChildPlace(None, None)
    own = by_grade.get((enrollment.school_id, enrollment.grade))
    return ChildPlace(enrollment, own or by_school.get(enrollment.school_id))
