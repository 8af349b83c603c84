"""Who changed which mark of a class, when, from what to what, and why."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps

from attendance.models import Mark
from students.access import Scope


@dataclass(frozen=True, slots=True)
class Said:
    """What a mark said, in status and minutes attended."""

    status: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Change:
    """One correction of one mark; the time is local."""

    meeting_id: int
    student: str
    was: Said
    became: Said
    by: str
    at: datetime
    reason: str


def changes(scope: Scope, meeting_ids: Collection[int], zone: ZoneInfo) -> list[Change]:
    """The corrections of the marks of some meetings, latest first, in two statements at most.

    The caller took them from the scope. The trigger keeps each row as it stood before a change; who changed it stands
    in the row that followed.
    """
    events = apps.get_model("attendance", "MarkEvent").objects
    kept = events.filter(meeting__in=meeting_ids, pgh_label="update").select_related("marked_by").order_by("pgh_id")
    rows: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for event in kept:
        rows[event.meeting_id, event.student_id].append(event)
    students = {student_id for _, student_id in rows}
    standing = Mark.objects.filter(meeting__in=meeting_ids, student__in=students).select_related("marked_by", "student")
    made = [
        _change(mark, before, after, zone)
        for mark in standing
        for before, after in pairwise([*rows[mark.meeting_id, mark.student_id], mark])
    ]
    # Turned afterwards, so that two changes of one minute keep their order.
    return sorted(made, key=lambda change: change.at)[::-1]


def _change(standing: Mark, before: Any, after: Any, zone: ZoneInfo) -> Change:
    return Change(
        meeting_id=standing.meeting_id,
        student=standing.student.listed_name,
        was=Said(before.status, before.minutes_attended),
        became=Said(after.status, after.minutes_attended),
        by=after.marked_by.full_name,
        at=after.marked_at.astimezone(zone),
        reason=after.reason,
    )
