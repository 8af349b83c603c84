"""From signing in to the end of the errand by keys alone; wherever the focus is, it can be seen."""

import pytest
from playwright.sync_api import Page, expect

from attendance.models import AbsenceReport, Mark
from tests.attendance.acts import meeting_of, open_both_schools, take
from tests.families import family_of
from tests.in_browser.conftest import SIZES
from tests.world import TODAY, World

pytestmark = pytest.mark.browser

PASSWORD = "a long enough phrase"
FARTHEST = 60  # stops of a page until what is looked for; beyond it nobody goes on
FOCUS = """() => {
    const at = document.activeElement;
    const drawn = at.matches("input[type=radio], input[type=checkbox]") ? [at, at.closest("label")] : [at];
    const seen = drawn.filter((each) => each && getComputedStyle(each).outlineStyle !== "none"
        && parseFloat(getComputedStyle(each).outlineWidth) >= 2);
    const box = (seen[0] ?? at).getBoundingClientRect();
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return {
        words: (at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.value || "").trim(),
        outlined: seen.length > 0,
        inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        covered: !over || !(at.contains(over) || over.contains(at) || at.labels?.[0]?.contains(over)),
        top: Math.round(box.top + scrollY),
    };
}"""


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Go from stop to stop until the one with these words; each is seen, in sight, and under nothing."""
    for _ in range(FARTHEST):
        page.keyboard.press(key)
        at = page.evaluate(FOCUS)
        assert at["outlined"], f"nobody sees that the focus is on {at}"
        assert at["inside"], f"the focus is out of sight on {at}"
        assert not at["covered"], f"the focus is hidden on {at}"
        if words in at["words"]:
            return
    raise AssertionError(f"no stop says {words}: the last was {at}")


def sign_in_by_keys(page: Page, world: World, name: str) -> None:
    user = world.users[name]
    user.set_password(PASSWORD)
    user.save()
    page.goto("/accounts/login/")
    tab_to(page, "User name or e-mail")
    page.keyboard.type(name)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")


def skip_to_the_page(page: Page) -> None:
    """The first stop of a page leads past its bar."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    assert page.evaluate(FOCUS)["inside"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_teacher_goes_from_signing_in_to_a_saved_class_by_keys_alone(committed_world: World, signed_in_page) -> None:
    world = open_both_schools(committed_world)
    page = signed_in_page(reduced_motion="reduce")
    sign_in_by_keys(page, world, "whitfield")
    expect(page.get_by_role("heading", name="Needs doing now")).to_be_visible()
    skip_to_the_page(page)
    tab_to(page, "Algebra I, period 3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meetings/**")
    # It begins in the first row: marks by their letters, tab from field to field, and nothing holds the focus fast.
    expect(page.get_by_role("group", name="Abara, Chidi").get_by_label("Present")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("group", name="Baptiste, Naomie").get_by_label("Present")).to_be_focused()
    page.keyboard.press("t")
    tab_to(page, "Baptiste, Naomie", key="Shift+Tab")
    assert page.evaluate(FOCUS)["words"].startswith("Time, or minutes missed")
    page.keyboard.press("Enter")
    tab_to(page, "Mark the remaining present")
    tab_to(page, "Save", key="Shift+Tab")
    tab_to(page, "Mark the remaining present")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    expect(page.get_by_text("Algebra I, period 3 saved: 7 present, 1 tardy, 1 absent.")).to_be_visible()
    assert Mark.objects.get(meeting=meeting_of(world, "3", TODAY), student=world.students["Abara"]).status == "absent"


def test_a_mother_goes_from_signing_in_to_the_report_of_an_absence_by_keys_alone(
    committed_world: World, signed_in_page
) -> None:
    world = open_both_schools(committed_world)
    take(world, "1", TODAY, Abara="absent")
    family_of(world, "Ana", "Abara", "Castillo")
    width, height = SIZES["phone"]
    page = signed_in_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    sign_in_by_keys(page, world, "ana")
    page.wait_for_url("**/family/")
    skip_to_the_page(page)
    tab_to(page, "Chidi")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/family/{world.students['Abara'].pk}/")
    tab_to(page, "Absences")
    page.keyboard.press("Enter")
    page.wait_for_url("**/absences/")
    skip_to_the_page(page)
    tab_to(page, "Sick or hurt")
    page.keyboard.press("Space")
    tab_to(page, "Tell the school")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Take this report back")).to_be_visible()
    assert AbsenceReport.objects.get().student == world.students["Abara"]
    page.go_back()
    tab_to(page, "Month")
    page.keyboard.press("Enter")
    page.wait_for_url("**/month/")
    tab_to(page, "27")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/days/{TODAY}/")
