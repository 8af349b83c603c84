"""Addresses whose mail comes back, and whose they are: for whoever can ask the family for another."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from interventions.models import UndeliverableAddress
from students.access import Scope, visible_to
from students.models import GuardianLink
from students.refusals import NotInScope

PAGE_SIZE = 50


@dataclass(frozen=True)
class Returned:
    """An address, since when and why nothing is sent there, and the guardians with their students."""

    id: int
    address: str
    since: datetime
    problem: str
    links: Sequence[GuardianLink]


@dataclass(frozen=True)
class ReturnedMail:
    """A page of them, the newest first."""

    page: Page
    lines: Sequence[Returned]


def returned_mail(scope: Scope, page: int | str = 1) -> ReturnedMail:
    """The addresses of families in scope; five statements however many. Raises NotInScope for who may call nobody."""
    if not scope.calls_families:
        raise NotInScope
    shown = Paginator(_returned(scope).order_by("-since", "-pk"), PAGE_SIZE).get_page(page)
    links: dict[str, list[GuardianLink]] = defaultdict(list)
    for named in _by_address(scope):
        some = named.filter(mail__in=[each.address.lower() for each in shown])
        for link in some.select_related("guardian", "student").order_by("student__sort_name", "pk"):
            if link not in links[link.mail]:
                links[link.mail].append(link)
    lines = [Returned(each.pk, each.address, each.since, each.problem, links[each.address.lower()]) for each in shown]
    return ReturnedMail(shown, lines)


def _returned(scope: Scope) -> QuerySet[UndeliverableAddress]:
    used = Lower(OuterRef("address"))
    theirs = [Exists(each.filter(mail=used)) for each in _by_address(scope)]
    return UndeliverableAddress.objects.filter(theirs[0] | theirs[1])


def returning_addresses(scope: Scope) -> tuple[int, datetime | None]:
    """How many addresses of families in scope mail comes back from, and since when the first; one statement."""
    counted = _returned(scope).aggregate(Count("pk"), Min("since"))
    return counted["pk__count"], counted["since__min"]


def is_of_a_family(scope: Scope, address: str) -> bool:
    """Whether an address is that of somebody in scope who answers for a student today."""
    return any(each.filter(mail=address.lower()).exists() for each in _by_address(scope))


def addresses_that_return(scope: Scope, addresses: Collection[str]) -> set[str]:
    """Those of some addresses whose mail comes back, in small letters; one statement."""
    asked = Q(mail__in=[each.lower() for each in addresses if each])
    found = UndeliverableAddress.objects.annotate(mail=Lower("address")).filter(asked)
    return set(found.values_list("mail", flat=True))


def _by_address(scope: Scope) -> Sequence[QuerySet]:
    """The links of today by the address that the roster has, and by that of whoever joined."""
    holding = Q(starts_on__lte=scope.today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=scope.today))
    mine = visible_to(scope, GuardianLink).filter(holding)
    joined = mine.filter(guardian__accounts__ended_at__isnull=True)
    return (
        mine.annotate(mail=Lower("guardian__email")),
        joined.annotate(mail=Lower("guardian__accounts__user__email")),
    )
