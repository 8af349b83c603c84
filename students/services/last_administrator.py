"""Somebody is always left who administers the district and can sign in."""

from datetime import date
from typing import Any

from django.db.models import Q

from students.access import Scope
from students.models import Role, RoleAssignment, User
from students.refusals import Refused
from students.selectors.administrators import who_can_sign_in


def lock_accounts(scope: Scope, user_id: int) -> User:
    """An account, locked together with those of all district administrators, by id: two who take each other's right to
    run the district follow one another.
    """
    administrators = RoleAssignment.objects.filter(role=Role.DISTRICT_ADMINISTRATOR).values("user_id")
    accounts = User.objects.select_for_update(no_key=True).filter(Q(pk=user_id) | Q(pk__in=administrators))
    return {account.pk: account for account in accounts.order_by("pk")}[user_id]


def refuse_the_last(scope: Scope, day: date, **without: Any) -> None:
    """Raise Refused where, `without` some roles, nobody would be left on a day; the caller holds the locks."""
    if not who_can_sign_in(scope, day).exclude(**without).exists():
        raise Refused(
            "Nobody else who can sign in administers the district then. Give somebody the role first, who has set a "
            "password."
        )
