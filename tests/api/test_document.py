"""The OpenAPI document is true: whatever it allows to be asked is answered as it says, and never with a fault."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from attendance.models import Document, Excuse, OfficeEntry
from attendance_site.wsgi import application
from students import clock
from students.models import RosterRun, Section
from tests.api.callers import API, caller_of
from tests.attendance.acts import excuse, meeting_of, open_both_schools, take, upload, void
from tests.attendance.office.deeds import enter
from tests.students.imports.runs import bring, district_files
from tests.world import TODAY, YESTERDAY, World, at

# A roster is sent as it is.
schemathesis.serializer.alias("application/zip", "application/octet-stream")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
LISTS = {"/calendar-days/", "/class-meetings/", "/daily-attendance/", "/students/", "/sections/", "/teachers/"}


@pytest.fixture(autouse=True)
def _signals_are_put_back() -> Iterator[None]:
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def keep_connected() -> None:
    """As Django's own client does around each of its requests: the test's transaction is not ended by one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)


def send(case: schemathesis.Case, headers: dict[str, str]) -> Any:
    """The answer of the real application, held against the document."""
    keep_connected()
    response = case.call(headers=headers)
    case.validate_response(response, checks=CHECKS, headers=headers)
    return response


@pytest.fixture
def lived_in(world: World, settings: Any) -> World:
    """Two schools in which something has happened: classes taken, one void, an excuse on paper, a trip, an import."""
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    open_both_schools(world)
    for period in "123":
        take(world, period, Castillo="absent", Hollis="absent")
    void(world, "4")
    excuse(world, "Castillo", uploads=[upload()])
    enter(world, "activity", "Castillo", shown_as="Band trip")
    bring(district_files(1))
    Section.objects.filter(pk=world.sections["3"].pk).update(kind="homeroom")
    return world


def known(world: World) -> dict[str, Any]:
    """What path parameters name in this world."""
    return {
        "school_id": world.lincoln.pk,
        "term_id": world.term.pk,
        "course_id": world.sections["3"].course_id,
        "section_id": world.sections["3"].pk,
        "teacher_id": world.users["whitfield"].pk,
        "student_id": world.students["Castillo"].pk,
        "meeting_id": meeting_of(world, "3").pk,
        "excuse_id": Excuse.objects.get().pk,
        "document_id": Document.objects.get().pk,
        "entry_id": OfficeEntry.objects.get().pk,
        "run_id": RosterRun.objects.get().pk,
        "day": YESTERDAY.isoformat(),
    }


def is_for(person: str, path: str) -> bool:
    """Whether somebody has any use for an address: imports are the district's, documents no teacher's (RD-60), and what
    offices know is theirs.
    """
    if "/excuses/" in path or "/documents/" in path or "/office-events/" in path:
        return person == "reyes" or (person == "okafor" and "/office-events/" in path)
    return person == "reyes" or "/imports/" not in path


def operations(headers: dict[str, str]) -> Iterator[APIOperation]:
    keep_connected()
    document = schemathesis.openapi.from_wsgi(f"{API}/schema/", application, headers=headers)
    for found in document.get_all_operations():
        yield found.ok()


def cases(operation: APIOperation, names: dict[str, Any]) -> st.SearchStrategy[schemathesis.Case]:
    """What the document allows, of records that are there and of any; and what it does not allow."""
    path = {each.name: names[each.name] for each in operation.path_parameters}
    there = operation.as_strategy(path_parameters=path) if path else operation.as_strategy()
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    return st.one_of(there, operation.as_strategy(), wrong)


@pytest.mark.parametrize("person", ["reyes", "whitfield"])
def test_every_operation_answers_as_the_document_says(lived_in: World, person: str) -> None:
    caller, names, answered = caller_of(lived_in, person), known(lived_in), set()
    for operation in operations(caller.headers):

        @settings(
            max_examples=8, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=cases(operation, names))
        def holds(case: schemathesis.Case) -> None:
            answered.add((case.operation.label, send(case, caller.headers).status_code))

        cache.clear()
        holds()
    labels = {label for label, _ in answered}
    assert len(labels) >= 25
    read = {label for label in labels if label.startswith("GET") and is_for(person, label)}
    assert read == {label for label, status in answered if status == 200 and label.startswith("GET")}


@pytest.mark.parametrize("person", ["reyes", "okafor", "whitfield"])
def test_every_list_of_a_school_that_lives_reads_as_the_document_says(lived_in: World, person: str) -> None:
    """Rows of their own making, where guessed filters would find none."""
    caller = caller_of(lived_in, person)
    span = {"from_date": (TODAY - timedelta(days=7)).isoformat(), "to_date": TODAY.isoformat()}
    for operation in operations(caller.headers):
        path = operation.path.removeprefix(API)
        if operation.method != "get" or "{" in path or not is_for(person, path):
            continue
        asked = span if any(each.name == "from_date" for each in operation.query) else {}
        case = operation.Case(query=asked)
        response = send(case, caller.headers)
        assert response.json()["results"], path


def test_a_program_of_a_teacher_takes_a_class_as_the_document_says(lived_in: World) -> None:
    caller = caller_of(lived_in, "whitfield")
    meeting = meeting_of(lived_in, "5", TODAY)
    roster = caller.get(f"/class-meetings/{meeting.pk}/").json()["roster"]
    path = f"{API}/class-meetings/{{meeting_id}}/marks/"
    [marking] = [each for each in operations(caller.headers) if each.path == path]
    body = {
        "submission_id": "00000000-0000-0000-0000-000000000001",
        "version": 0,
        "marks": [{"student_id": each["student_id"], "status": "present"} for each in roster],
    }
    case = marking.Case(path_parameters={"meeting_id": meeting.pk}, body=body, media_type="application/json")
    with clock.stopped_at(at(17)):
        assert send(case, caller.headers).json() == {"version": 1, "repeated": False}
        body["submission_id"] = "00000000-0000-0000-0000-000000000002"
        assert send(case, caller.headers).status_code == 409


def test_the_document_is_for_whoever_is_signed_in(world: World) -> None:
    assert Client().get(f"{API}/schema/").status_code == 401
    document = caller_of(world, "whitfield", ["calendar:read"]).get("/schema/").json()
    assert document["openapi"].startswith("3.1")
    assert {path.removeprefix(API) for path in document["paths"]} >= LISTS


def test_every_operation_says_what_it_does_and_which_scope_it_needs(world: World) -> None:
    document = caller_of(world, "whitfield").get("/schema/").json()
    said = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in said}) == len(said) >= 25
    assert all("A token needs the scope" in operation["description"] for operation in said)
    assert {"200", "401", "429"} - {status for operation in said for status in operation["responses"]} == set()


def test_people_read_it_as_a_page(world: World) -> None:
    client = Client()
    client.force_login(world.users["whitfield"])
    page = client.get("/account/programs/").content.decode()
    assert "GET /api/v1/class-meetings/" in page
    assert "PUT /api/v1/class-meetings/{meeting_id}/marks/" in page
