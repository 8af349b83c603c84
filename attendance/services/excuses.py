"""Enters and withdraws excuses (RD-08). Neither touches a mark."""

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min

from attendance.models import DocumentKind, Excuse
from attendance.selectors.excuses import may_keep_excuses
from attendance.services.document_intake import KeptFile, Upload, put_on_file, take_in
from attendance.services.ledger import recompute
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.models import Student
from students.refusals import Forbidden, NotInScope, Refused

# A school year at most: a longer span is a slip of the keyboard.
LONGEST_SPAN_DAYS = 366
SAY_WHICH_KIND = "Say what kind of document it is."
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
    uploads: Sequence[Upload] = (),
) -> Excuse:
    """Enter an excuse for days (both inclusive), or for a time span of one day. Sent twice it is entered once.

    `uploads` are documents of the kind; they were seen today where no day is given. Raises NotInScope, Forbidden (not
    the office of the student's school), or Refused with what is wrong.
    """
    _check_right(scope, student_id, starts_on, ends_on)
    if before := Excuse.objects.filter(submission_id=submission_id).first():
        return _same_student(before, student_id)
    if uploads and document_kind == DocumentKind.NONE:
        raise Refused(SAY_WHICH_KIND)
    excuse = Excuse(
        submission_id=submission_id,
        student_id=student_id,
        starts_on=starts_on,
        ends_on=ends_on,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        document_kind=document_kind,
        document_seen_on=document_seen_on or (scope.today if uploads else None),
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
    check_excuse(scope, excuse)
    kept = take_in(scope, uploads)
    with transaction.atomic():
        hold_student(scope, student_id)
        if before := Excuse.objects.filter(submission_id=submission_id).first():
            return _same_student(before, student_id)
        keep_excuse(scope, excuse, kept)
    return excuse


def keep_excuse(scope: Scope, excuse: Excuse, kept: Sequence[KeptFile]) -> None:
    """Write an excuse that was checked, with its documents; its days are judged anew.

    In a transaction that holds the student, by a caller who asked whether this person speaks for her or him.
    """
    excuse.save()
    put_on_file(scope, excuse, excuse.submission_id, excuse.document_kind, kept)
    judge_again(scope, excuse)


def withdraw_excuse(scope: Scope, excuse_id: int, *, reason: str) -> Excuse:
    """Withdraw an excuse, visibly; the days are judged anew. Raises NotInScope, Forbidden or Refused."""
    if not reason.strip():
        raise Refused("Say why the excuse is withdrawn.")
    with transaction.atomic():
        excuse = hold_excuse(scope, excuse_id)
        take_back(scope, excuse, reason)
        return excuse


def take_back(scope: Scope, excuse: Excuse, reason: str) -> None:
    """Withdraw an excuse that the caller holds, and that this person may withdraw; withdrawn twice it is once."""
    if excuse.withdrawn_at is not None:
        return
    excuse.withdrawn_by_id, excuse.withdrawn_at = scope.person, scope.now
    excuse.withdrawn_reason = reason.strip()[:300]
    excuse.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    judge_again(scope, excuse)


def hold_excuse(scope: Scope, excuse_id: int) -> Excuse:
    """An excuse that this person keeps, locked after its student. Raises NotInScope, or Forbidden."""
    excuse = excuse_to_keep(scope, excuse_id)
    hold_student(scope, excuse.student_id)
    return Excuse.objects.select_for_update().get(pk=excuse.pk)


def excuse_to_keep(scope: Scope, excuse_id: int) -> Excuse:
    """An excuse that this person keeps. Raises NotInScope, or Forbidden (not the office of the student's school)."""
    excuse = Excuse.objects.filter(pk=excuse_id).first()
    if excuse is None:
        raise NotInScope
    _check_right(scope, excuse.student_id, excuse.starts_on, excuse.ends_on)
    return excuse


def hold_student(scope: Scope, student_id: int) -> None:
    """Order what is done to a student's excuses: two sends of one form, and the count of a term's notes.

    In a transaction; the caller took the student from the scope.
    """
    Student.objects.select_for_update(no_key=True).get(pk=student_id)


def judge_again(scope: Scope, excuse: Excuse) -> None:
    """Judge anew the days of an excuse, and those of later notes of a parent, whose place in the term may be another's.

    In the transaction that holds the student.
    """
    notes = Excuse.objects.filter(student=excuse.student_id, reason=excuse.reason, pk__gt=excuse.pk)
    notes = notes.filter(document_kind=DocumentKind.PARENT_NOTE, withdrawn_at=None)
    first, last = notes.aggregate(first=Min("starts_on"), last=Max("ends_on")).values()
    first, last = min(excuse.starts_on, first or date.max), max(excuse.ends_on, last or date.min)
    recompute(scope, [excuse.student_id], first, last)
    attendance_changed.send(Excuse, student_ids={excuse.student_id}, dates={first, last})


def _check_right(scope: Scope, student_id: int, first_day: date, last_day: date) -> None:
    if not visible_to(scope, Student).filter(pk=student_id).exists():
        raise NotInScope
    if not may_keep_excuses(scope, student_id, first_day, last_day):
        raise Forbidden(KEEPERS_ALONE)


def _same_student(before: Excuse, student_id: int) -> Excuse:
    if before.student_id != student_id:
        raise Refused("This form belongs to another student. Open the page again.")
    return before


def check_excuse(scope: Scope, excuse: Excuse) -> None:
    """Raise Refused for what an excuse cannot say."""
    if excuse.document_seen_on and excuse.document_seen_on > scope.today:
        raise Refused("The document cannot have been seen on a day to come.")
    if (excuse.ends_on - excuse.starts_on).days > LONGEST_SPAN_DAYS:
        raise Refused("The excuse is longer than a year. Check its last day.")
    try:
        excuse.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
