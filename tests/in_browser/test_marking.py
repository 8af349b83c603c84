"""Marking a class in a browser. The clock stands at Tuesday 27 October 2020, 10:00; period 3 has just begun."""

from datetime import date

import pytest
from playwright.sync_api import expect

from attendance.models import Mark, Submission
from students import clock
from tests.attendance.acts import meeting_of, open_both_schools, take
from tests.attendance.pages.visitors import names
from tests.world import TODAY, YESTERDAY, World, add_student, at, put_on_roster

pytestmark = pytest.mark.browser


@pytest.fixture
def days(committed_world: World) -> World:
    return open_both_schools(committed_world)


def marks(world: World, section: str) -> dict[str, tuple[str, int]]:
    found = Mark.objects.filter(meeting=meeting_of(world, section, TODAY)).select_related("student")
    return {mark.student.family_name: (mark.status, mark.minutes_attended) for mark in found}


def test_a_teacher_marks_a_class_by_keyboard_alone(days, signed_in_page):
    page = signed_in_page(days.users["whitfield"])
    page.goto("/today/")
    page.get_by_role("link", name="Algebra I, period 3").first.press("Enter")
    page.wait_for_url("**/meetings/**")
    # The class is on: a tardy takes the present minute, digits put another in its place.
    page.keyboard.press("p")  # Abara
    page.keyboard.press("j")  # past Baptiste
    page.keyboard.press("t")  # Castillo
    page.keyboard.press("ArrowUp")
    page.keyboard.type("22")
    expect(page.get_by_text("22 min late · counts as absent, 35 needed")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("a")  # Delgado
    page.keyboard.press("r")
    expect(page.get_by_role("status").filter(has_text="unmarked")).to_contain_text("0")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/today/")
    expect(page.get_by_text("Algebra I, period 3 saved: 7 present, 1 tardy, 1 absent.")).to_be_visible()
    saved = marks(days, "3")
    assert saved["Castillo"] == ("tardy", 33)
    assert saved["Delgado"] == ("absent", 0)
    assert saved["Baptiste"] == ("present", 55)


def test_the_remaining_never_touches_who_is_marked(days, signed_in_page):
    page = signed_in_page(days.users["whitfield"])
    page.goto(f"/meetings/{meeting_of(days, '3', TODAY).pk}/")
    page.get_by_role("group", name="Hollis, Wade").get_by_label("Absent").check()
    page.get_by_role("button", name="Mark the remaining present").click()
    expect(page.get_by_role("group", name="Hollis, Wade").get_by_label("Absent")).to_be_checked()
    expect(page.get_by_role("group", name="Abara, Chidi").get_by_label("Present")).to_be_checked()


def test_a_class_is_marked_on_a_phone_without_javascript(days, signed_in_page):
    page = signed_in_page(
        days.users["whitfield"], java_script_enabled=False, viewport={"width": 360, "height": 740}, has_touch=True
    )
    page.goto(f"/meetings/{meeting_of(days, '3', TODAY).pk}/")
    page.get_by_role("group", name="Grant, Tasha").get_by_label("Tardy").tap()
    page.get_by_label("Time, or minutes missed: Grant, Tasha").fill("1022")
    page.get_by_role("button", name="Mark the remaining present").tap()
    expect(page.get_by_text("22 min late · counts as absent, 35 needed")).to_be_visible()
    page.get_by_role("button", name="Save").tap()
    page.wait_for_url("**/today/")
    assert marks(days, "3")["Grant"] == ("tardy", 33)


def test_a_double_click_saves_once(days, signed_in_page):
    page = signed_in_page(days.users["whitfield"])
    page.goto(f"/meetings/{meeting_of(days, '3', TODAY).pk}/")
    page.get_by_role("button", name="Mark the remaining present").click()
    page.get_by_role("button", name="Save").dblclick()
    page.wait_for_url("**/today/")
    assert Submission.objects.count() == 1
    assert len(marks(days, "3")) == len(names(days))


def test_going_back_to_a_saved_class_and_changing_a_mark_saves_the_change(days, signed_in_page):
    page = signed_in_page(days.users["whitfield"])
    page.goto("/today/")
    page.goto(f"/meetings/{meeting_of(days, '3', TODAY).pk}/")
    page.get_by_role("button", name="Mark the remaining present").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/today/")
    page.go_back()
    page.get_by_role("group", name="Hollis, Wade").get_by_label("Absent").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Algebra I, period 3 saved: 8 present, 1 absent.")).to_be_visible()
    assert marks(days, "3")["Hollis"] == ("absent", 0)


def test_leaving_with_unsaved_marks_is_asked_about(days, signed_in_page):
    page = signed_in_page(days.users["whitfield"])
    page.goto(f"/meetings/{meeting_of(days, '3', TODAY).pk}/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="First Bell").click()
    expect(page.get_by_role("heading", name="Needs doing now")).to_be_visible()
    assert asked == []
    page.go_back()
    page.keyboard.press("p")
    page.get_by_role("link", name="First Bell").click()
    expect(page.get_by_role("heading", name="Needs doing now")).to_be_visible()
    assert asked == ["beforeunload"]


def test_nothing_moves_while_a_class_is_marked(days, signed_in_page):
    page = signed_in_page(days.users["whitfield"], viewport={"width": 360, "height": 740})
    page.goto(f"/meetings/{meeting_of(days, '3', TODAY).pk}/")
    height = "document.querySelector('#roster').getBoundingClientRect().height"
    before = page.evaluate(height)
    page.get_by_role("group", name="Abara, Chidi").get_by_label("Tardy").check()
    page.get_by_label("Time, or minutes missed: Abara, Chidi").fill("30")
    expect(page.get_by_text("counts as absent")).to_be_visible()
    page.get_by_role("button", name="Mark the remaining present").click()
    assert page.evaluate(height) == before


@pytest.mark.shows("meeting", "today")
def test_the_pages_read_well_everywhere(days, camera):
    teacher = days.users["whitfield"]
    take(days, "1", TODAY, Castillo="absent")
    take(days, "2", TODAY, by="okafor")
    put_on_roster(add_student(days, "Zamora Eva", "300000000", days.lincoln), days.sections["1"])
    camera.shoot("/today/", "today", teacher)
    camera.shoot("/today/?on=2020-10-25", "today-empty", teacher)
    with clock.stopped_at(at(10, day=date(2020, 11, 26))):
        camera.shoot("/today/", "today-overdue", teacher)
    camera.shoot(f"/meetings/{meeting_of(days, '3', TODAY).pk}/", "meeting", teacher)
    camera.shoot(f"/meetings/{meeting_of(days, '3', TODAY).pk}/", "meeting-marked", teacher, prepare=_mark_some)
    camera.shoot(f"/meetings/{meeting_of(days, '6', TODAY).pk}/", "meeting-to-come", teacher)
    camera.shoot(f"/meetings/{meeting_of(days, '3', TODAY).pk}/", "meeting-office", days.users["okafor"])


def _mark_some(page) -> None:
    for name, status, detail in [
        ("Castillo, Mateo", "Tardy", "14"),
        ("Grant, Tasha", "Tardy", "22"),
        ("Hollis, Wade", "Left early", "10:50"),
        ("Fleurimond, Jean", "Absent", ""),
    ]:
        page.get_by_role("group", name=name).get_by_label(status).check()
        if detail:
            page.get_by_label(f"Time, or minutes missed: {name}").fill(detail)
    page.get_by_role("button", name="Mark the remaining present").click()


def test_a_stale_and_a_corrected_class_read_well_everywhere(days, camera):
    held = take(days, "3", YESTERDAY, Castillo="absent")

    def send_stale(page) -> None:
        page.get_by_role("group", name="Castillo, Mateo").get_by_label("Present").check()
        page.get_by_label("Why is it corrected?").fill("Was at the nurse")
        take(days, "3", YESTERDAY, by="okafor", reason="Bus was late", Hollis="absent")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Somebody else saved this class").wait_for()
        page.get_by_text("correction").click()

    camera.shoot(f"/meetings/{held.pk}/", "meeting-stale", days.users["whitfield"], prepare=send_stale)
