"""Knowing the warnings of a month by name, with a reason (RD-71)."""

from django.db import transaction

from reporting.models import Acknowledgement
from reporting.selectors.month_flow import warning_groups
from reporting.services.signing import name_of, refuse_unbuilt, run_to_sign
from students.access import Scope
from students.refusals import NotInScope, Refused, Stale

MOST_LETTERS = 500


def acknowledge(scope: Scope, run_id: int, code: str, *, digest: str, reason: str) -> Acknowledgement:
    """Acknowledge the warnings of one kind, seen under `digest`; the same ones acknowledged twice are so once.

    Raises NotInScope, Forbidden for who does not administer the school, Stale where the warnings are others by now,
    and Refused without a reason or for a run that is not the newest finished one.
    """
    with transaction.atomic():
        run = run_to_sign(scope, run_id)
        refuse_unbuilt(scope, run)
        group = next((each for each in warning_groups(scope, run) if each.code == code), None)
        if group is None:
            raise NotInScope
        if group.digest != digest:
            raise Stale("These warnings are others by now. Read them again.")
        if group.known:
            return group.known
        if not reason.strip():
            raise Refused("Say why these warnings stand: an auditor will ask.")
        return Acknowledgement.objects.create(
            school_id=run.school_id,
            school_year_id=run.school_year_id,
            month=run.month,
            code=code,
            digest=digest,
            reason=reason.strip()[:MOST_LETTERS],
            acknowledged_by_id=scope.person,
            acknowledged_by_name=name_of(scope),
            acknowledged_at=scope.now,
        )
