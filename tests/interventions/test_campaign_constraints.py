"""What the database refuses of campaigns, by the names of its constraints."""

from typing import Any
from uuid import uuid4

from interventions.models import Campaign, CampaignStudent, CampaignText, Message
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, World


def campaign(world: World, **given: Any) -> Campaign:
    facts = {"submission_id": uuid4(), "name": "Breakfast", "audience": "families"}
    return Campaign(**facts | {"written_by": world.users["reyes"], "written_at": NOW} | given)


def test_a_campaign_says_whom_it_is_for_who_sent_it_and_who_stopped_it(world: World) -> None:
    fit = "campaign_filters_fit_its_audience"
    for wrong in (
        {"roles": ["teacher"]},
        {"partner_kinds": ["mentor"]},
        {"audience": "staff", "tiers": [1]},
        {"audience": "staff", "partner_kinds": ["mentor"]},
        {"audience": "partners", "languages": ["es"]},
        {"audience": "partners", "school_ids": [1]},
    ):
        assert_refused_by(fit, campaign(world, **wrong))
    assert_refused_by("campaign_tiers_are_1_to_3", campaign(world, tiers=[0, 1]))
    by = {"queued_by": world.users["reyes"], "queued_at": NOW}
    says = "campaign_beyond_its_draft_says_who_sent_it"
    assert_refused_by(says, campaign(world, state="queued"))
    assert_refused_by(says, campaign(world, **by))
    assert_refused_by("stopped_campaign_says_who", campaign(world, state="stopped", **by))
    assert_refused_by("stopped_campaign_says_who", campaign(world, stopped_by=world.users["reyes"], stopped_at=NOW))
    assert_refused_by("campaign_being_queued_has_a_lease", campaign(world, state="preparing", **by))


def test_a_campaigns_texts_children_and_messages_stand_once_and_are_its_own(world: World) -> None:
    kept = campaign(world)
    kept.save()
    text = {"campaign": kept, "language": "en", "subject": "S", "body": "B"}
    CampaignText(**text).save()
    assert_refused_by("one_text_per_campaign_and_language", CampaignText(**text))
    for wrong in ({"language": "EN"}, {"subject": ""}, {"body": ""}):
        assert_refused_by(
            "campaign_text_says_something_in_a_language", CampaignText(**text | {"language": "es"} | wrong)
        )
    child = {"campaign": kept, "student": world.students["Abara"]}
    CampaignStudent(**child).save()
    assert_refused_by("a_child_once_in_a_campaign", CampaignStudent(**child))
    mail = {"key": "k", "made_at": NOW, "send_after": NOW, "user": world.users["osei"]}
    names = "campaign_message_names_its_campaign"
    assert_refused_by(names, Message(**mail, kind="campaign"))
    assert_refused_by(names, Message(**mail, kind="absence", campaign=kept))
    Message(**mail, kind="campaign", campaign=kept).save()
