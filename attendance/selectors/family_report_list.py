"""What families told a school's office, the new ones first, and how much of theirs waits there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from attendance.models import AbsenceReport, CorrectionRequest, OfficeEvent
from attendance.selectors.family_notes import unanswered
from attendance.selectors.local_times import local_time, local_time_of
from attendance.selectors.office_days import office, offices
from students.access import Scope
from students.models import School

PAGE_SIZE = 25
# What the list can be narrowed to.
EVERY, NEW, TODAY, TO_COME = "", "new", "today", "to_come"
SHOWS = (EVERY, NEW, TODAY, TO_COME)


@dataclass(frozen=True)
class ListedReport:
    """A report as the office works through it; times are local. `is_new`: nobody has looked at it."""

    id: int
    student_id: int
    name: str
    starts_on: date
    ends_on: date
    starts_at: time | None
    ends_at: time | None
    reason: str
    words: str
    reported_by: str
    reported_at: datetime
    is_new: bool
    seen_by: str
    seen_at: datetime | None
    is_withdrawn: bool
    entry_id: int
    stands: bool
    excuse_id: int | None
    excuse_says: str
    documents: int


@dataclass(frozen=True)
class ReportList:
    """A page of an office's reports."""

    school: School
    schools: Sequence[School]
    show: str
    page: Page
    lines: Sequence[ListedReport]


@dataclass(frozen=True)
class FromFamilies:
    """What waits at offices since a day: reports nobody has read, and requests and notes nobody has answered."""

    reports: int
    requests: int
    notes: int
    since: date | None = None

    @property
    def waits(self) -> bool:
        """Whether anything does."""
        return bool(self.total)

    @property
    def total(self) -> int:
        """All of it."""
        return self.reports + self.requests + self.notes


def report_list(scope: Scope, school_id: int | None, *, show: str = EVERY, page: int | str = 1) -> ReportList:
    """A page, in so many statements however many reports. Raises NotInScope or Forbidden (not the office)."""
    school = office(scope, school_id)
    shown = Paginator(_found(scope, school, show), PAGE_SIZE).get_page(page)
    return ReportList(
        school=school,
        schools=offices(scope),
        show=show if show in SHOWS else EVERY,
        page=shown,
        lines=[_line(scope, each) for each in shown.object_list],
    )


def from_families(scope: Scope, school_id: int) -> FromFamilies:
    """What waits there; three statements. The caller took the office from the scope."""
    return from_families_of(scope, [school_id])


def from_families_of(scope: Scope, school_ids: Collection[int]) -> FromFamilies:
    """The same of several offices together."""
    schools = list(school_ids)
    new = AbsenceReport.objects.filter(school__in=schools, seen_at=None, withdrawn_at=None)
    asked = CorrectionRequest.objects.filter(school__in=schools, answer="")
    counted = [
        found.aggregate(Count("pk"), since=Min(at))
        for found, at in ((new, "reported_at"), (asked, "asked_at"), (unanswered(scope, schools), "last_at"))
    ]
    since = min((each["since"] for each in counted if each["since"]), default=None)
    reports, requests, notes = (each["pk__count"] for each in counted)
    return FromFamilies(reports, requests, notes, local_time(scope, since).date() if since else None)


def _found(scope: Scope, school: School, show: str) -> QuerySet[AbsenceReport]:
    found = AbsenceReport.objects.filter(school=school, ends_on__gte=scope.year_starts_on)
    if show == NEW:
        found = found.filter(seen_at=None, withdrawn_at=None)
    if show == TODAY:
        found = found.filter(starts_on__lte=scope.today, ends_on__gte=scope.today)
    if show == TO_COME:
        found = found.filter(starts_on__gt=scope.today)
    told = found.select_related("student", "reported_by", "seen_by", "excuse").annotate(
        stands=Exists(
            OfficeEvent.objects.filter(entry=OuterRef("entry"), student=OuterRef("student"), withdrawn_at=None)
        ),
        documents=Count("excuse__documents"),
        is_new=Q(seen_at=None, withdrawn_at=None),
    )
    return told.order_by(F("is_new").desc(), "-reported_at", "-pk")


def _line(scope: Scope, report: AbsenceReport) -> ListedReport:
    excuse = report.excuse
    return ListedReport(
        id=report.pk,
        student_id=report.student_id,
        name=report.student.listed_name,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        reason=report.get_reason_display(),
        words=report.words,
        reported_by=report.reported_by.full_name,
        reported_at=local_time(scope, report.reported_at),
        is_new=report.seen_at is None and report.withdrawn_at is None,
        seen_by=report.seen_by.full_name if report.seen_by else "",
        seen_at=local_time_of(scope, report.seen_at),
        is_withdrawn=report.withdrawn_at is not None,
        entry_id=report.entry_id,
        stands=report.stands,  # type: ignore[attr-defined]
        excuse_id=report.excuse_id,
        excuse_says=excuse.get_decision_display() if excuse else "",
        documents=report.documents,  # type: ignore[attr-defined]
    )
