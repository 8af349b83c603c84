"""The demo's campaigns (MD-09): one that went out in September, and a draft in three languages."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.core.mail import get_connection

from attendance.demo.cast import COUNSELOR, DISTRICT_ADMINISTRATOR
from interventions.models import Campaign
from interventions.rules.campaign_text import Text
from interventions.selectors.campaign_audience import reach
from interventions.services.campaign_queueing import queue_campaign, settle_campaigns
from interventions.services.campaigns import CampaignFacts, send_campaign, write_campaign
from interventions.services.messages import send_waiting
from students.access import Scope, scope_of
from students.models import User

SENT_ON, AT = date(2020, 9, 21), time(17, 30)
MOST = 1_000
BREAKFAST = {
    "en": Text(
        "Breakfast is free at {school}",
        "Dear family of {children},\n\n"
        "from Monday on breakfast is free for every student at {school}, from 7:15 in the cafeteria. "
        "Nobody has to sign up. Mornings go better with it: come early, sit with a friend, and be in class on time."
        "\n\n{district}",
    ),
    "es": Text(
        "El desayuno es gratis en {school}",
        "Estimada familia de {children}:\n\n"
        "A partir del lunes el desayuno es gratis para todos los estudiantes de {school}, desde las 7:15 en la "
        "cafetería. No hay que inscribirse. Así la mañana empieza mejor, y se llega a tiempo a clase.\n\n{district}",
    ),
    "ht": Text(
        "Manje maten gratis nan {school}",
        "Chè fanmi {children},\n\n"
        "apati lendi manje maten gratis pou tout elèv nan {school}, depi 7:15 nan kafeterya a. Pa bezwen enskri. Vini "
        "bonè, chita ak yon zanmi, epi rive alè nan klas.\n\n{district}",
    ),
}
HOLIDAYS = {
    "en": Text(
        "School is open until November 20",
        "Dear family of {children},\n\n"
        "{school} is open every day until Friday, November 20. If something keeps your child at home before that, "
        "call the office: we can help with rides, with a device, or with somebody to talk to.\n\n{district}",
    ),
    "es": Text(
        "Hay clases hasta el 20 de noviembre",
        "Estimada familia de {children}:\n\n"
        "En {school} hay clases todos los días hasta el viernes 20 de noviembre. Si algo impide que su hijo o hija "
        "venga, llame a la oficina: podemos ayudar con transporte, con un dispositivo o con alguien con quien hablar."
        "\n\n{district}",
    ),
    "ht": Text(
        "Lekòl la ouvè jiska 20 novanm",
        "Chè fanmi {children},\n\n"
        "{school} ouvè chak jou jiska vandredi 20 novanm. Si yon bagay kenbe pitit ou lakay anvan sa, rele biwo a: "
        "nou ka ede ak transpò, ak yon aparèy, oswa ak yon moun pou pale.\n\n{district}",
    ),
}


def write_campaigns(scope: Scope) -> None:
    """Send the one of September as it was sent then, and leave the other for somebody to look at."""
    at = datetime.combine(SENT_ON, AT, ZoneInfo(scope.zone))
    sender = scope_of(User.objects.get(username=DISTRICT_ADMINISTRATOR.username), at)
    facts = CampaignFacts("Free breakfast", "families", BREAKFAST, grades=["09"])
    breakfast = write_campaign(sender, facts, submission_id=_act("breakfast"))
    _send(replace(scope, now=at), sender, breakfast)
    counselor = scope_of(User.objects.get(username=COUNSELOR.username), scope.now - timedelta(days=1))
    facts = CampaignFacts("Until the holidays", "families", HOLIDAYS, tiers=[1, 2])
    write_campaign(counselor, facts, submission_id=_act("holidays"))


def _send(then: Scope, sender: Scope, campaign: Campaign) -> None:
    """Through the same services, and into the void: it is past."""
    send_campaign(sender, campaign.pk, version=1, people=len(reach(then, campaign).people))
    queue_campaign(then, campaign.pk, instants=lambda: then.now)
    evening = replace(then, now=then.now + timedelta(hours=3))
    send_waiting(evening, most=MOST, by=get_connection("django.core.mail.backends.dummy.EmailBackend"))
    settle_campaigns(evening)


def _act(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo campaign {name}")
