"""Enters for how many years records are kept."""

from datetime import date

from django.core.exceptions import ValidationError

from students.access import Scope
from students.models import RetentionPolicy
from students.refusals import Refused
from students.selectors.retention import require_district


def enter_policy(
    scope: Scope, *, starts_on: date, documentation_years: int, support_years: int, reason: str
) -> RetentionPolicy:
    """Enter a policy that holds from a day on, today at the earliest. The same sent twice is entered once.

    Raises NotInScope, or Refused: fewer than five years (MS-31), another policy from that day, or no reason.
    """
    require_district(scope)
    if not reason.strip():
        raise Refused("Say which decision of the district this is.")
    figures = {"documentation_years": documentation_years, "support_years": support_years}
    if before := RetentionPolicy.objects.filter(starts_on=starts_on, **figures).first():
        return before
    if starts_on < scope.today:
        raise Refused("A policy begins today or later: what was disposed of stays as it was decided.")
    entered = RetentionPolicy(
        starts_on=starts_on, reason=reason.strip()[:300], entered_by_id=scope.person, entered_at=scope.now, **figures
    )
    try:
        entered.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    entered.save()
    return entered
