"""Children of compulsory age whom the district knows and who attend none of its schools (ST-06)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from attendance.models import CalendarDay
from interventions.access import telling_schools, tells_officer
from interventions.models import UnenrolledReport
from interventions.rules.compulsory_age import KINDERGARTEN, LastKnown, age_of, enroll_by, is_to_be_reported
from interventions.rules.policy import policy_on
from interventions.selectors.policies import care_policies
from interventions.selectors.standings import school_year_on
from interventions.selectors.truancy_words import TELLERS_ALONE, TO_TELL, TOLD
from students.access import Scope, visible_to
from students.models import Enrollment, School, SchoolYear, Student
from students.refusals import Forbidden
from students.rules.state_codes import NO_SHOW

PAGE_SIZE = 50
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class UnenrolledLine:
    """A child, where it was last enrolled or expected, and what the officer was told.

    `came_on`: enrolled since; `expected_on`: an enrollment to come.
    """

    student_id: int
    name: str
    birth_date: date | None
    school: str
    grade: str
    never_came: bool
    last_day: date | None
    expected_on: date | None
    came_on: date | None
    report: UnenrolledReport | None

    @property
    def is_to_take_back(self) -> bool:
        """Whether the officer still looks for a child who came."""
        return bool(self.came_on and self.report and self.report.taken_back_on is None)

    @property
    def is_open(self) -> bool:
        """Whether the officer is still to be told something."""
        return self.report is None or self.is_to_take_back


@dataclass(frozen=True)
class UnenrolledList:
    """A page of them; `in_time_until` is the last day of enrolling in time, None without a calendar."""

    page: Page
    lines: Sequence[UnenrolledLine]
    schools: Sequence[School]
    in_time_until: date | None

    @property
    def has_something_to_tell(self) -> bool:
        """Whether the officer is still to be told of a line of this page."""
        return any(each.is_open for each in self.lines)


def unenrolled_list(
    scope: Scope, *, school_id: int | None = None, state: str = TO_TELL, page: int | str = 1
) -> UnenrolledList:
    """Who is to be told of, by name, or was; so many statements however many children. Raises Forbidden."""
    if not tells_officer(scope):
        raise Forbidden(TELLERS_ALONE)
    year = school_year_on(scope, scope.today)
    schools = list(telling_schools(scope))
    shown = Paginator(found_children(scope, school_id, state), PAGE_SIZE).get_page(page)
    if year is None:
        return UnenrolledList(shown, [], schools, None)
    until = _in_time_until(scope, _first_days(year))
    return UnenrolledList(shown, _lines(year, list(shown.object_list)), schools, until)


def found_children(scope: Scope, school_id: int | None, state: str) -> QuerySet[Any]:
    """The children who are asked for, by name, with where they were last enrolled or expected."""
    year = school_year_on(scope, scope.today)
    if year is None:
        return Student.objects.none()
    known = _known(scope, year)
    if school_id is not None:
        known = known.filter(last_school=school_id)
    ids = _ids(scope, year, known, _first_days(year), state)
    return known.filter(pk__in=ids).order_by("sort_name", "pk")


def unenrolled_or_told(scope: Scope, year: SchoolYear, student_ids: Collection[int]) -> set[int]:
    """Which of some children are to be told of, or were told of, and are in the scope."""
    known, firsts = _known(scope, year).filter(pk__in=list(student_ids)), _first_days(year)
    return {each for state in (TO_TELL, TOLD) for each in _ids(scope, year, known, firsts, state)}


def attending_this_year(scope: Scope, year: SchoolYear, student_ids: Collection[int]) -> set[int]:
    """Which of some children have been enrolled in a school of the district this year."""
    held = _this_year(scope, year).filter(student__in=list(student_ids))
    return set(held.values_list("student_id", flat=True))


def _this_year(scope: Scope, year: SchoolYear) -> QuerySet[Enrollment]:
    begun = Enrollment.objects.filter(starts_on__lte=scope.today).exclude(exit_code=NO_SHOW)
    return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=year.starts_on))


def _known(scope: Scope, year: SchoolYear) -> QuerySet[Any]:
    """Students with an enrollment of the last or this year, and where they were last enrolled or expected.

    A former year's school no longer looks in: children who never came back are the district's to tell of, those who
    were expected in a school this year that school's too.
    """
    mine = Enrollment.objects.filter(student=OuterRef("pk"))
    last = mine.filter(is_primary=True, starts_on__lte=scope.today).order_by("-starts_on", "-pk")
    came = _this_year(scope, year).filter(student=OuterRef("pk")).order_by("starts_on")
    expected = mine.filter(starts_on__gt=scope.today).order_by("starts_on")
    told = _told(year).filter(student=OuterRef("pk"))
    placed = Student.objects.filter(pk__in=_away_or_told(scope, year)).annotate(
        last_school=Subquery(last.values("school_id")[:1]),
        last_school_name=Subquery(last.values("school__name")[:1]),
        last_grade=Subquery(last.values("grade")[:1]),
        last_day=Subquery(last.values("ends_on")[:1]),
        last_exit=Subquery(last.values("exit_code")[:1]),
        came_on=Subquery(came.values("starts_on")[:1]),
        expected_on=Subquery(expected.values("starts_on")[:1]),
        is_told=Exists(told),
        knows_that_it_came=Exists(told.filter(taken_back_on__isnull=False)),
    )
    return placed.filter(last_school__in=telling_schools(scope))


def _away_or_told(scope: Scope, year: SchoolYear) -> list[int]:
    """Found first and by itself: where each was last enrolled is asked of these alone, not of the whole district."""
    mine = Enrollment.objects.filter(student=OuterRef("pk"))
    recent = mine.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=year.starts_on - _A_YEAR))
    came = _this_year(scope, year).filter(student=OuterRef("pk"))
    seen = visible_to(scope, Student)
    away = seen.filter(Exists(recent), ~Exists(came)).order_by().values_list("pk", flat=True)
    told = seen.filter(pk__in=_told(year).values("student_id")).order_by().values_list("pk", flat=True)
    return [*away, *told]


def _told(year: SchoolYear) -> QuerySet[UnenrolledReport]:
    return UnenrolledReport.objects.filter(year=year, reported_on__isnull=False)


def _ids(scope: Scope, year: SchoolYear, known: QuerySet[Any], firsts: Mapping[int, date], state: str) -> list[int]:
    """Two statements."""
    if state == TOLD:
        return list(known.filter(is_told=True).values_list("pk", flat=True))
    policy = policy_on(scope.today, care_policies(scope))
    open_still = known.filter(
        Q(is_told=False, came_on__isnull=True) | Q(is_told=True, knows_that_it_came=False, came_on__isnull=False)
    )
    found = []
    for pk, is_told, born, exit_code, grade, school in open_still.values_list(
        "pk", "is_told", "birth_date", "last_exit", "last_grade", "last_school"
    ):
        in_kindergarten = grade == KINDERGARTEN and exit_code != NO_SHOW
        age = age_of(born, year.starts_on.year, in_kindergarten=in_kindergarten)
        first_day = firsts.get(school) or min(firsts.values(), default=None)
        gone = first_day and is_to_be_reported(LastKnown(exit_code, age), scope.today, first_day, policy)
        if is_told or gone:
            found.append(pk)
    return found


def _first_days(year: SchoolYear) -> dict[int, date]:
    """The first session day of each school's year."""
    days = CalendarDay.objects.in_session().filter(date__range=(year.starts_on, year.ends_on or date.max))
    return dict(days.order_by().values_list("school_id").annotate(first=Min("date")))


def _in_time_until(scope: Scope, firsts: Mapping[int, date]) -> date | None:
    first = min(firsts.values(), default=None)
    return enroll_by(first, policy_on(scope.today, care_policies(scope))) if first else None


def _lines(year: SchoolYear, students: Collection[Any]) -> list[UnenrolledLine]:
    told = UnenrolledReport.objects.filter(year=year, student__in=list(students), reported_on__isnull=False)
    reports = {report.student_id: report for report in told.select_related("reported_by")}
    return [
        UnenrolledLine(
            student_id=each.pk,
            name=each.listed_name,
            birth_date=each.birth_date,
            school=each.last_school_name,
            grade=each.last_grade,
            never_came=each.last_exit == NO_SHOW,
            last_day=None if each.last_exit == NO_SHOW else each.last_day,
            expected_on=each.expected_on,
            came_on=each.came_on,
            report=reports.get(each.pk),
        )
        for each in students
    ]
