"""The directory of partners as care teams read it (MD-10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from interventions.models import Partner, Referral
from interventions.rules.referrals import OPEN
from interventions.selectors.referral_lines import ReferralLine, referral_lines
from students.access import Scope, visible_to
from students.models import School
from students.refusals import NotInScope

PAGE_SIZE = 25


@dataclass(frozen=True)
class AskedDirectory:
    """What the directory is narrowed to; a school's partners are those who serve it, by name or as all others."""

    kind: str = ""
    school_id: int | None = None
    language: str = ""
    ended: bool = False
    page: int | str = 1


@dataclass(frozen=True)
class PartnerLine:
    """A partner, the schools that it serves by name (none: all), and the open referrals in scope."""

    partner: Partner
    schools: Sequence[str]
    open_referrals: int


@dataclass(frozen=True)
class Directory:
    """The lines of a page, and what the directory can be narrowed to."""

    page: Page
    lines: Sequence[PartnerLine]
    schools: Sequence[School]
    languages: Sequence[str]


@dataclass(frozen=True)
class PartnerPage:
    """One partner, the schools that it serves by name, and a page of its referrals in scope."""

    partner: Partner
    schools: Sequence[School]
    page: Page
    referrals: Sequence[ReferralLine]


def directory(scope: Scope, asked: AskedDirectory) -> Directory:
    """A page of the directory; the same number of statements however many. Raises NotInScope for who works no case."""
    if not scope.works_cases:
        raise NotInScope
    page = Paginator(_found(scope, asked), PAGE_SIZE).get_page(asked.page)
    partners = list(page.object_list)
    counts = _open_referrals(scope, partners)
    lines = [
        PartnerLine(each, [school.name for school in each.schools.all()], counts.get(each.pk, 0)) for each in partners
    ]
    return Directory(page, lines, list(visible_to(scope, School)), _languages(scope))


def partner_page(scope: Scope, partner_id: int, page: int | str = 1) -> PartnerPage:
    """A partner with a page of its referrals in scope. Raises NotInScope."""
    partner = visible_to(scope, Partner).select_related("ended_by").filter(pk=partner_id).first()
    if partner is None:
        raise NotInScope
    found, lines = referral_lines(scope, Q(partner=partner), page)
    return PartnerPage(partner, list(partner.schools.all()), found, lines)


def _found(scope: Scope, asked: AskedDirectory) -> QuerySet[Partner]:
    found = visible_to(scope, Partner).filter(ended_at__isnull=not asked.ended)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.school_id is not None:
        served = Partner.schools.through.objects.filter(partner=OuterRef("pk"))
        found = found.filter(Exists(served.filter(school=asked.school_id)) | ~Exists(served))
    if asked.language:
        found = found.filter(languages__contains=[asked.language])
    return found.prefetch_related("schools").order_by("name", "pk")


def _open_referrals(scope: Scope, partners: Sequence[Partner]) -> dict[int, int]:
    found = visible_to(scope, Referral).filter(partner__in=partners, status__in=OPEN)
    return dict(found.order_by().values_list("partner").annotate(n=Count("pk")))


def _languages(scope: Scope) -> list[str]:
    spoken = visible_to(scope, Partner).filter(ended_at=None).values_list("languages", flat=True)
    return sorted({code for codes in spoken for code in codes})


def schools_to_serve(scope: Scope) -> Sequence[School]:
    """The schools that a partner can serve, as far as somebody sees them."""
    return list(visible_to(scope, School))
