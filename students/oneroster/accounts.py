"""Who may sign in before an import and after it, and whether somebody is left who may run the district."""

from collections.abc import Set as AbstractSet

from students.models import FactSource, Role, RoleAssignment, User
from students.oneroster.comparing import row_of
from students.oneroster.draft import Key
from students.oneroster.kinds import ROLES, STAFF
from students.oneroster.plan import Plan
from students.rules.reconciliation import Held

_ENABLED = STAFF.columns.index("is_enabled")
_ROLE, _STARTS, _ENDS = (ROLES.columns.index(name) for name in ("role", "starts_on", "ends_on"))


def active_before() -> set[str]:
    """Source ids of the accounts from files that may sign in now."""
    accounts = User.objects.filter(is_active=True).exclude(source_id=None)
    return set(accounts.values_list("source_id", flat=True))  # type: ignore[arg-type]


def active_after(plan: Plan, before: AbstractSet[str]) -> set[str]:
    """Of accounts that may sign in now, those that still may, with those that newly may."""
    staff, active = plan.of(STAFF), set(before)
    for row in [*staff.created, *(change.new for change in [*staff.changed, *staff.ended])]:
        (active.add if row[_ENABLED] else active.discard)(row[0])
    # Switched off here: the roster does not open them.
    return active.difference(User.objects.exclude(closed_at=None).values_list("source_id", flat=True))


def leaves_no_administrator(plan: Plan, roles: dict[Key, list[Held]]) -> bool:
    """Whether somebody administers the district today who may sign in, and nobody would after the import.

    `roles` are the imported ones stored; those entered on pages stand through every import. An account that no file
    brought is left alone by every import, and counts.
    """
    today = RoleAssignment.objects.holding_on(plan.today).filter(role=Role.DISTRICT_ADMINISTRATOR)
    standing = set(today.filter(user__is_active=True).values_list("user__source_id", flat=True))
    if not standing or None in standing:
        return False
    entered = set(today.filter(source=FactSource.HERE).values_list("user__source_id", flat=True))
    return not (_administrators_after(plan, roles) | entered) & active_after(plan, active_before())


def _administrators_after(plan: Plan, roles: dict[Key, list[Held]]) -> set[str]:
    made = plan.of(ROLES)
    moved = [*made.changed, *made.ended]
    gone = {change.id for change in moved} | {removal.id for removal in made.removed}
    kept = (row_of(key, fact) for key, facts in roles.items() for fact in facts if fact.id not in gone)
    return {
        row[0]
        for row in [*kept, *made.created, *(change.new for change in moved)]
        if row[_ROLE] == Role.DISTRICT_ADMINISTRATOR
        and row[_STARTS] <= plan.today
        and (row[_ENDS] is None or row[_ENDS] >= plan.today)
    }
