"""The children of a family's account, each with the state of today."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.models import DailyAttendance
from reporting.rules.family_day import SeenDay, day_state, shape_of, why_no_day
from reporting.selectors.family_day_words import headline
from reporting.selectors.family_places import ChildPlace, child_places
from students.access import Scope
from students.models import Student
from students.selectors.families import children_of


@dataclass(frozen=True)
class ChildLine:
    """A child, the school of today, and what today is by now, in words and shape."""

    child: Student
    school: str
    words: str
    shape: str


def family_children(scope: Scope) -> Sequence[ChildLine]:
    """Every child whose records this account opens today, by first name; the same few statements however many."""
    children = list(children_of(scope).order_by("given_name", "pk"))
    ids = [each.pk for each in children]
    places = child_places(scope, ids, scope.today)
    rows = {row.student_id: row for row in DailyAttendance.objects.filter(student__in=ids, date=scope.today)}
    return [_line(each, places[each.pk], rows.get(each.pk)) for each in children]


def _line(child: Student, place: ChildPlace, row: DailyAttendance | None) -> ChildLine:
    if row is None:
        state = why_no_day(enrolled=place.enrollment is not None, in_session=place.in_session, is_to_come=False)
    else:
        state = day_state(seen_day(row, is_over=False))
    school = place.enrollment.school.name if place.enrollment else ""
    return ChildLine(child, school, headline(state, day_off=place.day_off), shape_of(state))


def seen_day(row: DailyAttendance, *, is_over: bool) -> SeenDay:
    """A row of the ledger as the rules of families' pages read it."""
    return SeenDay(
        status=row.status,
        absence_kind=row.absence_kind,
        rules=row.rules.split(),
        expected=row.meetings_expected,
        untaken=row.meetings_untaken,
        is_over=is_over,
        in_own_time=len(row.own_time_sections) >= row.meetings_expected,
    )
