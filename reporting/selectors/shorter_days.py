"""Whose days are meant to be shorter than others', and when (RD-01, MS-04, MS-32)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from attendance.models import CollegeSection, OwnSchedule
from reporting.rules.facts import ShorterDays
from students.access import Scope
from students.models import SectionEnrollment


def shorter_days(scope: Scope, student_ids: Collection[int], starts_on: date, ends_on: date) -> list[ShorterDays]:
    """Own schedules, and places in classes that a college teaches, between two dates, both inclusive; two statements.

    The caller took the students from the scope.
    """
    held = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    columns = ("student_id", "starts_on", "ends_on")
    own = OwnSchedule.objects.filter(held, student__in=student_ids, starts_on__lte=ends_on)
    taught = CollegeSection.objects.values("section_id")
    places = SectionEnrollment.objects.filter(held, starts_on__lte=ends_on, section__in=taught, student__in=student_ids)
    return [ShorterDays(*row) for row in [*own.values_list(*columns), *places.values_list(*columns)]]
