"""Colleges of dual-credit students: the classes they teach, and the days on which they hold none (MS-32, RD-27)."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from attendance.models import College, CollegeDay, CollegeSection
from attendance.services.day_changes import Touched, hold, judge_anew
from students.access import Scope, visible_to
from students.models import Section, SectionEnrollment
from students.refusals import Forbidden, NotInScope, Refused

DISTRICT_ALONE = "Colleges are the district’s: only a district administrator enters them."


def add_college(scope: Scope, name: str) -> College:
    """Enter a college; by the same name it is the one that stands. Raises Forbidden, or Refused without a name."""
    _check_right(scope)
    if not name.strip():
        raise Refused("Name the college.")
    return College.objects.get_or_create(name=name.strip()[:200])[0]


def set_college_sections(scope: Scope, college_id: int, section_ids: Collection[int]) -> Touched:
    """Let exactly these classes be the college's. Raises NotInScope, Forbidden, or Refused: another college has one."""
    college = _college(scope, college_id)
    wanted = set(section_ids)
    if visible_to(scope, Section).filter(pk__in=wanted).count() != len(wanted):
        raise NotInScope
    with transaction.atomic():
        hold(scope, ())
        if CollegeSection.objects.filter(section__in=wanted).exclude(college=college).exists():
            raise Refused("Another college teaches one of these classes already.")
        had = set(college.sections.values_list("section_id", flat=True))
        college.sections.filter(section__in=had - wanted).delete()
        CollegeSection.objects.bulk_create(
            CollegeSection(section_id=each, college=college) for each in sorted(wanted - had)
        )
        days = sorted(college.days_off.values_list("date", flat=True))
        return _judge(scope, had ^ wanted, days)


def set_days_off(scope: Scope, college_id: int, days: Mapping[date, str]) -> Touched:
    """Let exactly these be the days on which the college holds no class, with their names.

    Raises NotInScope, Forbidden, or Refused with what is wrong. The days that change are judged anew.
    """
    college = _college(scope, college_id)
    with transaction.atomic():
        hold(scope, ())
        had = dict(college.days_off.values_list("date", "name"))
        for day in had.keys() - days.keys():
            college.days_off.filter(date=day).delete()
        for day in sorted(days):
            if had.get(day) != days[day]:
                _save(college, day, days[day])
        sections = college.sections.values_list("section_id", flat=True)
        return _judge(scope, sections, sorted(had.keys() ^ days.keys()))


def _save(college: College, day: date, name: str) -> None:
    row = college.days_off.filter(date=day).first() or CollegeDay(college=college, date=day)
    row.name = name.strip()
    try:
        row.full_clean(exclude=["college"])
    except ValidationError as error:
        raise Refused(f"{day:%b %d}: " + " ".join(error.messages)) from error
    row.save()


def _college(scope: Scope, college_id: int) -> College:
    if not scope.reads_schools:
        raise NotInScope
    college = College.objects.filter(pk=college_id).first()
    if college is None:
        raise NotInScope
    _check_right(scope)
    return college


def _check_right(scope: Scope) -> None:
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)


def _judge(scope: Scope, section_ids: Collection[int], days: Collection[date]) -> Touched:
    """Judge anew the days of a college's students: all between the first and the last that changed."""
    first, last = (min(days), max(days)) if days else (scope.today, scope.today)
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    roster = SectionEnrollment.objects.filter(overlapping, section__in=list(section_ids), starts_on__lte=last)
    students = sorted(set(roster.values_list("student_id", flat=True))) if days else []
    hold(scope, students)
    touched = judge_anew(scope, students, first, last, asked=[])
    touched.tell(CollegeDay)
    return touched
