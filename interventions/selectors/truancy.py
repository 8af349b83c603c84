"""Notices of truancy as the office and the care team work through them: what is due first, and what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from attendance.models import DailyAttendance
from interventions.access import telling_schools, tells_officer
from interventions.models import Standing, TruancyNotice, WhyWithdrawn
from interventions.rules.policy import CarePolicy, policy_on
from interventions.rules.truancy import NoticeStanding, standing
from interventions.selectors.policies import care_policies
from interventions.selectors.truancy_words import (
    EVERY,
    OVERDUE,
    TELLERS_ALONE,
    TO_TELL,
    TOLD,
    WITHDRAWN,
    standing_words,
)
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope

PAGE_SIZE = 50
STATES = (TO_TELL, OVERDUE, TOLD, WITHDRAWN, EVERY)

_STANDS = Q(withdrawn_at__isnull=True)
_TOLD = Q(reported_on__isnull=False)
_TO_TAKE_BACK = Q(withdrawn_at__isnull=False, reported_on__isnull=False, taken_back_on__isnull=True)
_TO_TELL = Q(withdrawn_at__isnull=True, reported_on__isnull=True)


@dataclass(frozen=True)
class AskedNotices:
    """What the list is narrowed to: one of STATES, a school, a threshold."""

    state: str = TO_TELL
    school_id: int | None = None
    threshold: int | None = None
    page: int | str = 1


@dataclass(frozen=True)
class NoticeLine:
    """A notice. `absences_now`: the unlawful ones today, where more or fewer than it was made of."""

    notice: TruancyNotice
    name: str
    grade: str
    standing: NoticeStanding
    words: str
    absences_now: int
    reported_by: str

    @property
    def is_open(self) -> bool:
        """Whether the officer is still to be told something."""
        return self.standing.state.is_open

    @property
    def is_late(self) -> bool:
        """Whether the day is over, or the officer believes what is no longer so."""
        return self.standing.state.is_late

    @property
    def fell_by_age(self) -> bool:
        """Whether it was withdrawn because the law does not oblige the student."""
        return self.notice.withdrawn_why == WhyWithdrawn.AGE


@dataclass(frozen=True)
class SchoolCount:
    """What a school still has to tell."""

    school: School
    to_tell: int
    overdue: int


@dataclass(frozen=True)
class NoticeList:
    """A page of notices, what each school has to tell, and the thresholds that there are."""

    page: Page
    lines: Sequence[NoticeLine]
    schools: Sequence[SchoolCount]
    thresholds: Sequence[int]
    to_tell: int
    overdue: int
    policy: CarePolicy

    @property
    def has_something_to_tell(self) -> bool:
        """Whether the officer is still to be told of a line of this page."""
        return any(each.is_open for each in self.lines)


def notice_list(scope: Scope, asked: AskedNotices) -> NoticeList:
    """A page of this school year's notices, the longest overdue first; so many statements however many. Raises
    Forbidden.
    """
    if not tells_officer(scope):
        raise Forbidden(TELLERS_ALONE)
    year = visible_to(scope, TruancyNotice).filter(year__starts_on=scope.year_starts_on)
    schools = _school_counts(scope, year)
    thresholds = sorted(set(year.order_by().values_list("threshold", flat=True).distinct()))
    shown = Paginator(found_notices(scope, asked), PAGE_SIZE).get_page(asked.page)
    return NoticeList(
        page=shown,
        lines=[notice_line(scope, each) for each in shown.object_list],
        schools=schools,
        thresholds=thresholds,
        to_tell=sum(each.to_tell for each in schools),
        overdue=sum(each.overdue for each in schools),
        policy=policy_on(scope.today, care_policies(scope)),
    )


def found_notices(scope: Scope, asked: AskedNotices) -> QuerySet[Any]:
    """The notices of this school year that are asked for, with what a line says of each."""
    found = visible_to(scope, TruancyNotice).filter(year__starts_on=scope.year_starts_on)
    found = found.filter(_in_state(scope, asked.state))
    if asked.school_id is not None:
        found = found.filter(school=asked.school_id)
    if asked.threshold is not None:
        found = found.filter(threshold=asked.threshold)
    return with_grades(scope, found).order_by("due_on", "school__name", "student__sort_name", "pk")


def one_notice(scope: Scope, notice_id: int) -> NoticeLine:
    """A notice of whatever year. Raises NotInScope."""
    found = with_grades(scope, visible_to(scope, TruancyNotice).filter(pk=notice_id)).first()
    if found is None:
        raise NotInScope
    return notice_line(scope, found)


def notices_of(scope: Scope, student_id: int, year_id: int) -> list[NoticeLine]:
    """A student's notices of a school year that are in the scope, the first due first; one statement."""
    found = visible_to(scope, TruancyNotice).filter(student=student_id, year=year_id)
    return [notice_line(scope, each) for each in with_grades(scope, found).order_by("due_on", "pk")]


def with_grades(scope: Scope, notices: QuerySet[TruancyNotice]) -> QuerySet[Any]:
    """Notices out of the scope with their students, schools, grades on the day of crossing, and counts of today."""
    day = DailyAttendance.objects.filter(student=OuterRef("student"), date=OuterRef("crossed_on"))
    now = Standing.objects.filter(student=OuterRef("student"), year=OuterRef("year"))
    return notices.select_related("student", "school", "reported_by", "taken_back_by").annotate(
        grade=Subquery(day.values("grade")[:1]), absences_now=Subquery(now.values("unlawful_absences")[:1])
    )


def notice_line(scope: Scope, notice: Any) -> NoticeLine:
    """A notice out of the scope, in words."""
    stands = standing(
        notice.due_on,
        scope.today,
        reported_on=notice.reported_on,
        is_withdrawn=notice.withdrawn_at is not None,
        taken_back_on=notice.taken_back_on,
    )
    return NoticeLine(
        notice=notice,
        name=notice.student.listed_name,
        grade=notice.grade or "",
        standing=stands,
        words=standing_words(stands),
        absences_now=notice.absences_now or 0,
        reported_by=notice.reported_by.full_name if notice.reported_by else "",
    )


def _in_state(scope: Scope, state: str) -> Q:
    return {
        TO_TELL: _TO_TELL | _TO_TAKE_BACK,
        OVERDUE: (_TO_TELL & Q(due_on__lt=scope.today)) | _TO_TAKE_BACK,
        TOLD: _STANDS & _TOLD,
        WITHDRAWN: ~_STANDS,
        EVERY: Q(),
    }[state]


def _school_counts(scope: Scope, notices: QuerySet[TruancyNotice]) -> list[SchoolCount]:
    late: Q = _in_state(scope, OVERDUE)
    rows = (
        notices.order_by()
        .values_list("school")
        .annotate(to_tell=Count("pk", filter=_TO_TELL | _TO_TAKE_BACK), overdue=Count("pk", filter=late))
    )
    counts = {school: (to_tell, overdue) for school, to_tell, overdue in rows}
    return [SchoolCount(school, *counts.get(school.pk, (0, 0))) for school in telling_schools(scope)]
