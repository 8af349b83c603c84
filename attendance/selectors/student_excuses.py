"""The excuses of a student's school year, each as far as somebody may know of it (RD-60)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from attendance.models import Excuse
from attendance.rules.policy import NoPolicy, Policy, policy_on
from attendance.selectors.excuse_facts import numbered
from attendance.selectors.excuses import ExcuseLine, excuse_line, told
from attendance.selectors.policies import policies
from attendance.selectors.school_days import session_days
from attendance.selectors.standing_words import standing_words
from students.access import Scope, visible_to
from students.models import Enrollment


@dataclass(frozen=True)
class YearExcuse:
    """An excuse in words; `knows_reasons`: whether its line carries the reason and the documents."""

    line: ExcuseLine
    standing: str
    knows_reasons: bool


def student_excuses(
    scope: Scope, student_id: int, enrollments: Sequence[Enrollment], from_date: date, to_date: date
) -> list[YearExcuse]:
    """The excuses that touch a span, both dates inclusive, the latest first; so many statements however many.

    The caller took the student and all the enrollments from the scope. Withdrawn excuses are for those alone who know
    the reasons.
    """
    asked = Q(student=student_id, starts_on__lte=to_date, ends_on__gte=from_date)
    with_reasons = list(told(scope, visible_to(scope, Excuse).filter(asked)))
    others = Excuse.objects.filter(asked, withdrawn_at=None).exclude(pk__in=[each.pk for each in with_reasons])
    without = list(numbered(others))
    days = session_days(scope, {each.school_id for each in enrollments}, from_date)
    policy = policies(scope)
    lines = [
        *(_one(scope, row, enrollments, days, policy, knows_reasons=True) for row in with_reasons),
        *(_one(scope, row, enrollments, days, policy, knows_reasons=False) for row in without),
    ]
    return sorted((each for each in lines if each), key=lambda each: (each.line.starts_on, each.line.id), reverse=True)


def _one(
    scope: Scope,
    row: Excuse,
    enrollments: Sequence[Enrollment],
    days: dict[int, list[date]],
    known: Sequence[Policy],
    *,
    knows_reasons: bool,
) -> YearExcuse | None:
    try:
        policy = policy_on(row.starts_on, list(known))
    except NoPolicy:
        return None
    session = days.get(_school_of(row, enrollments) or 0, [])
    line = excuse_line(scope, row, session, policy, with_reasons=knows_reasons)
    return YearExcuse(line, standing_words(line, knows_reasons=knows_reasons), knows_reasons)


def _school_of(excuse: Excuse, enrollments: Sequence[Enrollment]) -> int | None:
    """The school to which the first of its days belongs (RD-09)."""
    held = [each for each in enrollments if each.is_primary and each.starts_on <= excuse.ends_on]
    first = sorted((each for each in held if not each.ends_on or each.ends_on >= excuse.starts_on), key=_starts)
    return first[0].school_id if first else None


def _starts(enrollment: Enrollment) -> date:
    return enrollment.starts_on
