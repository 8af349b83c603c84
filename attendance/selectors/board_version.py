"""Whether a board has moved, asked cheaply: a few sums stand for all that a save, a void or the clock can change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import blake2s
from typing import Any

from django.db.models import Count, Max, Sum

from attendance.models import ClassMeeting, DailyAttendance, MeetingState
from attendance.selectors.completions import Instant
from attendance.selectors.own_time_classes import sections_in_own_time
from students.access import Scope, visible_to


@dataclass(frozen=True, slots=True)
class MeetingSum:
    """Meetings of a school that begin and end together and are in one state; their versions summed."""

    school_id: int
    state: str
    starts_at: time
    ends_at: time
    count: int
    versions: int
    latest: datetime | None


def meeting_sums(scope: Scope, school_ids: Iterable[int], day: date) -> list[MeetingSum]:
    """The meetings of a day in some schools, in two statements of a few rows; the caller took them from the scope.

    Those that nobody meets live are left out, unless they were taken.
    """
    schools = list(school_ids)
    found = visible_to(scope, ClassMeeting).filter(school__in=schools, date=day)
    if own_time := sections_in_own_time(scope, schools, day):
        found = found.exclude(section__in=own_time, state=MeetingState.EXPECTED)
    by = ("school_id", "state", "starts_at", "ends_at")
    sums = found.values_list(*by).annotate(Count("pk"), Sum("version"), Max("taken_at")).order_by(*by)
    return [MeetingSum(*each) for each in sums]


def school_version(scope: Scope, instant: Instant, school_id: int, day: date) -> str:
    """A school's board at an instant, in three statements; the caller took the school from the scope."""
    meetings = [
        (instant.completion(each.state, day, each.starts_at, each.ends_at), each.starts_at, each.count, each.versions)
        for each in meeting_sums(scope, [school_id], day)
    ]
    ledger = DailyAttendance.objects.filter(school=school_id, date=day).order_by()
    students = ledger.values_list("status", "absence_kind").annotate(Count("pk"), Sum("meetings_untaken"))
    return digest(day, *meetings, *sorted(students))


def digest(*parts: Any) -> str:
    """A short name for what was read, as an ETag."""
    return f'"{blake2s(repr(parts).encode(), digest_size=12).hexdigest()}"'
