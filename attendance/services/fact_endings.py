"""Ends what was entered of a student's days: a mode, an own schedule, an accommodation. Its former days stand."""

from datetime import date, timedelta

from django.db import transaction

from attendance.models import Accommodation, ModeAssignment, OwnSchedule
from attendance.selectors.student_rights import has_right, student_in_scope
from attendance.services.day_changes import Touched, hold, judge_anew, undone
from students.access import Scope
from students.models import FactSource
from students.refusals import Forbidden, NotInScope, Refused
from students.rules.rights import Right

Fact = ModeAssignment | OwnSchedule | Accommodation
MODE, SCHEDULE, ACCOMMODATION = "mode", "schedule", "accommodation"
KINDS: dict[str, type[Fact]] = {MODE: ModeAssignment, SCHEDULE: OwnSchedule, ACCOMMODATION: Accommodation}


def right_over(row: Fact) -> Right:
    """The right to enter and end a fact: what is of health is the nurse's too (RD-60)."""
    if isinstance(row, Accommodation) or (isinstance(row, ModeAssignment) and row.reason == "quarantine"):
        return Right.HEALTH
    return Right.OFFICE


def preview_ending(scope: Scope, kind: str, fact_id: int, last_day: date | None) -> Touched:
    """What ending a fact would do; nothing is written. Raises as `end_fact` does."""
    row = _of_scope(scope, kind, fact_id)
    return undone(lambda: _end(scope, row, last_day, "A preview, undone."))


def end_fact(scope: Scope, kind: str, fact_id: int, last_day: date | None, *, agreed: str, reason: str) -> Touched:
    """End a fact after a day, inclusive; without one it is taken back, as if it had never been entered.

    Raises NotInScope, Forbidden, Stale, or Refused: it came with the roster, ends by then already, or no reason.
    """
    row = _of_scope(scope, kind, fact_id)
    if not reason.strip():
        raise Refused("Say why it ends.")
    with transaction.atomic():
        touched = _end(scope, row, last_day, reason.strip())
        touched.check_agreed(agreed, reason)
        touched.tell(type(row))
    return touched


def _of_scope(scope: Scope, kind: str, fact_id: int) -> Fact:
    row = KINDS[kind]._base_manager.filter(pk=fact_id).first() if kind in KINDS else None
    if row is None:
        raise NotInScope
    student_in_scope(scope, row.student_id)
    if not has_right(scope, right_over(row), row.student_id, row.starts_on, row.ends_on):
        raise Forbidden("Only the office of the student’s school on these days ends this.")
    if isinstance(row, ModeAssignment) and row.source != FactSource.HERE:
        raise Refused("This came with the roster (modes.csv) and is ended there.")
    return row


def _end(scope: Scope, seen: Fact, last_day: date | None, reason: str) -> Touched:
    hold(scope, [seen.student_id])
    row = type(seen)._base_manager.select_for_update().filter(pk=seen.pk).first()
    if row is None:
        raise NotInScope
    until = row.ends_on
    if last_day is not None and last_day < row.starts_on:
        raise Refused("It begins after this day. Take it back instead.")
    if last_day is not None and until is not None and last_day >= until:
        raise Refused("It ends on this day or before it already.")
    row.ended_by_id, row.ended_at, row.end_reason = scope.person, scope.now, reason[:300]
    row.ends_on = until if last_day is None else last_day
    row.save(update_fields=["ends_on", "ended_by", "ended_at", "end_reason"])
    first = row.starts_on if last_day is None else last_day + timedelta(days=1)
    asked = ["end", type(row).__name__, row.pk, last_day]
    if last_day is None:
        # Its history keeps the row with who took it back, and why.
        row.delete()
    return judge_anew(scope, [row.student_id], first, until, asked=asked)
