"""The directory, the form of a referral and the list of referrals, as people open them (MD-10, RD-61)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interventions.models import Disclosure, Partner, PartnerKind, Referral
from interventions.services.referral_moves import make_sheet, move_referral
from students.models import Role, User
from tests.attendance.pages.visitors import client_of
from tests.interventions.referral_acts import a_case, a_mother, a_partner, referred
from tests.world import NOW, TODAY, World

REASON, REQUEST = "Six absences since September", "Ring the family"
STRANGERS = ("lindqvist", "park", "whitfield", "mayfield", "tran", "dupree", "hale", "novak")


@pytest.fixture
def made(world: World) -> Referral:
    """A referral of the counselor, which the partner has not answered."""
    a_mother(world)
    return referred(world, a_case(world), a_partner(world, languages=["es"], phone="601 555 0100"))


def shown(client: Client, name: str, *args: int, **asked: Any) -> str:
    response = client.get(reverse(name, args=args), asked)
    assert response.status_code == 200
    return response.content.decode()


def statements(client: Client, name: str, *args: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        shown(client, name, *args)
    return len(captured)


def everything_of(made: Referral) -> list[tuple[str, str]]:
    """Every page and act about a referral: its method and address."""
    one = [made.pk]
    return [
        ("get", reverse("referral", args=one)),
        ("post", reverse("change_referral", args=one)),
        ("post", reverse("referral_sheet", args=one)),
        ("get", reverse("refer_student", args=[made.case_id])),
        ("post", reverse("refer_student", args=[made.case_id])),
    ]


def test_RD61_whoever_has_no_right_to_the_case_finds_nothing_of_its_referrals(world: World, made: Referral) -> None:
    for person in STRANGERS:
        client = client_of(world, person)
        for method, address in everything_of(made):
            answer = getattr(client, method)(address, {"to": "accepted", "version": 1, "submission_id": uuid4()})
            assert answer.status_code == 404, (person, address)
    made.refresh_from_db()
    assert (made.status, Disclosure.objects.count()) == ("made", 1)


def test_RD61_an_auditor_reads_no_word_of_a_referral_and_no_directory(world: World, made: Referral) -> None:
    for person in ("hale", "mayfield", "whitfield", "tran", "novak"):
        client = client_of(world, person)
        for name in ("partners", "referrals"):
            assert client.get(reverse(name)).status_code == 404
        assert client.get(reverse("partner", args=[made.partner_id])).status_code == 404
        for name in ("home", "students"):
            page = client.get(reverse(name), follow=True).content.decode()
            assert not [words for words in (REASON, REQUEST, "Delta Youth") if words in page]
    student = client_of(world, "hale").get(reverse("student", args=[made.student_id])).content.decode()
    assert not [words for words in (REASON, REQUEST, "Delta Youth") if words in student]


def test_RD61_another_schools_counselor_sees_the_partner_and_none_of_the_students(world: World, made: Referral) -> None:
    client = client_of(world, "lindqvist")
    for page in (shown(client, "partner", made.partner_id), shown(client, "referrals"), shown(client, "partners")):
        assert not [words for words in ("Abara", REASON, REQUEST) if words in page]
    assert "Delta Youth" in shown(client, "partners")
    assert "No referral yet" in shown(client, "partner", made.partner_id)


def test_MD10_the_directory_narrows_to_kind_school_and_language(world: World, made: Referral) -> None:
    a_partner(world, "mentor", "Ida Cole").schools.set([world.washington])
    a_partner(world, "housing", "Delta Housing", ended_at=NOW, ended_by=world.users["reyes"])
    client = client_of(world, "osei")
    a_partner(world, "team", "Both schools").schools.set([world.lincoln, world.washington])
    assert shown(client, "partners", school=world.lincoln.pk).count("Both schools") == 1
    everybody = shown(client, "partners")
    assert "Ida Cole" in everybody
    assert "Delta Housing" not in everybody
    assert "1 open referral" in everybody
    for asked in ({"kind": "community"}, {"school": world.lincoln.pk}, {"language": "es"}):
        narrowed = shown(client, "partners", **asked)
        assert "Delta Youth" in narrowed
        assert "Ida Cole" not in narrowed
    assert "Delta Housing" in shown(client, "partners", ended="yes")
    assert "No partner fits" in shown(client, "partners", kind="region")


def test_the_district_enters_changes_and_ends_a_partner_and_a_counselor_does_not(world: World) -> None:
    form = {"submission_id": uuid4(), "version": 1, "kind": "housing", "name": "Delta Housing", "answer_days": 7}
    given = form | {"school_ids": [world.lincoln.pk], "languages": ["es", "ht"]}
    reyes, osei = client_of(world, "reyes"), client_of(world, "osei")
    assert "The directory is empty" in shown(reyes, "partners")
    assert osei.get(reverse("new_partner")).status_code == 403
    assert osei.post(reverse("new_partner"), given).status_code == 403
    assert reyes.post(reverse("new_partner"), given | {"is_district_unit": "on"}).status_code == 422
    assert reyes.post(reverse("new_partner"), given).status_code == 302
    partner = Partner.objects.get()
    assert (partner.locates_students, partner.languages) == (True, ["es", "ht"])
    assert "Haitian Creole" in shown(osei, "partner", partner.pk)
    change = reverse("edit_partner", args=[partner.pk])
    assert 'value="Delta Housing"' in shown(reyes, "edit_partner", partner.pk)
    assert reyes.post(change, given | {"name": "Delta Homes"}).status_code == 302
    stale = reyes.post(change, given | {"name": "Delta Rooms"})
    assert (stale.status_code, "Somebody else changed" in stale.content.decode()) == (409, True)
    end = reverse("finish_partner", args=[partner.pk])
    assert osei.post(end).status_code == 403
    for data, words in (({}, "Put back"), ({"restore": "yes"}, "Take out")):
        assert words in reyes.post(end, data, follow=True).content.decode()


def test_RD61_the_form_offers_the_least_says_why_not_more_and_logs_what_is_told(world: World) -> None:
    case, mentor = a_case(world), a_partner(world, "mentor", "Ida Cole")
    a_mother(world)
    client, address = client_of(world, "osei"), reverse("refer_student", args=[case.pk])
    page = shown(client, "refer_student", case.pk)
    assert "A report of suspected abuse is not made or noted here." in page
    assert 'name="reason"' not in page
    barred = client.get(address, {"partner": mentor.pk, "basis": "school_official"})
    assert barred.status_code == 422
    assert "written agreement" in barred.content.decode()
    chosen = shown(client, "refer_student", case.pk, partner=mentor.pk, basis="consent")
    assert 'value="grade"' in chosen
    assert "whom to contact only with consent" in chosen.replace("\n", " ")
    assert 'value="absences"' not in chosen
    form = {"submission_id": uuid4(), "request": REQUEST, "reason": REASON, "shared": ["grade"]}
    asked = f"{address}?partner={mentor.pk}&basis=consent"
    lacking = client.post(asked, form)
    assert (lacking.status_code, "Consent is recorded with its date" in lacking.content.decode()) == (422, True)
    consent = {"consented_on": TODAY.isoformat(), "consent_from": "guardian", "consent_name": "Ngozi Abara"}
    assert client.post(asked, form | consent | {"shared": ["absences"]}).status_code == 422
    for _twice in range(2):
        answer = client.post(asked, form | consent)
        assert answer.headers["Location"] == reverse("referral", args=[Referral.objects.get().pk])
    assert Disclosure.objects.get().shared == ["name", "grade"]
    on_case = shown(client, "case", case.pk)
    assert "Referred to Ida Cole" in on_case
    assert "Name, Grade" in on_case


def test_a_referral_is_answered_printed_and_found_by_its_status(world: World, made: Referral) -> None:
    client = client_of(world, "osei")
    sheet = reverse("referral_sheet", args=[made.pk])
    assert client.get(sheet).status_code == 302
    printed = client.post(sheet, {"submission_id": uuid4()}).content.decode()
    assert "Chidi Abara" in printed
    assert not [words for words in (REASON, "601 555 0142", "January", "Lincoln") if words in printed]
    change = reverse("change_referral", args=[made.pk])
    assert client.post(change, {"to": "declined", "version": 1}).status_code == 422
    assert client.post(change, {"to": "completed", "words": "Has a mentor", "version": 1}).status_code == 302
    again = client.post(change, {"to": "under_way", "version": 1})
    assert again.status_code == 409
    assert 'name="version" value="2"' in again.content.decode()
    assert client.post(sheet, {"submission_id": uuid4()}, follow=True).status_code == 200
    assert "Abara" not in shown(client, "referrals")
    assert "Has a mentor" in shown(client, "referrals", status="completed")
    assert "No referral fits" in shown(client, "referrals", partner=made.partner_id)


def test_an_answer_is_overdue_after_its_day(world: World, made: Referral) -> None:
    client = client_of(world, "osei")
    for days, is_overdue in ((0, False), (1, True)):
        Referral.objects.filter(pk=made.pk).update(answer_due_on=TODAY - timedelta(days=days))
        assert ("answer was due" in shown(client, "referrals")) is is_overdue
        assert ("Abara" in shown(client, "referrals", overdue="yes")) is is_overdue


def test_lists_take_the_same_number_of_statements_however_long(world: World, made: Referral) -> None:
    client = client_of(world, "osei")
    places = [("partners",), ("referrals",), ("partner", made.partner_id), ("refer_student", made.case_id)]
    places += [("referral", made.pk), ("case", made.case_id)]
    before = [statements(client, *place) for place in places]
    for name in ("Grant", "Castillo"):
        a_mother(world, name)
        referred(world, a_case(world, name), made.partner)
    for number in range(2):
        other = a_partner(world, "mentor", f"Mentor {number}")
        other.schools.set([world.lincoln, world.washington])
        referred(world, made.case, other)
    osei = world.scope("osei")
    make_sheet(osei, made.pk, submission_id=uuid4())
    move_referral(osei, made.pk, to="accepted", version=1)
    assert [statements(client, *place) for place in places] == before


def test_RD61_a_partner_has_no_account_and_no_open_page(world: World, made: Referral) -> None:
    people = {field.name for field in Partner._meta.get_fields() if field.related_model is User}
    assert people == {"entered_by", "ended_by"}
    assert not {str(kind) for kind in PartnerKind} & set(Role.values)
    for method, address in [*everything_of(made), ("get", reverse("partners")), ("get", reverse("referrals"))]:
        answer = getattr(Client(), method)(address)
        assert (answer.status_code, "/accounts/login/" in answer.headers["Location"]) == (302, True)
