"""A mother chooses what she is told, stops it and wants it again; staff read what she was sent."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from interventions.models import AlertChoice, AlertTiming, MailTopic, Message, UndeliverableAddress
from interventions.services.opt_outs import Reader, token_of
from tests.attendance.acts import open_both_schools
from tests.interventions.alerting import joined, mailed, marked, mother
from tests.mail_server import mail_server
from tests.world import NOW, World

pytestmark = pytest.mark.browser


@pytest.mark.shows("family_alerts", "unsubscribe")
@pytest.mark.shows("alert_policy", "mail", "mail_message", "mail_returned")
def test_a_mother_chooses_and_stops_and_staff_read_what_she_was_sent(
    committed_world: World, signed_in_page, camera, settings
) -> None:
    world = open_both_schools(committed_world)
    rosa = joined(world, mother(world, "Abara"))
    page: Page = signed_in_page(rosa.user)
    page.goto("/family/alerts/")
    page.get_by_label("comes late to a class").check()
    page.get_by_label("misses a class").check()
    page.get_by_label("One e-mail a day").check()
    page.get_by_label("Hour of the e-mail").select_option("16:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your choices are saved.")).to_be_visible()
    expect(page.get_by_label("misses a class")).to_be_checked()
    assert set(AlertChoice.objects.values_list("kind", flat=True)) == {"tardy", "class_absence"}
    assert AlertTiming.objects.get().digest_at.hour == 16
    camera.shoot("/family/alerts/", "family-alerts", rosa.user)
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", name="Correos sobre sus hijos")).to_be_visible()
    camera.shoot("/family/alerts/", "family-alerts-es", rosa.user)

    path = f"/unsubscribe/{token_of(Reader(MailTopic.ABSENCES, guardian_id=rosa.guardian_id))}/"
    stranger: Page = signed_in_page(None)
    stranger.goto(path)
    camera.shoot(path, "unsubscribe")
    stranger.get_by_role("button", name="Stop these messages").click()
    expect(stranger.get_by_role("heading", name="You get no more of these messages")).to_be_visible()
    stranger.get_by_role("button", name="Send them again").click()
    expect(stranger.get_by_role("button", name="Stop these messages")).to_be_visible()

    mother(world, "Grant", "grant@example.org")
    mother(world, "Hollis", "hollis@example.org")
    UndeliverableAddress.objects.create(
        address="hollis@example.org", since=NOW - timedelta(days=2), problem="It came back (5.1.1)."
    )
    with mail_server(settings):
        marked(world, "1", Abara="absent", Grant="absent", Hollis="absent")
        mailed(10)
    marked(world, "2", Abara="absent")
    sent = Message.objects.filter(state="sent").latest("pk")
    okafor, reyes = world.users["okafor"], world.users["reyes"]
    camera.shoot("/messages/", "mail", okafor)
    camera.shoot(f"/messages/{sent.pk}/", "mail-message", okafor)
    camera.shoot("/messages/returned/", "mail-returned", okafor)
    camera.shoot("/messages/policy/", "alert-policy", reyes)
