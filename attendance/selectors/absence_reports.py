"""What a family has told of its own child's absences, and how each report stands; and what it could tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.translation import gettext as _

from attendance.models import AbsenceReport, Decision, Excuse, OfficeEvent, OfficeKind
from attendance.rules.excuse import due_on, standing, suffices
from attendance.rules.family_report import (
    Shown,
    asked_for,
    may_be_accepted,
    shown_with_excuse,
    shown_without_excuse,
)
from attendance.rules.office_entry import Statement, said_before
from attendance.rules.policy import Policy, policy_on
from attendance.selectors.documents import DocumentLine, document_lines, with_documents
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.family_words import due_words, family_reason, shown_words
from attendance.selectors.local_times import local_time
from attendance.selectors.office_words import statement_of
from attendance.selectors.policies import policies
from attendance.selectors.school_days import session_days
from students.access import Scope
from students.models import Enrollment, School, Student
from students.refusals import NotInScope, Refused
from students.rules.state_codes import NO_SHOW
from students.selectors.families import own_child

MOST_SHOWN = 50


@dataclass(frozen=True)
class ReportLine:
    """One report of this account; `says` is how it stands in a sentence, `due` by when a paper is still awaited."""

    id: int
    starts_on: date
    ends_on: date
    starts_at: time | None
    ends_at: time | None
    reason: str
    words: str
    sent_at: datetime
    shown: Shown
    says: str
    due: str
    documents: Sequence[DocumentLine]
    may_add: bool
    may_take_back: bool


@dataclass(frozen=True)
class ReportsPage:
    """A child's reports: one's own in full, of the others the days alone."""

    child: Student
    today: date
    lines: Sequence[ReportLine]
    told_by_others: Sequence[OfficeEvent]
    policy: Policy


def reports_page(scope: Scope, student_id: int) -> ReportsPage:
    """The newest reports of this school year; so many statements however many. Raises NotInScope."""
    child = own_child(scope, student_id)
    known = policies(scope)
    reports = _reports(scope, child.pk)
    return ReportsPage(
        child=child,
        today=scope.today,
        lines=_lines(scope, reports, known),
        told_by_others=_told_by_others(scope, child.pk, {each.entry_id for each in reports}),
        policy=policy_on(scope.today, known),
    )


def own_report(scope: Scope, student_id: int, report_id: int) -> AbsenceReport:
    """A report that this account sent of a child, whom the caller took from the scope. Raises NotInScope: another
    guardian's is not this one's to change.
    """
    found = AbsenceReport.objects.select_related("entry", "excuse")
    report = found.filter(pk=report_id, student=student_id, reported_by=scope.user_id).first()
    if report is None:
        raise NotInScope
    return report


def school_of(scope: Scope, student_id: int, first_day: date, last_day: date) -> School:
    """The school that the first of some days belongs to (RD-09). Raises Refused, in words for families."""
    held = Enrollment.objects.filter(student=student_id, is_primary=True, starts_on__lte=last_day)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first_day)).exclude(exit_code=NO_SHOW)
    enrollment = held.select_related("school").order_by("starts_on").first()
    if enrollment is None:
        raise Refused(_("Your child is not enrolled in a school of the district on these days."))
    return enrollment.school


def standing_word(scope: Scope, student_id: int, word: Statement) -> OfficeEvent | None:
    """The reported absence that says as much already; the caller took the student from the scope."""
    found = OfficeEvent.objects.filter(
        student=student_id,
        kind=OfficeKind.REPORTED_ABSENCE,
        withdrawn_at=None,
        starts_on__lte=word.starts_on,
        ends_on__gte=word.ends_on,
    )
    return next((each for each in found.select_related("entry") if said_before(word, [statement_of(each)])), None)


def is_accepted(scope: Scope, excuse: Excuse) -> bool:
    """Whether an excuse stands by the policy and the office's decision; the caller took it from the scope."""
    return suffices(
        fact_of(numbered(Excuse.objects.filter(pk=excuse.pk)).get()), policy_on(excuse.starts_on, policies(scope))
    )


def _reports(scope: Scope, student_id: int) -> list[AbsenceReport]:
    mine = AbsenceReport.objects.filter(
        student=student_id, reported_by=scope.user_id, ends_on__gte=scope.year_starts_on
    )
    return list(mine.select_related("excuse")[:MOST_SHOWN])


def _told_by_others(scope: Scope, student_id: int, entries: set[int]) -> list[OfficeEvent]:
    """Reported absences of today and to come that this account did not tell."""
    found = OfficeEvent.objects.filter(
        student=student_id, kind=OfficeKind.REPORTED_ABSENCE, withdrawn_at=None, ends_on__gte=scope.today
    )
    return list(found.exclude(entry__in=entries))


def _lines(scope: Scope, reports: Sequence[AbsenceReport], known: list[Policy]) -> list[ReportLine]:
    if not reports:
        return []
    excuses = {
        each.pk: each
        for each in numbered(
            Excuse.objects.filter(pk__in=[each.excuse_id for each in reports if each.excuse_id])
        ).prefetch_related(with_documents(scope))
    }
    stands = set(
        OfficeEvent.objects.filter(
            entry__in=[each.entry_id for each in reports], student=reports[0].student_id, withdrawn_at=None
        ).values_list("entry_id", flat=True)
    )
    days = session_days(scope, {each.school_id for each in reports}, min(each.ends_on for each in reports))
    return [
        _line(
            scope,
            each,
            excuses.get(each.excuse_id or 0),
            policy_on(each.starts_on, known),
            days.get(each.school_id, []),
            stands=each.entry_id in stands,
        )
        for each in reports
    ]


def _line(
    scope: Scope,
    report: AbsenceReport,
    excuse: Excuse | None,
    policy: Policy,
    days: Sequence[date],
    *,
    stands: bool,
) -> ReportLine:
    due = due_on(report.ends_on, days, policy)
    shown = _shown(scope, report, excuse, policy, days, stands=stands)
    return ReportLine(
        id=report.pk,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        reason=family_reason(report.reason),
        words=report.words,
        sent_at=local_time(scope, report.reported_at),
        shown=shown,
        says=shown_words(shown, excuse.decision_reason if excuse and excuse.decision == Decision.REFUSED else ""),
        due=due_words(shown, asked_for(report.reason, policy).documents, due, policy.excuse_due_days),
        documents=_own_documents(scope, excuse),
        may_add=shown in (Shown.TOLD, Shown.NEEDED, Shown.LATE, Shown.LOOKING, Shown.REFUSED),
        may_take_back=report.may_be_taken_back,
    )


def _own_documents(scope: Scope, excuse: Excuse | None) -> Sequence[DocumentLine]:
    if excuse is None:
        return ()
    return document_lines(scope, [each for each in excuse.documents.all() if each.uploaded_by_id == scope.user_id])


def _shown(
    scope: Scope, report: AbsenceReport, excuse: Excuse | None, policy: Policy, days: Sequence[date], *, stands: bool
) -> Shown:
    if report.withdrawn_at is not None:
        return Shown.TAKEN_BACK
    if excuse is None:
        due = due_on(report.ends_on, days, policy)
        asked = asked_for(report.reason, policy)
        return shown_without_excuse(reason=report.reason, asked=asked, stands=stands, due_on=due, today=scope.today)
    if excuse.withdrawn_at is not None:
        return Shown.TAKEN_OUT
    fact = fact_of(excuse)
    now = standing(fact, excuse.ends_on, days, policy, scope.today)
    return shown_with_excuse(now, may_do=may_be_accepted(fact, policy), today=scope.today)
