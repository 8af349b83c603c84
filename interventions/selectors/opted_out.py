"""Who wants no mail of a topic."""

from collections.abc import Collection

from interventions.models import MailTopic, Message, OptOut
from students.access import Scope
from students.selectors.recipients import Recipient


def opted_out(scope: Scope, topic: MailTopic, recipients: Collection[Recipient]) -> set[Recipient]:
    """Those of some guardians and accounts who want none; one statement."""
    guardians = [each.guardian_id for each in recipients if each.guardian_id is not None]
    users = [each.user_id for each in recipients if each.user_id is not None]
    standing = OptOut.objects.filter(topic=topic, ended_at__isnull=True)
    rows = standing.filter(guardian__in=guardians) | standing.filter(user__in=users)
    return {Recipient(*row) for row in rows.values_list("guardian_id", "user_id")}


def is_opted_out(scope: Scope, topic: MailTopic, message: Message) -> bool:
    """Whether whom a message is for, a partner too, wants none of its topic."""
    standing = OptOut.objects.filter(topic=topic, ended_at__isnull=True)
    return standing.filter(guardian=message.guardian, user=message.user, partner=message.partner).exists()
