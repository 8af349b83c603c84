"""Where a message goes, and whether it may still go there, asked while it is sent."""

from interventions.models import Message, UndeliverableAddress
from students.access import Scope
from students.models import FamilyAccount
from students.selectors.recipients import Recipient, told_about


def address_of(scope: Scope, message: Message) -> str:
    """The address of the day; empty where there is none. A guardian who joined chose one; else the roster's."""
    if message.user is not None:
        return message.user.email
    if message.partner is not None:
        return message.partner.email
    if message.guardian is None:
        return ""
    joined = FamilyAccount.objects.filter(guardian=message.guardian, ended_at__isnull=True, user__is_active=True)
    chosen = joined.exclude(user__email="").values_list("user__email", flat=True).first()
    return chosen or message.guardian.email


def is_lawful(scope: Scope, message: Message) -> bool:
    """Whether who is written to may be told of the student, today; of no student: yes."""
    if message.student_id is None:
        return True
    to = Recipient(guardian_id=message.guardian_id, user_id=message.user_id)
    return to in told_about(scope, [message.student_id])[message.student_id]


def is_undeliverable(scope: Scope, address: str) -> bool:
    """Whether mail to an address came back."""
    return UndeliverableAddress.objects.filter(address__iexact=address).exists()
