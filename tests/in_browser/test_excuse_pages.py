"""The office's work on excuses in a real browser: a paper put on file and a decision, without leaving the list."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from attendance.demo.papers import letter, photo
from attendance.models import Excuse
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.excuse_documents import open_document
from tests.attendance.acts import excuse, open_both_schools, upload
from tests.world import World

pytestmark = pytest.mark.browser


def open_forms(page: Page) -> None:
    """Both forms of the first excuse."""
    page.get_by_text("Add a document").first.click()
    page.get_by_text("Decide").first.click()


@pytest.mark.shows("excuses", "one_excuse")
def test_a_letter_is_put_on_file_and_an_excuse_is_refused_from_the_list(
    committed_world: World, signed_in_page, camera, tmp_path: Path
) -> None:
    world = open_both_schools(committed_world)
    clerk, new = world.users["mayfield"], {"document_kind": "none", "document_seen_on": None}
    excuse(world, "Abara", **new)
    overdue = excuse(world, "Castillo", day=date(2020, 10, 19), document_kind="parent_note")
    excuse(world, "Nguyen", starts_on=date(2020, 10, 21), ends_on=date(2020, 10, 23), reason="family", **new)
    page = signed_in_page(clerk)
    page.goto("/excuses/")
    paper = tmp_path / "clinic letter.pdf"
    paper.write_bytes(letter(["Excused: October 26"]))
    row = page.get_by_role("listitem").filter(has_text="Abara")
    row.get_by_text("Add a document").click()
    row.get_by_label("Document", exact=True).select_option(label="Doctor's or dentist's excuse")
    row.get_by_label("The document itself").set_input_files(paper)
    row.get_by_role("button", name="Enter the document").click()
    expect(page.get_by_text("The document is entered")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="Castillo")
    row.get_by_text("Decide").click()
    row.get_by_label("Decision").select_option(label="Refused")
    row.get_by_label("Why").fill("A note does not excuse illness.")
    row.get_by_role("button", name="Enter the decision").click()
    overdue.refresh_from_db()
    assert (overdue.decision, Excuse.objects.get(student=world.students["Abara"]).documents.count()) == ("refused", 1)
    shown = excuse(world, "Grant", uploads=[upload(), upload("photo.png", photo())])
    open_document(world.scope("tran"), shown.documents.first().pk).stream.close()
    decide_excuse(world.scope("okafor"), shown.pk, decision="accepted", reason="The clinic confirmed it.")
    excuse(world, "Fleurimond", day=date(2020, 10, 19), document_kind="parent_note")
    camera.shoot("/excuses/", "excuses", clerk, open_forms)
    camera.shoot(f"/excuses/{shown.pk}/", "excuse", clerk)
