"""Visits to the nurse and to counselors, for those who receive them: nothing else of the office's is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.core.paginator import Page, Paginator

from attendance.models import OfficeEntry, OfficeKind
from attendance.rules.minutes import Span
from attendance.selectors.office_days import school_hours
from attendance.selectors.office_page import EntryLine, Found, entry_lines, students_found, time_now
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope
from students.rules.rights import Right

PAGE_SIZE = 50
# Who may say that a student was with whom; the office may say both among its entries.
RIGHTS: Mapping[str, Right] = {
    OfficeKind.NURSE: Right.NURSE_VISITS,
    OfficeKind.COUNSELOR: Right.COUNSELOR_VISITS,
}
VISITED_ALONE = "Only who receives visits in this school enters them."


@dataclass(frozen=True)
class VisitsPage:
    """A day of visits in a school, to the one whom somebody is; `found` are students whom they look for."""

    school: School
    schools: Sequence[School]
    kind: str
    kinds: Sequence[tuple[str, str]]
    day: date
    today: date
    hours: Span | None
    time_now: time | None
    page: Page
    lines: Sequence[EntryLine]
    typed: str
    found: Sequence[Found] = field(default=())


def visited_schools(scope: Scope, kind: str) -> list[School]:
    """The schools in which somebody receives visits of a kind, by name."""
    right = RIGHTS.get(kind)
    if right is None:
        return []
    schools = visible_to(scope, School).order_by("name", "pk")
    return list(schools if scope.everywhere(right) else schools.filter(pk__in=scope.schools_with(right)))


def visited_school(scope: Scope, school_id: int | None, kind: str) -> School:
    """A school in which somebody receives visits of a kind, by default the first. Raises NotInScope or Forbidden."""
    received = visited_schools(scope, kind)
    if not received:
        raise Forbidden(VISITED_ALONE)
    school = next((each for each in received if school_id in (None, each.pk)), None)
    if school is None:
        raise Forbidden(VISITED_ALONE) if visible_to(scope, School).filter(pk=school_id).exists() else NotInScope
    return school


def visits_page(
    scope: Scope, school_id: int | None, kind: str, day: date, *, typed: str = "", page: int | str = 1
) -> VisitsPage:
    """The visits of a day, the latest entered first, in so many statements however many they are.

    Raises NotInScope or Forbidden.
    """
    kinds = [(each, str(OfficeKind(each).label)) for each, right in RIGHTS.items() if scope.somewhere(right)]
    kind = kind if kind in dict(kinds) or not kinds else kinds[0][0]
    school = visited_school(scope, school_id, kind)
    hours = school_hours(scope, school.pk, day)
    entered = OfficeEntry.objects.filter(school=school, kind=kind, events__starts_on=day).select_related("entered_by")
    counted = entered.counted()
    shown = Paginator(counted.order_by("-entered_at", "-pk"), PAGE_SIZE).get_page(page)
    return VisitsPage(
        school=school,
        schools=visited_schools(scope, kind),
        kind=kind,
        kinds=kinds,
        day=day,
        today=scope.today,
        hours=hours,
        time_now=time_now(scope, day, hours),
        page=shown,
        lines=entry_lines(scope, list(shown.object_list)),
        typed=typed,
        found=students_found(scope, school, day, typed),
    )
