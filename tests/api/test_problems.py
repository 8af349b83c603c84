"""Every error is a problem of RFC 9457, in one shape, whatever refused."""

import pytest
from django.test import Client

from tests.api.callers import API, Caller, assert_problem, caller_of
from tests.attendance.pages.visitors import client_of
from tests.world import World


@pytest.fixture
def caller(world: World) -> Caller:
    return caller_of(world, "reyes")


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in() -> None:
    response = Client().get(f"{API}/schools/")
    problem = assert_problem(response, 401, "not-signed-in")
    assert problem["title"] == "Unauthorized"
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="First Bell"'


def test_a_person_asks_by_the_session_too(world: World) -> None:
    assert client_of(world, "okafor").get(f"{API}/schools/").json()["results"][0]["id"] == world.lincoln.pk


@pytest.mark.parametrize(
    ("path", "asked", "name", "words"),
    [
        ("/schools/", {"shool_id": "1"}, "shool_id", "Not known here. Known: limit, cursor."),
        ("/sections/", {"school_id": "x"}, "school_id", "A valid integer is required."),
        ("/sections/", {"school_id": "0"}, "school_id", "Ensure this value is greater than or equal to 1."),
        ("/sections/", {"school_id": ["1", "2"]}, "school_id", "Give it once."),
        (
            "/students/",
            {"on": "27.10.2020"},
            "on",
            "Date has wrong format.",
        ),
        ("/students/", {"limit": "501"}, "limit", "Ensure this value is less than or equal to 500."),
        ("/students/", {"cursor": "abc"}, "cursor", "This cursor is none of this list, or no longer valid."),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    caller: Caller, path: str, asked: dict, name: str, words: str
) -> None:
    problem = assert_problem(caller.get(path, **asked), 400, "malformed")
    [error] = problem["errors"]
    assert error["parameter"] == name
    assert error["detail"].startswith(words)
    assert words in problem["detail"]


def test_an_address_of_one_takes_no_parameters(caller: Caller, world: World) -> None:
    problem = assert_problem(caller.get(f"/schools/{world.lincoln.pk}/", expand="students"), 400, "malformed")
    assert problem["errors"] == [{"parameter": "expand", "detail": "Nothing can be given here."}]


@pytest.mark.parametrize("path", ["/schools/999999/", f"/students/{10**24}/", "/nothing/", "/schools/x/"])
def test_what_is_not_here_is_a_problem_and_not_a_page(caller: Caller, path: str) -> None:
    assert "not yours" in assert_problem(caller.get(path), 404, "not-here")["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_no_address_of_the_api_is_a_problem_to_strangers_too(method: str) -> None:
    assert_problem(getattr(Client(), method)("/api/v2/schools/"), 404, "not-here")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_is_not_offered(caller: Caller, method: str) -> None:
    response = caller.send(method, "/schools/")
    assert_problem(response, 405, "method")
    assert response.headers["Allow"] == "GET, HEAD"


def test_only_json_is_answered(caller: Caller) -> None:
    response = caller.client.get(f"{API}/schools/", headers=caller.headers | {"Accept": "text/csv"})
    assert_problem(response, 406, "media-type")
    assert caller.get("/schools/").headers["Content-Type"] == "application/json"


def test_a_head_is_a_get_without_its_body(caller: Caller) -> None:
    response = caller.client.head(f"{API}/schools/", headers=caller.headers)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"]


def test_what_is_known_already_is_not_sent_again(caller: Caller, world: World) -> None:
    first = caller.get("/schools/")
    known = caller.headers | {"If-None-Match": first.headers["ETag"]}
    again = caller.client.get(f"{API}/schools/", headers=known)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    world.lincoln.name = "Lincoln High"
    world.lincoln.save()
    assert caller.client.get(f"{API}/schools/", headers=known).status_code == 200


def test_nothing_of_it_stays_in_a_cache(caller: Caller) -> None:
    assert "no-store" in caller.get("/schools/").headers["Cache-Control"]


@pytest.mark.urls("tests.api.failing_urls")
def test_a_fault_of_ours_is_a_problem_that_leaks_nothing(caller: Caller) -> None:
    caller.client.raise_request_exception = False
    response = caller.get("/fails/")
    problem = assert_problem(response, 500, "fault")
    assert "Abara" not in response.content.decode()
    assert "Something broke" in problem["detail"]


def test_a_host_that_is_not_ours_is_a_problem(caller: Caller) -> None:
    response = caller.client.get(f"{API}/schools/", headers=caller.headers | {"Host": "evil.example"})
    assert_problem(response, 400, "malformed")
