"""The page of a school's planning times: who has too little first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from attendance.models import StaffHours
from attendance.selectors.planning import planning_of
from students.access import Scope
from students.models import School
from students.refusals import NotInScope
from students.rules.rights import Right
from students.selectors.places import schools_with_right

PAGE_SIZE = 50


@dataclass(frozen=True)
class PlanningPage:
    """A school's teachers on a date, those with too little planning time first; `hours` in the order they began."""

    schools: Sequence[School]
    school: School
    on: date
    page: Page
    teachers: int
    short: int
    hours: Sequence[StaffHours]
    may_change: bool

    @property
    def current(self) -> StaffHours | None:
        """The working day that holds on the date; None where it lasts from the first bell to the last."""
        return next((each for each in reversed(self.hours) if each.starts_on <= self.on), None)


def planning_page(scope: Scope, school_id: int | None, on: date, *, short_only: bool, page: int | str) -> PlanningPage:
    """The planning times of a school, by default the first whose figures somebody reads. Raises NotInScope."""
    schools = list(schools_with_right(scope, Right.FIGURES))
    school = next((each for each in schools if school_id in (None, each.pk)), None)
    if school is None:
        raise NotInScope
    found = sorted(planning_of(scope, [school.pk], on), key=lambda each: each.time.is_enough)
    short = [each for each in found if not each.time.is_enough]
    return PlanningPage(
        schools=schools,
        school=school,
        on=on,
        page=Paginator(short if short_only else found, PAGE_SIZE).get_page(page),
        teachers=len(found),
        short=len(short),
        hours=list(StaffHours.objects.filter(school=school).select_related("entered_by").order_by("starts_on")),
        may_change=scope.administers(school.pk),
    )
