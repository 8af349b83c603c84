"""Recording what became of a month's files at the state, in the order in which it takes them."""

from uuid import UUID

from django.db import transaction

from reporting.models import ExportFile, Filing, MonthRun
from reporting.rules.filing import ACCEPTED, FILED, REJECTED, UNCERTIFIED, refusal
from reporting.selectors.filings import FileStanding, file_standings
from reporting.selectors.months import run_in_scope, runs_of
from students.access import Scope
from students.models import School
from students.refusals import Forbidden, NotInScope, Refused


def record_filing(
    scope: Scope, run_id: int, record_set: str, *, event: str, submission_id: UUID, note: str = ""
) -> Filing:
    """Record that a file was filed, accepted or rejected; the same request sent twice is one event.

    Raises NotInScope for a run or file that this person has not, Forbidden for anybody but the district, and Refused
    for an event out of its order, a rejection without a reason, or a package that a newer one has replaced.
    """
    run = run_in_scope(scope, run_id)
    if not scope.district_wide:
        raise Forbidden("Only the district files a month with the state.")
    if event not in (FILED, ACCEPTED, REJECTED):
        raise Refused("A file is filed, accepted or rejected; nothing else happens to it.")
    with transaction.atomic():
        # One at a time in a school: two people recording at once see each other's events.
        School.objects.select_for_update().get(pk=run.school_id)
        if repeated := Filing.objects.filter(submission_id=submission_id, record_set=record_set, event=event).first():
            return repeated
        asked = _asked(scope, run, record_set, event, note)
        return Filing.objects.create(
            run=run,
            record_set=record_set,
            sha256=asked.sha256,
            event=event,
            note=note.strip()[:300],
            submission_id=submission_id,
            recorded_at=scope.now,
            recorded_by_id=scope.person,
        )


def _asked(scope: Scope, run: MonthRun, record_set: str, event: str, note: str) -> FileStanding:
    standings = {each.record_set.name: each for each in file_standings(scope, run, _package(scope, run))}
    if record_set not in standings:
        raise NotInScope
    asked = standings[record_set]
    if not asked.is_certified:
        raise Refused(UNCERTIFIED)
    accepted = {name for name, each in standings.items() if each.stands == ACCEPTED}
    if why := refusal(asked.record_set, event, asked.stands, accepted, note):
        raise Refused(why)
    return asked


def _package(scope: Scope, run: MonthRun) -> ExportFile:
    newest = runs_of(scope, run.school_id, run.school_year, run.month).filter(package__isnull=False).first()
    if newest is None or newest.pk != run.pk:
        raise Refused("A newer package of this month stands beside this one. File that one.")
    return newest.package
