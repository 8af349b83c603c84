"""One worker's attempt at a month: claim it, build it, and give it back when that fails."""

import logging

from django.db import OperationalError

from reporting.models import MonthRun
from reporting.services.building import build_month
from reporting.services.leases import take_up
from students.access import Scope
from students.refusals import Refused
from students.services.leases import Instants, LeaseLost, give_back

log = logging.getLogger(__name__)

_DISK_FULL = "53100"


def attempt(scope: Scope, run_id: int, *, instants: Instants) -> MonthRun | None:
    """Build a waiting run; None where another worker has it, or where this attempt failed and gave it back."""
    lease = take_up(scope, run_id, at=instants())
    if lease is None:
        return None
    try:
        return build_month(scope, lease, instants=instants)
    except LeaseLost:
        log.warning("Month run %s was cancelled, or another worker took it up; this one wrote nothing.", run_id)
    except Refused as refusal:
        give_back(lease, at=instants(), problem=str(refusal))
    except Exception as fault:
        log.exception("Month run %s failed.", run_id)
        give_back(lease, at=instants(), problem=_reason(fault))
    return None


def _reason(fault: Exception) -> str:
    # Whoever reads the page can do something about a full disk, and about nothing else that a database says.
    if isinstance(fault, OperationalError) and getattr(fault.__cause__, "pgcode", None) == _DISK_FULL:
        return "The database’s disk is full: nothing of the package was kept. Free space on it."
    return f"The last attempt failed ({type(fault).__name__})."
