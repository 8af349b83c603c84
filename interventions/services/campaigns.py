"""Campaigns as people write, send and stop them (MD-09)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from interventions.models import Audience, Campaign, CampaignState, CampaignText, Message, MessageState
from interventions.rules.campaign_text import ENGLISH, Text, findings
from interventions.selectors.campaign_audience import reach
from interventions.selectors.campaign_rights import (
    campaign_in_scope,
    check_writes_campaigns,
    schools_of_campaign,
)
from interventions.selectors.campaign_words import finding_words
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused, Stale

UNDER_WAY = (CampaignState.QUEUED, CampaignState.PREPARING, CampaignState.SENDING)
# What failed half-way may be sent again: nobody gets it twice.
SENDABLE = (CampaignState.DRAFT, CampaignState.FAILED)
STOPPABLE = (*UNDER_WAY, CampaignState.FAILED)
STOPPED = "The campaign was stopped."
_OF_FAMILIES = ("grades", "modes", "tiers", "languages")


@dataclass(frozen=True)
class CampaignFacts:
    """What a campaign is. No schools: all that its writer may write to. Texts by language; an empty one is none."""

    name: str
    audience: str
    texts: Mapping[str, Text]
    school_ids: Sequence[int] = ()
    grades: Sequence[str] = ()
    modes: Sequence[str] = ()
    tiers: Sequence[int] = ()
    languages: Sequence[str] = ()
    roles: Sequence[str] = ()
    partner_kinds: Sequence[str] = ()
    written: Mapping[str, Text] = field(init=False)

    def __post_init__(self) -> None:
        """Leave out the languages in which nothing was written."""
        kept = {code: text for code, text in self.texts.items() if text.subject.strip() or text.body.strip()}
        object.__setattr__(self, "written", kept)


def write_campaign(scope: Scope, facts: CampaignFacts, *, submission_id: UUID) -> Campaign:
    """Write a draft; sent twice it is one. Raises NotInScope, Forbidden, or Refused with what is wrong."""
    check_writes_campaigns(scope)
    if before := visible_to(scope, Campaign).filter(submission_id=submission_id).first():
        return before
    campaign = Campaign(submission_id=submission_id, written_by_id=scope.person, written_at=scope.now)
    try:
        with transaction.atomic():
            _write(scope, campaign, facts)
    except IntegrityError:
        # The same form in the very moment.
        return visible_to(scope, Campaign).get(submission_id=submission_id)
    return campaign


def change_campaign(scope: Scope, campaign_id: int, facts: CampaignFacts, *, version: int) -> Campaign:
    """Change a draft that was read at a version. Raises NotInScope, Forbidden, Refused, or Stale."""
    with transaction.atomic():
        campaign = _locked(scope, campaign_id, version)
        if campaign.state != CampaignState.DRAFT:
            raise Refused(_("This campaign was sent; only a draft can be changed."))
        campaign.version += 1
        _write(scope, campaign, facts)
    return campaign


def discard_campaign(scope: Scope, campaign_id: int) -> None:
    """Delete a draft; its history keeps what it said. Raises NotInScope, or Refused where it was sent."""
    with transaction.atomic():
        campaign = _locked(scope, campaign_id)
        if campaign.state != CampaignState.DRAFT:
            raise Refused(_("This campaign was sent, and stays on file."))
        campaign.texts.all().delete()
        campaign.delete()


def send_campaign(scope: Scope, campaign_id: int, *, version: int, people: int) -> Campaign:
    """Let a campaign be sent to as many people as the page showed; pressed twice it is sent once.

    Raises NotInScope, Forbidden, Stale where text or audience are otherwise than shown, or Refused.
    """
    with transaction.atomic():
        campaign = _locked(scope, campaign_id)
        if campaign.state in UNDER_WAY or campaign.state == CampaignState.SENT:
            return campaign
        if campaign.state not in SENDABLE:
            raise Refused(_("This campaign was stopped. Write it anew to send it."))
        _check_as_shown(scope, campaign, version, people)
        campaign.state, campaign.problem, campaign.attempts = CampaignState.QUEUED, "", 0
        campaign.queued_by_id, campaign.queued_at, campaign.finished_at = scope.person, scope.now, None
        campaign.version += 1
        campaign.save()
    return campaign


def stop_campaign(scope: Scope, campaign_id: int) -> Campaign:
    """Send no more of a campaign; what went out is out. Stopped twice it is stopped once. Raises NotInScope, Refused.

    A message that a worker has in hand asks its writer, who knows that it was stopped.
    """
    with transaction.atomic():
        campaign = _locked(scope, campaign_id)
        if campaign.state == CampaignState.STOPPED:
            return campaign
        if campaign.state not in STOPPABLE:
            raise Refused(_("There is nothing to stop: this campaign is not being sent."))
        campaign.state, campaign.stopped_by_id, campaign.stopped_at = CampaignState.STOPPED, scope.person, scope.now
        campaign.lease_token = campaign.leased_until = None
        campaign.finished_at = scope.now
        campaign.save()
        waiting = Message.objects.filter(campaign=campaign, state=MessageState.WAITING)
        free = waiting.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)
        Message.objects.filter(pk__in=list(free)).update(
            state=MessageState.DROPPED, settled_at=scope.now, problem=STOPPED
        )
    return campaign


def _locked(scope: Scope, campaign_id: int, version: int | None = None) -> Campaign:
    check_writes_campaigns(scope)
    campaign = visible_to(scope, Campaign).select_for_update(of=("self",)).filter(pk=campaign_id).first()
    if campaign is None:
        raise NotInScope
    if version is not None and campaign.version != version:
        raise Stale(_("Somebody else changed this campaign since you opened the page. Look at it again."))
    return campaign


def _check_as_shown(scope: Scope, campaign: Campaign, version: int, people: int) -> None:
    if campaign.version != version:
        raise Stale(_("Somebody else changed this campaign since you opened the page. Look at it again."))
    found = len(reach(scope, campaign_in_scope(scope, campaign.pk)).people)
    if not found:
        raise Refused(_("Nobody would get this campaign. Choose a wider audience."))
    if found != people:
        raise Stale(_("The audience changed since you opened the page. Look at it again before you send."))


def _write(scope: Scope, campaign: Campaign, facts: CampaignFacts) -> None:
    schools = schools_of_campaign(scope, facts.audience, facts.school_ids)
    _check_texts(facts)
    campaign.name, campaign.audience, campaign.school_ids = facts.name.strip(), facts.audience, schools
    for name in _OF_FAMILIES:
        setattr(campaign, name, sorted(set(getattr(facts, name))) if facts.audience == Audience.FAMILIES else [])
    campaign.roles = sorted(set(facts.roles)) if facts.audience == Audience.STAFF else []
    campaign.partner_kinds = sorted(set(facts.partner_kinds)) if facts.audience == Audience.PARTNERS else []
    _check(campaign)
    campaign.save()
    campaign.texts.exclude(language__in=facts.written).delete()
    for language, text in facts.written.items():
        words = {"subject": text.subject.strip(), "body": text.body.strip()}
        kept, made = CampaignText.objects.get_or_create(campaign=campaign, language=language, defaults=words)
        if not made and (kept.subject, kept.body) != (words["subject"], words["body"]):
            kept.subject, kept.body = words["subject"], words["body"]
            kept.save()


def _check_texts(facts: CampaignFacts) -> None:
    if ENGLISH not in facts.written:
        raise Refused(_("Write the text in English: it goes to whoever speaks a language that you left out."))
    by_tier = facts.audience == Audience.FAMILIES and bool(facts.tiers)
    wrong = [
        finding_words(finding, language)
        for language, text in facts.written.items()
        for finding in findings(text, audience=facts.audience, by_tier=by_tier)
    ]
    if wrong:
        raise Refused(" ".join(wrong))


def _check(campaign: Campaign) -> None:
    try:
        campaign.full_clean(exclude=["written_by", "submission_id"])
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
