"""What was said of a notice's report before it was put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.apps import apps

from attendance.selectors.local_times import local_time
from interventions.models import TruancyNotice
from students.access import Scope, visible_to


@dataclass(frozen=True)
class EarlierReport:
    """A report that was put right, or was none; the instant at which it was entered is local."""

    reported_on: date
    reference: str
    by: str
    at: datetime


def report_history(scope: Scope, notice_id: int) -> Sequence[EarlierReport]:
    """Earlier reports of a notice, the newest first; none where it is not in the scope."""
    notice = visible_to(scope, TruancyNotice).filter(pk=notice_id).first()
    if notice is None:
        return []
    events = apps.get_model("interventions", "TruancyNoticeEvent").objects
    kept = events.filter(pgh_obj=notice_id, pgh_label="update").select_related("reported_by").order_by("pgh_id")
    found = [_earlier(scope, before) for before, after in pairwise([*kept, notice]) if _was_put_right(before, after)]
    return found[::-1]


def _was_put_right(before: Any, after: Any) -> bool:
    said = (before.reported_on, before.reference)
    return before.reported_on is not None and said != (after.reported_on, after.reference)


def _earlier(scope: Scope, event: Any) -> EarlierReport:
    return EarlierReport(
        event.reported_on, event.reference, event.reported_by.full_name, local_time(scope, event.reported_at)
    )
