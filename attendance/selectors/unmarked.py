"""Students who have no mark in a class that was taken: for them it is untaken (RD-03)."""

from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import Mark
from attendance.selectors.own_time import live_in_outer_meeting
from students.models import SectionEnrollment


def unmarked_in_outer_meeting() -> QuerySet[SectionEnrollment]:
    """Roster lines without a mark, as a subquery of a query of class meetings; nobody marks work in own time."""
    marks = Mark.objects.filter(meeting=OuterRef(OuterRef("pk")), student=OuterRef("student"))
    return live_in_outer_meeting().exclude(Exists(marks))
