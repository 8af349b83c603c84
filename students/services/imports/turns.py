"""Sets of one origin are taken in the order in which they came: a later one may say only what changed since."""

from django.db.models import QuerySet

from students.access import Scope, visible_to
from students.models import RosterRun, RunStage
from students.models.roster_runs import WAITING_FOR_A_PERSON, WORKED_ON
from students.services.imports.outcomes import end


def is_in_turn(scope: Scope, run_id: int) -> bool:
    """Whether no worker has anything to do any more for an older set of the same origin."""
    run = visible_to(scope, RosterRun).only("pk", "origin").filter(pk=run_id).first()
    return run is not None and not _older(scope, run).filter(stage__in=WORKED_ON).exists()


def follows_on(scope: Scope, run: RosterRun) -> bool:
    """Whether what a set leaves out stands: a set that says only what changed needs the one before it."""
    before = _older(scope, run).order_by("-pk").values_list("stage", flat=True).first()
    return not run.is_partial or before in (None, RunStage.APPLIED, RunStage.UNCHANGED)


def supersede_older(scope: Scope, run: RosterRun) -> None:
    """End the older plans that wait for a person, where this whole set speaks of everything that they speak of."""
    if run.is_partial:
        return
    waiting = _older(scope, run).filter(stage__in=WAITING_FOR_A_PERSON)
    for each in waiting.select_for_update().order_by("pk"):
        if each.counts.keys() <= run.counts.keys():
            end(each, RunStage.SUPERSEDED, scope.now)


def _older(scope: Scope, run: RosterRun) -> QuerySet[RosterRun]:
    return visible_to(scope, RosterRun).filter(origin=run.origin, pk__lt=run.pk)
