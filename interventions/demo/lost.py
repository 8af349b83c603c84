"""Who looks for disengaged students in the demo, and what the attendance officer was told of so far."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import DISTRICT_ADMINISTRATOR, OUTREACH
from interventions.models import OutreachAssignment, OutreachWorker, TruancyNotice
from interventions.selectors.disengaged import disengaged_standings
from interventions.services.officer_reports import report_notices
from interventions.services.outreach import Choice, assign
from interventions.services.outreach_contacts import log_attempt
from interventions.services.outreach_workers import TakesOn, add_worker
from students.access import Scope, scope_of
from students.models import User

ASSIGNED_ON = date(2020, 10, 22)
# What the worker tried so far: how, and what came of it.
TRIED = [("call", "no_answer"), ("visit", "not_home"), ("call", "reached")]
MOST_ASSIGNED = 6


def look_for_the_lost(scope: Scope) -> None:
    """The outreach worker has some of the disengaged students, and has tried to reach a few; the others wait."""
    zone = ZoneInfo(scope.zone)
    by = scope_of(
        User.objects.get(username=DISTRICT_ADMINISTRATOR.username), datetime.combine(ASSIGNED_ON, time(11), zone)
    )
    person = User.objects.get(username=OUTREACH.username)
    worker = add_worker(by, person.pk, TakesOn(most_students=30, languages=["en", "es"]))
    listed = list(disengaged_standings(by).order_by("student_id").values_list("student_id", flat=True))
    needs = ["locate", "connect", "return", "family"]
    chosen = [
        Choice(student, worker.pk, needs[number % len(needs)]) for number, student in enumerate(listed[:MOST_ASSIGNED])
    ]
    if chosen:
        assign(by, chosen)
        _try(person, worker, zone)


def _try(person: User, worker: OutreachWorker, zone: ZoneInfo) -> None:
    for number, (held, (kind, result)) in enumerate(
        zip(OutreachAssignment.objects.filter(worker=worker).order_by("pk"), TRIED, strict=False)
    ):
        at = datetime.combine(ASSIGNED_ON + timedelta(days=1), time(14, 10 * number), zone)
        log_attempt(
            scope_of(person, at),
            held.pk,
            submission_id=uuid5(NAMESPACE_URL, f"demo attempt {held.pk}"),
            kind=kind,
            result=result,
            happened_at=at,
        )


def tell_the_officer(scope: Scope, evening: date) -> None:
    """The week's notices, told on the next school day, but for one that somebody forgot."""
    by = User.objects.get(username=DISTRICT_ADMINISTRATOR.username)
    at = datetime.combine(evening + timedelta(days=3), time(10), ZoneInfo(scope.zone))
    waiting = TruancyNotice.objects.filter(reported_on=None, withdrawn_at=None, crossed_on__lte=evening)
    ids = [pk for pk in waiting.values_list("pk", flat=True) if pk % 20]
    if ids:
        report_notices(scope_of(by, at), ids, reported_on=at.date(), reference=f"List of {at:%b} {at.day}")
