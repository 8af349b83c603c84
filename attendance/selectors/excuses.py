"""The excuses that speak of a student's day, as far as somebody may know of them (RD-08, RD-60)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet

from attendance.models import CalendarDay, Excuse
from attendance.rules.excuse import WITHDRAWN, Standing, standing
from attendance.rules.policy import Policy
from attendance.selectors.documents import DocumentLine, document_lines, with_documents
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.local_times import local_time, local_time_of
from attendance.selectors.student_rights import has_right
from students.access import Scope
from students.models import User
from students.rules.rights import Right


@dataclass(frozen=True)
class ExcuseLine:
    """One excuse as it stands today; `due_on` is the last day on which a document may come.

    For somebody who may not know reasons everything from `reason` on is empty, and so is the rule, which would tell
    a parent's note from a doctor's (RD-60).
    """

    id: int
    state: str
    starts_on: date
    ends_on: date
    starts_at: time | None
    ends_at: time | None
    due_on: date | None
    rule: str = ""
    reason: str = ""
    document: str = ""
    document_seen_on: date | None = None
    entered_by: str = ""
    entered_at: datetime | None = None
    decision: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    decision_reason: str = ""
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    documents: tuple[DocumentLine, ...] = ()


def may_keep_excuses(scope: Scope, student_id: int, first_day: date, last_day: date) -> bool:
    """Whether somebody enters and withdraws the excuses of a student's days, both inclusive."""
    return has_right(scope, Right.OFFICE, student_id, first_day, last_day)


def may_know_reasons(scope: Scope, student_id: int, first_day: date, last_day: date) -> bool:
    """Whether somebody reads the reasons and documents of a student's days, both inclusive (RD-60)."""
    return has_right(scope, Right.REASONS, student_id, first_day, last_day)


def excuses_on(
    scope: Scope, student_id: int, day: date, *, school_id: int | None, policy: Policy | None, with_reasons: bool
) -> tuple[ExcuseLine, ...]:
    """Excuses that cover a day, the earliest first; the caller took the student from the scope.

    Withdrawn ones are for those alone who know the reasons.
    """
    if policy is None:
        return ()
    found = Excuse.objects.filter(student=student_id, starts_on__lte=day, ends_on__gte=day)
    rows = list(told(scope, found) if with_reasons else numbered(found.filter(withdrawn_at=None)))
    session_days = _session_days_after(school_id, rows)
    return tuple(excuse_line(scope, row, session_days, policy, with_reasons=with_reasons) for row in rows)


def told(scope: Scope, excuses: QuerySet[Excuse]) -> QuerySet[Excuse]:
    """Excuses with all that `excuse_line` tells of them; the caller narrowed them to the scope."""
    people = numbered(excuses).select_related("entered_by", "decided_by", "withdrawn_by")
    return people.prefetch_related(with_documents(scope))


def _session_days_after(school_id: int | None, rows: Iterable[Excuse]) -> list[date]:
    ends = [row.ends_on for row in rows]
    if school_id is None or not ends:
        return []
    days = CalendarDay.objects.in_session().filter(school=school_id, date__gt=min(ends))
    return list(days.values_list("date", flat=True))


def excuse_line(
    scope: Scope, excuse: Excuse, session_days: Sequence[date], policy: Policy, *, with_reasons: bool
) -> ExcuseLine:
    """An excuse as it stands today, as `told` found it; `session_days` are its school's, those after it at least."""
    stands = _standing(scope, excuse, session_days, policy)
    span = (excuse.starts_on, excuse.ends_on, excuse.starts_at, excuse.ends_at)
    if not with_reasons:
        return ExcuseLine(excuse.pk, stands.state, *span, stands.due_on)
    return ExcuseLine(
        excuse.pk,
        stands.state,
        *span,
        stands.due_on,
        stands.rule,
        reason=excuse.get_reason_display(),
        document=excuse.get_document_kind_display(),
        document_seen_on=excuse.document_seen_on,
        entered_by=excuse.entered_by.full_name,
        entered_at=local_time(scope, excuse.entered_at),
        decision=excuse.get_decision_display(),
        decided_by=_name(excuse.decided_by),
        decided_at=local_time_of(scope, excuse.decided_at),
        decision_reason=excuse.decision_reason,
        withdrawn_by=_name(excuse.withdrawn_by),
        withdrawn_at=local_time_of(scope, excuse.withdrawn_at),
        withdrawn_reason=excuse.withdrawn_reason,
        documents=document_lines(scope, excuse.documents.all()),
    )


def _standing(scope: Scope, excuse: Excuse, session_days: Sequence[date], policy: Policy) -> Standing:
    if excuse.withdrawn_at is not None:
        return Standing(WITHDRAWN, None, "")
    return standing(fact_of(excuse), excuse.ends_on, session_days, policy, scope.today)


def _name(user: User | None) -> str:
    return user.full_name if user else ""
