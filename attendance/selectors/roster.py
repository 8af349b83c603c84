"""Who is on a section's roster on a date, and has school that day."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Value

from attendance.models import GradeDay
from attendance.selectors.own_time import in_own_time
from students.access import Scope, visible_to
from students.models import Enrollment, Section, SectionEnrollment, Student
from students.refusals import NotInScope


def roster_on(scope: Scope, section_id: int, day: date) -> QuerySet[Student]:
    """Students on a section's roster on a date who are enrolled in a school that day, by name.

    A class goes on without those whose grade has no school in the section's school. The caller took the section from
    the scope.
    """
    listed = SectionEnrollment.objects.holding_on(day).filter(section=section_id)
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("pk"))
    off = GradeDay.off_on(day).filter(calendar_day__school__sections=section_id)
    away = enrolled.filter(is_primary=True, grade__in=off)
    return Student.objects.filter(Exists(enrolled), ~Exists(away), pk__in=listed.values("student_id"))


def live_roster_on(scope: Scope, section_id: int, day: date) -> QuerySet[Student]:
    """Of those, the ones who meet the class live: work in own time is entered by the week, not marked (RD-25)."""
    return roster_on(scope, section_id, day).exclude(Exists(in_own_time(OuterRef("pk"), day, Value(section_id))))


def section_roster(scope: Scope, section_id: int, day: date) -> list[Student]:
    """The roster of a class in scope on a date, by name. Raises NotInScope."""
    if not visible_to(scope, Section).filter(pk=section_id).exists():
        raise NotInScope
    return list(roster_on(scope, section_id, day))


def live_rosters_on(scope: Scope, section_ids: Collection[int], day: date) -> dict[int, list[Student]]:
    """The live rosters of many classes, by class; one statement. The caller took the sections from the scope."""
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("student"))
    off = GradeDay.off_on(day).filter(calendar_day__school__sections=OuterRef(OuterRef("section")))
    away = enrolled.filter(is_primary=True, grade__in=off)
    own_time = in_own_time(OuterRef("student"), day, OuterRef("section"))
    listed = SectionEnrollment.objects.holding_on(day).filter(
        Exists(enrolled), ~Exists(away), ~Exists(own_time), section__in=section_ids
    )
    rosters: dict[int, list[Student]] = {section_id: [] for section_id in section_ids}
    for line in listed.select_related("student").order_by("student__sort_name", "student_id"):
        rosters[line.section_id].append(line.student)
    return rosters
