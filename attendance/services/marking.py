"""Saves one class meeting: every student on its roster gets a mark, in one transaction, once per submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from attendance.models import IN_SESSION, CalendarDay, ClassMeeting, Mark, MeetingState, Submission
from attendance.rules.mark import BadMark, Entered, Worth, why_not_yet, worth
from attendance.rules.minutes import clock_time, minute_of
from attendance.selectors.roster import roster_on
from attendance.services.ledger import judge_locked_days, lock_days
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
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


class BadEntries(Refused):
    """Some students are unmarked or marked impossibly; `problems` says which, by student id."""

    def __init__(self, problems: dict[int, str], names: Sequence[str]) -> None:
        """`names` are the students listed with their problems."""
        super().__init__("Nothing was saved. " + "; ".join(names) + ".")
        self.problems = problems


def save_marks(
    scope: Scope,
    meeting_id: int,
    *,
    submission_id: UUID,
    version: int,
    entries: Sequence[MarkEntry],
    reason: str = "",
) -> Saved:
    """Mark a class. Raises NotInScope, Stale (somebody saved since `version`), BadEntries or Refused; then nothing
    is written. The same submission sent again changes nothing and answers as the first did.
    """
    with transaction.atomic():
        meeting = _locked_meeting(scope, meeting_id)
        if before := Submission.objects.filter(submission_id=submission_id).first():
            return _repeated(before, meeting)
        _refuse_untimely(scope, meeting, reason)
        if meeting.version != version:
            raise Stale("Somebody else saved this class since you opened it. Nothing of yours was saved yet.")
        roster = list(roster_on(scope, meeting.section_id, meeting.date))
        worths = _worths(scope, meeting, roster, entries)
        ids = sorted(worths)
        locked = lock_days(scope, ids, meeting.date, meeting.date)
        _write_marks(scope, meeting, entries, worths, reason)
        _take(scope, meeting, submission_id)
        judge_locked_days(scope, ids, meeting.date, meeting.date, locked)
        attendance_changed.send(ClassMeeting, student_ids=set(ids), dates={meeting.date})
        return Saved(meeting.version, repeated=False)


def _locked_meeting(scope: Scope, meeting_id: int) -> ClassMeeting:
    """The meeting, locked before any day row, so that two saves of it follow one another."""
    session = CalendarDay.objects.filter(school=OuterRef("school"), date=OuterRef("date"), event_type__in=IN_SESSION)
    meetings = visible_to(scope, ClassMeeting).select_for_update(of=("self",)).annotate(in_session=Exists(session))
    meeting = meetings.filter(pk=meeting_id).first()
    if meeting is None:
        raise NotInScope
    return meeting


def _repeated(before: Submission, meeting: ClassMeeting) -> Saved:
    if before.meeting_id != meeting.pk:
        raise Refused("This form belongs to another class. Open the class again.")
    return Saved(before.version, repeated=True)


def _refuse_untimely(scope: Scope, meeting: ClassMeeting, reason: str) -> None:
    local = scope.now.astimezone(ZoneInfo(scope.zone))
    if why := why_not_yet(meeting.date, minute_of(meeting.starts_at), scope.today, minute_of(local.time())):
        raise Refused(why)
    if not meeting.in_session:  # type: ignore[attr-defined]
        raise Refused("School is not in session on this day, so there is no class to mark.")
    if meeting.state == MeetingState.VOID:
        raise Refused(f"This class is void: {meeting.void_reason}. An administrator can restore it.")
    if meeting.state == MeetingState.TAKEN and meeting.date < scope.today and not reason.strip():
        raise Refused("This class was taken on an earlier day. Say why you correct it.")


def _worths(
    scope: Scope, meeting: ClassMeeting, roster: Sequence[Student], entries: Sequence[MarkEntry]
) -> dict[int, tuple[MarkEntry, Worth]]:
    entered = {entry.student_id: entry for entry in entries}
    if len(entered) != len(entries):
        raise Refused("A student is marked twice in this form. Open the class again.")
    if entered.keys() - {student.pk for student in roster}:
        raise Refused("A student in this form is not on the roster of this class on this day. Open the class again.")
    local = scope.now.astimezone(ZoneInfo(scope.zone))
    saved_at = minute_of(local.time()) if meeting.date == scope.today else None
    worths: dict[int, tuple[MarkEntry, Worth]] = {}
    problems: dict[int, str] = {}
    for student in roster:
        entry = entered.get(student.pk, MarkEntry(student.pk, ""))
        try:
            worths[student.pk] = entry, worth(_entered(entry), meeting.times, saved_at=saved_at)
        except BadMark as bad:
            problems[student.pk] = str(bad)
    if problems:
        raise BadEntries(
            problems, [f"{each.listed_name} {problems[each.pk]}" for each in roster if each.pk in problems]
        )
    return worths


def _entered(entry: MarkEntry) -> Entered:
    arrived = None if entry.arrived_at is None else minute_of(entry.arrived_at)
    left = None if entry.left_at is None else minute_of(entry.left_at)
    return Entered(entry.status, entry.minutes, arrived, left)


def _write_marks(
    scope: Scope,
    meeting: ClassMeeting,
    entries: Sequence[MarkEntry],
    worths: dict[int, tuple[MarkEntry, Worth]],
    reason: str,
) -> None:
    """Write the marks that differ; those that stand keep who marked them and when."""
    stored = {mark.student_id: mark for mark in Mark.objects.filter(meeting=meeting)}
    marks = [_mark(scope, meeting, entry, its, reason) for entry, its in worths.values()]
    changed = [mark for mark in marks if _said(mark) != _said(stored.get(mark.student_id))]
    fields = ["status", "minutes_attended", "arrived_at", "left_at", "marked_by", "marked_at", "reason"]
    Mark.objects.bulk_create(changed, update_conflicts=True, unique_fields=["meeting", "student"], update_fields=fields)


def _mark(scope: Scope, meeting: ClassMeeting, entry: MarkEntry, its: Worth, reason: str) -> Mark:
    return Mark(
        meeting=meeting,
        student_id=entry.student_id,
        status=entry.status,
        minutes_attended=its.minutes,
        arrived_at=None if its.arrived is None else clock_time(its.arrived),
        left_at=None if its.left is None else clock_time(its.left),
        marked_by_id=scope.person,
        marked_at=scope.now,
        reason=reason.strip() if meeting.state == MeetingState.TAKEN else "",
    )


def _said(mark: Mark | None) -> tuple[Any, ...] | None:
    return None if mark is None else (mark.status, mark.minutes_attended, mark.arrived_at, mark.left_at)


def _take(scope: Scope, meeting: ClassMeeting, submission_id: UUID) -> None:
    meeting.state = MeetingState.TAKEN
    meeting.version += 1
    meeting.taken_by_id, meeting.taken_at = scope.person, scope.now
    meeting.save(update_fields=["state", "version", "taken_by", "taken_at"])
    Submission.objects.create(
        submission_id=submission_id,
        meeting=meeting,
        submitted_by_id=scope.person,
        submitted_at=scope.now,
        version=meeting.version,
    )
