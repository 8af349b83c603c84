"""Students, teachers and enrollments, a slice at a time, as far as somebody may see them."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from students.access import Scope, visible_to
from students.models import Enrollment, School, Section, SectionEnrollment, SectionTeacher, Student, User
from students.refusals import NotInScope
from students.selectors.slices import Slice, Window


def students(
    scope: Scope,
    *,
    window: Window,
    school_id: int | None = None,
    grade: str | None = None,
    section_id: int | None = None,
    on: date | None = None,
) -> Slice[Student]:
    """The students in scope, narrowed to those of a school, a grade or a class on a day (by default the scope's)."""
    day = on or scope.today
    found = _students(scope)
    if school_id is not None or grade is not None or on is not None:
        found = found.filter(Exists(_membership(scope, day, school_id, grade).filter(student=OuterRef("pk"))))
    if section_id is not None:
        listed = SectionEnrollment.objects.holding_on(day).filter(section__in=visible_to(scope, Section))
        found = found.filter(pk__in=listed.filter(section=section_id).values("student_id"))
    return window.of(found, "pk")


def student(scope: Scope, student_id: int) -> Student:
    """One student. Raises NotInScope."""
    found = _students(scope).filter(pk=student_id).first()
    if found is None:
        raise NotInScope
    return found


def _students(scope: Scope) -> QuerySet[Student]:
    held = Enrollment.objects.holding_on(scope.today).filter(student=OuterRef("pk"), is_primary=True)
    return visible_to(scope, Student).annotate(
        present_school_id=Subquery(held.values("school_id")[:1]),
        present_grade=Coalesce(Subquery(held.values("grade")[:1]), Value("")),
    )


def _membership(scope: Scope, day: date, school_id: int | None, grade: str | None) -> QuerySet[Enrollment]:
    """Enrollments of a day in schools in scope: another school's is nobody's way to find a student."""
    held = Enrollment.objects.holding_on(day).filter(school__in=visible_to(scope, School))
    if school_id is not None:
        held = held.filter(school=school_id)
    return held if grade is None else held.filter(grade=grade)


def teachers(
    scope: Scope,
    *,
    window: Window,
    school_id: int | None = None,
    section_id: int | None = None,
    on: date | None = None,
) -> Slice[User]:
    """Who teaches classes in scope on a day (by default the scope's), as substitute too."""
    return window.of(_teachers(scope, on or scope.today, school_id, section_id), "pk")


def teacher(scope: Scope, teacher_id: int) -> User:
    """Somebody who teaches a class in scope on the scope's day. Raises NotInScope."""
    found = _teachers(scope, scope.today).filter(pk=teacher_id).first()
    if found is None:
        raise NotInScope
    return found


def _teachers(scope: Scope, day: date, school_id: int | None = None, section_id: int | None = None) -> QuerySet[User]:
    taught = visible_to(scope, Section)
    if school_id is not None:
        taught = taught.filter(school=school_id)
    if section_id is not None:
        taught = taught.filter(pk=section_id)
    teaching = SectionTeacher.objects.holding_on(day).filter(section__in=taught)
    return User._default_manager.filter(pk__in=teaching.values("user_id"))


def enrollments(
    scope: Scope,
    *,
    window: Window,
    student_id: int | None = None,
    school_id: int | None = None,
    on: date | None = None,
) -> Slice[Enrollment]:
    """Enrollments in schools in scope of students in scope, past ones too; on a day where one is named."""
    found = Enrollment.objects.filter(student__in=visible_to(scope, Student), school__in=visible_to(scope, School))
    if student_id is not None:
        found = found.filter(student=student_id)
    if school_id is not None:
        found = found.filter(school=school_id)
    if on is not None:
        found = found.filter(pk__in=Enrollment.objects.holding_on(on).values("pk"))
    return window.of(found, "pk")
