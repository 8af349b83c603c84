"""By what the district tells families of absences, and when each wants no mail."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from interventions import models
from interventions.models import AlertTiming
from interventions.rules.alerts import AlertPolicy, alert_policy_on
from interventions.rules.quiet_hours import QuietHours, next_at, sent_from
from students.access import Scope
from students.selectors.recipients import Recipient


def alert_policies(scope: Scope) -> list[AlertPolicy]:
    """Every policy as a plain value."""
    fields = ("starts_on", "is_on", "told_from", "quiet_from", "quiet_until")
    return [AlertPolicy(*row) for row in models.AlertPolicy.objects.values_list(*fields)]


def alert_policy(scope: Scope) -> AlertPolicy:
    """The policy in force today."""
    return alert_policy_on(scope.today, alert_policies(scope))


def clock_of(scope: Scope) -> datetime:
    """The scope's instant, as the district's clock reads it."""
    return scope.now.astimezone(ZoneInfo(scope.zone))


@dataclass(frozen=True)
class Timings:
    """When whoever joined the portal wants mail, beside the policy's hours of quiet."""

    policy: AlertPolicy
    now: datetime
    by_guardian: Mapping[int, AlertTiming]
    by_user: Mapping[int, AlertTiming]

    def sent_from(self, to: Recipient, not_before: time | None = None) -> datetime:
        """The instant from which somebody may get a message."""
        return sent_from(self.now, not_before, self._quiet(to))

    def digest_from(self, to: Recipient) -> datetime | None:
        """The instant of somebody's one mail a day; None for who is told of each thing at once."""
        timing = self._of(to)
        if timing is None or timing.digest_at is None:
            return None
        at = next_at(self.now, timing.digest_at).astimezone(self.now.tzinfo)
        return sent_from(at, None, self._quiet(to))

    def _of(self, to: Recipient) -> AlertTiming | None:
        if to.guardian_id is not None:
            return self.by_guardian.get(to.guardian_id)
        return None if to.user_id is None else self.by_user.get(to.user_id)

    def _quiet(self, to: Recipient) -> list[QuietHours]:
        every = (self.policy, self._of(to))
        return [
            QuietHours(each.quiet_from, each.quiet_until)
            for each in every
            if each is not None and each.quiet_from is not None and each.quiet_until is not None
        ]


def timings(scope: Scope, recipients: Collection[Recipient]) -> Timings:
    """The timings of some recipients; two statements."""
    guardians = [each.guardian_id for each in recipients if each.guardian_id is not None]
    users = [each.user_id for each in recipients if each.user_id is not None]
    standing = AlertTiming.objects.filter(account__ended_at__isnull=True).select_related("account")
    rows = list(standing.filter(account__guardian__in=guardians) | standing.filter(account__user__in=users))
    return Timings(
        policy=alert_policy(scope),
        now=clock_of(scope),
        by_guardian={each.account.guardian_id: each for each in rows if each.account.guardian_id is not None},
        by_user={each.account.user_id: each for each in rows if each.account.student_id is not None},
    )
