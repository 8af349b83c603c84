"""What each role does at its door: the office acts, the others read, and health stays with those who need it."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.models import Excuse, Mark, MeetingState
from attendance.selectors.explanation import explain_day
from attendance.services.excuses import enter_excuse, withdraw_excuse
from attendance.services.marking import save_marks
from attendance.services.voiding import void_meeting
from students.models import Role
from students.refusals import Forbidden, NotInScope
from tests.attendance.acts import excuse, meeting_of, take
from tests.attendance.pages.visitors import client_of, posted
from tests.world import TODAY, YESTERDAY, World, add_person, at, give_role

READERS = ["osei", "tran", "hale"]
BLIND = ["dupree", "novak", "lindqvist"]


@pytest.fixture
def opened(opened_world: World) -> World:
    """Both schools' days are opened, and Ana has been excused for yesterday by a doctor's paper."""
    world = opened_world
    excuse(world, "Delgado")
    return world


def test_RD25_the_clerk_marks_on_behalf_of_the_teacher_and_says_so(opened: World) -> None:
    clerk, held = client_of(opened, "mayfield"), meeting_of(opened, "2")
    address = reverse("meeting", args=[held.pk])
    page = clerk.get(address).content.decode()
    assert "You enter these marks on behalf of Rosa Whitfield" in page
    assert "Void this class" not in page
    response = clerk.post(address, posted(opened))
    assert response.headers["Location"] == f"{reverse('school')}?school={opened.lincoln.pk}&on=2020-10-26"
    assert set(Mark.objects.filter(meeting=held).values_list("marked_by__username", flat=True)) == {"mayfield"}


def test_the_clerk_keeps_excuses_and_voids_nothing(opened: World) -> None:
    scope = opened.scope("mayfield")
    entered = enter_excuse(
        scope, opened.students["Abara"].pk, submission_id=uuid4(), starts_on=TODAY, ends_on=TODAY, reason="illness"
    )
    withdraw_excuse(scope, entered.pk, reason="Entered for the wrong child")
    with pytest.raises(Forbidden):
        void_meeting(scope, meeting_of(opened, "1").pk, reason="Fire drill")
    client = client_of(opened, "mayfield")
    assert client.get(reverse("void_meeting", args=[meeting_of(opened, "1").pk])).status_code == HTTPStatus.FORBIDDEN
    assert client.get(reverse("months")).status_code == HTTPStatus.NOT_FOUND


def test_the_clerk_keeps_the_office_of_one_school(opened: World) -> None:
    client = client_of(opened, "mayfield")
    assert client.get(reverse("school"), {"school": opened.washington.pk}).status_code == HTTPStatus.NOT_FOUND
    elsewhere = meeting_of(opened, "W1")
    assert client.get(reverse("meeting", args=[elsewhere.pk])).status_code == HTTPStatus.NOT_FOUND
    with pytest.raises(NotInScope):
        explain_day(opened.scope("mayfield"), opened.students["Shah"].pk, TODAY)


@pytest.mark.parametrize("person", READERS)
def test_readers_see_a_class_and_mark_nothing(opened: World, person: str) -> None:
    held = take(opened, "1")
    client, address = client_of(opened, person), reverse("meeting", args=[held.pk])
    page = client.get(address).content.decode()
    assert "Abara" in page
    assert "The class’s teacher and the school’s office mark it." in page
    assert '<form method="post" action="/accounts/logout/"' in page
    assert page.count("<form") == 1
    sent = client.post(address, posted(opened, version=held.version, rest="absent"))
    assert sent.status_code == HTTPStatus.FORBIDDEN
    assert not Mark.objects.filter(status="absent").exists()
    untaken = meeting_of(opened, "2")
    with pytest.raises(Forbidden):
        save_marks(opened.scope(person), untaken.pk, submission_id=uuid4(), version=0, entries=[])
    untaken.refresh_from_db()
    assert untaken.state == MeetingState.EXPECTED


@pytest.mark.parametrize("person", READERS)
def test_readers_enter_and_withdraw_no_excuse(opened: World, person: str) -> None:
    scope, ana = opened.scope(person), opened.students["Delgado"].pk
    with pytest.raises(Forbidden):
        enter_excuse(scope, ana, submission_id=uuid4(), starts_on=TODAY, ends_on=TODAY, reason="illness")
    with pytest.raises(Forbidden):
        withdraw_excuse(scope, Excuse.objects.get().pk, reason="A slip")
    client, address = client_of(opened, person), reverse("student_day", args=[ana, YESTERDAY])
    assert "Enter an excuse" not in client.get(address).content.decode()
    assert client.post(address, {}).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("person", "knows"),
    [("whitfield", False), ("osei", False), ("mayfield", True), ("tran", True), ("hale", True), ("okafor", True)],
)
def test_RD60_reasons_are_for_the_office_the_nurse_and_the_auditor(opened: World, person: str, knows: bool) -> None:
    address = reverse("student_day", args=[opened.students["Delgado"].pk, YESTERDAY])
    page = client_of(opened, person).get(address).content.decode()
    assert ("Illness" in page.split("<form")[1]) is knows
    assert ("Accepted (RD-08)" in page) is knows
    assert ("Documented" in page) is not knows
    assert "Excuse" in page


@pytest.mark.parametrize("person", BLIND)
def test_whoever_has_no_business_in_the_school_sees_none_of_its_children(opened: World, person: str) -> None:
    client = client_of(opened, person)
    assert "Delgado" not in client.get(reverse("students")).content.decode()
    address = reverse("student_day", args=[opened.students["Delgado"].pk, YESTERDAY])
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(reverse("meeting", args=[meeting_of(opened, "1").pk])).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ("whitfield", ["Today", "Students"]),
        ("mayfield", ["Office", "School", "Students"]),
        ("osei", ["School", "Students"]),
        ("tran", ["School", "Students"]),
        ("okafor", ["Office", "School", "Students", "Months"]),
        ("hale", ["School", "Students", "Months"]),
        ("dupree", []),
    ],
)
def test_the_bar_shows_each_role_its_own_pages(opened: World, person: str, shown: list[str]) -> None:
    page = client_of(opened, person).get(reverse("home"), follow=True).content.decode()
    bar = page.split('<nav aria-label="Main">')[1].split("</nav>")[0]
    named = [words for words in ("Today", "Office", "School", "Students", "Months", "System") if f">{words}<" in bar]
    assert named == shown


def test_a_counselor_who_teaches_marks_the_own_class_alone(opened: World) -> None:
    add_person(opened, "both", "Bo", "Both")
    give_role(opened, "both", Role.COUNSELOR, opened.washington)
    opened.sections["6"].teachers.update(user=opened.users["both"])
    take(opened, "6", by="both")
    with pytest.raises(Forbidden):
        save_marks(
            opened.scope("both", at(17)), meeting_of(opened, "W1").pk, submission_id=uuid4(), version=0, entries=[]
        )
