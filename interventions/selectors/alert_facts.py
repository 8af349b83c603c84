"""A day of some students as far as the school knows it at this moment, for whoever tells their families."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from attendance.models import (
    ClassMeeting,
    DailyAttendance,
    DayStatus,
    Excuse,
    Mark,
    MarkStatus,
    MeetingState,
    OfficeEvent,
)
from interventions.models import Message, MessageKind
from interventions.rules.alerts import DaySoFar
from students.access import Scope
from students.models import School, Student


class MissedClass(NamedTuple):
    """A taken class of which a student missed all, or the beginning."""

    meeting: ClassMeeting
    mark: Mark


def days_so_far(scope: Scope, student_ids: Collection[int], day: date) -> dict[int, DaySoFar]:
    """Of each student with a school day in the ledger on that date; four statements for however many."""
    ids = list(student_ids)
    ledger = DailyAttendance.objects.filter(student__in=ids, date=day)
    verdicts = {row[0]: row[1:] for row in ledger.values_list("student_id", "status", "absence_kind")}
    marks: dict[int, list[str]] = defaultdict(list)
    for student_id, status in _marks(ids, day).values_list("student_id", "status"):
        marks[student_id].append(status)
    explained = explained_on(scope, ids, day)
    return {each: DaySoFar(marks[each], status, kind, each in explained) for each, (status, kind) in verdicts.items()}


def explained_on(scope: Scope, student_ids: Collection[int], day: date) -> set[int]:
    """The students of whom family or office have said something of a day: as the office's list of calls has it."""
    said = {"student__in": list(student_ids), "withdrawn_at": None, "starts_on__lte": day, "ends_on__gte": day}
    rows = (OfficeEvent.objects.filter(**said), Excuse.objects.filter(**said))
    return {each for some in rows for each in some.order_by().values_list("student_id", flat=True)}


def _marks(ids: list[int], day: date) -> QuerySet[Mark]:
    # By all schools, since the index of meetings begins with the school.
    taken = Q(meeting__school__in=School.objects.values("pk"), meeting__date=day, meeting__state=MeetingState.TAKEN)
    return Mark.objects.filter(taken, student__in=ids).order_by("meeting__starts_at", "meeting_id")


def missed_classes(scope: Scope, student_ids: Collection[int], day: date) -> list[MissedClass]:
    """The classes of a day from which students were marked absent or tardy, in order of time; one statement."""
    missed = _marks(list(student_ids), day).filter(status__in=[MarkStatus.ABSENT, MarkStatus.TARDY])
    return [MissedClass(each.meeting, each) for each in missed.select_related("meeting__section__course")]


def worth_a_look(scope: Scope, school_id: int) -> set[int]:
    """Students of a school of whom a family may have to be told something today, or was told it."""
    days = DailyAttendance.objects.filter(school=school_id, date=scope.today).order_by()
    told = Message.objects.filter(kind=MessageKind.ABSENCE, made_at__gte=scope.now - timedelta(days=1))
    marks = Mark.objects.filter(meeting__school=school_id, meeting__date=scope.today).exclude(status=MarkStatus.PRESENT)
    rows = (days.filter(status=DayStatus.ABSENT), days.filter(student__in=told.values("student")), marks)
    return {each for some in rows for each in some.values_list("student_id", flat=True)}


def school_of(scope: Scope, student: Student, day: date) -> School | None:
    """The school of a student's day."""
    row = DailyAttendance.objects.filter(student=student, date=day).select_related("school").first()
    return row.school if row else None
