"""What happened of late that an account may have asked to be told of, once each, by ids."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from attendance.models import DailyAttendance, DayStatus, Decision, Excuse, MarkStatus
from interventions.models import AlertKind, Crossing, Ground
from interventions.selectors.alert_facts import explained_on, missed_classes
from interventions.selectors.alert_policies import clock_of
from students.access import Scope

# From this hour on a class of today that nobody has entered is news.
EVENING = time(18)
# How long an outage may last without swallowing what happened in it.
LOOKS_BACK = timedelta(days=2)


@dataclass(frozen=True)
class News:
    """One thing about one student. `key` is its own among those of its kind; `about` has its ids."""

    kind: AlertKind
    student_id: int
    key: str
    about: dict[str, Any]
    happened_at: datetime


def news_of(scope: Scope, student_ids: Collection[int]) -> list[News]:
    """The news about some students; six statements for however many."""
    ids = list(student_ids)
    return [*_missed(scope, ids), *_not_known(scope, ids), *_thresholds(scope, ids), *_documents(scope, ids)]


def _missed(scope: Scope, ids: list[int]) -> Iterator[News]:
    explained = explained_on(scope, ids, scope.today)
    kinds = {MarkStatus.ABSENT: AlertKind.CLASS_ABSENCE, MarkStatus.TARDY: AlertKind.TARDY}
    for meeting, mark in missed_classes(scope, ids, scope.today):
        if mark.student_id not in explained:
            about = {"date": meeting.date.isoformat(), "mark": mark.pk}
            yield News(kinds[MarkStatus(mark.status)], mark.student_id, str(meeting.pk), about, mark.marked_at)


def _not_known(scope: Scope, ids: list[int]) -> Iterator[News]:
    if clock_of(scope).time() < EVENING:
        return
    days = DailyAttendance.objects.filter(
        student__in=ids, date=scope.today, status=DayStatus.UNDETERMINED, meetings_untaken__gt=0
    )
    for student_id in days.values_list("student_id", flat=True):
        about = {"date": scope.today.isoformat()}
        yield News(AlertKind.UNDETERMINED, student_id, scope.today.isoformat(), about, scope.now)


def _thresholds(scope: Scope, ids: list[int]) -> Iterator[News]:
    crossed = Crossing.objects.filter(
        student__in=ids, ground=Ground.COUNT, withdrawn_at__isnull=True, noticed_at__gte=scope.now - LOOKS_BACK
    )
    for each in crossed:
        yield News(AlertKind.THRESHOLD, each.student_id, str(each.pk), {"crossing": each.pk}, each.noticed_at)


def _documents(scope: Scope, ids: list[int]) -> Iterator[News]:
    decided = Excuse.objects.filter(
        student__in=ids,
        decision__in=[Decision.ACCEPTED, Decision.REFUSED],
        withdrawn_at__isnull=True,
        decided_at__gte=scope.now - LOOKS_BACK,
    )
    for each in decided:
        if each.decided_at is not None:
            about = {"excuse": each.pk, "decision": each.decision}
            yield News(AlertKind.DOCUMENT, each.student_id, f"{each.pk}:{each.decision}", about, each.decided_at)
