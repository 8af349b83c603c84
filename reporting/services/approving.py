"""The school approves its month."""

from django.db import transaction

from reporting.models import Approval
from reporting.selectors.month_flow import warning_groups
from reporting.services.signing import name_of, refuse_unbuilt, run_to_sign
from students.access import Scope
from students.refusals import Refused


def approve(scope: Scope, run_id: int) -> Approval:
    """Approve the package of a run; approved twice, or by two at once, it is approved once, by who was first.

    Raises NotInScope, Forbidden for who does not administer the school, and Refused while a warning is not
    acknowledged, or for a run that is not the newest finished one.
    """
    with transaction.atomic():
        run = run_to_sign(scope, run_id)
        if signed := Approval.objects.filter(run=run).first():
            return signed
        refuse_unbuilt(scope, run)
        if unknown := [each for each in warning_groups(scope, run) if each.known is None]:
            left = "1 kind of warning is" if len(unknown) == 1 else f"{len(unknown)} kinds of warnings are"
            raise Refused(f"{left} not acknowledged yet. Say of each why it stands; then the month can be approved.")
        return Approval.objects.create(
            run=run, approved_by_id=scope.person, approved_by_name=name_of(scope), approved_at=scope.now
        )
