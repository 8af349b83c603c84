"""The classes of the schools that somebody may see, a page at a time, as they stand on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from attendance.models import SectionMeetingTime
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope, visible_to
from students.models import School, Section, SectionEnrollment, SectionTeacher, User

PAGE_SIZE = 50


@dataclass(frozen=True)
class AskedSections:
    """What a list of classes is narrowed to: a school, a teacher, a period, words of the title, on a day."""

    on: date
    school_id: int | None = None
    teacher_id: int | None = None
    period: str = ""
    words: str = ""
    page: int | str = 1


@dataclass(frozen=True)
class SectionLine:
    """A class on a day: who teaches it, in which periods it meets, and how many stand on its roster."""

    section: Section
    teachers: Sequence[User]
    periods: Sequence[str]
    students: int


@dataclass(frozen=True)
class SectionList:
    """The lines of a page, and what the list can be narrowed to."""

    page: Page
    lines: Sequence[SectionLine]
    schools: Sequence[School]
    periods: Sequence[str]


def section_list(scope: Scope, asked: AskedSections) -> SectionList:
    """A page of the classes in scope; the same number of statements however many they are."""
    page = Paginator(_sections(scope, asked), PAGE_SIZE).get_page(asked.page)
    sections = list(page.object_list)
    ids = [each.pk for each in sections]
    teachers, periods, counts = SectionTeachers(scope, ids), _periods(ids, asked.on), _counts(ids, asked.on)
    lines = [
        SectionLine(each, teachers.all_on(each.pk, asked.on), periods.get(each.pk, []), counts.get(each.pk, 0))
        for each in sections
    ]
    return SectionList(page, lines, list(visible_to(scope, School)), _all_periods(scope))


def _sections(scope: Scope, asked: AskedSections) -> QuerySet[Section]:
    found = visible_to(scope, Section).select_related("course", "school")
    if asked.school_id:
        found = found.filter(school=asked.school_id)
    if asked.teacher_id:
        teaching = SectionTeacher.objects.holding_on(asked.on).filter(section=OuterRef("pk"), user=asked.teacher_id)
        found = found.filter(Exists(teaching))
    if asked.period:
        meets = SectionMeetingTime.objects.holding_on(asked.on).filter(section=OuterRef("pk"), period=asked.period)
        found = found.filter(Exists(meets))
    for word in asked.words.split():
        found = found.filter(Q(title__icontains=word) | Q(code__icontains=word) | Q(course__title__icontains=word))
    return found.order_by("school__name", "title", "pk")


def _periods(section_ids: Iterable[int], day: date) -> dict[int, list[str]]:
    periods: dict[int, list[str]] = {}
    times = SectionMeetingTime.objects.holding_on(day).filter(section__in=section_ids)
    for section_id, period, rotation in times.order_by("period").values_list("section_id", "period", "rotation_days"):
        periods.setdefault(section_id, []).append(f"{period} ({', '.join(rotation)})" if rotation else period)
    return periods


def _counts(section_ids: Iterable[int], day: date) -> dict[int, int]:
    listed = SectionEnrollment.objects.holding_on(day).filter(section__in=section_ids).order_by()
    return dict(listed.values("section").annotate(number=Count("pk")).values_list("section", "number"))


def _all_periods(scope: Scope) -> list[str]:
    times = SectionMeetingTime.objects.filter(section__in=visible_to(scope, Section))
    return list(times.order_by("period").values_list("period", flat=True).distinct())
