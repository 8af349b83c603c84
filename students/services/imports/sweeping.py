"""What is left to do with imports: work that nobody has, and words that need not be kept any longer."""

from datetime import datetime, timedelta

from students.access import Scope, visible_to
from students.models import RosterPart, RosterRun
from students.models.roster_runs import OPEN
from students.services.imports.turns import is_in_turn
from students.services.imports.work import APPLY_TASK, TASKS
from students.services.leases import waiting_work


def waiting_imports(scope: Scope, *, at: datetime) -> list[tuple[str, int]]:
    """The task and the run of everything that no worker has. `at` is the machine's instant."""
    waiting = [(task, run_id) for task, work in TASKS.items() for run_id in waiting_work(scope, work, at=at)]
    return [(task, run_id) for task, run_id in waiting if task == APPLY_TASK or is_in_turn(scope, run_id)]


def tidy(scope: Scope, *, keep_values_for: timedelta) -> None:
    """Forget the sets of runs that ended otherwise than in order, and what cells said in faults that are old."""
    ended = visible_to(scope, RosterRun).exclude(stage__in=OPEN)
    RosterPart.objects.filter(run__in=ended.values("pk")).delete()
    old = ended.filter(finished_at__lt=scope.now - keep_values_for, values_forgotten=False)
    for run in old.only("faults", "values_forgotten"):
        run.faults = [{**fault, "value": ""} for fault in run.faults]
        run.values_forgotten = True
        run.save(update_fields=["faults", "values_forgotten"])
