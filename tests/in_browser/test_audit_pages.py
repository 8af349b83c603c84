"""An auditor in a real browser: a student is found, a packet asked for, made while the page waits, and downloaded."""

import pytest
from playwright.sync_api import expect

from reporting.models import AuditPacket
from tests.in_browser.conftest import assert_accessible
from tests.reporting.packets.worlds import make, told_world
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.shows("audit", "ask_packet", "packet")
def test_a_packet_is_asked_for_followed_and_downloaded(
    committed_world: World, signed_in_page, camera, settings, tmp_path
) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    world = told_world(committed_world)
    hale, abara = world.users["hale"], world.students["Abara"]
    page = signed_in_page(hale)
    page.goto("/audit/")
    page.get_by_label("Name or state id").fill("abara")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Found for “abara”")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Ask for a packet").click()
    expect(page.get_by_label("Legal basis (RD-61)")).to_have_value("audit")
    page.get_by_role("button", name="Ask for the packet").click()
    expect(page.get_by_role("heading", name="It waits for a worker")).to_be_visible()
    packet = AuditPacket.objects.get()
    camera.shoot(f"/audit/packets/{packet.pk}/", "packet-waiting", hale)
    make(world, packet)
    expect(page.get_by_role("heading", name="Ready")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name="Download").click()
    assert file.value.suggested_filename == f"audit_student_20200810-20201027_packet{packet.pk}.zip"
    camera.shoot(f"/audit/packets/{packet.pk}/", "packet", hale)
    camera.shoot(f"/audit/ask/?kind=student&student={abara.pk}", "packet-ask", hale)
    camera.shoot("/audit/", "audit", hale)
