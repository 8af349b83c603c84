"""The directory of partners (MD-10): the district keeps it, every care team reads it."""

from uuid import uuid4

import pytest

from interventions.models import Disclosure, Partner, Referral
from interventions.services.partners import (
    PartnerFacts,
    add_partner,
    change_partner,
    end_partner,
    restore_partner,
)
from students.access import visible_to, why_can_view
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.interventions.referral_acts import a_case, a_mother, a_partner, referred
from tests.world import World

YOUTH = PartnerFacts(kind="community", name=" Delta Youth ", languages=["es", "en"])


def test_MD10_a_partner_is_entered_once_changed_as_read_and_ended_without_being_lost(world: World) -> None:
    reyes, form = world.scope("reyes"), uuid4()
    first, second = (add_partner(reyes, YOUTH, submission_id=form) for _ in range(2))
    assert (first.pk, first.name, first.languages) == (second.pk, "Delta Youth", ["en", "es"])
    facts = PartnerFacts(kind="mentor", name="Delta Youth", school_ids=[world.lincoln.pk])
    changed = change_partner(reyes, first.pk, facts, version=1)
    assert (changed.version, list(changed.schools.all())) == (2, [world.lincoln])
    with pytest.raises(Stale):
        change_partner(reyes, first.pk, YOUTH, version=1)
    end_partner(reyes, first.pk)
    other = add_partner(reyes, facts, submission_id=uuid4())
    with pytest.raises(Refused, match="of this kind and name"):
        restore_partner(reyes, first.pk)
    end_partner(reyes, other.pk)
    assert restore_partner(reyes, first.pk).ended_at is None
    assert Partner.objects.count() == 2
    agency = add_partner(reyes, PartnerFacts(kind="dcf", name="Delta office"), submission_id=uuid4())
    assert agency.locates_students


def test_only_the_district_keeps_partners_and_strangers_find_none(world: World) -> None:
    partner = add_partner(world.scope("reyes"), YOUTH, submission_id=uuid4())
    for person, refusal in (("osei", Forbidden), ("okafor", Forbidden), ("mayfield", NotInScope), ("hale", NotInScope)):
        scope = world.scope(person)
        with pytest.raises(refusal):
            add_partner(scope, YOUTH, submission_id=uuid4())
        with pytest.raises(refusal):
            change_partner(scope, partner.pk, YOUTH, version=1)
        with pytest.raises(refusal):
            end_partner(scope, partner.pk)
    with pytest.raises(NotInScope):
        end_partner(world.scope("reyes"), 0)


def test_a_partner_that_makes_no_sense_is_refused_in_words(world: World) -> None:
    for facts, words in (
        (PartnerFacts(kind="housing", name="Housing", is_district_unit=True), "MD-07"),
        (PartnerFacts(kind="bank", name="Bank"), "not a valid choice"),
        (PartnerFacts(kind="mentor", name=" "), "blank"),
        (PartnerFacts(kind="mentor", name="Ida", languages=["Spanish"]), "valid"),
        (PartnerFacts(kind="mentor", name="Ida", email="ida"), "valid email"),
    ):
        with pytest.raises(Refused, match=words):
            add_partner(world.scope("reyes"), facts, submission_id=uuid4())


def test_the_filter_and_the_reason_agree_on_partners_referrals_and_what_was_told(world: World) -> None:
    a_mother(world)
    made = referred(world, a_case(world), a_partner(world))
    seen = {}
    for person in world.users:
        scope = world.scope(person)
        for kind in (Partner, Referral, Disclosure):
            visible = set(visible_to(scope, kind))
            assert visible == {each for each in kind.objects.all() if why_can_view(scope, each)}
            seen[person, kind] = len(visible)
    care = {"osei", "okafor", "reyes"}
    assert {person for (person, kind), n in seen.items() if n and kind is Partner} == care | {"lindqvist"}
    for kind in (Referral, Disclosure):
        assert {person for (person, each), n in seen.items() if n and each is kind} == care
    assert made.disclosures.count() == 1
