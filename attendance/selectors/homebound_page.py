"""The log of a student's homebound instruction, a week at a time (RD-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.models import DayReview, OwnSchedule, OwnScheduleKind
from attendance.selectors.student_rights import student_in_scope
from students.access import Scope
from students.models import Student


@dataclass(frozen=True)
class HomeboundPage:
    """Monday to Friday of a week: each day with its minutes (None: not entered), and whether it may be entered."""

    student: Student
    monday: date
    days: Sequence[tuple[date, int | None, bool]]

    @property
    def beside(self) -> tuple[date, date]:
        """The Mondays of the weeks before and after."""
        return self.monday - timedelta(days=7), self.monday + timedelta(days=7)


def homebound_page(scope: Scope, student_id: int, day: date) -> HomeboundPage:
    """The week of a day; three statements. Raises NotInScope."""
    student = student_in_scope(scope, student_id)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=each) for each in range(5)]
    reviews = DayReview.objects.filter(student=student, section=None, date__in=days)
    entered = dict(reviews.values_list("date", "minutes"))
    held = list(OwnSchedule.objects.filter(student=student, kind=OwnScheduleKind.HOMEBOUND))
    open_days = {each for each in days if each <= scope.today and any(fact.holds_on(each) for fact in held)}
    return HomeboundPage(student, monday, [(each, entered.get(each), each in open_days) for each in days])
