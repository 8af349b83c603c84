"""Tokens: a part of what their person has, for a while, and never kept in the clear."""

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from students import clock
from students.models import ApiToken, RoleAssignment
from students.refusals import Forbidden, NotInScope, Refused
from students.rules.token_scopes import ROSTERS_READ
from students.selectors.api_tokens import all_tokens, own_tokens
from students.services.api_tokens import MOST_LIVING, make_token, revoke_token
from tests.api.callers import Caller, assert_problem, caller_of, ids
from tests.attendance.pages.visitors import client_of
from tests.world import NOW, World


def made(world: World, by: str = "okafor", **given):
    return make_token(world.scope(by), **{"name": "Warehouse", "scopes": [ROSTERS_READ], "days": 90} | given)


def test_only_the_hash_of_a_token_is_kept(world: World) -> None:
    new = made(world)
    stored = ApiToken.objects.values().get()
    assert new.text.startswith(stored["prefix"])
    assert len(new.text) - len(stored["prefix"]) > 30
    assert new.text not in str(stored)
    assert len(stored["sha256"]) == 64


def test_two_tokens_are_never_the_same(world: World) -> None:
    assert made(world, name="Grades").text != made(world, name="Warehouse").text


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_lives_for_a_year_at_most(world: World, days: int) -> None:
    with pytest.raises(Refused, match="lives for 1 to 366 days"):
        made(world, days=days)
    assert made(world, days=366).token.expires_at == NOW + timedelta(days=366)


@pytest.mark.parametrize("scopes", [[], ["everything"], [ROSTERS_READ, "everything"]])
def test_a_token_names_what_it_may_do(world: World, scopes: list[str]) -> None:
    with pytest.raises(Refused, match="Choose what the token may do"):
        made(world, scopes=scopes)


def test_a_second_click_makes_no_second_token(world: World) -> None:
    scope = world.scope("okafor")
    make_token(scope, name="Warehouse", scopes=[ROSTERS_READ], days=90)
    with pytest.raises(Refused, match="You have a token of this name"):
        make_token(scope, name=" Warehouse ", scopes=[ROSTERS_READ], days=90)


def test_nobody_has_more_tokens_than_programs(world: World) -> None:
    scope = world.scope("okafor")
    for number in range(MOST_LIVING):
        make_token(scope, name=f"Program {number}", scopes=[ROSTERS_READ], days=1)
    with pytest.raises(Refused, match="50 tokens already"):
        make_token(scope, name="One more", scopes=[ROSTERS_READ], days=1)
    revoke_token(scope, own_tokens(scope)[0].id)
    make_token(scope, name="One more", scopes=[ROSTERS_READ], days=1)


def test_the_installation_itself_has_no_tokens(world: World) -> None:
    with pytest.raises(Forbidden):
        make_token(world.installation, name="Warehouse", scopes=[ROSTERS_READ], days=90)


def test_a_token_expires_to_the_second(world: World) -> None:
    caller = caller_of(world, "okafor")
    with clock.stopped_at(NOW + timedelta(days=90, seconds=-1)):
        assert caller.get("/schools/").status_code == 200
    with clock.stopped_at(NOW + timedelta(days=90)):
        assert_problem(caller.get("/schools/"), 401, "not-signed-in")


def test_a_revoked_token_ends_at_once_and_stays_revoked_by_the_first(world: World) -> None:
    caller = caller_of(world, "okafor")
    token = ApiToken.objects.get()
    revoke_token(world.scope("okafor"), token.pk)
    revoke_token(world.scope("reyes"), token.pk)
    token.refresh_from_db()
    assert token.revoked_by == world.users["okafor"]
    assert_problem(caller.get("/schools/"), 401, "not-signed-in")


def test_who_left_leaves_no_token_behind(world: World) -> None:
    caller = caller_of(world, "okafor")
    world.users["okafor"].is_enabled = False
    world.users["okafor"].save()
    assert_problem(caller.get("/schools/"), 401, "not-signed-in")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer firstbell_wrong", "Bearer x y", "Basic eDp5", "Token firstbell_x", "Bearer \xff"]
)
def test_what_is_no_token_is_refused_with_the_challenge(world: World, header: str) -> None:
    response = Client().get("/api/v1/schools/", headers={"Authorization": header})
    assert_problem(response, 401, "not-signed-in")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="First Bell"'


def test_all_ways_to_fail_sound_alike(world: World) -> None:
    caller = caller_of(world, "okafor")
    revoke_token(world.scope("okafor"), ApiToken.objects.get().pk)
    revoked, unknown = caller.get("/schools/"), Caller("firstbell_unknown").get("/schools/")
    assert revoked.content == unknown.content


def test_a_token_gives_only_the_scopes_it_names(world: World) -> None:
    caller = caller_of(world, "reyes", ["calendar:read"])
    problem = assert_problem(caller.get("/schools/"), 403, "not-allowed")
    assert problem["detail"] == "This token may not do this: it lacks the scope rosters:read."


def test_a_token_never_gives_more_than_its_person_has_that_day(world: World) -> None:
    caller = caller_of(world, "okafor")
    assert len(ids(caller.get("/students/"))) == 9
    RoleAssignment.objects.filter(user=world.users["okafor"]).update(ends_on=NOW.date() - timedelta(days=1))
    assert ids(caller.get("/students/")) == []


