"""Writes the mail of a campaign to one person, at the moment of sending, by what is true then (MD-09)."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from interventions.models import Audience, Campaign, CampaignState, CampaignStudent, MailTopic, Message, MessageKind
from interventions.rules.campaign_text import filled, language_for, partners_language
from interventions.selectors.campaign_audience import spoken
from interventions.selectors.campaign_words import Child, children_enrolled, district_name, texts_of, values_for
from interventions.selectors.letter_recipients import in_person, lawful_links
from interventions.selectors.opted_out import is_opted_out
from interventions.services.messages import Written, register_writer
from interventions.services.opt_outs import reader_of, unsubscribe_headers, unsubscribe_link
from students.access import Scope
from students.models import FamilyAccount


def write_campaign_mail(scope: Scope, message: Message) -> Written | None:
    """What one person gets; None where the campaign was stopped, the person wants none any more, or has no child of its
    audience any more of whom the school tells it.
    """
    campaign = Campaign.objects.prefetch_related("texts").get(messages=message)
    if campaign.state == CampaignState.STOPPED or is_opted_out(scope, MailTopic.CAMPAIGNS, message):
        return None
    children = _children(scope, message) if campaign.audience == Audience.FAMILIES else []
    if campaign.audience == Audience.FAMILIES and not children:
        return None
    texts = texts_of(campaign)
    language = language_for(_language(scope, message), texts)
    said = filled(texts[language], values_for(district_name(scope), children, language))
    if campaign.audience == Audience.STAFF:
        return Written(said.subject, said.body, language)
    reader = reader_of(MailTopic.CAMPAIGNS, message)
    text = f"{said.body}\n\n{_ending(unsubscribe_link(reader), language)}"
    return Written(said.subject, text, language, unsubscribe_headers(reader))


def _ending(link: str, language: str) -> str:
    """How to get no more of these, in the language of the message, or in English."""
    with translation.override(language):
        stop = _("To get no more of these messages, open this page: %(link)s") % {"link": link}
        return f"{stop}\n\n{_('This message was sent automatically. Nobody reads answers to it.')}"


def _children(scope: Scope, message: Message) -> Sequence[Child]:
    """Those of the audience who go to school today and of whom this person is told."""
    of_audience = CampaignStudent.objects.filter(campaign=message.campaign_id).values("student_id")
    return children_enrolled(scope, Q(student__in=of_audience) & _told_to(scope, message))


def _told_to(scope: Scope, message: Message) -> Q:
    if message.guardian_id is not None:
        return Q(student__in=lawful_links(scope).filter(guardian=message.guardian_id).values("student_id"))
    account = FamilyAccount.objects.filter(user=message.user_id, ended_at__isnull=True).values("student_id")
    return Q(student__in=in_person(scope).filter(pk__in=account).values("pk"))


def _language(scope: Scope, message: Message) -> str:
    if message.partner is not None:
        return partners_language(message.partner.languages)
    if message.guardian is None:
        return spoken(message.user.language if message.user else "")
    standing = FamilyAccount.objects.filter(guardian=message.guardian, ended_at__isnull=True)
    chosen = standing.exclude(user__language="").values_list("user__language", flat=True).first()
    return spoken(chosen or message.guardian.language)


def register() -> None:
    """Say who writes a campaign's mail."""
    register_writer(MessageKind.CAMPAIGN, write_campaign_mail)
