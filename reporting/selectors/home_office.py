"""What waits at the offices that somebody keeps: calls, excuses, families, and where teachers see it otherwise."""

from collections.abc import Iterator
from datetime import timedelta

from attendance.selectors.calls_page import CALLED_BY, uncalled
from attendance.selectors.excuse_list import pressing_excuses
from attendance.selectors.family_report_list import from_families_of
from attendance.selectors.reconciliation import USUAL_DAYS, contradictions
from reporting.rules.home_needs import Need, What
from reporting.selectors.home_places import Places
from students.access import Scope


def office_needs(scope: Scope, places: Places) -> Iterator[Need]:
    """So many statements however many offices, and none for whoever keeps none."""
    ids = [each.pk for each in places.of(What.CALLS)]
    if not ids:
        return
    leads = tuple(ids) if len(ids) == 1 else ()
    yield Need(What.CALLS, uncalled(scope, ids, scope.today), until=CALLED_BY, leads=leads)
    told = from_families_of(scope, ids)
    yield Need(What.FAMILIES, told.total, told.since, leads=leads)
    waiting, since = pressing_excuses(scope, ids)
    yield Need(What.EXCUSES, waiting, since)
    since = scope.today - timedelta(days=USUAL_DAYS - 1)
    found = contradictions(scope, ids, since, scope.today)
    days = {(each.student_id, each.day) for each in found}
    yield Need(What.DISAGREEMENTS, len(days), min((day for _, day in days), default=None), leads=leads)