@pytest.mark.parametrize(("name", "seen"), [("novak", 0), ("dupree", 0), ("hale", 10), ("osei", 9), ("mayfield", 9)])
def test_a_token_of_every_role_reads_what_the_role_reads(world: World, name: str, seen: int) -> None:
    caller = caller_of(world, name)
    assert len(ids(caller.get("/students/"))) == seen
    assert bool(ids(caller.get("/terms/"))) == bool(ids(caller.get("/courses/"))) == bool(seen)


def test_a_token_decides_even_where_a_session_of_somebody_else_comes_with_it(world: World) -> None:
    caller = caller_of(world, "lindqvist")
    caller.client = client_of(world, "reyes")
    assert ids(caller.get("/schools/")) == [world.washington.pk]


def test_the_last_use_is_kept_to_the_hour_and_not_at_each_request(world: World) -> None:
    caller = caller_of(world, "okafor")

    def writes() -> int:
        with CaptureQueriesContext(connection) as captured:
            caller.get("/schools/")
        return sum("UPDATE" in each["sql"] and "apitoken" in each["sql"] for each in captured)

    assert writes() == 1
    assert writes() == 0
    with clock.stopped_at(NOW + timedelta(hours=1)):
        assert writes() == 1
    assert ApiToken.objects.get().last_used_at == NOW + timedelta(hours=1)


def test_too_many_requests_are_told_to_wait(world: World, settings) -> None:
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 3
    caller, other = caller_of(world, "okafor"), caller_of(world, "reyes")
    assert [caller.get("/schools/").status_code for _ in range(3)] == [200, 200, 200]
    refused = caller.get("/schools/")
    assert_problem(refused, 429, "too-many-requests")
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert other.get("/schools/").status_code == 200


def test_tokens_are_in_no_log(world: World, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    caller = caller_of(world, "okafor")
    caller.get("/schools/")
    caller.get("/schools/999999/")
    Caller("firstbell_secret").get("/schools/")
    assert "firstbell_" not in caplog.text


def test_the_page_shows_a_token_once(world: World) -> None:
    client = client_of(world, "whitfield")
    page = client.post(reverse("tokens"), {"name": "Grades", "scopes": [ROSTERS_READ], "days": "30"})
    text = page.context["made"].text
    assert text in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    again = client.get(reverse("tokens")).content.decode()
    assert text not in again
    assert text[:16] in again
    assert Caller(text).get("/schools/").status_code == 200


@pytest.mark.parametrize("given", [{"name": " "}, {"scopes": []}, {"days": "400"}, {"scopes": ["everything"]}])
def test_the_page_refuses_what_is_missing_and_keeps_what_was_typed(world: World, given) -> None:
    form = {"name": "Grades", "scopes": [ROSTERS_READ], "days": "30"} | given
    page = client_of(world, "whitfield").post(reverse("tokens"), form)
    assert page.status_code == 422
    assert not ApiToken.objects.exists()


def test_everybody_revokes_their_own_and_nobody_elses(world: World) -> None:
    token = made(world).token
    assert client_of(world, "whitfield").post(reverse("revoke_token", args=[token.pk])).status_code == 404
    with pytest.raises(NotInScope):
        revoke_token(world.scope("lindqvist"), token.pk)
    assert client_of(world, "okafor").get(reverse("revoke_token", args=[token.pk])).status_code == 405
    assert client_of(world, "okafor").post(reverse("revoke_token", args=[token.pk])).url == reverse("tokens")
    assert "Revoked by Grace Okafor" in client_of(world, "okafor").get(reverse("tokens")).content.decode()


@pytest.mark.parametrize("keeper", ["reyes", "novak"])
def test_who_keeps_the_accounts_sees_and_revokes_all(world: World, keeper: str) -> None:
    for name in ("okafor", "whitfield", "park"):
        make_token(world.scope(name), name="Warehouse", scopes=[ROSTERS_READ], days=90)
    client = client_of(world, keeper)
    assert len(client.get(reverse("all_tokens")).context["tokens"]) == 3
    token = ApiToken.objects.first()
    assert client.post(reverse("revoke_token", args=[token.pk]), {"all": "yes"}).url == reverse("all_tokens")
    assert client_of(world, "okafor").get(reverse("all_tokens")).status_code == 403
    with pytest.raises(Forbidden):
        all_tokens(world.scope("whitfield"), 1)


def test_the_lists_of_tokens_ask_the_database_the_same_however_long(world: World) -> None:
    def statements(name: str) -> int:
        client = client_of(world, "reyes")
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name))
        return len(captured)

    for name in ("okafor", "reyes"):
        make_token(world.scope(name), name="First", scopes=[ROSTERS_READ], days=90)
    before = statements("tokens"), statements("all_tokens")
    for number in range(5):
        for name in ("okafor", "reyes", "whitfield"):
            token = make_token(world.scope(name), name=f"Program {number}", scopes=[ROSTERS_READ], days=90).token
            revoke_token(world.scope("reyes"), token.pk)
    assert (statements("tokens"), statements("all_tokens")) == before
