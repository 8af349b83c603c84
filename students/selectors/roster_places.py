"""Schools, terms, courses and sections, a slice at a time, as far as somebody may see them."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from students.access import Scope, visible_to
from students.models import Course, School, Section, SectionTeacher, Term
from students.refusals import NotInScope
from students.rules.rights import Right
from students.selectors.slices import Slice, Window


def schools(scope: Scope, *, window: Window) -> Slice[School]:
    """The schools in scope."""
    return window.of(_schools(scope), "pk")


def school(scope: Scope, school_id: int) -> School:
    """One school. Raises NotInScope."""
    return _one(_schools(scope), school_id)


def _schools(scope: Scope) -> QuerySet[School]:
    return visible_to(scope, School).select_related("district")


def terms(scope: Scope, *, window: Window) -> Slice[Term]:
    """The terms of the classes in scope."""
    return window.of(_terms(scope), "pk")


def term(scope: Scope, term_id: int) -> Term:
    """One term. Raises NotInScope."""
    return _one(_terms(scope), term_id)


def _terms(scope: Scope) -> QuerySet[Term]:
    found = Term.objects.select_related("school_year")
    if scope.everywhere(Right.READ):
        return found
    held = Section.terms.through.objects.filter(section__in=visible_to(scope, Section))
    return found.filter(pk__in=held.values("term_id"))


def courses(scope: Scope, *, window: Window, school_id: int | None = None) -> Slice[Course]:
    """The courses of the classes in scope, of a school where one is named."""
    found = _courses(scope)
    if school_id is not None:
        found = found.filter(pk__in=visible_to(scope, Section).filter(school=school_id).values("course_id"))
    return window.of(found, "pk")


def course(scope: Scope, course_id: int) -> Course:
    """One course. Raises NotInScope."""
    return _one(_courses(scope), course_id)


def _courses(scope: Scope) -> QuerySet[Course]:
    if scope.everywhere(Right.READ):
        return Course.objects.all()
    return Course.objects.filter(pk__in=visible_to(scope, Section).values("course_id"))


def sections(
    scope: Scope,
    *,
    window: Window,
    school_id: int | None = None,
    course_id: int | None = None,
    term_id: int | None = None,
    teacher_id: int | None = None,
) -> Slice[Section]:
    """The classes in scope; `teacher_id` is somebody who teaches them on the scope's day."""
    found = _sections(scope)
    if school_id is not None:
        found = found.filter(school=school_id)
    if course_id is not None:
        found = found.filter(course=course_id)
    if term_id is not None:
        found = found.filter(pk__in=Section.terms.through.objects.filter(term=term_id).values("section_id"))
    if teacher_id is not None:
        taught = SectionTeacher.objects.holding_on(scope.today).filter(user=teacher_id)
        found = found.filter(pk__in=taught.values("section_id"))
    return window.of(found, "pk")


def section(scope: Scope, section_id: int) -> Section:
    """One class. Raises NotInScope."""
    return _one(_sections(scope), section_id)


def _sections(scope: Scope) -> QuerySet[Section]:
    held = Section.terms.through.objects.filter(section=OuterRef("pk")).order_by("term_id")
    return visible_to(scope, Section).select_related("course").annotate(term_ids=ArraySubquery(held.values("term_id")))


def _one(found: QuerySet, pk: int) -> Any:
    record = found.filter(pk=pk).first()
    if record is None:
        raise NotInScope
    return record
