"""Enters own schedules (MS-04, part-time, homebound) and accommodations (MS-39). A preview is undone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.models import Accommodation, OwnSchedule
from attendance.selectors.student_rights import has_right, student_in_scope
from attendance.services.day_changes import Touched, hold, judge_anew, undone
from attendance.services.fact_endings import right_over
from students.access import Scope
from students.refusals import Forbidden, Refused

Row = OwnSchedule | Accommodation


@dataclass(frozen=True, slots=True)
class OwnDays:
    """An own schedule, both days inclusive; no last day: until further notice. The reason is for those entitled."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    reason: str = ""

    def row(self) -> Row:
        """The row to be written."""
        return OwnSchedule(kind=self.kind, starts_on=self.starts_on, ends_on=self.ends_on, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Accommodated:
    """Measures that count for one student beside those of the plan, from a day on (MS-39)."""

    measures: tuple[str, ...]
    starts_on: date
    ends_on: date | None = None
    reason: str = ""

    def row(self) -> Row:
        """The row to be written."""
        measures = list(self.measures)
        return Accommodation(
            measures=measures, starts_on=self.starts_on, ends_on=self.ends_on, reason=self.reason.strip()
        )


def preview_own_days(scope: Scope, student_id: int, own: OwnDays | Accommodated) -> Touched:
    """What entering it would do; nothing is written. Raises as `enter_own_days` does."""
    row = _row(scope, student_id, own)
    return undone(lambda: _enter(scope, row, own, uuid4(), ""))


def enter_own_days(
    scope: Scope,
    student_id: int,
    own: OwnDays | Accommodated,
    *,
    submission_id: UUID,
    agreed: str,
    late_reason: str = "",
) -> Touched | None:
    """Enter it; None where the same form was sent before.

    Raises NotInScope, Forbidden (not the office; for an accommodation not the nurse either), Stale, or Refused with
    what is wrong: another schedule on these days, no measure, no reason, past days without a word why.
    """
    row = _row(scope, student_id, own)
    with transaction.atomic():
        hold(scope, [student_id])
        if type(row)._base_manager.filter(submission_id=submission_id).exists():
            return None
        touched = _enter(scope, row, own, submission_id, late_reason)
        touched.check_agreed(agreed, late_reason)
        touched.tell(type(row))
    return touched


def _row(scope: Scope, student_id: int, own: OwnDays | Accommodated) -> Row:
    row = own.row()
    row.student_id = student_in_scope(scope, student_id).pk
    if own.ends_on is not None and own.ends_on < own.starts_on:
        raise Refused("The last day lies before the first.")
    if not has_right(scope, right_over(row), student_id, own.starts_on, own.ends_on):
        raise Forbidden("Only the office of the student’s school on these days enters this.")
    return row


def _enter(scope: Scope, row: Row, own: OwnDays | Accommodated, submission_id: UUID, late_reason: str) -> Touched:
    hold(scope, [row.student_id])
    row.submission_id, row.entered_by_id, row.entered_at = submission_id, scope.person, scope.now
    row.late_reason = late_reason.strip()[:300]
    try:
        row.full_clean(exclude=["entered_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save(force_insert=True)
    return judge_anew(scope, [row.student_id], own.starts_on, own.ends_on, asked=[own])
