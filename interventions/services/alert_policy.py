"""The district says whether, and from which hour on, families are told of an absence that nobody explained (RD-50)."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from interventions import models
from interventions.rules.alerts import AlertPolicy
from interventions.selectors.alert_policies import alert_policies
from students.access import Scope
from students.models import District
from students.refusals import Forbidden, Refused

DISTRICT_ALONE = "Only a district administrator says when families are told of absences."


def write_alert_policy(scope: Scope, policy: AlertPolicy) -> None:
    """Let a policy hold from its day on; sent twice it is written once.

    Raises Forbidden, or Refused with what is wrong: a day before today, a day on which another policy begins, a quiet
    without its other end.
    """
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    with transaction.atomic():
        # The district's row orders two administrators.
        District.objects.select_for_update(no_key=True).first()
        written = alert_policies(scope)
        if policy in written:
            return
        if policy.starts_on < scope.today:
            raise Refused("A policy begins today at the earliest: what was sent by the one before stands.")
        if any(each.starts_on == policy.starts_on for each in written):
            raise Refused("Another policy begins on this day already. Choose the day after, or a later one.")
        row = models.AlertPolicy(**asdict(policy), entered_by_id=scope.person, entered_at=scope.now)
        try:
            row.full_clean(exclude=["entered_by"])
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        row.save()
