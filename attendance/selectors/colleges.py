"""Colleges as their pages show them (MS-32)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from attendance.models import College, CollegeDay
from students.access import Scope, visible_to
from students.models import Section
from students.refusals import NotInScope


@dataclass(frozen=True)
class CollegePage:
    """One college with its days off, and every class that it may teach, with whether it does."""

    college: College
    days: Sequence[CollegeDay]
    sections: Sequence[tuple[Section, bool]]


def colleges_page(scope: Scope) -> Sequence[College]:
    """Every college with how many classes and days off it has; one statement. Raises NotInScope for who reads none."""
    if not scope.reads_schools:
        raise NotInScope
    counted = College.objects.annotate(
        classes=Count("sections", distinct=True), closed=Count("days_off", distinct=True)
    )
    return list(counted.order_by("name"))


def college_page(scope: Scope, college_id: int) -> CollegePage:
    """A college; its classes are those that somebody sees. Raises NotInScope."""
    college = College.objects.filter(pk=college_id).first() if scope.reads_schools else None
    if college is None:
        raise NotInScope
    taught = set(college.sections.values_list("section_id", flat=True))
    seen = visible_to(scope, Section).select_related("course", "school").order_by("school__name", "title", "pk")
    shown = seen if scope.district_wide else seen.filter(pk__in=taught)
    return CollegePage(college, list(college.days_off.order_by("date")), [(each, each.pk in taught) for each in shown])
