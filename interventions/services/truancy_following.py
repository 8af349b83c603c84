"""Notices of truancy follow the days: raised as absences reach a threshold, withdrawn as they fall below it."""

from collections.abc import Collection

from interventions.models import TruancyNotice
from interventions.selectors.truancy_changes import NoticeChanges
from students.access import Scope

GROUND = ["school", "unlawful_on", "crossed_on", "clock_starts_on", "due_on"]
WITHDRAWAL = ["withdrawn_at", "withdrawn_why", "withdrawn_absences"]


def follow_truancy(scope: Scope, changes: Collection[NoticeChanges]) -> None:
    """Write what differs, in the transaction of the caller, who holds the students' standings locked since before it
    was read (ST-02). The number of statements is the same for however many students.
    """
    TruancyNotice.objects.bulk_create(notice for each in changes for notice in each.new)
    withdrawn = [notice for each in changes for notice in each.withdrawn]
    moved = [notice for each in changes for notice in each.moved]
    if not (withdrawn or moved):
        return
    # Somebody may be reporting one of them at this moment, in the same order: what was told stays as it was told.
    ids = [notice.pk for notice in (*withdrawn, *moved)]
    locked = TruancyNotice.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    untold = {notice.pk for notice in locked if notice.reported_on is None}
    TruancyNotice.objects.bulk_update(withdrawn, WITHDRAWAL)
    TruancyNotice.objects.bulk_update([notice for notice in moved if notice.pk in untold], GROUND)
