"""Referrals as lists show them: which student, to whom, where it stands, and whether the answer is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F, Q

from interventions.models import Partner, Referral, ReferralStatus
from interventions.rules.referrals import OPEN
from students.access import Scope, visible_to
from students.clock import local_date
from students.models import School
from students.refusals import NotInScope

PAGE_SIZE = 25
# What the list can be narrowed to beside one status.
ALL_OPEN, EVERY = "", "every"


@dataclass(frozen=True)
class ReferralLine:
    """One referral. `is_overdue`: the partner should have answered before today."""

    id: int
    case_id: int
    name: str
    school: str
    partner_id: int
    partner: str
    kind: str
    request: str
    status: str
    status_words: str
    made_on: date
    answer_due_on: date
    is_overdue: bool
    outcome: str


@dataclass(frozen=True)
class AskedReferrals:
    """What the list is narrowed to: all open ones, those of a status, or every one."""

    status: str = ALL_OPEN
    partner_id: int | None = None
    school_id: int | None = None
    overdue: bool = False
    page: int | str = 1


@dataclass(frozen=True)
class ReferralList:
    """The lines of a page, and the partners and schools that the list can be narrowed to."""

    page: Page
    lines: Sequence[ReferralLine]
    partners: Sequence[Partner]
    schools: Sequence[School]


def referral_list(scope: Scope, asked: AskedReferrals) -> ReferralList:
    """A page of the referrals in scope; the same number of statements however many. Raises NotInScope."""
    if not scope.works_cases:
        raise NotInScope
    page, lines = referral_lines(scope, _wanted(scope, asked), asked.page)
    referred = visible_to(scope, Referral).values("partner_id")
    partners = list(Partner.objects.filter(pk__in=referred))
    return ReferralList(page, lines, partners, list(visible_to(scope, School)))


def referral_lines(scope: Scope, wanted: Q, page: int | str = 1) -> tuple[Page, list[ReferralLine]]:
    """A page of the referrals in scope that fit; those that wait for an answer first, by the day it is due."""
    found = visible_to(scope, Referral).filter(wanted).select_related("student", "partner", "case__school")
    waiting = Q(status=ReferralStatus.MADE)
    ordered = found.annotate(waits=waiting).order_by("-waits", F("answer_due_on"), "-made_at", "-pk")
    numbered = Paginator(ordered, PAGE_SIZE).get_page(page)
    return numbered, [referral_line(scope, each) for each in numbered.object_list]


def referral_line(scope: Scope, referral: Referral) -> ReferralLine:
    """A referral's line; its student, partner and case's school are read with it."""
    waits = referral.status == ReferralStatus.MADE
    return ReferralLine(
        id=referral.pk,
        case_id=referral.case_id,
        name=referral.student.listed_name,
        school=referral.case.school.name,
        partner_id=referral.partner_id,
        partner=referral.partner.name,
        kind=referral.partner.get_kind_display(),
        request=referral.request,
        status=referral.status,
        status_words=referral.get_status_display(),
        made_on=local_date(referral.made_at, scope.zone),
        answer_due_on=referral.answer_due_on,
        is_overdue=waits and referral.answer_due_on < scope.today,
        outcome=referral.outcome,
    )


def _wanted(scope: Scope, asked: AskedReferrals) -> Q:
    wanted = Q()
    if asked.status == ALL_OPEN:
        wanted &= Q(status__in=OPEN)
    elif asked.status != EVERY:
        wanted &= Q(status=asked.status)
    if asked.partner_id is not None:
        wanted &= Q(partner=asked.partner_id)
    if asked.school_id is not None:
        wanted &= Q(case__school=asked.school_id)
    if asked.overdue:
        wanted &= Q(status=ReferralStatus.MADE, answer_due_on__lt=scope.today)
    return wanted
