"""One worker's attempt at a month: claim it, build it, and give it back when that fails."""

import logging

from reporting.models import MonthRun
from reporting.services.building import build_month
from reporting.services.leases import take_up
from students.access import Scope
from students.refusals import Refused
from students.services.leases import Instants, LeaseLost, give_back

log = logging.getLogger(__name__)


def attempt(scope: Scope, run_id: int, *, instants: Instants) -> MonthRun | None:
    """Build a waiting run; None where another worker has it, or where this attempt failed and gave it back."""
    lease = take_up(scope, run_id, at=instants())
    if lease is None:
        return None
    try:
        return build_month(scope, lease, instants=instants)
    except LeaseLost:
        log.warning("Month run %s was taken up by another worker; this one wrote nothing.", run_id)
    except Refused as refusal:
        give_back(lease, at=instants(), problem=str(refusal))
    except Exception as fault:
        log.exception("Month run %s failed.", run_id)
        give_back(lease, at=instants(), problem=f"The last attempt failed ({type(fault).__name__}).")
    return None
