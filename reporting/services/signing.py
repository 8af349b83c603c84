"""What everybody who signs for a month shares: the run, held, the right to sign, and the name as it is written."""

from reporting.models import MonthRun, RunState
from reporting.selectors.month_flow import is_newest
from reporting.selectors.months import run_in_scope
from students.access import Scope
from students.models import User
from students.refusals import Forbidden, Refused


def run_to_sign(scope: Scope, run_id: int) -> MonthRun:
    """A run, locked until the transaction ends, for somebody who administers its school.

    Raises NotInScope where its months are not open to this person, Forbidden where they are only read.
    """
    run = run_in_scope(scope, run_id)
    if not scope.administers(run.school_id):
        raise Forbidden("Only an administrator of the school signs for its months.")
    MonthRun.objects.select_for_update().get(pk=run.pk)
    run.refresh_from_db(fields=["state"])
    return run


def refuse_unbuilt(scope: Scope, run: MonthRun) -> None:
    """Raise Refused where a run made no package, or a newer one stands beside it."""
    if run.state != RunState.DONE:
        raise Refused("This run made no package. Build the month, and mend what it finds.")
    if not is_newest(scope, run):
        raise Refused("The month was built anew since. Look at the newest one.")


def name_of(scope: Scope) -> str:
    """The name of whoever signs, as it is written on this day. Raises Forbidden for the installation."""
    signer = User.objects.get(pk=scope.person)
    return signer.full_name or signer.username
