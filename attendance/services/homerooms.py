"""Saves a homeroom's day: one mark of every student for all of its meetings, in one transaction, once per form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID, uuid5

from django.db import transaction

from attendance.models import ClassMeeting, Mark, MeetingState, Submission
from attendance.rules.day_mark import DayEntered, marks_of_day
from attendance.rules.mark import BadMark
from attendance.rules.minutes import minute_of
from attendance.selectors.openings import day_was_opened
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

# A student whose marks differ from class to class is left as marked there.
AS_MARKED = "as_marked"
Stored = Mapping[tuple[int, int], Mark]


@dataclass(frozen=True)
class DayEntry:
    """One student's day as entered; times are local. Who came late and left early has both."""

    student_id: int
    status: str
    arrived_at: time | None = None
    left_at: time | None = None


@dataclass(frozen=True)
class DaySaved:
    """A save: the meetings it took, and whether the same form had been saved before."""

    meetings: int
    repeated: bool


def save_day(
    scope: Scope,
    section_id: int,
    day: date,
    *,
    submission_id: UUID,
    versions: Mapping[int, int],
    entries: Sequence[DayEntry],
    reason: str = "",
    on_paper_by: str = "",
    opening: str | None = None,
) -> DaySaved:
    """Mark a homeroom's day: all its meetings that are not void, those to come too (RD-05 for the first of them).

    `versions` are those of the meetings as the page showed them. Raises NotInScope, Stale (any was changed, added or
    dropped since), BadEntries or Refused; then nothing is written. The same form sent again changes nothing.
    `on_paper_by` names who wrote the marks on paper, where they are keyed in from one; `opening` is what the roster's
    page carried, empty where the save came without it. Twelve statements at most, whatever the size of the class and
    the number of its meetings.
    """
    with transaction.atomic():
        held = _held(scope, section_id, day)
        submissions = {_part(submission_id, each): each for each in held}
        if Submission.objects.filter(submission_id__in=submissions).exists():
            return DaySaved(len(held), repeated=True)
        refuse_untimely(scope, held, reason)
        if {each.pk: each.version for each in held} != versions:
            raise Stale("Somebody else saved this class since you opened it. Nothing of yours was saved yet.")
        roster = list(live_roster_on(scope, section_id, day))
        ids = sorted(student.pk for student in roster)
        locked = lock_days(scope, ids, day, day)
        stored = stored_marks(scope, held)
        made = _marks(scope, held, roster, entries, stored, reason)
        write_marks(scope, [mark for marks in made.values() for mark in marks], stored)
        take(scope, submissions, on_paper_by, day_was_opened(scope, section_id, day, opening))
        judge_locked_days(scope, ids, day, day, locked)
        attendance_changed.send(ClassMeeting, student_ids=set(ids), dates={day})
        return DaySaved(len(held), repeated=False)


def _held(scope: Scope, section_id: int, day: date) -> list[ClassMeeting]:
    meetings = locked_meetings(scope, section=section_id, section__kind="homeroom", date=day)
    if not meetings:
        raise NotInScope
    held = [each for each in meetings if each.state != MeetingState.VOID]
    if not held:
        raise Refused("Every class of this day is void. An administrator can restore it.")
    return sorted(held, key=lambda each: (each.starts_at, each.pk))


def _part(submission_id: UUID, meeting: ClassMeeting) -> UUID:
    """The submission of one meeting: the form's own id, told apart by the meeting."""
    return uuid5(submission_id, str(meeting.pk))


def _marks(
    scope: Scope,
    held: Sequence[ClassMeeting],
    roster: Sequence[Student],
    entries: Sequence[DayEntry],
    stored: Stored,
    reason: str,
) -> dict[int, list[Mark]]:
    minute = saved_at(scope, held[0])
    times = [each.times for each in held]

    def marks(student_id: int, entry: DayEntry | None) -> list[Mark]:
        if entry and entry.status == AS_MARKED:
            return _as_marked(student_id, held, stored)
        made = marks_of_day(_entered(entry), times, saved_at=minute)
        return [
            mark_of(scope, meeting, student_id, each.status, each.worth, reason)
            for meeting, each in zip(held, made, strict=True)
        ]

    return of_everybody(scope, roster, entries, marks)


def _as_marked(student_id: int, held: Sequence[ClassMeeting], stored: Stored) -> list[Mark]:
    if any((each.pk, student_id) not in stored for each in held):
        raise BadMark("is not marked")
    return []


def _entered(entry: DayEntry | None) -> DayEntered:
    if entry is None:
        return DayEntered("")
    arrived = None if entry.arrived_at is None else minute_of(entry.arrived_at)
    left = None if entry.left_at is None else minute_of(entry.left_at)
    return DayEntered(entry.status, arrived, left)
