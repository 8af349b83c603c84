"""The page of alerts: what somebody is told of their children, where to, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from interventions.models import AlertChoice, AlertKind, AlertTiming, MailTopic, UndeliverableAddress
from interventions.rules.alerts import AlertPolicy
from interventions.selectors.alert_choices import recipient_of_account
from interventions.selectors.alert_policies import alert_policy
from interventions.selectors.opted_out import opted_out
from students.access import Scope
from students.models import FamilyAccount, Student, User
from students.selectors.families import children_of
from students.selectors.recipients import told_about


@dataclass(frozen=True)
class ToldChild:
    """A child of whom somebody may be told, by the account that is told, with the kinds they asked for."""

    student: Student
    account: FamilyAccount
    chosen: frozenset[str]


@dataclass(frozen=True)
class FamilyAlerts:
    """The page. `untold` are children whose records somebody may see, and of whom the school tells others."""

    children: Sequence[ToldChild]
    untold: Sequence[Student]
    address: str
    comes_back: bool
    policy: AlertPolicy
    timing: AlertTiming | None
    absences_stopped: bool
    alerts_stopped: bool

    @property
    def digest_at(self) -> time | None:
        """The hour of the one mail a day."""
        return self.timing.digest_at if self.timing else None


def family_alerts(scope: Scope) -> FamilyAlerts:
    """The page of whoever is signed in; nobody's children where no account speaks for somebody."""
    accounts = accounts_of(scope)
    told, untold = told_children(scope, accounts)
    recipients = {recipient_of_account(each) for each in accounts}
    address = User.objects.values_list("email", flat=True).get(pk=scope.person)
    return FamilyAlerts(
        children=told,
        untold=untold,
        address=address,
        comes_back=UndeliverableAddress.objects.filter(address__iexact=address).exists(),
        policy=alert_policy(scope),
        timing=AlertTiming.objects.filter(account__in=accounts).first(),
        absences_stopped=bool(recipients) and opted_out(scope, MailTopic.ABSENCES, recipients) == recipients,
        alerts_stopped=bool(recipients) and opted_out(scope, MailTopic.ALERTS, recipients) == recipients,
    )


def accounts_of(scope: Scope) -> list[FamilyAccount]:
    """For whom somebody speaks; one person may stand in the roster twice."""
    return list(FamilyAccount.objects.filter(user=scope.user_id, ended_at__isnull=True).order_by("pk"))


def told_children(scope: Scope, accounts: Sequence[FamilyAccount]) -> tuple[list[ToldChild], list[Student]]:
    """The children of whom one of the accounts may be told, and those whose records alone are open to it."""
    children = list(children_of(scope).order_by("sort_name", "pk"))
    told = told_about(scope, [each.pk for each in children])
    chosen = AlertChoice.objects.filter(account__in=accounts).values_list("student_id", "kind")
    kinds = {student_id: frozenset(kind for each, kind in chosen if each == student_id) for student_id, _ in chosen}
    found: list[ToldChild] = []
    for child in children:
        by = next((each for each in accounts if recipient_of_account(each) in told[child.pk]), None)
        if by is not None:
            found.append(ToldChild(child, by, kinds.get(child.pk, frozenset())))
    named = {each.student.pk for each in found}
    return found, [child for child in children if child.pk not in named]


def kinds_of_alerts() -> list[str]:
    """Every kind, in the order of the page."""
    return list(AlertKind.values)
