"""Campaigns: to whom they go and to whom not, what each gets, and how they are sent once and stopped (MD-09)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from interventions.models import (
    Campaign,
    CampaignStudent,
    CampaignText,
    MailTopic,
    Message,
    OptOutBy,
    UndeliverableAddress,
)
from interventions.rules.campaign_text import Text
from interventions.selectors.campaign_audience import reach
from interventions.services import campaign_queueing
from interventions.services.campaign_queueing import queue_campaign, settle_campaigns, waiting_campaigns
from interventions.services.campaigns import (
    change_campaign,
    discard_campaign,
    send_campaign,
    stop_campaign,
    write_campaign,
)
from interventions.services.messages import send_waiting
from interventions.services.opt_outs import Reader, stop
from students.access import installation_scope, visible_to
from students.models import Enrollment, Guardian, GuardianLink, Student
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.selectors.recipients import told_about
from tests.interventions.acts import days_of
from tests.interventions.campaigning import TEXTS, a_draft, a_parent, addresses, facts, joined, queued, sent_off
from tests.interventions.care import stand
from tests.interventions.referral_acts import a_partner
from tests.mail_server import MailServer, mail_server
from tests.world import NOW, TODAY, World


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def families(world: World) -> World:
    """Two children with one mother, a Spanish-speaking father, and a family of the other school."""
    a_parent(world, "Abara", "Grant", email="ngozi@x.org")
    a_parent(world, "Castillo", email="luis@x.org", language="es")
    a_parent(world, "Shah", email="shah@x.org", language="ht")
    return world


def test_MD09_a_guardian_is_written_to_once_however_many_children(families: World) -> None:
    found = reach(families.installation, a_draft(families))
    assert [each.address for each in found.people] == ["ngozi@x.org", "luis@x.org", "shah@x.org"]
    names = [each.language for each in found.people]
    assert (names, len(found.people[0].student_ids), found.left_out) == (["en", "es", "ht"], 2, {})


def test_MD09_filters_are_joined_by_and_and_their_values_by_or(families: World) -> None:
    world = families
    days_of(world, "Abara", [TODAY - timedelta(days=1)], "present", mode="in_person")
    days_of(world, "Abara", [TODAY], "present", mode="sync_online")
    days_of(world, "Castillo", [TODAY], "present", mode="offline_packets")
    stand(world, "Grant", tier=2, absences=6)
    stand(world, "Castillo", tier=1, absences=5)
    Enrollment.objects.filter(student=world.students["Castillo"]).update(grade="10")
    lincoln = [world.lincoln.pk]
    asked = [
        ({"school_ids": lincoln}, ["luis@x.org", "ngozi@x.org"]),
        ({"grades": ["09"]}, ["ngozi@x.org", "shah@x.org"]),
        ({"grades": ["09", "10"], "school_ids": lincoln}, ["luis@x.org", "ngozi@x.org"]),
        ({"modes": ["sync_online"]}, ["ngozi@x.org"]),
        ({"modes": ["in_person"]}, []),
        ({"modes": ["sync_online", "offline_packets"]}, ["luis@x.org", "ngozi@x.org"]),
        ({"tiers": [2, 3]}, ["ngozi@x.org"]),
        ({"tiers": [1, 2], "grades": ["10"]}, ["luis@x.org"]),
        ({"languages": ["es", "ht"]}, ["luis@x.org", "shah@x.org"]),
        ({"languages": ["en"]}, ["ngozi@x.org"]),
    ]
    for given, to in asked:
        assert addresses(world, a_draft(world, **given)) == to, given


def test_RD62_a_campaign_goes_to_whom_the_school_tells_and_to_nobody_else(families: World) -> None:
    world = families
    a_parent(world, "Abara", email="silent@x.org", may_contact=False, may_access=True)
    a_parent(world, "Abara", email="past@x.org", ends_on=TODAY - timedelta(days=1))
    a_parent(world, "Hollis", email="hollis@x.org")
    Student.objects.filter(family_name="Hollis").update(birth_date=TODAY.replace(year=TODAY.year - 18))
    joined(world, "hollis.in.person", student=world.students["Hollis"])
    joined(world, "baptiste.alone", student=world.students["Baptiste"])
    chosen = joined(world, "shah.at.home", guardian=GuardianLink.objects.get(student__family_name="Shah").guardian)
    chosen.language = "es"
    chosen.save()
    found = reach(world.installation, a_draft(world)).people
    told = told_about(world.installation, [each.pk for each in world.students.values()])
    everybody = {(to.guardian_id, to.user_id) for each in told.values() for to in each}
    assert {(each.pk, None) if each.kind == "guardian" else (None, each.pk) for each in found} == everybody
    assert {each.address for each in found} == {
        "ngozi@x.org",
        "luis@x.org",
        "shah.at.home@example.org",
        "hollis.in.person@example.org",
        "baptiste.alone@example.org",
    }
    assert next(each for each in found if each.address.startswith("shah")).language == "es"
    for each in found:
        whose = {pk for pk, to in told.items() for one in to if each.pk in (one.guardian_id, one.user_id)}
        assert whose >= set(each.student_ids)


def test_who_has_no_address_or_one_that_comes_back_is_counted_and_left_out_and_a_mailbox_gets_one(
    families: World,
) -> None:
    a_parent(families, "Hollis")
    a_parent(families, "Hollis", email="Gone@x.org")
    a_parent(families, "Baptiste", email="NGOZI@x.org")
    UndeliverableAddress.objects.create(address="gone@x.org", since=NOW, problem="550")
    found = reach(families.installation, a_draft(families))
    assert found.left_out == {"no_address": 1, "comes_back": 1, "shared": 1}
    assert len(found.people) == 3


def test_MD09_staff_are_chosen_by_role_and_school_and_partners_by_kind(world: World) -> None:
    a_partner(world, "mentor", "Ida Cole", email="ida@x.org", languages=["es", "ht"])
    a_partner(world, "team", "Success Team", email="team@x.org")
    a_partner(world, "mentor", "Gone", email="gone@x.org", ended_at=NOW, ended_by=world.users["reyes"])
    plain = {"en": Text("Hello", "From {district}"), "es": Text("Hola", "De {district}")}
    counselors = a_draft(world, audience="staff", roles=["counselor", "nurse"], texts=plain)
    assert addresses(world, counselors) == ["osei@magnolia.example", "tran@magnolia.example"]
    washington = a_draft(world, audience="staff", school_ids=[world.washington.pk], texts=plain)
    assert addresses(world, washington) == ["lindqvist@magnolia.example", "park@magnolia.example"]
    assert addresses(world, a_draft(world, audience="partners", texts=plain)) == ["ida@x.org", "team@x.org"]
    mentors = a_draft(world, audience="partners", partner_kinds=["mentor"], texts=plain)
    assert [(each.address, each.language) for each in reach(world.installation, mentors).people] == [
        ("ida@x.org", "es")
    ]
    # A filter of another audience is not kept.
    assert a_draft(world, audience="staff", tiers=[2], texts=plain).tiers == []


def test_who_writes_to_whom_follows_from_the_rights_that_somebody_has(families: World) -> None:
    world = families
    plain = {"en": Text("Hello", "World")}
    counselors = a_draft(world, "osei")
    assert counselors.school_ids == [world.lincoln.pk]
    for by, given in (("osei", {"audience": "staff"}), ("okafor", {"audience": "partners"})):
        with pytest.raises(Forbidden):
            a_draft(world, by, **given, texts=plain)
    for by in ("osei", "okafor"):
        with pytest.raises(NotInScope):
            a_draft(world, by, school_ids=[world.washington.pk])
    for by in ("whitfield", "mayfield", "tran", "dupree", "hale", "novak"):
        with pytest.raises(NotInScope):
            a_draft(world, by)
    staff = a_draft(world, "okafor", audience="staff", texts=plain)
    a_draft(world, "reyes")
    counts = {by: visible_to(world.scope(by), Campaign).count() for by in ("reyes", "okafor", "osei", "lindqvist")}
    assert counts == {"reyes": 3, "okafor": 2, "osei": 1, "lindqvist": 0}
    with pytest.raises(NotInScope):
        stop_campaign(world.scope("osei"), staff.pk)
    assert addresses(world, counselors) == ["luis@x.org", "ngozi@x.org"]


def test_a_draft_says_what_is_wrong_with_it_and_keeps_what_was_written(families: World) -> None:
    world, reyes = families, families.scope("reyes")
    with pytest.raises(Refused, match="Write the text in English"):
        a_draft(world, texts={"es": TEXTS["es"], "en": Text(" ", "")})
    with pytest.raises(Refused, match="Spanish lacks its subject"):
        a_draft(world, texts=TEXTS | {"es": Text("", "Hola")})
    with pytest.raises(Refused, match="which cannot be filled in"):
        a_draft(world, audience="staff")
    revealing = {"en": Text("Your child is in tier 2", "Call us")}
    with pytest.raises(Refused, match="says “tier”"):
        a_draft(world, tiers=[2], texts=revealing)
    a_draft(world, texts=revealing)
    act = uuid4()
    draft = write_campaign(reyes, facts(), submission_id=act)
    assert write_campaign(reyes, facts(), submission_id=act) == draft
    changed = change_campaign(reyes, draft.pk, facts(name="Lunch", texts={"en": Text("A", "B")}), version=1)
    assert (changed.name, changed.version) == ("Lunch", 2)
    assert list(draft.texts.values_list("language", "subject")) == [("en", "A")]
    with pytest.raises(Stale):
        change_campaign(reyes, draft.pk, facts(), version=1)
    discard_campaign(reyes, draft.pk)
    assert not CampaignText.objects.filter(campaign=draft.pk).exists()


def test_MD09_each_gets_its_own_language_else_english_with_its_own_children(
    families: World, server: MailServer
) -> None:
    campaign = queued(families, a_draft(families))
    assert (campaign.state, campaign.people) == ("sending", 3)
    assert set(CampaignStudent.objects.values_list("student__family_name", flat=True)) == {
        "Abara",
        "Grant",
        "Castillo",
        "Shah",
    }
    assert send_waiting(families.installation) == 3
    said = {letter["To"]: (letter["Subject"], letter.get_content().strip()) for letter in server.letters}
    assert said["ngozi@x.org"][0] == "News of Lincoln High School"
    assert "family of Chidi and " in said["ngozi@x.org"][1]
    assert said["luis@x.org"][1].startswith("Estimada familia de Mateo: el desayuno es gratis en Lincoln")
    assert said["shah@x.org"][1].startswith("Dear family of Priya, breakfast is free at Washington High School.")
    assert settle_campaigns(families.installation) == 1
    campaign.refresh_from_db()
    assert (campaign.state, campaign.finished_at) == ("sent", NOW)
    assert Message.objects.filter(partner__isnull=False).count() == 0


def test_what_is_pressed_twice_is_sent_once_and_only_as_it_was_shown(families: World) -> None:
    world, reyes = families, families.scope("reyes")
    draft = a_draft(world)
    with pytest.raises(Stale, match="The audience changed"):
        send_campaign(reyes, draft.pk, version=1, people=2)
    with pytest.raises(Stale, match="Somebody else"):
        send_campaign(reyes, draft.pk, version=2, people=3)
    nobody = a_draft(world, grades=["12"])
    with pytest.raises(Refused, match="Nobody would get"):
        sent_off(world, nobody)
    sent = sent_off(world, draft)
    assert (sent.state, send_campaign(reyes, draft.pk, version=1, people=3).version) == ("queued", sent.version)
    with pytest.raises(Refused):
        discard_campaign(reyes, draft.pk)
    with pytest.raises(Refused):
        change_campaign(reyes, draft.pk, facts(), version=sent.version)
    for _twice in range(2):
        queue_campaign(world.installation, draft.pk, instants=lambda: NOW)
    assert Message.objects.count() == 3
    assert waiting_campaigns(world.installation, at=NOW) == []


def test_at_the_moment_of_sending_it_is_asked_again_who_may_be_told(families: World, server: MailServer) -> None:
    world = families
    queued(world, a_draft(world))
    # One of two children is left to the mother, none to the father.
    links = GuardianLink.objects.filter(student__family_name__in=["Grant", "Castillo"])
    links.update(ends_on=TODAY - timedelta(days=1))
    Enrollment.objects.filter(student__family_name="Shah").update(ends_on=TODAY - timedelta(days=1))
    assert send_waiting(world.installation) == 3
    [letter] = server.letters
    assert letter.get_content().startswith("Dear family of Chidi, breakfast")
    assert Message.objects.filter(state="dropped", problem="It is no longer so.").count() == 2


def test_one_click_stops_campaigns_before_and_after_they_are_queued(families: World, server: MailServer) -> None:
    world = families
    ngozi, luis = Guardian.objects.get(email="ngozi@x.org"), Guardian.objects.get(email="luis@x.org")
    stop(world.installation, Reader(MailTopic.CAMPAIGNS, guardian_id=ngozi.pk), by=OptOutBy.LINK)
    stop(world.installation, Reader(MailTopic.ABSENCES, guardian_id=luis.pk), by=OptOutBy.LINK)
    draft = a_draft(world)
    assert reach(world.installation, draft).left_out == {"opted_out": 1}
    queued(world, draft)
    late = Guardian.objects.get(email="shah@x.org")
    stop(world.installation, Reader(MailTopic.CAMPAIGNS, guardian_id=late.pk), by=OptOutBy.LINK)
    assert send_waiting(world.installation) == 2
    [letter] = server.letters
    link = letter["List-Unsubscribe"].strip(" <>")
    assert (letter["To"], letter["List-Unsubscribe-Post"]) == ("luis@x.org", "List-Unsubscribe=One-Click")
    assert link in letter.get_content()
    assert "To get no more" not in letter.get_content()
    answer = Client().post(link.removeprefix(settings.SITE_URL), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code < 400
    assert reach(world.installation, draft).left_out == {"opted_out": 3}


def test_staff_get_no_link_to_stop_and_partners_do(world: World, server: MailServer) -> None:
    a_partner(world, "mentor", "Ida Cole", email="ida@x.org")
    plain = {"en": Text("Hello", "From {district}")}
    for audience in ({"audience": "staff", "roles": ["nurse"]}, {"audience": "partners"}):
        queued(world, a_draft(world, **audience, texts=plain))
    assert send_waiting(world.installation) == 2
    said = {
        letter["To"]: (letter["List-Unsubscribe"] is not None, letter.get_content().strip())
        for letter in server.letters
    }
    assert said["tran@magnolia.example"] == (False, "From Magnolia County School District")
    assert said["ida@x.org"][0]


def test_a_campaign_that_is_stopped_sends_no_more_and_says_what_was_dropped(
    families: World, server: MailServer
) -> None:
    world, okafor = families, families.scope("okafor")
    campaign = queued(world, a_draft(world, "okafor"), "okafor")
    assert send_waiting(world.installation, most=1) == 1
    with pytest.raises(NotInScope):
        stop_campaign(world.scope("lindqvist"), campaign.pk)
    for _twice in range(2):
        stop_campaign(okafor, campaign.pk)
    assert send_waiting(world.installation) == 0
    assert len(server.letters) == 1
    assert list(Message.objects.filter(state="dropped").values_list("problem", flat=True)) == [
        "The campaign was stopped."
    ]
    settle_campaigns(world.installation)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.stopped_by_id) == ("stopped", world.users["okafor"].pk)
    with pytest.raises(Refused, match="was stopped"):
        send_campaign(okafor, campaign.pk, version=campaign.version, people=2)
    with pytest.raises(Refused, match="nothing to stop"):
        stop_campaign(okafor, a_draft(world, "okafor").pk)


def test_stopped_while_a_worker_queues_it_gets_no_further_batch(families: World, monkeypatch) -> None:
    world = families
    monkeypatch.setattr(campaign_queueing, "CHUNK", 1)
    campaign = sent_off(world, a_draft(world))
    readings: list[int] = []

    def stops_after_the_first_batch():
        readings.append(1)
        if len(readings) == 3:
            stop_campaign(world.scope("reyes"), campaign.pk)
        return NOW

    queue_campaign(world.installation, campaign.pk, instants=stops_after_the_first_batch)
    assert list(Message.objects.values_list("state", flat=True)) == ["dropped"]
    campaign.refresh_from_db()
    assert (campaign.state, campaign.people) == ("stopped", 0)


def test_a_campaign_leaves_room_for_other_mail_and_the_night_quiet(families: World, monkeypatch) -> None:
    world = families
    monkeypatch.setattr("interventions.rules.campaign_pace.BATCH", 1)
    queued(world, a_draft(world))
    after = Message.objects.order_by("pk").values_list("send_after", flat=True)
    assert [each - NOW for each in after] == [timedelta(seconds=10 * n) for n in range(3)]
    night = NOW + timedelta(hours=12)
    late = sent_off(world, a_draft(world))
    queue_campaign(installation_scope(night), late.pk, instants=lambda: NOW)
    assert {each.hour for each in late.messages.values_list("send_after", flat=True)} == {11}
