"""Switches accounts off and on, and sends the link by which somebody sets a password."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from students.access import Scope, visible_to
from students.models import Role, User
from students.refusals import Forbidden, NotInScope, Refused
from students.services.last_administrator import lock_accounts, refuse_the_last

# A second click, or a second administrator: one letter is enough.
_BETWEEN_LINKS = timedelta(minutes=2)


def switch_off(scope: Scope, user_id: int) -> User:
    """Let nobody sign in by an account from now on, whatever the roster says. Switched off twice it is off.

    Raises NotInScope, Forbidden (one's own), or Refused for the last who could run the district.
    """
    _check_in_scope(scope, user_id)
    if scope.person == user_id:
        raise Forbidden("Nobody switches off their own account. Ask another administrator.")
    with transaction.atomic():
        account = lock_accounts(scope, user_id)
        if account.closed_at is None:
            if account.role_assignments.holding_on(scope.today).filter(role=Role.DISTRICT_ADMINISTRATOR).exists():
                refuse_the_last(scope, scope.today, user=user_id)
            account.closed_at, account.closed_by_id = scope.now, scope.person
            account.save(update_fields=["closed_at", "closed_by"])
        return account


def switch_on(scope: Scope, user_id: int) -> User:
    """Let somebody sign in again who was switched off here. Switched on twice it is on. Raises NotInScope or Forbidden
    (one's own).
    """
    _check_in_scope(scope, user_id)
    if scope.person == user_id:
        raise Forbidden("Nobody switches on their own account. Ask another administrator.")
    with transaction.atomic():
        account = lock_accounts(scope, user_id)
        if account.closed_at is not None:
            account.closed_at, account.closed_by = None, None
            account.opened_at, account.opened_by_id = scope.now, scope.person
            account.save(update_fields=["closed_at", "closed_by", "opened_at", "opened_by"])
        return account


def send_password_link(scope: Scope, user_id: int, *, send: Callable[[User], None]) -> User:
    """Mail somebody the link to set a password; `send` does it. A letter that cannot be sent is not noted as sent.

    Raises NotInScope, or Refused for an account that is closed or has no address, or that got one just now.
    """
    _check_in_scope(scope, user_id)
    with transaction.atomic():
        account = User.objects.select_for_update(no_key=True).get(pk=user_id)
        if not account.is_active:
            raise Refused("The account is closed, and so a password opens nothing.")
        if not account.email:
            raise Refused("The roster has no e-mail address of this person. Enter it there first.")
        if account.link_sent_at and scope.now - account.link_sent_at < _BETWEEN_LINKS:
            raise Refused("A link was sent just now. Wait two minutes before you send another.")
        account.link_sent_at, account.link_sent_by_id = scope.now, scope.person
        account.save(update_fields=["link_sent_at", "link_sent_by"])
        send(account)
        return account


def _check_in_scope(scope: Scope, user_id: int) -> None:
    if not visible_to(scope, User).filter(pk=user_id).exists():
        raise NotInScope
