"""What somebody sees in a district into which nothing has come yet."""

import pytest
from django.test import Client
from django.urls import reverse

from students.models import District, Role, RoleAssignment, School, User
from tests.world import DISTRICT_CODE, DISTRICT_NAME, YEAR_STARTS

pytestmark = pytest.mark.django_db

OF_SOME_SCHOOL = ("office", "calendars", "bells", "bulk_modes", "invitations")


@pytest.fixture
def client() -> Client:
    """The district's administrator, signed in."""
    District.objects.create(source_id="d", name=DISTRICT_NAME, code=DISTRICT_CODE)
    reyes = User.objects.create(source_id="u", username="reyes", email="reyes@magnolia.example", password="!")
    RoleAssignment.objects.create(user=reyes, role=Role.DISTRICT_ADMINISTRATOR, starts_on=YEAR_STARTS)
    client = Client()
    client.force_login(reyes, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize(("name", "status"), [("home", 200), *((name, 404) for name in OF_SOME_SCHOOL)])
def test_pages_that_need_a_school_lead_to_the_roster(client: Client, name: str, status: int) -> None:
    response = client.get(reverse(name))
    shown = response.content.decode()
    assert response.status_code == status
    assert "Bring the roster in first" in shown
    assert f'class="button button-quiet" href="{reverse("imports")}"' in shown
    assert "Nothing here for you" not in shown
    assert "Nothing needs doing now" not in shown


@pytest.mark.parametrize("name", ["figures", "figure_periods", "figure_tiers", "figure_entries", "months"])
def test_before_there_is_a_school_year_figures_and_months_lead_to_the_roster(client: Client, name: str) -> None:
    School.objects.create(source_id="s", name="Lincoln High School", code="008", district=District.objects.get())
    shown = client.get(reverse(name)).content.decode()
    assert "There is no school year" in shown
    assert f'class="button button-quiet" href="{reverse("imports")}"' in shown
    assert 'role="alert"' not in shown
