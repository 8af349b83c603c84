"""Suspensions out of school, which the School Attendance Officer is told of as they occur (ST-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from attendance.models import OfficeEvent, OfficeKind
from interventions.access import telling_schools, tells_officer
from interventions.rules.truancy import NoticeStanding, standing
from interventions.selectors.standings import school_year_on
from interventions.selectors.truancy_facts import obliged_students
from interventions.selectors.truancy_words import TELLERS_ALONE, TO_TELL, TOLD, standing_words
from students.access import Scope
from students.clock import local_date
from students.models import Enrollment, School, SchoolYear
from students.refusals import Forbidden

PAGE_SIZE = 50


@dataclass(frozen=True)
class SuspensionLine:
    """A suspension, and where its report stands. The days are inclusive."""

    event_id: int
    student_id: int
    name: str
    school: str
    grade: str
    starts_on: date
    ends_on: date
    standing: NoticeStanding
    words: str
    reported_by: str
    reported_on: date | None
    reference: str

    @property
    def is_open(self) -> bool:
        """Whether the officer is still to be told something."""
        return self.standing.state.is_open

    @property
    def is_late(self) -> bool:
        """Whether the day is over, or the officer believes what is no longer so."""
        return self.standing.state.is_late


@dataclass(frozen=True)
class SuspensionList:
    """A page of them, and the schools that the list can be narrowed to."""

    page: Page
    lines: Sequence[SuspensionLine]
    schools: Sequence[School]

    @property
    def has_something_to_tell(self) -> bool:
        """Whether the officer is still to be told of a line of this page."""
        return any(each.is_open for each in self.lines)


def suspension_list(
    scope: Scope, *, school_id: int | None = None, state: str = TO_TELL, page: int | str = 1
) -> SuspensionList:
    """Suspensions of this school year that are to be told, the oldest first, or that were; so many statements however
    many there are. Raises Forbidden.
    """
    if not tells_officer(scope):
        raise Forbidden(TELLERS_ALONE)
    shown = Paginator(found_suspensions(scope, school_id, state), PAGE_SIZE).get_page(page)
    return SuspensionList(shown, [_line(scope, each) for each in shown.object_list], list(telling_schools(scope)))


def found_suspensions(scope: Scope, school_id: int | None, state: str) -> QuerySet[Any]:
    """The suspensions of this school year that are asked for, the oldest first, with the student's grade that day."""
    year = school_year_on(scope, scope.today)
    found = OfficeEvent.objects.none() if year is None else suspensions_to_tell(scope, year)
    if school_id is not None:
        found = found.filter(entry__school=school_id)
    held = Enrollment.objects.holding_on(OuterRef("starts_on")).filter(student=OuterRef("student"), is_primary=True)
    return _in_state(found, state).annotate(grade=Subquery(held.values("grade")[:1])).order_by("starts_on", "pk")


def suspensions_to_tell(scope: Scope, year: SchoolYear) -> QuerySet[OfficeEvent]:
    """Suspensions that have begun, of children of compulsory age in the schools that somebody tells of.

    One that was withdrawn before anybody was told is nobody's any more.
    """
    begun = OfficeEvent.objects.filter(kind=OfficeKind.SUSPENSION, starts_on__range=(year.starts_on, scope.today))
    mine = begun.filter(entry__school__in=telling_schools(scope), student__in=obliged_students(scope, year))
    live = mine.filter(Q(withdrawn_at__isnull=True) | Q(report_to_officer__reported_on__isnull=False))
    return live.select_related("student", "entry__school", "report_to_officer__reported_by")


def _in_state(found: QuerySet[OfficeEvent], state: str) -> QuerySet[OfficeEvent]:
    told = Q(report_to_officer__reported_on__isnull=False)
    if state == TOLD:
        return found.filter(told)
    gone = Q(withdrawn_at__isnull=False, report_to_officer__taken_back_on__isnull=True)
    return found.filter(~told | gone) if state == TO_TELL else found


def _line(scope: Scope, event: Any) -> SuspensionLine:
    report = getattr(event, "report_to_officer", None)
    entered = local_date(event.entry.entered_at, scope.zone)
    stands = standing(
        max(event.starts_on, entered),
        scope.today,
        reported_on=report.reported_on if report else None,
        is_withdrawn=event.withdrawn_at is not None,
        taken_back_on=report.taken_back_on if report else None,
    )
    return SuspensionLine(
        event_id=event.pk,
        student_id=event.student_id,
        name=event.student.listed_name,
        school=event.entry.school.name,
        grade=event.grade or "",
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        standing=stands,
        words=standing_words(stands),
        reported_by=report.reported_by.full_name if report and report.reported_by else "",
        reported_on=report.reported_on if report else None,
        reference=report.reference if report else "",
    )
