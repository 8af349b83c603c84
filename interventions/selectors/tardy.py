"""Students who are often tardy (MD-04): a list beside the tiers, which never changes one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery

from interventions.models import Standing
from interventions.rules.policy import policy_on
from interventions.selectors.policies import care_policies
from interventions.selectors.queue import check_works_cases
from students.access import Scope
from students.models import Enrollment, School
from students.rules.rights import Right
from students.selectors.places import schools_with_right

PAGE_SIZE = 50


@dataclass(frozen=True)
class TardyLine:
    """A student with the tardies of the term and the absences of the year."""

    student_id: int
    name: str
    grade: str
    school: str
    tardies: int
    absences: int


@dataclass(frozen=True)
class TardyPage:
    """The list, most tardies first; `watched_from` are the tardies of a term from which somebody stands on it."""

    page: Page
    lines: Sequence[TardyLine]
    schools: Sequence[School]
    watched_from: int


def tardy_page(scope: Scope, *, school_id: int | None = None, page: int | str = 1) -> TardyPage:
    """The list of the schools whose cases somebody works; so many statements however long. Raises Forbidden."""
    check_works_cases(scope)
    schools = list(schools_with_right(scope, Right.CASES))
    asked = [school.pk for school in schools if school_id in (None, school.pk)]
    watched_from = policy_on(scope.today, care_policies(scope)).tardies_watched
    shown = Paginator(_watched(scope, asked, watched_from), PAGE_SIZE).get_page(page)
    return TardyPage(shown, [_line(each) for each in shown.object_list], schools, watched_from)


def _watched(scope: Scope, school_ids: Sequence[int], watched_from: int) -> QuerySet[Standing]:
    enrolled = Enrollment.attending_on(scope.today).filter(student=OuterRef("student"), is_primary=True)
    standings = Standing.objects.filter(
        year__starts_on=scope.year_starts_on, school__in=school_ids, is_enrolled=True, tardies__gte=watched_from
    )
    return (
        standings.annotate(grade=Subquery(enrolled.values("grade")[:1]))
        .select_related("student", "school")
        .order_by("-tardies", "student__sort_name", "student_id")
    )


def _line(standing: Standing) -> TardyLine:
    return TardyLine(
        student_id=standing.student_id,
        name=standing.student.listed_name,
        grade=standing.grade or "",  # type: ignore[attr-defined]
        school=standing.school.name if standing.school else "",
        tardies=standing.tardies,
        absences=standing.absences,
    )
