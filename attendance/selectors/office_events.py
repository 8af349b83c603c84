"""What offices entered, a slice at a time, for those who keep them."""

from datetime import date

from attendance.models import OfficeEvent
from attendance.selectors.office_days import office, offices
from students.access import Scope
from students.selectors.slices import Slice, Window


def office_events(
    scope: Scope,
    *,
    window: Window,
    from_date: date | None = None,
    to_date: date | None = None,
    school_id: int | None = None,
    student_id: int | None = None,
    kind: str | None = None,
) -> Slice[OfficeEvent]:
    """Events that speak of a day between two, both inclusive (today where none are given), withdrawn ones too.

    Raises Forbidden for who keeps no office, and NotInScope or Forbidden for a school that is not theirs to keep.
    """
    first, last = from_date or scope.today, to_date or scope.today
    kept = [office(scope, school_id)] if school_id is not None else offices(scope)
    found = OfficeEvent.objects.filter(entry__school__in=kept, starts_on__lte=last, ends_on__gte=first)
    if student_id is not None:
        found = found.filter(student=student_id)
    if kind is not None:
        found = found.filter(kind=kind)
    return window.of(found.select_related("entry__entered_by", "withdrawn_by"), "starts_on", "pk")
