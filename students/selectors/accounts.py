"""The people with accounts, a page at a time: who may sign in, and which roles they hold today."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from students.access import Scope, visible_to
from students.models import FamilyAccount, Role, RoleAssignment, School, User
from students.models.people import without_password
from students.refusals import NotInScope
from students.rules.rights import PLACES, Place

PAGE_SIZE = 50
OPEN, CLOSED, NO_PASSWORD, FAMILY = "open", "closed", "no_password", "family"
STATES = (OPEN, CLOSED, NO_PASSWORD, FAMILY)


@dataclass(frozen=True)
class AskedAccounts:
    """What the list is narrowed to. `words` are of names, user names and addresses; `role` is held today."""

    words: str = ""
    role: str = ""
    school_id: int | None = None
    state: str = ""
    page: int | str = 1


@dataclass(frozen=True)
class AccountLine:
    """One account: `roles` are those held today, in words, each with its school or the district."""

    id: int
    name: str
    username: str
    email: str
    state: str
    roles: Sequence[str]


@dataclass(frozen=True)
class AccountList:
    """The lines of a page, and what the list can be narrowed to."""

    page: Page
    lines: Sequence[AccountLine]
    schools: Sequence[School]


def account_list(scope: Scope, asked: AskedAccounts) -> AccountList:
    """A page of the accounts, by family name; the same number of statements however many they are.

    Raises NotInScope for whoever keeps no accounts.
    """
    if not scope.keeps_accounts:
        raise NotInScope
    page = Paginator(_accounts(scope, asked), PAGE_SIZE).get_page(asked.page)
    accounts = list(page.object_list)
    roles = _roles(scope, accounts)
    lines = [
        AccountLine(each.pk, each.full_name, each.username, each.email, state_of(scope, each), roles[each.pk])
        for each in accounts
    ]
    return AccountList(page, lines, all_schools(scope))


def accounts_without_password(scope: Scope) -> int:
    """How many accounts of the list nobody can sign in with before they set a password by mail; one statement."""
    return _accounts(scope, AskedAccounts(state=NO_PASSWORD)).count()


def roles_ending(scope: Scope, last_day: date) -> tuple[int, date | None]:
    """How many roles held today end by a day, inclusive, and on which the first does; one statement."""
    held = visible_to(scope, RoleAssignment).filter(starts_on__lte=scope.today)
    counted = held.filter(ends_on__range=(scope.today, last_day)).aggregate(Count("pk"), Min("ends_on"))
    return counted["pk__count"], counted["ends_on__min"]


def all_schools(scope: Scope) -> list[School]:
    """The district's schools, for whoever keeps accounts: in which of them a role is held is no child's record."""
    return list(School.objects.all()) if scope.keeps_accounts else []


def state_of(scope: Scope, account: User) -> str:
    """Whether an account lets its person in."""
    if not account.is_active:
        return CLOSED
    return OPEN if account.has_usable_password() else NO_PASSWORD


def _accounts(scope: Scope, asked: AskedAccounts) -> QuerySet[User]:
    # Of thousands who joined as families, nobody who keeps the staff's accounts wants to read.
    joined = FamilyAccount.objects.filter(user=OuterRef("pk"))
    of_families = Q(Exists(joined), source_id__isnull=True)
    found = visible_to(scope, User).filter(of_families if asked.state == FAMILY else ~of_families)
    for word in asked.words.split():
        found = found.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(username__icontains=word)
            | Q(email__icontains=word)
        )
    if asked.role or asked.school_id:
        held = RoleAssignment.objects.holding_on(scope.today).filter(user=OuterRef("pk"))
        held = held.filter(role=asked.role) if asked.role else held
        found = found.filter(Exists(held.filter(school=asked.school_id) if asked.school_id else held))
    return _in_state(found, asked.state).order_by("family_name", "given_name", "pk")


def _in_state(found: QuerySet[User], state: str) -> QuerySet[User]:
    if state == CLOSED:
        return found.filter(is_active=False)
    if state == NO_PASSWORD:
        return found.filter(without_password(), is_active=True)
    return found.filter(is_active=True).exclude(without_password()) if state == OPEN else found


def _roles(scope: Scope, accounts: Sequence[User]) -> dict[int, list[str]]:
    held = RoleAssignment.objects.holding_on(scope.today).filter(user__in=accounts).select_related("school")
    roles: dict[int, list[str]] = defaultdict(list)
    for each in held.order_by("role", "school__name", "pk"):
        words = _words(each)
        if words not in roles[each.user_id]:
            roles[each.user_id].append(words)
    return roles


def _words(held: RoleAssignment) -> str:
    """A role with its place, where it could be held in another."""
    label = Role(held.role).label
    if held.school:
        return f"{label}, {held.school}"
    return f"{label}, whole district" if PLACES[held.role] is Place.EITHER else label
