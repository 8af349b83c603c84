"""Who is on a section's roster on a date."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from students.access import Scope
from students.models import Enrollment, SectionEnrollment, Student


def roster_on(scope: Scope, section_id: int, day: date) -> QuerySet[Student]:
    """Students on a section's roster on a date who are enrolled in a school that day, by name.

    The caller took the section from the scope.
    """
    listed = SectionEnrollment.objects.holding_on(day).filter(section=section_id)
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("pk"))
    return Student.objects.filter(Exists(enrolled), pk__in=listed.values("student_id"))
