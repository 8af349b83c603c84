"""Invites families and lets them join: by a code that is used once, expires and names nobody (RD-62)."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from students.access import Scope
from students.models import Enrollment, FamilyAccount, GuardianLink, Invitation, User
from students.refusals import NotInScope, Refused
from students.rules.invitation_codes import LENGTH, code_of, read
from students.rules.majority import is_of_age
from students.rules.rights import Right

LIVES = timedelta(days=30)
# One sentence whatever is wrong, so that guessing teaches nothing.
CANNOT_BE_USED = _(
    "This code cannot be used. It may be mistyped, used already, or too old: ask the school for a new one."
)
NO_RIGHT = "Nobody is invited who has no right to see a student’s records today."


@dataclass(frozen=True)
class Invited:
    """An invitation just made. `code` is shown once and kept nowhere."""

    invitation: Invitation
    code: str


def invite_guardian(scope: Scope, guardian_id: int, *, sent_to: str = "") -> Invited:
    """Make a code for a guardian; an older one that nobody used ends. Only the office of a child's school does.

    `sent_to` is the address to which the caller mails it; empty where it is printed.

    Raises NotInScope, or Refused: no right to see any child's records today, or an account already.
    """
    links = GuardianLink.objects.holding_on(scope.today).filter(guardian=guardian_id)
    _check_office(scope, set(links.values_list("student_id", flat=True)))
    lawful = links.filter(may_access=True).select_related("student")
    if all(is_of_age(link.student.birth_date, scope.today) for link in lawful):
        raise Refused(NO_RIGHT)
    return _invite(scope, sent_to, guardian_id=guardian_id)


def invite_student(scope: Scope, student_id: int) -> Invited:
    """Make a code for a student who is 18, or for whom nobody on record answers. Raises NotInScope or Refused."""
    held = _check_office(scope, {student_id})[0]
    guardians = GuardianLink.objects.holding_on(scope.today).filter(student=student_id)
    if guardians.exists() and not is_of_age(held.student.birth_date, scope.today):
        raise Refused("Until a student is 18, a guardian joins for her or him.")
    return _invite(scope, "", student_id=student_id)


def _check_office(scope: Scope, student_ids: Collection[int]) -> list[Enrollment]:
    held = Enrollment.attending_on(scope.today).filter(student__in=student_ids).select_related("student")
    mine = [each for each in held if scope.may(Right.OFFICE, each.school_id)]
    if not mine:
        raise NotInScope
    return mine


def _invite(scope: Scope, sent_to: str, **whom: int) -> Invited:
    with transaction.atomic():
        # The office's row orders two clicks: the second code ends the first.
        User.objects.select_for_update(no_key=True).get(pk=scope.person)
        if FamilyAccount.objects.filter(ended_at__isnull=True, **whom).exists():
            raise Refused("There is an account already.")
        unused = Invitation.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True, **whom)
        unused.update(withdrawn_at=scope.now)
        made = new_invitation(scope, sent_to=sent_to, **whom)
        made.invitation.save()
    return made


def new_invitation(scope: Scope, **whom: Any) -> Invited:
    """A fresh code, its invitation not yet saved."""
    code = code_of(secrets.token_bytes(LENGTH))
    expires_at = scope.now + LIVES
    invitation = Invitation(
        code_hash=_hashed(code), made_by_id=scope.person, made_at=scope.now, expires_at=expires_at, **whom
    )
    return Invited(invitation, code)


def join(scope: Scope, typed: str) -> FamilyAccount:
    """Let the person who is signed in speak for whom a code invites; sent twice by the same person it is once.

    Raises Refused, in the same words whatever is wrong with the code.
    """
    with transaction.atomic():
        invitation = locked_invitation(scope, typed)
        if invitation.used_by_id == scope.person:
            return FamilyAccount.objects.get(invitation=invitation)
        refuse_unusable(scope, invitation)
        invitation.used_at, invitation.used_by_id = scope.now, scope.person
        invitation.save(update_fields=["used_at", "used_by"])
        return _account(scope, invitation)


def _account(scope: Scope, invitation: Invitation) -> FamilyAccount:
    whom = {"guardian_id": invitation.guardian_id, "student_id": invitation.student_id}
    try:
        with transaction.atomic():
            return FamilyAccount.objects.create(
                user_id=scope.person, invitation=invitation, joined_at=scope.now, **whom
            )
    except IntegrityError:
        # Two people of the office invited the same guardian at once, and the other code was first.
        raise Refused(CANNOT_BE_USED) from None


def locked_invitation(scope: Scope, typed: str) -> Invitation:
    """The invitation of a code, locked for who uses it first, used ones too. Raises Refused where there is none."""
    code = read(typed)
    found = Invitation.objects.select_for_update().filter(code_hash=_hashed(code or "")).first()
    if code is None or found is None:
        raise Refused(CANNOT_BE_USED)
    return found


def refuse_unusable(scope: Scope, invitation: Invitation) -> None:
    """Raises Refused for a code that was used, withdrawn, or is too old."""
    if invitation.used_at or invitation.withdrawn_at or invitation.expires_at <= scope.now:
        raise Refused(CANNOT_BE_USED)


def end_account(scope: Scope, account_id: int) -> FamilyAccount:
    """End what an account opens, as when it was joined by the wrong person; ended twice it is ended once.

    Raises NotInScope for whom no office of the child's school asks.
    """
    with transaction.atomic():
        account = FamilyAccount.objects.select_for_update().filter(pk=account_id).first()
        if account is None:
            raise NotInScope
        _check_office(scope, _students_of(scope, account))
        if account.ended_at is None:
            account.ended_at, account.ended_by_id = scope.now, scope.person
            account.save(update_fields=["ended_at", "ended_by"])
    return account


def _students_of(scope: Scope, account: FamilyAccount) -> set[int]:
    if account.student_id:
        return {account.student_id}
    links = GuardianLink.objects.holding_on(scope.today).filter(guardian=account.guardian_id)
    return set(links.values_list("student_id", flat=True))


def _hashed(code: str) -> str:
    """Keyed, so that a copy of the table alone tells no code, however short a code is."""
    return hmac.new(settings.SECRET_KEY.encode(), f"invitation {code}".encode(), hashlib.sha256).hexdigest()
