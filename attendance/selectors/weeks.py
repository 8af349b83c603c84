"""A school's week, as pages of own-time work turn it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.models import CalendarDay
from attendance.rules.entry_window import sunday_of, week_of
from students.access import Scope
from students.refusals import NotInScope

ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """From Monday to Sunday; `days` are those on which the school has school, for any grade."""

    monday: date
    today: date
    days: Sequence[date]

    @property
    def sunday(self) -> date:
        """Its last day."""
        return sunday_of(self.monday)

    @property
    def before(self) -> date:
        """The Monday before."""
        return self.monday - ONE_WEEK

    @property
    def after(self) -> date:
        """The Monday after."""
        return self.monday + ONE_WEEK

    @property
    def is_over(self) -> bool:
        """Whether its last day is."""
        return self.today > self.sunday


def school_week(scope: Scope, school_id: int, monday: date) -> Week:
    """A week of a school that the caller took from the scope. Raises NotInScope for a day that is no Monday."""
    if monday != week_of(monday):
        raise NotInScope
    held = CalendarDay.objects.in_session().filter(school=school_id, date__range=(monday, sunday_of(monday)))
    return Week(monday, scope.today, list(held.order_by("date").values_list("date", flat=True)))
