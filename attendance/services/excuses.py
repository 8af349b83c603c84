"""Enters and withdraws excuses (RD-08). Neither touches a mark."""

from datetime import date, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.models import Excuse
from attendance.selectors.excuses import may_keep_excuses
from attendance.services.ledger import recompute
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.models import Student
from students.refusals import Forbidden, NotInScope, Refused

# A school year at most: a longer span is a slip of the keyboard.
LONGEST_SPAN_DAYS = 366
KEEPERS_ALONE = "Only the office of the student’s school on these days keeps excuses."


def enter_excuse(
    scope: Scope,
    student_id: int,
    *,
    submission_id: UUID,
    starts_on: date,
    ends_on: date,
    reason: str,
    starts_at: time | None = None,
    ends_at: time | None = None,
    document_kind: str = "none",
    document_seen_on: date | None = None,
) -> Excuse:
    """Enter an excuse for days (both inclusive), or for a time span of one day. Sent twice it is entered once.

    Raises NotInScope, Forbidden (not the office of the student's school), or Refused with what is wrong.
    """
    _check_right(scope, student_id, starts_on, ends_on)
    excuse = Excuse(
        submission_id=submission_id,
        student_id=student_id,
        starts_on=starts_on,
        ends_on=ends_on,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        document_kind=document_kind,
        document_seen_on=document_seen_on,
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
    with transaction.atomic():
        # The student's row orders two sends of one form.
        Student.objects.select_for_update(no_key=True).get(pk=student_id)
        if before := Excuse.objects.filter(submission_id=submission_id).first():
            return _same_student(before, student_id)
        _check(scope, excuse)
        excuse.save()
        _judge(scope, excuse)
    return excuse


def withdraw_excuse(scope: Scope, excuse_id: int, *, reason: str) -> Excuse:
    """Withdraw an excuse, visibly; the days are judged anew. Raises NotInScope, Forbidden or Refused."""
    if not reason.strip():
        raise Refused("Say why the excuse is withdrawn.")
    with transaction.atomic():
        excuse = Excuse.objects.select_for_update().filter(pk=excuse_id).first()
        if excuse is None:
            raise NotInScope
        _check_right(scope, excuse.student_id, excuse.starts_on, excuse.ends_on)
        if excuse.withdrawn_at is None:
            excuse.withdrawn_by_id, excuse.withdrawn_at = scope.person, scope.now
            excuse.withdrawn_reason = reason.strip()[:300]
            excuse.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
            _judge(scope, excuse)
        return excuse


def _check_right(scope: Scope, student_id: int, first_day: date, last_day: date) -> None:
    if not visible_to(scope, Student).filter(pk=student_id).exists():
        raise NotInScope
    if not may_keep_excuses(scope, student_id, first_day, last_day):
        raise Forbidden(KEEPERS_ALONE)


def _same_student(before: Excuse, student_id: int) -> Excuse:
    if before.student_id != student_id:
        raise Refused("This form belongs to another student. Open the page again.")
    return before


def _check(scope: Scope, excuse: Excuse) -> None:
    if excuse.document_seen_on and excuse.document_seen_on > scope.today:
        raise Refused("The document cannot have been seen on a day to come.")
    if (excuse.ends_on - excuse.starts_on).days > LONGEST_SPAN_DAYS:
        raise Refused("The excuse is longer than a year. Check its last day.")
    try:
        excuse.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _judge(scope: Scope, excuse: Excuse) -> None:
    recompute(scope, [excuse.student_id], excuse.starts_on, excuse.ends_on)
    attendance_changed.send(Excuse, student_ids={excuse.student_id}, dates={excuse.starts_on, excuse.ends_on})
