"""What an account asks to be told of its children, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from interventions.models import AlertChoice, AlertKind, AlertTiming, MailTopic, OptOutBy
from interventions.selectors.alert_choices import recipient_of_account
from interventions.selectors.family_alerts import accounts_of, told_children
from interventions.services.opt_outs import Reader, resume, stop
from students.access import Scope
from students.models import FamilyAccount
from students.refusals import NotInScope, Refused


@dataclass(frozen=True)
class Timing:
    """When mail is wanted: one mail a day at a local time, or at once (None); nothing in the hours of quiet."""

    digest_at: time | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None


def choose_alerts(scope: Scope, wanted: Collection[tuple[int, str]], timing: Timing) -> None:
    """Be told of these kinds about these children, and of no others; sent twice it is chosen once.

    Raises NotInScope for a child of whom this person is not told, or Refused with what is wrong with the hours.
    """
    _check(timing)
    with transaction.atomic():
        accounts = list(_held(scope))
        children = {each.student.pk: each.account for each in told_children(scope, accounts)[0]}
        if any(student_id not in children or kind not in AlertKind.values for student_id, kind in wanted):
            raise NotInScope
        for each in AlertChoice.objects.filter(account__in=accounts):
            if (each.student_id, each.kind) not in wanted:
                each.delete()
        AlertChoice.objects.bulk_create(
            (
                AlertChoice(account=children[student_id], student_id=student_id, kind=kind, chosen_at=scope.now)
                for student_id, kind in sorted(wanted)
            ),
            ignore_conflicts=True,
        )
        for account in accounts:
            facts = {"digest_at": timing.digest_at, "quiet_from": timing.quiet_from, "quiet_until": timing.quiet_until}
            AlertTiming.objects.update_or_create(account=account, defaults=facts)


def stop_messages(scope: Scope, topic: MailTopic) -> None:
    """Be told no more of a topic. Raises NotInScope for whom no account is."""
    for reader in _readers(scope, topic):
        stop(scope, reader, by=OptOutBy.PAGE)


def resume_messages(scope: Scope, topic: MailTopic) -> None:
    """Be told again. Raises NotInScope for whom no account is."""
    for reader in _readers(scope, topic):
        resume(scope, reader)


def _readers(scope: Scope, topic: MailTopic) -> list[Reader]:
    recipients = [recipient_of_account(each) for each in accounts_of(scope)]
    if not recipients:
        raise NotInScope
    return [Reader(topic, guardian_id=each.guardian_id, user_id=each.user_id) for each in recipients]


def _held(scope: Scope) -> Collection[FamilyAccount]:
    """The accounts, held: of two clicks one waits for the other."""
    mine = FamilyAccount.objects.filter(user=scope.person, ended_at__isnull=True)
    accounts = list(mine.select_for_update(no_key=True).order_by("pk"))
    if not accounts:
        raise NotInScope
    return accounts


def _check(timing: Timing) -> None:
    if (timing.quiet_from is None) != (timing.quiet_until is None):
        raise Refused(_("Choose both hours in which you want no e-mail, or none."))
    if timing.quiet_from is not None and timing.quiet_from == timing.quiet_until:
        raise Refused(_("The two hours are the same. Choose two different ones, or none."))
