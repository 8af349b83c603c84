"""Campaigns, said shortly: families in three languages, a text, and a campaign on its way."""

from typing import Any
from uuid import uuid4

from interventions.models import Campaign
from interventions.rules.campaign_text import Text
from interventions.selectors.campaign_audience import reach
from interventions.services.campaign_queueing import queue_campaign
from interventions.services.campaigns import CampaignFacts, send_campaign, write_campaign
from students.models import Enrollment, FamilyAccount, Guardian, GuardianLink, Invitation, Student, User
from tests.world import NOW, YEAR_STARTS, World

TEXTS = {
    "en": Text("News of {school}", "Dear family of {children}, breakfast is free at {school}. {district}"),
    "es": Text("Noticias de {school}", "Estimada familia de {children}: el desayuno es gratis en {school}."),
}


def a_parent(world: World, *names: str, email: str = "", language: str = "", **link: Any) -> Guardian:
    """A guardian of some of the cast who may be told of them."""
    person = Guardian.objects.create(given_name="Rosa", family_name=names[0], email=email, language=language)
    facts = {"relationship": "mother", "may_contact": True, "starts_on": YEAR_STARTS} | link
    for name in names:
        GuardianLink.objects.create(guardian=person, student=world.students[name], **facts)
    return person


def joined(world: World, name: str, **whose: Any) -> User:
    """An account that speaks for a guardian, or for a student in person."""
    account = User.objects.create(username=name, email=f"{name}@example.org", given_name=name, family_name="Kin")
    code = Invitation.objects.create(
        **whose, code_hash=f"{name:0>64}", made_by=world.users["reyes"], made_at=NOW, expires_at=NOW.replace(year=2021)
    )
    FamilyAccount.objects.create(user=account, **whose, invitation=code, joined_at=NOW)
    return account


def facts(**given: Any) -> CampaignFacts:
    """A campaign to families, in English and Spanish."""
    return CampaignFacts(**{"name": "Breakfast", "audience": "families", "texts": TEXTS} | given)


def a_draft(world: World, by: str = "reyes", **given: Any) -> Campaign:
    """A campaign that somebody wrote."""
    return write_campaign(world.scope(by), facts(**given), submission_id=uuid4())


def addresses(world: World, campaign: Campaign) -> list[str]:
    """Where a campaign would go today."""
    return sorted(each.address for each in reach(world.installation, campaign).people)


def sent_off(world: World, campaign: Campaign, by: str = "reyes") -> Campaign:
    """A campaign that somebody lets go, waiting for a worker."""
    people = len(reach(world.installation, campaign).people)
    return send_campaign(world.scope(by), campaign.pk, version=campaign.version, people=people)


def queued(world: World, campaign: Campaign, by: str = "reyes") -> Campaign:
    """The same, with every message queued by a worker."""
    sent_off(world, campaign, by)
    queue_campaign(world.installation, campaign.pk, instants=lambda: NOW)
    campaign.refresh_from_db()
    return campaign


def many(world: World, number: int) -> None:
    """Families of one child each, in the school's languages."""
    students = Student.objects.bulk_create(
        Student(source_id=f"m{n}", given_name=f"Child{n}", family_name="Many", sort_name=f"many {n:05}")
        for n in range(number)
    )
    guardians = Guardian.objects.bulk_create(
        Guardian(given_name="Kin", family_name=f"Many{n}", email=f"kin{n}@x.org", language=("", "es", "ht")[n % 3])
        for n in range(number)
    )
    Enrollment.objects.bulk_create(
        Enrollment(student=each, school=world.lincoln, grade="09", starts_on=YEAR_STARTS) for each in students
    )
    GuardianLink.objects.bulk_create(
        GuardianLink(guardian=guardian, student=student, may_contact=True, starts_on=YEAR_STARTS)
        for guardian, student in zip(guardians, students, strict=True)
    )
