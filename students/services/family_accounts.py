"""What a family changes of its own account: the e-mail address that it answered from, and its end."""

import hmac
from dataclasses import dataclass, replace
from hashlib import sha256

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from students.access import Scope
from students.family_sign_in import family_username
from students.models import FamilyAccount, User
from students.refusals import Refused
from students.services.signing_up import is_taken

_SALT = "students.family_accounts.address"
LINK_LIVES_SECONDS = 3 * 24 * 60 * 60
LINK_IS_OLD = _("This link no longer works. Ask for a new one on your account’s page.")
ADDRESS_IS_TAKEN = _("This address cannot be used for your account.")
NOT_YOUR_PASSWORD = _("The password is not right.")


@dataclass(frozen=True)
class Waiting:
    """An address that waits for its answer, and the token of the link in the letter to it."""

    address: str
    token: str


def address_that_waits(scope: Scope) -> Waiting | None:
    """The address of somebody's account that nobody has answered from; None where there is none."""
    person = User.objects.get(pk=scope.person)
    return _waiting(person) if person.new_email else None


def change_address(scope: Scope, address: str, password: str) -> Waiting:
    """Let another address wait for its answer; until then nothing changes.

    Raises Refused for a wrong password, for staff, whose address comes from the roster, and for a taken address.
    """
    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True).get(pk=scope.person)
        if not person.check_password(password):
            raise Refused(NOT_YOUR_PASSWORD)
        if person.source_id or is_taken(scope, address):
            raise Refused(ADDRESS_IS_TAKEN)
        person.new_email = address.lower()
        person.save(update_fields=["new_email"])
    return _waiting(person)


def confirm_address(scope: Scope, token: str) -> User:
    """Make the address that waits that of its account, by which its owner signs in and may set a new password.

    Whoever reads the letter may open its link, signed in or not. Raises Refused for a link that is too old, altered or
    used, or was overtaken by another address.
    """
    try:
        said = signing.loads(token, salt=_SALT, max_age=LINK_LIVES_SECONDS)
    except signing.BadSignature:
        raise Refused(LINK_IS_OLD) from None
    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True).get(pk=said["person"])
        if not person.new_email or not hmac.compare_digest(said["address"], _digest(person.new_email)):
            raise Refused(LINK_IS_OLD)
        if is_taken(replace(scope, user_id=person.pk), person.new_email):
            raise Refused(ADDRESS_IS_TAKEN)
        person.username, person.email, person.new_email = family_username(person.new_email), person.new_email, ""
        _save_or_refuse(person)
    return person


def leave(scope: Scope) -> int:
    """End whatever somebody's account opens as a family, by their own wish; says for how many people it spoke."""
    standing = FamilyAccount.objects.filter(user=scope.person, ended_at__isnull=True)
    return standing.update(ended_at=scope.now, ended_by=scope.person)


def _save_or_refuse(person: User) -> None:
    try:
        with transaction.atomic():
            person.save(update_fields=["username", "email", "new_email"])
    except IntegrityError:
        # Somebody took the address at the same moment.
        raise Refused(ADDRESS_IS_TAKEN) from None


def _waiting(person: User) -> Waiting:
    # An address stands in no link: links are kept by browsers and logs.
    said = {"person": person.pk, "address": _digest(person.new_email)}
    return Waiting(person.new_email, signing.dumps(said, salt=_SALT))


def _digest(address: str) -> str:
    return sha256(address.encode()).hexdigest()
