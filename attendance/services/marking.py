"""Saves one class meeting: every student on its roster gets a mark, in one transaction, once per submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.db import transaction

from attendance.models import ClassMeeting, Mark, MeetingState, Submission
from attendance.rules.mark import Entered, worth
from attendance.rules.minutes import minute_of
from attendance.selectors.openings import meeting_was_opened
from attendance.selectors.roster import live_roster_on
from attendance.services.ledger import judge_locked_days, lock_days
from attendance.services.taking import (
    locked_meetings,
    mark_of,
    of_everybody,
    refuse_untimely,
    saved_at,
    stored_marks,
    take,
    write_marks,
)
from attendance.signals import attendance_changed
from students.access import Scope
from students.models import Student
from students.refusals import NotInScope, Refused, Stale


@dataclass(frozen=True)
class MarkEntry:
    """One student's mark as entered; times are local. Typed `minutes` are instructional minutes attended."""

    student_id: int
    status: str
    minutes: int | None = None
    arrived_at: time | None = None
    left_at: time | None = None


@dataclass(frozen=True)
class Saved:
    """A save: the version it made, and whether the same submission had been saved before."""

    version: int
    repeated: bool


def save_marks(
    scope: Scope,
    meeting_id: int,
    *,
    submission_id: UUID,
    version: int,
    entries: Sequence[MarkEntry],
    reason: str = "",
    on_paper_by: str = "",
    opening: str | None = None,
) -> Saved:
    """Mark a class. Raises NotInScope, Forbidden (neither its teacher nor the office), Stale (somebody saved since
    `version`), BadEntries or Refused; then nothing is written. The same submission sent again changes nothing and
    answers as the first did. `on_paper_by` names who wrote the marks on paper, where they are keyed in from one, and
    `opening` is what the roster's page carried, empty where the save came without it.
    """
    with transaction.atomic():
        meeting = _locked(scope, meeting_id)
        if before := Submission.objects.filter(submission_id=submission_id).first():
            return _repeated(before, meeting)
        refuse_untimely(scope, [meeting], reason)
        _refuse_void(meeting)
        if meeting.version != version:
            raise Stale("Somebody else saved this class since you opened it. Nothing of yours was saved yet.")
        roster = list(live_roster_on(scope, meeting.section_id, meeting.date))
        marks = _marks(scope, meeting, roster, entries, reason)
        ids = sorted(marks)
        locked = lock_days(scope, ids, meeting.date, meeting.date)
        write_marks(scope, marks.values(), stored_marks(scope, [meeting]))
        take(scope, {submission_id: meeting}, on_paper_by, meeting_was_opened(scope, meeting.pk, opening))
        judge_locked_days(scope, ids, meeting.date, meeting.date, locked)
        attendance_changed.send(ClassMeeting, student_ids=set(ids), dates={meeting.date})
        return Saved(meeting.version, repeated=False)


def _locked(scope: Scope, meeting_id: int) -> ClassMeeting:
    meetings = locked_meetings(scope, pk=meeting_id)
    if not meetings:
        raise NotInScope
    return meetings[0]


def _repeated(before: Submission, meeting: ClassMeeting) -> Saved:
    if before.meeting_id != meeting.pk:
        raise Refused("This form belongs to another class. Open the class again.")
    return Saved(before.version, repeated=True)


def _refuse_void(meeting: ClassMeeting) -> None:
    if meeting.state == MeetingState.VOID:
        raise Refused(f"This class is void: {meeting.void_reason}. An administrator can restore it.")


def _marks(
    scope: Scope, meeting: ClassMeeting, roster: Sequence[Student], entries: Sequence[MarkEntry], reason: str
) -> dict[int, Mark]:
    minute = saved_at(scope, meeting)

    def mark(student_id: int, entry: MarkEntry | None) -> Mark:
        entered = _entered(entry) if entry else Entered("")
        its = worth(entered, meeting.times, saved_at=minute)
        return mark_of(scope, meeting, student_id, entered.status, its, reason)

    return of_everybody(scope, roster, entries, mark)


def _entered(entry: MarkEntry) -> Entered:
    arrived = None if entry.arrived_at is None else minute_of(entry.arrived_at)
    left = None if entry.left_at is None else minute_of(entry.left_at)
    return Entered(entry.status, entry.minutes, arrived, left)
