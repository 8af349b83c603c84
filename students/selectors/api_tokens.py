"""The tokens that somebody may see: one's own, and all of them for whoever administers the installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from students.access import Scope, visible_to
from students.models import ApiToken
from students.refusals import Forbidden
from students.rules.token_scopes import TOKEN_SCOPES

PAGE_SIZE = 50
LIVES, EXPIRED, REVOKED, PERSON_LEFT = "lives", "expired", "revoked", "person_left"


@dataclass(frozen=True)
class TokenLine:
    """A token as lists show it; `state` is lives, expired, revoked or person_left (the account is closed)."""

    id: int
    name: str
    prefix: str
    person: str
    may: Sequence[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str
    state: str


def own_tokens(scope: Scope) -> list[TokenLine]:
    """One's own tokens, the newest first: all that live, and the last of those that ended."""
    mine = _tokens(scope).filter(user=scope.person)
    return [_line(each, scope.now) for each in mine[:PAGE_SIZE]]


def all_tokens(scope: Scope, page: int | str) -> tuple[Page, list[TokenLine]]:
    """A page of the tokens of everybody, the newest first. Raises Forbidden."""
    if not scope.keeps_accounts:
        raise Forbidden("Only who keeps the accounts sees the tokens of others.")
    shown = Paginator(_tokens(scope), PAGE_SIZE).get_page(page)
    return shown, [_line(each, scope.now) for each in shown.object_list]


def _tokens(scope: Scope) -> QuerySet[ApiToken]:
    return visible_to(scope, ApiToken).select_related("user", "revoked_by")


def _line(token: ApiToken, now: datetime) -> TokenLine:
    return TokenLine(
        id=token.pk,
        name=token.name,
        prefix=token.prefix,
        person=token.user.full_name,
        may=[TOKEN_SCOPES[each].partition(":")[0] for each in token.scopes],
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        revoked_at=token.revoked_at,
        revoked_by=token.revoked_by.full_name if token.revoked_by else "",
        state=_state(token, now),
    )


def _state(token: ApiToken, now: datetime) -> str:
    if token.revoked_at is not None:
        return REVOKED
    if token.expires_at <= now:
        return EXPIRED
    return LIVES if token.user.is_active else PERSON_LEFT
