"""The office's day: the board, a student's working, an excuse, a void class; with JavaScript and without."""

from datetime import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from attendance.models import Excuse
from attendance.services.ledger import rebuild
from attendance.services.marking import MarkEntry
from students.models import SectionTeacher, User
from tests.attendance.acts import excuse, meeting_of, open_both_schools, take, void
from tests.world import PERIODS, TODAY, YEAR_STARTS, YESTERDAY, World, add_student

pytestmark = pytest.mark.browser


@pytest.fixture
def school_day(committed_world: World) -> World:
    """Yesterday with every kind of class and mark, today begun, and another teacher on the board."""
    world = committed_world
    open_both_schools(world)
    abara = world.students["Abara"].pk
    take(world, "1", Abara=MarkEntry(abara, "tardy", arrived_at=time(8, 14)), Hollis="absent")
    take(world, "2", Abara="absent", Hollis="absent")
    take(world, "3", Hollis="absent")
    take(world, "4", Abara=MarkEntry(abara, "left_early", left_at=time(11, 50)), Hollis="absent")
    void(world, "6", reason="Assembly in the gym")
    take(world, "1", day=TODAY)
    excuse(world, "Abara", starts_at=time(9), ends_at=time(9, 55), reason="appointment")
    excuse(world, "Abara", document_kind="parent_note")
    _second_teacher(world)
    return world


def _second_teacher(world: World) -> None:
    user = User.objects.create(
        source_id="u-okonkwo", username="okonkwo", given_name="Ifeoma", family_name="Okonkwo-Baptiste", password="!"
    )
    for period in PERIODS[3:]:
        SectionTeacher.objects.filter(section=world.sections[period]).update(is_primary=False)
        SectionTeacher.objects.create(
            source_id=f"second{period}",
            section=world.sections[period],
            user=user,
            starts_on=YEAR_STARTS,
            is_primary=True,
        )


def day_address(world: World, name: str, day=YESTERDAY) -> str:
    return reverse("student_day", args=[world.students[name].pk, day])


@pytest.mark.shows("school", "student_day", "students", "void_meeting")
def test_the_pages_of_the_office_read_well_everywhere(school_day: World, camera) -> None:
    okafor, reyes = school_day.users["okafor"], school_day.users["reyes"]
    for number in range(50):
        add_student(school_day, f"Extra{number:02d} Placeholder", f"3{number:08d}", school_day.lincoln)
    rebuild(school_day.installation)
    camera.shoot("/school/", "school", okafor)
    camera.shoot(f"/school/?on={YESTERDAY}", "school-yesterday", reyes)
    camera.shoot("/school/?on=2020-10-25", "school-sunday", okafor)
    camera.shoot("/students/", "students", okafor)
    camera.shoot("/students/?grade=12", "students-none", reyes)
    camera.shoot(day_address(school_day, "Abara"), "student-day", okafor, prepare=_open_everything)
    camera.shoot(day_address(school_day, "Abara"), "student-day-teacher", school_day.users["whitfield"])
    camera.shoot(day_address(school_day, "Hollis"), "student-day-absent", okafor)
    camera.shoot(day_address(school_day, "Hollis", "2020-10-25"), "student-day-sunday", okafor)
    camera.shoot(reverse("void_meeting", args=[meeting_of(school_day, "4").pk]), "void", okafor)
    camera.shoot(reverse("void_meeting", args=[meeting_of(school_day, "6").pk]), "void-restore", okafor)


def _open_everything(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_excuse_is_entered_and_withdrawn(school_day: World, signed_in_page, scripts: bool) -> None:
    page = signed_in_page(school_day.users["okafor"], java_script_enabled=scripts)
    page.goto(day_address(school_day, "Hollis"))
    page.get_by_text("Enter an excuse").click()
    page.get_by_label("Reason").select_option("Illness or injury")
    page.get_by_label("Document", exact=True).select_option("Doctor's or dentist's excuse")
    page.get_by_label("Seen on", exact=True).fill("2020-10-27")
    page.get_by_role("button", name="Enter the excuse").click()
    expect(page.get_by_text("Accepted (RD-08)")).to_be_visible()
    assert "Absent, excused" in page.locator(".verdict").inner_text()
    page.get_by_text("Withdraw", exact=True).click()
    page.get_by_label("Why it is withdrawn").fill("Another child’s paper")
    page.get_by_role("button", name="Withdraw this excuse").click()
    expect(page.get_by_text("Withdrawn by Grace Okafor")).to_be_visible()
    assert "Absent, unexcused" in page.locator(".verdict").inner_text()


def test_a_refused_excuse_keeps_its_form_open_with_the_words_typed(school_day: World, signed_in_page) -> None:
    before = Excuse.objects.count()
    page = signed_in_page(school_day.users["okafor"])
    page.goto(day_address(school_day, "Hollis"))
    page.get_by_text("Enter an excuse").click()
    page.get_by_label("Reason").select_option("Court")
    page.get_by_label("Document", exact=True).select_option("Court paper")
    page.get_by_role("button", name="Enter the excuse").click()
    expect(page.get_by_text("Say when the document was seen.")).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("court")
    assert Excuse.objects.count() == before


def test_a_class_is_voided_from_the_board_and_restored(school_day: World, signed_in_page) -> None:
    page = signed_in_page(school_day.users["okafor"])
    page.goto(f"/school/?on={YESTERDAY}")
    page.locator(".board a", has_text="Late").click()
    page.get_by_role("link", name="Void this class").click()
    page.get_by_label("Why was the class not held?").fill("Power cut")
    page.get_by_role("button", name="Void this class").click()
    expect(page.get_by_text("9 of them now have a day under 240 minutes (MS-02).")).to_be_visible()
    page.get_by_role("button", name="Restore this class").click()
    page.wait_for_url("**/school/**")
    expect(page.get_by_text("is restored")).to_be_visible()
    expect(page.locator(".board a", has_text="Late")).to_have_count(1)


def test_a_student_is_found_without_the_name_in_the_address(school_day: World, signed_in_page) -> None:
    page = signed_in_page(school_day.users["okafor"])
    page.goto("/students/")
    page.get_by_label("Name or state id").fill("sofia")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Delgado, Ana Sofía")).to_be_visible()
    assert page.url.endswith("/students/")
