"""Students who have no mark in a class that was taken: for them it is untaken (RD-03)."""

from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import GradeDay, Mark
from students.models import Enrollment, SectionEnrollment


def unmarked_in_outer_meeting() -> QuerySet[SectionEnrollment]:
    """Roster lines without a mark, as a subquery of a query of class meetings."""
    day = OuterRef(OuterRef("date"))
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("student"))
    off = GradeDay.off_on(OuterRef(day)).filter(calendar_day__school=OuterRef(OuterRef(OuterRef("school"))))
    away = enrolled.filter(is_primary=True, grade__in=off)
    marks = Mark.objects.filter(meeting=OuterRef(OuterRef("pk")), student=OuterRef("student"))
    listed = SectionEnrollment.objects.holding_on(OuterRef("date")).filter(section=OuterRef("section"))
    return listed.filter(Exists(enrolled)).exclude(Exists(away)).exclude(Exists(marks))
