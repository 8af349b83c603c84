"""What every way of taking a class shares: when it may be taken, of whom, and how its marks are written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef

from attendance.access import markable
from attendance.models import CalendarDay, ClassMeeting, Mark, MeetingState, Submission
from attendance.rules.entry_window import asks_reason
from attendance.rules.mark import BadMark, Worth, why_not_yet
from attendance.rules.minutes import clock_time, minute_of
from students.access import Scope, visible_to
from students.models import Student
from students.refusals import Forbidden, Refused


class OfStudent(Protocol):
    """Anything entered of one student."""

    @property
    def student_id(self) -> int:
        """Whose it is."""
        ...


# Of a name on paper.
MOST_LETTERS = 150

Entry = TypeVar("Entry", bound=OfStudent)
Made = TypeVar("Made")


class BadEntries(Refused):
    """Some students are unmarked or marked impossibly; `problems` says which, by student id."""

    def __init__(self, problems: dict[int, str], names: Sequence[str]) -> None:
        """`names` are the students listed with their problems."""
        super().__init__("Nothing was saved. " + "; ".join(names) + ".")
        self.problems = problems


def locked_meetings(scope: Scope, **which: Any) -> list[ClassMeeting]:
    """Meetings to be marked, locked by id before any day row, so that two saves of one follow one another.

    Raises Forbidden where one of them is in sight but not this person's to mark.
    """
    session = CalendarDay.objects.in_session().filter(school=OuterRef("school"), date=OuterRef("date"))
    may_mark = Exists(markable(scope).filter(pk=OuterRef("pk")))
    seen = visible_to(scope, ClassMeeting).annotate(in_session=Exists(session), may_mark=may_mark)
    meetings = list(seen.select_for_update(of=("self",)).filter(**which).order_by("pk"))
    if not all(meeting.may_mark for meeting in meetings):
        raise Forbidden("Only the teacher of this class and the office of its school mark it.")
    return meetings


def refuse_untimely(scope: Scope, meetings: Sequence[ClassMeeting], reason: str) -> None:
    """Raise Refused before the first of some meetings of one section and day opens, or a correction without reason."""
    first = min(meetings, key=lambda meeting: meeting.starts_at)
    if why := why_not_yet(first.date, minute_of(first.starts_at), scope.today, _minute(scope)):
        raise Refused(why)
    if not first.in_session:  # type: ignore[attr-defined]
        raise Refused("School is not in session on this day, so there is no class to mark.")
    is_taken = any(meeting.state == MeetingState.TAKEN for meeting in meetings)
    if is_taken and asks_reason(first.date, scope.today) and not reason.strip():
        raise Refused("This class was taken on an earlier day. Say why you correct it.")


def saved_at(scope: Scope, meeting: ClassMeeting) -> int | None:
    """The minute of saving on the meeting's own day, None on any other (RD-05)."""
    return _minute(scope) if meeting.date == scope.today else None


def _minute(scope: Scope) -> int:
    return minute_of(scope.now.astimezone(ZoneInfo(scope.zone)).time())


def of_everybody(
    scope: Scope, roster: Sequence[Student], entries: Sequence[Entry], worth_of: Callable[[int, Entry | None], Made]
) -> dict[int, Made]:
    """What the entries make of every student of a roster, by student; `worth_of` gets None for one not entered.

    Raises Refused for a student entered twice or not on the roster, BadEntries where `worth_of` raised BadMark.
    """
    entered = {entry.student_id: entry for entry in entries}
    if len(entered) != len(entries):
        raise Refused("A student is marked twice in this form. Open the class again.")
    if entered.keys() - {student.pk for student in roster}:
        raise Refused("A student in this form is not on the roster of this class on this day. Open the class again.")
    made: dict[int, Made] = {}
    problems: dict[int, str] = {}
    for student in roster:
        try:
            made[student.pk] = worth_of(student.pk, entered.get(student.pk))
        except BadMark as bad:
            problems[student.pk] = str(bad)
    if problems:
        raise BadEntries(
            problems, [f"{each.listed_name} {problems[each.pk]}" for each in roster if each.pk in problems]
        )
    return made


def mark_of(scope: Scope, meeting: ClassMeeting, student_id: int, status: str, its: Worth, reason: str) -> Mark:
    """A mark as it is to be written; the reason is kept where it corrects a class that was taken."""
    return Mark(
        meeting=meeting,
        student_id=student_id,
        status=status,
        minutes_attended=its.minutes,
        arrived_at=None if its.arrived is None else clock_time(its.arrived),
        left_at=None if its.left is None else clock_time(its.left),
        marked_by_id=scope.person,
        marked_at=scope.now,
        reason=reason.strip() if meeting.state == MeetingState.TAKEN else "",
    )


def stored_marks(scope: Scope, meetings: Iterable[ClassMeeting]) -> dict[tuple[int, int], Mark]:
    """The marks that stand, by meeting and student; the caller took the meetings from the scope."""
    return {(mark.meeting_id, mark.student_id): mark for mark in Mark.objects.filter(meeting__in=list(meetings))}


def write_marks(scope: Scope, marks: Iterable[Mark], stored: Mapping[tuple[int, int], Mark]) -> None:
    """Write the scope's marks that differ; those that stand keep who marked them and when."""
    changed = [mark for mark in marks if _said(mark) != _said(stored.get((mark.meeting_id, mark.student_id)))]
    fields = ["status", "minutes_attended", "arrived_at", "left_at", "marked_by", "marked_at", "reason"]
    Mark.objects.bulk_create(changed, update_conflicts=True, unique_fields=["meeting", "student"], update_fields=fields)


def _said(mark: Mark | None) -> tuple[Any, ...] | None:
    return None if mark is None else (mark.status, mark.minutes_attended, mark.arrived_at, mark.left_at)


def take(
    scope: Scope,
    submissions: Mapping[UUID, ClassMeeting],
    on_paper_by: str = "",
    roster_opened: bool | None = None,
) -> None:
    """Note who took the locked meetings and when, each with the id of its submission, whose paper was keyed in, and
    whether the roster had been opened (None: nobody asked).
    """
    taken = {"state": MeetingState.TAKEN, "taken_by_id": scope.person, "taken_at": scope.now}
    meetings = list(submissions.values())
    ClassMeeting.objects.filter(pk__in=[each.pk for each in meetings]).update(version=F("version") + 1, **taken)
    for each in meetings:
        each.version += 1
    Submission.objects.bulk_create(
        Submission(
            submission_id=submission_id,
            meeting=meeting,
            submitted_by_id=scope.person,
            submitted_at=scope.now,
            version=meeting.version,
            on_paper_by=on_paper_by.strip()[:MOST_LETTERS],
            roster_opened=roster_opened,
        )
        for submission_id, meeting in submissions.items()
    )
