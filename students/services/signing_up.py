"""Makes the account of a family that has none yet, by the code of an invitation (RD-62)."""

from dataclasses import dataclass, replace

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from students.access import Scope
from students.family_sign_in import family_username
from students.languages.offered import offered
from students.models import FamilyAccount, Invitation, User
from students.refusals import Refused
from students.services.joining import join, locked_invitation, refuse_unusable

# Only who holds a code that can be used is told so.
TAKEN = _("There is an account with this e-mail address already. Sign in with it first, and then type the code.")


@dataclass(frozen=True)
class SignUp:
    """What somebody types who joins for the first time; `language` is that of the page."""

    code: str
    email: str
    password: str
    language: str


def sign_up(scope: Scope, wish: SignUp) -> FamilyAccount:
    """Make an account in the name of whom the code invites, and join by it; sent twice it is once.

    They sign in by the address as typed; it becomes that of the account when a letter to it was answered. Raises
    Refused, in the same words and after the same work whatever is wrong with the code.
    """
    hashed = make_password(wish.password)
    with transaction.atomic():
        invitation = locked_invitation(scope, wish.code)
        if _is_sent_again(invitation, wish):
            return FamilyAccount.objects.select_related("user").get(invitation=invitation)
        refuse_unusable(scope, invitation)
        person = _person(scope, invitation, wish, hashed)
        return join(replace(scope, user_id=person.pk), wish.code)


def is_taken(scope: Scope, address: str) -> bool:
    """Whether somebody else than who asks signs in by an address already, whatever its capital letters."""
    same = Q(username__iexact=address) | Q(username=family_username(address)) | Q(email__iexact=address)
    others = User.objects.all() if scope.user_id is None else User.objects.exclude(pk=scope.user_id)
    return others.filter(same).exists()


def _is_sent_again(invitation: Invitation, wish: SignUp) -> bool:
    """Whether the same form came twice: who knows the code, the address and the password is the one who joined."""
    user = invitation.used_by
    return (
        user is not None
        and user.is_active
        and user.username == family_username(wish.email)
        and check_password(wish.password, user.password)
    )


def _person(scope: Scope, invitation: Invitation, wish: SignUp, hashed: str) -> User:
    if is_taken(scope, wish.email):
        raise Refused(TAKEN)
    whom = invitation.guardian or invitation.student
    address = wish.email.lower()
    # Whoever has the code from a mail reads that mailbox.
    is_known = invitation.sent_to.lower() == address
    person = User(
        username=family_username(address),
        email=address if is_known else "",
        new_email="" if is_known else address,
        given_name=whom.given_name if whom else "",
        family_name=whom.family_name if whom else "",
        password=hashed,
        language=offered(wish.language) or "",
    )
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        # The same address with another code, at the same moment.
        raise Refused(TAKEN) from None
    return person
