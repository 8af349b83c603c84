"""The frame of every page, the account pages and the refusals."""

import re

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

from attendance.demo.cast import YEAR_STARTS
from students.models import SectionTeacher
from tests.attendance.pages.visitors import client_of
from tests.world import YESTERDAY

# Under More.
OF_MODES = ["Calendars", "Learning plan", "Modes", "Invite families", "Assessments", "Colleges", "Bells"]
OF_PLANS = ["Campaigns", "Action plans", "Tiers and criteria", "Mail to families"]
OF_CARE = ["Truancy", "Letters", "Outreach", "Partners", "Referrals", *OF_PLANS]
OF_PAPER = ["Excuses", "Audit packets"]
OF_AN_AUDITOR = ["Classes", "Entries", "Calendars", "Learning plan", "Assessments", "LMS activity not used", "Excuses"]
OF_A_SCHOOL = ["Classes", "Entries", *OF_CARE, *OF_MODES, "LMS activity not used", *OF_PAPER]
OF_THE_DISTRICT_ALONE = ["Imports", "Retention", "LMS activity", "System"]
OF_THE_DISTRICT = ["Classes", "Office", "Entries", *OF_CARE, *OF_MODES, *OF_THE_DISTRICT_ALONE, *OF_PAPER]


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("whitfield", ["Today", "Students", "Classes"]),
        ("okafor", ["School", "Queue", "Office", "Students", "Months", "Figures", *OF_A_SCHOOL]),
        ("reyes", ["Months", "Figures", "Queue", "Schools", "Students", *OF_THE_DISTRICT]),
        ("hale", ["Audit", "School", "Students", "Months", "Figures", *OF_AN_AUDITOR]),
    ],
)
def test_each_role_has_its_own_pages_in_the_bar(world, name, links):
    assert bar_of(world, name) == links


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("okafor", ["School", "Queue", "Office", "Today", "Students", "Months", "Figures", *OF_A_SCHOOL]),
        ("reyes", ["Months", "Figures", "Queue", "Schools", "Today", "Students", *OF_THE_DISTRICT]),
    ],
)
def test_an_administrator_who_teaches_gets_to_the_classes(world, name, links):
    SectionTeacher.objects.create(section=world.sections["1"], user=world.users[name], starts_on=YEAR_STARTS)
    assert bar_of(world, name) == links


def test_an_administrator_who_taught_until_yesterday_does_not(world):
    until = {"starts_on": YEAR_STARTS, "ends_on": YESTERDAY}
    SectionTeacher.objects.create(section=world.sections["1"], user=world.users["okafor"], **until)
    assert "Today" not in bar_of(world, "okafor")


def test_a_teachers_list_of_students_holds_those_of_the_classes_alone(world):
    page = client_of(world, "whitfield").get("/students/").content.decode()
    assert "Castillo, Mateo" in page
    assert "Shah" not in page


def bar_of(world, name):
    page = client_of(world, name).get("/today/").content.decode()
    bar = page[page.index("<nav") : page.index("</nav>")]
    return re.findall(r"<a [^>]+>([^<]+)</a>", bar)


def test_no_page_carries_a_style_or_a_script_of_its_own(world):
    response = client_of(world, "whitfield").get("/today/")
    assert "style-src 'self'" in response["Content-Security-Policy"]
    page = response.content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page


def test_what_a_signed_in_person_sees_is_kept_in_no_cache(world):
    assert "no-store" in client_of(world, "whitfield").get("/today/")["Cache-Control"]


def test_the_demos_banner_tells_the_local_time(world):
    page = client_of(world, "whitfield").get("/today/").content.decode()
    assert "The clock reads Tue Oct 27, 10:00\N{NO-BREAK SPACE}am." in page


def test_a_page_that_is_not_there_says_what_to_do(world):
    response = client_of(world, "whitfield").get("/meetings/999/")
    assert response.status_code == 404
    assert "Nothing here for you" in response.content.decode()


def test_nobody_signs_up(db):
    assert "Nobody signs up here" in Client().get("/accounts/signup/").content.decode()


def test_staff_without_a_password_set_one_by_mail(world):
    client = Client()
    client.post("/accounts/password/reset/", {"email": "whitfield@magnolia.example"})
    (sent,) = mail.outbox
    assert "Your user name is whitfield" in sent.body
    link = next(line for line in sent.body.splitlines() if "/reset/key/" in line)
    form = client.get(link, follow=True)
    phrase = "five magnolias in a row"
    done = client.post(form.request["PATH_INFO"], {"password1": phrase, "password2": phrase}, follow=True)
    assert "Your password is set" in done.content.decode()
    signed_in = client.post("/accounts/login/", {"login": "whitfield", "password": phrase})
    assert signed_in.url == "/"


def test_an_unknown_address_gets_the_same_page(world):
    response = Client().post("/accounts/password/reset/", {"email": "nobody@magnolia.example"}, follow=True)
    assert "Look at your mail" in response.content.decode()


def test_a_form_from_another_session_is_told_that_its_page_is_too_old(world):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "whitfield", "password": "x"})
    assert response.status_code == 403
    assert "too old to send" in response.content.decode()


def test_the_page_of_a_fault_needs_nothing_but_itself():
    page = render_to_string("500.html")
    assert "Something broke here" in page
    assert "{%" not in page
