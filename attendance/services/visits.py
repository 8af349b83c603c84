"""A student's visit, entered or withdrawn by the one who was visited: one of their school, with its times (RD-07)."""

from datetime import date, time
from uuid import UUID

from attendance.models import OfficeEntry
from attendance.selectors.visits import RIGHTS, visited_school
from attendance.services.office import Recorded, enter_for, withdraw_from
from students.access import Scope
from students.refusals import NotInScope, Refused


def record_visit(
    scope: Scope,
    school_id: int,
    student_id: int,
    *,
    submission_id: UUID,
    kind: str,
    day: date,
    starts_at: time | None,
    ends_at: time | None,
) -> Recorded:
    """Enter that a student was with the nurse or a counselor. No words: teachers read a time with the office (RD-60).

    Raises NotInScope, Forbidden (not visited there), or Refused: not enrolled there that day, times that cannot be, a
    visit to come, or known already. Sent twice it is entered once.
    """
    school = visited_school(scope, school_id, kind)
    if day > scope.today:
        raise Refused("A visit is entered on its day, or after it.")
    entry = OfficeEntry(
        submission_id=submission_id, school=school, kind=kind, entered_by_id=scope.person, entered_at=scope.now
    )
    return enter_for(scope, entry, [student_id], day, day, starts_at, ends_at)


def withdraw_visit(scope: Scope, entry_id: int, *, reason: str) -> int:
    """Withdraw a visit to the nurse, or to a counselor; returns of how many students. The day is judged anew.

    Raises NotInScope (also for any other entry of the office), Forbidden, or Refused (no reason).
    """
    if not reason.strip():
        raise Refused("Say why it is withdrawn.")
    entry = OfficeEntry.objects.filter(pk=entry_id, kind__in=RIGHTS).first()
    if entry is None:
        raise NotInScope
    visited_school(scope, entry.school_id, entry.kind)
    return withdraw_from(scope, entry, reason)
