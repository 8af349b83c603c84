"""Gives and ends roles on pages. What came with the roster is ended there; every change keeps who and when."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from students.access import Scope, visible_to
from students.models import FactSource, Role, RoleAssignment, User
from students.refusals import Forbidden, NotInScope, Refused
from students.rules.rights import may_give
from students.services.last_administrator import lock_accounts, refuse_the_last


def give_role(
    scope: Scope, user_id: int, *, role: str, school_id: int | None, starts_on: date, ends_on: date | None = None
) -> RoleAssignment:
    """Give somebody a role from a day to another, both inclusive; no school is the whole district. Sent twice it is
    given once.

    Raises NotInScope, Forbidden (to oneself, or a role that is not this person's to give), or Refused.
    """
    _check_right(scope, user_id, role)
    if starts_on < scope.today:
        raise Refused("A role begins today at the earliest: what somebody could see before is not changed.")
    given = RoleAssignment(
        user_id=user_id,
        role=role,
        school_id=school_id,
        starts_on=starts_on,
        ends_on=ends_on,
        source=FactSource.HERE,
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
    with transaction.atomic():
        # The account's row orders two sends of one form.
        User.objects.select_for_update(no_key=True).get(pk=user_id)
        if before := _same(given):
            return before
        _check(given)
        given.save()
    return given


def end_role(scope: Scope, role_id: int, *, last_day: date) -> None:
    """End a role that was entered here; its last day is yesterday at the earliest, which ends it at once. A role that
    has not begun by then is taken away. Ended twice it is ended once.

    Raises NotInScope or Refused.
    """
    found = visible_to(scope, RoleAssignment).filter(pk=role_id).values_list("user_id", flat=True).first()
    if found is None:
        raise NotInScope
    with transaction.atomic():
        lock_accounts(scope, found)
        held = RoleAssignment.objects.select_for_update().filter(pk=role_id).first()
        if held is None or held.ends_on == last_day:
            return
        _check_end(scope, held, last_day)
        _end(scope, held, last_day)


def _check_right(scope: Scope, user_id: int, role: str) -> None:
    if not visible_to(scope, User).filter(pk=user_id).exists():
        raise NotInScope
    if scope.person == user_id:
        raise Forbidden("Nobody gives a role to themselves. Ask another administrator.")
    if not may_give(role, giver_administers_district=scope.district_wide):
        raise Forbidden("Only a district administrator gives a role that sees children.")


def _same(given: RoleAssignment) -> RoleAssignment | None:
    return RoleAssignment.objects.filter(
        user=given.user_id,
        role=given.role,
        school=given.school_id,
        source=FactSource.HERE,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
    ).first()


def _check(given: RoleAssignment) -> None:
    try:
        given.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _check_end(scope: Scope, held: RoleAssignment, last_day: date) -> None:
    if held.source != FactSource.HERE:
        raise Refused("This role came with the roster. End it there: the next import takes that over.")
    if last_day < scope.today - timedelta(days=1):
        raise Refused("A role ends yesterday at the earliest: what somebody could see before is not changed.")
    if held.ends_on and last_day > held.ends_on:
        raise Refused("The role ends before that day already. Give it anew for the days after.")
    if held.role == Role.DISTRICT_ADMINISTRATOR:
        refuse_the_last(scope, max(scope.today, last_day + timedelta(days=1)), pk=held.pk)


def _end(scope: Scope, held: RoleAssignment, last_day: date) -> None:
    never_held = last_day < held.starts_on
    held.ends_on = max(held.starts_on, last_day)
    held.ended_by_id, held.ended_at = scope.person, scope.now
    held.save(update_fields=["ends_on", "ended_by", "ended_at"])
    if never_held:
        # The history keeps the row, and who took it away.
        held.delete()
