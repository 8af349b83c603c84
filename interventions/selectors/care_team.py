"""Who works a school's cases: people to whom a case can be handed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from students.access import Scope
from students.models import RoleAssignment
from students.rules.rights import RIGHTS, Right

CARING_ROLES = frozenset(role for role, rights in RIGHTS.items() if Right.CASES in rights)


@dataclass(frozen=True)
class Member:
    """Somebody of a care team; `place` is the school, or empty for the whole district."""

    user_id: int
    name: str
    place: str


def care_team(scope: Scope) -> Sequence[Member]:
    """Everybody to whom somebody can hand cases of their own schools, by name; a person of two schools stands once."""
    held = _held(scope)
    if not scope.everywhere(Right.CASES):
        held = held.filter(Q(school__isnull=True) | Q(school__in=scope.schools_with(Right.CASES)))
    return _members(held)


def care_team_of(scope: Scope, school_id: int) -> Sequence[Member]:
    """Everybody who works the cases of a school, taken from the scope; by name."""
    return _members(_held(scope).filter(Q(school__isnull=True) | Q(school=school_id)))


def _members(held: QuerySet[RoleAssignment]) -> list[Member]:
    rows = held.select_related("user", "school").order_by("user__family_name", "user__given_name", "user_id")
    found: dict[int, Member] = {}
    for row in rows:
        place = row.school.name if row.school else ""
        found.setdefault(row.user_id, Member(row.user_id, row.user.full_name, place))
    return list(found.values())


def schools_not_cared_for(scope: Scope, user_id: int, school_ids: Collection[int]) -> set[int]:
    """Those of the schools in which somebody works no cases today; all of them for a closed account."""
    theirs = set(_held(scope).filter(user=user_id).values_list("school_id", flat=True))
    return set() if None in theirs else set(school_ids) - theirs


def _held(scope: Scope) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.holding_on(scope.today).filter(role__in=CARING_ROLES, user__is_active=True)
