"""The students behind a figure of tiers, of now or of a day before: for those who work their cases alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from interventions.models import Case, Crossing, Ground, Standing
from interventions.selectors.standings import school_year_on
from reporting.selectors.months import school_with_months
from students.access import Scope
from students.models import Enrollment, School, SchoolYear
from students.refusals import Forbidden, NotInScope
from students.rules.rights import Right
from students.selectors.places import schools_with_right

PAGE_SIZE = 50
DISENGAGED = 0


@dataclass(frozen=True)
class TierStudent:
    """A student of the list; `since`: since when in the tier, `case_id` the open case."""

    student_id: int
    state_id: str
    name: str
    school: str
    grade: str
    absences: int | None
    since: date | None
    case_id: int | None


@dataclass(frozen=True)
class TierStudents:
    """A page of the students who stood in a tier on a day (tier 0: the disengaged).

    `whole` reads every page's lines as they are taken, once, in one statement.
    """

    school: School | None
    grade: str | None
    tier: int
    on: date
    is_now: bool
    page: Page
    lines: Sequence[TierStudent]
    whole: Iterable[TierStudent]


def students_of_tier(
    scope: Scope, tier: int, *, school_id: int | None, grade: str | None, on: date | None, page: int | str = 1
) -> TierStudents:
    """The students of a tier in a school (None: in all whose figures somebody sees), as the figure counts them.

    Without a day, as they stand now. A constant number of statements. Raises NotInScope for another school, and for a
    day in no school year or to come; Forbidden for whoever does not work the cases of all of them.
    """
    school = school_with_months(scope, school_id) if school_id else None
    ids = [school.pk] if school else [each.pk for each in schools_with_right(scope, Right.FIGURES)]
    if not all(scope.may(Right.CASES, each) for each in ids):
        raise Forbidden("Who stands in a tier is for those who work the cases of the school.")
    day = on or scope.today
    year = school_year_on(scope, day)
    if year is None or day > scope.today:
        raise NotInScope
    standing = _stood(scope, year, tier, day) if on else _standing(year, tier)
    held = Enrollment.attending_on(day).filter(Exists(standing), is_primary=True, school__in=ids)
    if grade is not None:
        held = held.filter(grade=grade)
    listed = _listed(scope, held, year, tier)
    shown, whole = Paginator(listed, PAGE_SIZE).get_page(page), (_line(each) for each in listed.iterator())
    lines = [_line(each) for each in shown.object_list]
    return TierStudents(school, grade, tier, day, on is None, shown, lines, whole)


def _standing(year: SchoolYear, tier: int) -> QuerySet[Standing]:
    of_year = Standing.objects.filter(student=OuterRef("student"), year=year)
    return of_year.exclude(criteria=[]) if tier == DISENGAGED else of_year.filter(tier=tier)


def _stood(scope: Scope, year: SchoolYear, tier: int, day: date) -> QuerySet[Crossing]:
    """Crossings by which the student of an outer row stood in a tier, and in none above it."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(scope.zone))
    lasted = Q(withdrawn_at=None) | Q(ground=Ground.DISENGAGED, withdrawn_at__gte=midnight)
    held = Crossing.objects.filter(lasted, student=OuterRef("student"), year=year, crossed_on__lte=day)
    if tier == DISENGAGED:
        return held.filter(ground=Ground.DISENGAGED)
    above = Crossing.objects.filter(lasted, student=OuterRef("student"), year=year, crossed_on__lte=day, tier__gt=tier)
    return held.filter(~Exists(above), tier=tier)


def _listed(scope: Scope, held: QuerySet[Enrollment], year: SchoolYear, tier: int) -> QuerySet[Enrollment]:
    of_year = Standing.objects.filter(student=OuterRef("student"), year=year)
    crossed = Crossing.objects.filter(student=OuterRef("student"), year=year, withdrawn_at=None)
    crossed = crossed.filter(ground=Ground.DISENGAGED) if tier == DISENGAGED else crossed.filter(tier=tier)
    cases = Case.objects.filter(student=OuterRef("student"), closed_at=None)
    return (
        held.select_related("student", "school")
        .annotate(
            absences=Subquery(of_year.values("absences")[:1]),
            since=Subquery(crossed.order_by().values("student").annotate(first=Min("crossed_on")).values("first")),
            case_id=Subquery(cases.values("pk")[:1]),
        )
        .order_by(F("absences").desc(nulls_last=True), "student__sort_name", "student_id")
    )


def _line(row: Enrollment) -> TierStudent:
    return TierStudent(
        row.student_id,
        row.student.state_id,
        row.student.listed_name,
        row.school.name,
        row.grade,
        row.absences,  # type: ignore[attr-defined]
        row.since,  # type: ignore[attr-defined]
        row.case_id,  # type: ignore[attr-defined]
    )
