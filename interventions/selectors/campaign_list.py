"""The campaigns that somebody may see, newest first, each with how far it is."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from attendance.models import Mode
from interventions.models import Audience, Campaign, Message, MessageState, PartnerKind
from interventions.selectors.campaign_rights import check_writes_campaigns
from students.access import Scope, visible_to
from students.models import Role, School
from students.templatetags.languages import language_name

PAGE_SIZE = 25


@dataclass(frozen=True)
class AskedCampaigns:
    """What the list is narrowed to; empty narrows nothing."""

    state: str = ""
    audience: str = ""
    page: int | str = 1


@dataclass(frozen=True)
class CampaignLine:
    """A campaign, whom it is for in words, and its messages by where they stand."""

    campaign: Campaign
    audience: Sequence[str]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        """How many went out."""
        return self.counts.get(MessageState.SENT, 0)

    @property
    def total(self) -> int:
        """How many were queued."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class CampaignList:
    """A page of the list."""

    page: Page
    lines: Sequence[CampaignLine]


def campaign_list(scope: Scope, asked: AskedCampaigns) -> CampaignList:
    """A page; the same number of statements however many. Raises NotInScope for who writes none."""
    check_writes_campaigns(scope)
    found = visible_to(scope, Campaign).select_related("written_by", "queued_by").order_by("-written_at", "-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.audience:
        found = found.filter(audience=asked.audience)
    page = Paginator(found, PAGE_SIZE).get_page(asked.page)
    campaigns = list(page.object_list)
    counts, schools = _counts(scope, campaigns), school_names(scope)
    lines = [CampaignLine(each, audience_words(scope, each, schools), counts[each.pk]) for each in campaigns]
    return CampaignList(page, lines)


def _counts(scope: Scope, campaigns: Sequence[Campaign]) -> Mapping[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Message.objects.filter(campaign__in=campaigns).order_by().values_list("campaign", "state")
    for campaign, state, number in rows.annotate(n=Count("pk")):
        found[campaign][state] = number
    return found


def school_names(scope: Scope) -> dict[int, str]:
    """Every school that somebody sees, by id."""
    return dict(visible_to(scope, School).values_list("pk", "name"))


def audience_words(scope: Scope, campaign: Campaign, schools: Mapping[int, str]) -> list[str]:
    """Whom a campaign is for, a phrase for each filter."""
    named = sorted(schools.get(each, "") for each in campaign.school_ids)
    said = [
        str(Audience(campaign.audience).label),
        ", ".join(named) or (_("whole district") if campaign.audience != Audience.PARTNERS else ""),
        _("grade %(named)s") % {"named": ", ".join(campaign.grades)} if campaign.grades else "",
        ", ".join(str(Mode(each).label) for each in campaign.modes),
        _("tier %(named)s") % {"named": ", ".join(str(each) for each in campaign.tiers)} if campaign.tiers else "",
        ", ".join(language_name(each) for each in campaign.languages),
        ", ".join(str(Role(each).label) for each in campaign.roles),
        ", ".join(str(PartnerKind(each).label) for each in campaign.partner_kinds),
    ]
    return [each for each in said if each]
