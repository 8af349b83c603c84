"""When families are told of absences: the policy in force, those to come and those before."""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions import models
from interventions.rules.alerts import AlertPolicy
from interventions.selectors.alert_policies import alert_policy
from students.access import Scope
from students.refusals import Forbidden


@dataclass(frozen=True)
class AlertPolicyPage:
    """The policies; the default is nobody's, and has no first day."""

    holding: AlertPolicy
    is_default: bool
    coming: Sequence[models.AlertPolicy]
    past: Sequence[models.AlertPolicy]


def alert_policy_page(scope: Scope) -> AlertPolicyPage:
    """The page. Raises Forbidden for whoever does not administer the district."""
    if not scope.district_wide:
        raise Forbidden("When families are told of absences is for district administrators.")
    holding = alert_policy(scope)
    rows = list(models.AlertPolicy.objects.select_related("entered_by").order_by("-starts_on"))
    return AlertPolicyPage(
        holding=holding,
        is_default=all(each.starts_on > scope.today for each in rows),
        coming=[each for each in rows if each.starts_on > scope.today],
        past=[each for each in rows if each.starts_on < holding.starts_on],
    )
