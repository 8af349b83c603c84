"""Class meetings, a slice at a time, as far as somebody may see them."""

from datetime import date

from django.db.models import Exists, OuterRef

from attendance.models import ClassMeeting
from students.access import Scope, visible_to
from students.models import SectionTeacher
from students.selectors.slices import Slice, Window


def class_meetings(
    scope: Scope,
    *,
    window: Window,
    from_date: date | None = None,
    to_date: date | None = None,
    school_id: int | None = None,
    section_id: int | None = None,
    teacher_id: int | None = None,
    state: str | None = None,
) -> Slice[ClassMeeting]:
    """Meetings between two dates, both inclusive; today's where none are given.

    `teacher_id` is somebody who teaches the class on the meeting's own day, as substitute too.
    """
    days = (from_date or scope.today, to_date or scope.today)
    found = visible_to(scope, ClassMeeting).filter(date__range=days).select_related("section__course", "taken_by")
    if school_id is not None:
        found = found.filter(school=school_id)
    if section_id is not None:
        found = found.filter(section=section_id)
    if teacher_id is not None:
        held = SectionTeacher.objects.holding_on(OuterRef("date")).filter(section=OuterRef("section"), user=teacher_id)
        found = found.filter(Exists(held))
    if state is not None:
        found = found.filter(state=state)
    return window.of(found, "date", "pk")
