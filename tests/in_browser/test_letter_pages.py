"""Letters in a real browser: a care team writes and prints them, a family reads its own on a phone."""

import pytest
from playwright.sync_api import expect

from interventions.models import Letter
from interventions.services.letter_withdrawing import withdraw_letter
from students.languages.offered import offered_or_english
from tests.attendance.acts import open_both_schools
from tests.in_browser.conftest import assert_accessible
from tests.interventions.alerting import joined
from tests.interventions.letters.acts import absent, parent
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.shows("family_letters", "letter", "letter_list", "letter_words", "letter_words_list", "letters")
def test_letters_are_written_printed_and_read(committed_world: World, signed_in_page, camera) -> None:
    world = committed_world
    open_both_schools(world)
    rosa = parent(world, "Abara")
    parent(world, "Grant", "Jean-Baptiste", "ht")
    for name, count in (("Abara", 12), ("Grant", 5), ("Hollis", 6)):
        absent(world, name, count)
    osei, account = world.users["osei"], joined(world, rosa).user
    account.language = offered_or_english(rosa.language)
    account.save()
    camera.shoot("/letters/", "letters-due", osei)
    page = signed_in_page(osei)
    page.goto("/letters/")
    page.get_by_label("Choose all on this page").check()
    page.get_by_role("button", name="Write those chosen").click()
    expect(page.get_by_text("6 letters are written.")).to_be_visible()
    camera.shoot("/letters/list/", "letters-ready", osei)
    page.goto("/letters/list/")
    page.get_by_label("They go out").select_option("office")
    page.get_by_role("button", name="Print all 6").click()
    expect(page.get_by_text("6 letters are ready to print.")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name="Download 6 letters (PDF)").click()
    assert file.value.suggested_filename.startswith("letters-")
    hers = Letter.objects.filter(guardian=rosa).order_by("pk")
    withdraw_letter(world.scope("osei"), hers[0].pk, reason="The family came in")
    camera.shoot(f"/letters/{hers[1].pk}/", "letter", osei)
    camera.shoot("/letters/list/?state=every", "letters-log", osei)
    camera.shoot("/letters/words/", "letter-words-list", world.users["reyes"])
    camera.shoot("/letters/words/truancy_first/ht/", "letter-words", world.users["reyes"])
    camera.shoot(f"/family/{world.students['Abara'].pk}/letters/", "family-letters", account)
    family = signed_in_page(account, viewport={"width": 360, "height": 740})
    family.goto(f"/family/{world.students['Abara'].pk}/letters/")
    family.get_by_text("Leer la carta").first.click()
    expect(family.get_by_text("Estimado/a Rosa Abara").first).to_be_visible()
    assert_accessible(family)
