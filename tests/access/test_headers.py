"""What every answer tells the browser: no foreign code, no frames, no guessing, no leaks."""

import re
from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.failing_urls import SECRET
from tests.world import World, add_person

PAGES = ["account_login", "account_reset_password", "account_signup"]
STAFF_PAGES = {
    "whitfield": "today",
    "okafor": "school",
    "reyes": "months",
    "mayfield": "office",
    "osei": "queue",
    "tran": "students",
    "hale": "audit",
    "novak": "people",
    "dupree": "my_outreach",
}


def policy_of(response: HttpResponse) -> dict[str, list[str]]:
    """The content security policy, by directive."""
    directives = response.headers["Content-Security-Policy"].split(";")
    return {name: sources for name, *sources in (directive.split() for directive in directives if directive.strip())}


class Inline(HTMLParser):
    """Collects what a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "style" or (tag == "script" and not given.get("src") and given.get("type") != "application/json"):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {value}" for value in given.values() if (value or "").startswith("javascript:")]
        if tag in {"script", "link", "img"}:
            address = given.get("src") or given.get("href") or ""
            self.found += [f"{tag} {address}"] if re.match(r"(https?:)?//", address) else []


def refused_by_the_policy(response: HttpResponse) -> list[str]:
    parser = Inline()
    parser.feed(response.content.decode())
    return parser.found


def assert_strict(response: HttpResponse) -> None:
    policy = policy_of(response)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    allowed = {source for sources in policy.values() for source in sources}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pages_for_strangers_carry_a_strict_policy_and_keep_to_it(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == HTTPStatus.OK
    assert_strict(response)
    assert refused_by_the_policy(response) == []


@pytest.mark.parametrize(("person", "name"), STAFF_PAGES.items())
def test_pages_for_staff_carry_a_strict_policy_and_keep_to_it(
    client: Client, world: World, person: str, name: str
) -> None:
    client.force_login(world.users[person])
    response = client.get(reverse(name))
    assert response.status_code == HTTPStatus.OK
    assert_strict(response)
    assert refused_by_the_policy(response) == []


@pytest.mark.parametrize(("person", "name"), STAFF_PAGES.items())
def test_each_role_has_its_home_and_its_own_page_one_click_away(
    client: Client, world: World, person: str, name: str
) -> None:
    client.force_login(world.users[person])
    response = client.get(reverse("home"))
    assert response.status_code == HTTPStatus.OK
    assert_strict(response)
    assert refused_by_the_policy(response) == []
    assert f'href="{reverse(name)}' in response.content.decode()


@pytest.mark.parametrize(
    ("person", "page", "words"),
    [("dupree", "my_outreach", "No student is assigned to you"), ("reed", "home", "no role today")],
)
def test_whoever_has_nothing_to_see_is_told_why_and_what_to_do(
    client: Client, world: World, person: str, page: str, words: str
) -> None:
    add_person(world, "reed", "Pat", "Reed")
    client.force_login(world.users[person])
    response = client.get(reverse(page), follow=True)
    assert words in response.content.decode()
    assert "administrator" in response.content.decode()
    assert refused_by_the_policy(response) == []


def test_the_guard_sees_what_a_strict_policy_refuses() -> None:
    page = '<p style="a" onclick="b"><script>c</script><style>d</style><a href="javascript:e"><img src="//x/y">'
    assert len(refused_by_the_policy(HttpResponse(page))) == 6


@pytest.mark.django_db
@pytest.mark.urls("tests.access.failing_urls")
def test_a_fault_of_ours_leaks_nothing(world: World) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.users["reyes"])
    response = client.get("/fails/")
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    page = response.content.decode()
    assert [
        word for word in [*SECRET.split(", "), "Traceback", "Fault", "failing_urls", "Django"] if word in page
    ] == []
    assert "Something broke" in page
    assert_strict(response)
    assert refused_by_the_policy(response) == []


def test_debugging_is_off_unless_asked_for() -> None:
    assert settings.DEBUG is False


@pytest.mark.django_db
def test_the_sessions_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: Client, world: World) -> None:
    world.users["whitfield"].set_password("tardy slips and chalk")
    world.users["whitfield"].save()
    client.post(reverse("account_login"), {"login": "whitfield", "password": "tardy slips and chalk"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == HTTPStatus.BAD_REQUEST
