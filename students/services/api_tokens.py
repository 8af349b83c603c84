"""Makes, revokes and recognizes the tokens by which programs sign in."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from students.access import Scope, visible_to
from students.models import ApiToken, User
from students.models.tokens import USE_IS_KEPT_EACH
from students.refusals import NotInScope, Refused
from students.rules.token_scopes import LONGEST_LIFE, TOKEN_SCOPES, expires_in_time

# Scanners for leaked secrets, and people, know one of ours by it.
MARK = "firstbell_"
_SHOWN = len(MARK) + 6
# Enough for every program that one person looks after; more is a script gone wrong.
MOST_LIVING = 50


@dataclass(frozen=True)
class NewToken:
    """A token just made. `text` is shown once and kept nowhere."""

    token: ApiToken
    text: str


def make_token(scope: Scope, *, name: str, scopes: Sequence[str], days: int) -> NewToken:
    """Make a token of one's own that lives for so many days. Raises Refused with what is wrong."""
    _check(scope, name, scopes, days)
    text = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        _check_others(scope, name.strip())
        token = ApiToken.objects.create(
            user_id=scope.person,
            name=name.strip(),
            prefix=text[:_SHOWN],
            sha256=_hashed(text),
            scopes=[each for each in TOKEN_SCOPES if each in scopes],
            created_at=scope.now,
            expires_at=scope.now + timedelta(days=days),
        )
    return NewToken(token, text)


def _check(scope: Scope, name: str, scopes: Sequence[str], days: int) -> None:
    if not name.strip():
        raise Refused("Give the token a name: which program uses it.")
    if len(name.strip()) > 100:
        raise Refused("The name of the token has more than 100 letters.")
    if not scopes or not set(scopes) <= set(TOKEN_SCOPES):
        raise Refused("Choose what the token may do.")
    if not 0 < days <= LONGEST_LIFE.days or not expires_in_time(scope.now, scope.now + timedelta(days=days)):
        raise Refused(f"A token lives for 1 to {LONGEST_LIFE.days} days.")


def _check_others(scope: Scope, name: str) -> None:
    """Two clicks must not leave a token behind that nobody has seen: the name tells them apart."""
    # The person's row orders the two.
    User.objects.select_for_update(no_key=True).get(pk=scope.person)
    living = list(
        ApiToken.objects.filter(user=scope.person, revoked_at=None, expires_at__gt=scope.now).values_list(
            "name", flat=True
        )
    )
    if name in living:
        raise Refused("You have a token of this name. If you have not kept its text, revoke it and make another.")
    if len(living) >= MOST_LIVING:
        raise Refused(f"You have {MOST_LIVING} tokens already. Revoke those that no program uses any more.")


def revoke_token(scope: Scope, token_id: int) -> ApiToken:
    """End a token at once; one that has ended already stays as it is. Raises NotInScope."""
    with transaction.atomic():
        token = visible_to(scope, ApiToken).select_for_update(of=("self",)).filter(pk=token_id).first()
        if token is None:
            raise NotInScope
        if token.revoked_at is None:
            token.revoked_at, token.revoked_by_id = scope.now, scope.person
            token.save(update_fields=["revoked_at", "revoked_by"])
        return token


def token_of(text: str, now: datetime) -> ApiToken | None:
    """The token with this text and its person, if both still stand. Its use is kept to the hour."""
    if not text.startswith(MARK):
        return None
    living = ApiToken.objects.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)
    # The hash is looked up whole: how much of a guess is right cannot be told by the time it takes.
    token = living.select_related("user").filter(sha256=_hashed(text)).first()
    if token is not None and (token.last_used_at is None or token.last_used_at <= now - USE_IS_KEPT_EACH):
        _keep_use(token, now)
    return token


def _keep_use(token: ApiToken, now: datetime) -> None:
    older = Q(last_used_at=None) | Q(last_used_at__lt=now)
    ApiToken.objects.filter(older, pk=token.pk).update(last_used_at=now)


def _hashed(text: str) -> str:
    """No salt and no slow hash: the text is 32 random bytes, which no dictionary holds."""
    return hashlib.sha256(text.encode()).hexdigest()
