"""Marking, voiding, homerooms and excuses by programs: the services of the pages, in their words."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attendance.demo.papers import photo
from attendance.models import ClassMeeting, DailyAttendance, DocumentOpening, Excuse, Mark, MeetingState, Submission
from tests.api.callers import API, Caller, assert_problem, caller_of, rows
from tests.attendance.acts import excuse, meeting_of, take, void
from tests.attendance.pages.visitors import client_of, names
from tests.world import TODAY, YESTERDAY, World


@pytest.fixture
def days(opened_world: World) -> World:
    return opened_world


@pytest.fixture
def teacher(days: World) -> Caller:
    """A program of Ms. Whitfield's, who teaches all of Lincoln's classes."""
    return caller_of(days, "whitfield")


def marks(world: World, **given: dict[str, Any] | str | None) -> list[dict[str, Any]]:
    """Everybody present but those named; None leaves somebody out."""
    made = []
    for name, student_id in names(world).items():
        said = given.get(name.replace("’", ""), "present")
        if said is not None:
            made.append({"student_id": student_id} | ({"status": said} if isinstance(said, str) else said))
    return made


def put(caller: Caller, meeting: ClassMeeting, body: dict[str, Any], **headers: str):
    return caller.send("PUT", f"/class-meetings/{meeting.pk}/marks/", body, **headers)


def whole(world: World, version: int = 0, **given) -> dict[str, Any]:
    return {"submission_id": str(uuid4()), "version": version, "marks": marks(world, **given)}


def test_a_class_is_marked_in_one_request(days: World, teacher: Caller) -> None:
    meeting = meeting_of(days, "3", TODAY)
    tardy = {"status": "tardy", "arrived_at": "10:14"}
    early = {"status": "left_early", "minutes_attended": 40}
    response = put(teacher, meeting, whole(days, Castillo=tardy, Grant=early, Hollis="absent"))
    assert (response.status_code, response.json()) == (200, {"version": 1, "repeated": False})
    assert response.headers["ETag"] == '"1"'
    minutes = dict(Mark.objects.filter(meeting=meeting).values_list("student__family_name", "minutes_attended"))
    assert (minutes["Castillo"], minutes["Grant"], minutes["Hollis"], minutes["Abara"]) == (41, 40, 0, 55)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.taken_by) == (MeetingState.TAKEN, days.users["whitfield"])


def test_the_version_and_the_id_of_the_save_may_stand_in_headers(days: World, teacher: Caller) -> None:
    meeting, key = meeting_of(days, "3", TODAY), str(uuid4())
    tag = teacher.get(f"/class-meetings/{meeting.pk}/").headers["ETag"]
    headers = {"If_Match": tag, "Idempotency_Key": key}
    assert put(teacher, meeting, {"marks": marks(days)}, **headers).json() == {"version": 1, "repeated": False}
    assert put(teacher, meeting, {"marks": marks(days)}, **headers).json() == {"version": 1, "repeated": True}
    assert str(Submission.objects.get().submission_id) == key


@pytest.mark.parametrize(
    ("headers", "place", "words"),
    [
        ({"If_Match": "*"}, "If-Match", "It is no ETag of a class meeting"),
        ({"If_Match": "3"}, "If-Match", "It is no ETag of a class meeting"),
        ({"If_Match": '"7"'}, "If-Match", "It names another version than the body does"),
        ({"Idempotency_Key": "again"}, "Idempotency-Key", "It is no UUID"),
        ({"Idempotency_Key": str(uuid4())}, "Idempotency-Key", "It names another save than submission_id does"),
    ],
)
def test_headers_that_say_something_else_are_refused(
    days: World, teacher: Caller, headers: dict[str, str], place: str, words: str
) -> None:
    problem = assert_problem(put(teacher, meeting_of(days, "3", TODAY), whole(days), **headers), 400, "malformed")
    assert problem["errors"][0]["header"] == place
    assert words in problem["detail"]
    assert not Mark.objects.exists()


def test_a_blind_save_is_refused(days: World, teacher: Caller) -> None:
    meeting = meeting_of(days, "3", TODAY)
    body = whole(days)
    without_version = {name: value for name, value in body.items() if name != "version"}
    without_id = {name: value for name, value in body.items() if name != "submission_id"}
    assert_problem(put(teacher, meeting, without_version), 428, "version-missing")
    assert "sent twice it counts once" in assert_problem(put(teacher, meeting, without_id), 400, "malformed")["detail"]
    assert not Mark.objects.exists()


@pytest.mark.parametrize("by_header", [True, False])
def test_a_stale_save_comes_back_with_what_the_other_person_saved(
    days: World, teacher: Caller, by_header: bool
) -> None:
    meeting = take(days, "3", TODAY, by="okafor", Castillo="absent")
    body = whole(days, version=0)
    if by_header:
        del body["version"]
    response = put(teacher, meeting, body, **({"If_Match": '"0"'} if by_header else {}))
    problem = assert_problem(response, 412 if by_header else 409, "stale")
    assert problem["detail"] == "Somebody else saved this class since you opened it. Nothing of yours was saved yet."
    assert (response.headers["ETag"], problem["current"]["version"]) == ('"1"', 1)
    [castillo] = [each for each in problem["current"]["roster"] if each["name"].startswith("Castillo")]
    assert (castillo["mark"]["status"], castillo["mark"]["marked_by"]) == ("absent", "Grace Okafor")
    assert put(teacher, meeting, whole(days, version=problem["current"]["version"])).status_code == 200


def test_who_is_unmarked_or_marked_impossibly_is_named_with_the_place(days: World, teacher: Caller) -> None:
    too_long = {"status": "tardy", "minutes_attended": 56}
    body = whole(days, Castillo=too_long, Hollis=None)
    problem = assert_problem(put(teacher, meeting_of(days, "3", TODAY), body), 422, "refused")
    assert "Hollis, Wade is not marked" in problem["detail"]
    castillo, hollis = days.students["Castillo"].pk, days.students["Hollis"].pk
    place = [each["student_id"] for each in body["marks"]].index(castillo)
    by_student = {each["student_id"]: each for each in problem["errors"]}
    assert by_student[castillo]["pointer"] == f"#/marks/{place}"
    assert by_student[hollis]["pointer"] == "#/marks"
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"marks": "all"}, "#/marks"),
        ({"marks": [{"status": "present"}]}, "#/marks/0/student_id"),
        ({"marks": [{"student_id": 1, "status": "here"}]}, "#/marks/0/status"),
        ({"marks": [{"student_id": 1, "status": "tardy", "arrived_at": "10:26 pm"}]}, "#/marks/0/arrived_at"),
        ({"marks": [{"student_id": 1, "status": "present", "note": "x"}]}, "#/marks/0/note"),
        ({"submission_id": "again"}, "#/submission_id"),
        ({"remaining": "present"}, "#/remaining"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_where(
    days: World, teacher: Caller, change: dict[str, Any], pointer: str
) -> None:
    response = put(teacher, meeting_of(days, "3", TODAY), whole(days) | change)
    problem = assert_problem(response, 400, "malformed")
    assert [each["pointer"] for each in problem["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"marks": NaN}', "application/json", 400),
        (b'{"reason": "\xff"}', "application/json", 400),
        ('{"reason": "\\ud800", "marks": []}', "application/json", 400),
        ('{"reason": "\\u0000", "marks": []}', "application/json", 400),
        ("marks=present", "application/x-www-form-urlencoded", 415),
        ("x" * 1_000_001, "application/json", 413),
    ],
    ids=["broken", "a list", "too deep", "NaN", "not UTF-8", "half a letter", "nothing", "a form", "too large"],
)
def test_what_is_no_body_of_ours_is_a_problem(
    days: World, teacher: Caller, body: str | bytes, kind: str, status: int
) -> None:
    path = f"/api/v1/class-meetings/{meeting_of(days, '3', TODAY).pk}/marks/"
    response = teacher.client.generic("PUT", path, body, content_type=kind, headers=teacher.headers)
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_session_needs_its_csrf_token_to_write_and_a_token_does_not(days: World, teacher: Caller) -> None:
    meeting = meeting_of(days, "3", TODAY)
    session = Client(enforce_csrf_checks=True)
    session.force_login(days.users["whitfield"])
    path = f"/api/v1/class-meetings/{meeting.pk}/marks/"
    refused = session.put(path, whole(days), content_type="application/json")
    assert_problem(refused, 403, "not-allowed")
    session.get("/account/tokens/")
    headers = {"X-CSRFToken": session.cookies["csrftoken"].value}
    assert session.put(path, whole(days), content_type="application/json", headers=headers).status_code == 200
    teacher.client = Client(enforce_csrf_checks=True)
    assert put(teacher, meeting, whole(days, version=1)).status_code == 200


def test_a_token_that_only_reads_writes_nothing(days: World) -> None:
    caller = caller_of(days, "whitfield", ["attendance:read", "rosters:read"])
    problem = assert_problem(put(caller, meeting_of(days, "3", TODAY), whole(days)), 403, "not-allowed")
    assert problem["detail"].endswith("it lacks the scope attendance:write.")
    assert not Mark.objects.exists()


def test_anothers_class_is_not_here_whatever_is_sent(days: World, teacher: Caller) -> None:
    meeting = meeting_of(days, "W1", TODAY)
    assert_problem(put(teacher, meeting, whole(days)), 404, "not-here")
    assert_problem(teacher.send("POST", f"/class-meetings/{meeting.pk}/void/", {"reason": "Drill"}), 404, "not-here")
    assert_problem(caller_of(days, "okafor").send("POST", f"/class-meetings/{meeting.pk}/restore/"), 404, "not-here")
    assert not Mark.objects.exists()


def test_an_administrators_program_voids_a_class_and_restores_it(days: World) -> None:
    meeting, caller = meeting_of(days, "3"), caller_of(days, "okafor")
    done = caller.send("POST", f"/class-meetings/{meeting.pk}/void/", {"reason": "Fire drill"})
    assert (done.status_code, done.json()) == (200, {"students": 9, "under_minimum": 0, "minimum_minutes": 240})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.void_reason) == (MeetingState.VOID, "Fire drill")
    assert caller.send("POST", f"/class-meetings/{meeting.pk}/restore/").status_code == 200
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.EXPECTED


def test_an_excuse_is_entered_once_and_withdrawn(days: World) -> None:
    for period in "123456":
        take(days, period, Castillo="absent")
    caller, castillo = caller_of(days, "okafor"), days.students["Castillo"].pk
    body = {
        "starts_on": YESTERDAY.isoformat(),
        "ends_on": YESTERDAY.isoformat(),
        "reason": "illness",
        "document_kind": "medical",
        "document_seen_on": TODAY.isoformat(),
    }
    key = str(uuid4())
    first = caller.send("POST", f"/students/{castillo}/excuses/", body, Idempotency_Key=key)
    again = caller.send("POST", f"/students/{castillo}/excuses/", body, Idempotency_Key=key)
    assert (first.status_code, first.json()["reason"]) == (201, "illness")
    assert again.json() == first.json()
    assert DailyAttendance.objects.get(student=castillo, date=YESTERDAY).absence_kind == "excused"
    path = f"/excuses/{first.json()['id']}/withdrawal/"
    assert caller.send("POST", path, {"reason": "Wrong child"}).json()["withdrawn_at"] == "2020-10-27T15:00:00Z"
    assert DailyAttendance.objects.get(student=castillo, date=YESTERDAY).absence_kind == "unexcused"


def assert_the_bytes_are_for_those_who_know_reasons(days: World, path: str, okafor: Caller) -> None:
    """RD-60: they come as they were sent, and that they were opened is kept."""
    assert_problem(caller_of(days, "mayfield", ["rosters:read"]).get(path), 403, "not-allowed")
    assert not DocumentOpening.objects.exists()
    for caller, accepts in ((okafor, "image/png"), (caller_of(days, "tran"), "*/*")):
        got = caller.client.get(API + path, headers=caller.headers | {"Accept": accepts})
        assert (got.status_code, got["Content-Type"], b"".join(got.streaming_content)) == (200, "image/png", photo())
        assert (got["Content-Disposition"], got["X-Content-Type-Options"]) == (
            'attachment; filename="letter.png"',
            "nosniff",
        )
    names = DocumentOpening.objects.order_by("opened_by__username").values_list("opened_by__username", flat=True)
    assert list(names) == ["okafor", "tran"]


def test_an_excuse_is_documented_and_decided_in_the_words_of_the_pages(days: World) -> None:
    held = excuse(days, "Castillo", document_kind="none", document_seen_on=None)
    caller, path = caller_of(days, "okafor"), f"/excuses/{held.pk}/documents/"

    def send(content: bytes, key: UUID, **asked: str) -> HttpResponse:
        address = f"{API}{path}?{urlencode({'kind': 'medical', 'file_name': 'letter.pdf'} | asked)}"
        named = caller.headers | {"Idempotency-Key": str(key)}
        return caller.client.generic("POST", address, content, content_type="application/octet-stream", headers=named)

    refused = assert_problem(send(b"<html>", uuid4()), 422, "refused")
    assert refused["detail"].startswith("letter.pdf: Only PDF, JPEG, PNG or HEIC")
    assert_problem(send(photo() + bytes(11_000_000), uuid4()), 422, "refused")
    key = uuid4()
    first, again = send(photo(), key), send(photo(), key)
    assert (first.status_code, first.json()["document_kind"], again.json()) == (201, "medical", first.json())
    [listed] = rows(caller.get(path))
    assert (listed["file_name"], listed["content_type"]) == ("letter.pdf", "image/png")
    assert send(b"", uuid4(), kind="court_paper", seen_on="2020-10-26").status_code == 201
    for person in ("whitfield", "lindqvist"):
        stranger = caller_of(days, person)
        assert_problem(stranger.get(path), 404, "not-here")
        assert_problem(stranger.get(f"/documents/{listed['id']}/"), 404, "not-here")
    assert_the_bytes_are_for_those_who_know_reasons(days, f"/documents/{listed['id']}/", caller)
    decision = f"/excuses/{held.pk}/decision/"
    done = caller.send("POST", decision, {"decision": "refused", "reason": "Of another child.", "seen": ""})
    assert (done.json()["decision"], done.json()["decided_at"]) == ("refused", "2020-10-27T15:00:00Z")
    late = caller.send("POST", decision, {"decision": "accepted", "reason": "It is right.", "seen": ""})
    assert_problem(late, 409, "stale")


def test_an_excuse_of_the_other_school_is_not_here(days: World) -> None:
    other = excuse(days, "Castillo")
    caller = caller_of(days, "lindqvist")
    assert_problem(caller.send("POST", f"/excuses/{other.pk}/withdrawal/", {"reason": "x"}), 404, "not-here")
    body = {"starts_on": "2020-10-26", "ends_on": "2020-10-26", "reason": "illness"}
    key = {"Idempotency_Key": str(uuid4())}
    path = f"/students/{days.students['Castillo'].pk}/excuses/"
    assert_problem(caller.send("POST", path, body, **key), 404, "not-here")
    assert Excuse.objects.count() == 1


def test_a_homerooms_day_is_marked_in_one_request(days: World, teacher: Caller) -> None:
    section = days.sections["1"]
    section.kind = "homeroom"
    section.save()
    meeting = meeting_of(days, "1", TODAY)
    path = f"/sections/{section.pk}/days/{TODAY}/marks/"
    body = {
        "submission_id": str(uuid4()),
        "meetings": [{"meeting_id": meeting.pk, "version": 0}],
        "marks": marks(days, Castillo={"status": "tardy", "arrived_at": "08:14"}, Hollis="absent"),
    }
    assert teacher.send("PUT", path, body).json() == {"meetings": 1, "repeated": False}
    assert teacher.send("PUT", path, body).json() == {"meetings": 1, "repeated": True}
    minutes = dict(Mark.objects.filter(meeting=meeting).values_list("student__family_name", "minutes_attended"))
    assert (minutes["Castillo"], minutes["Hollis"], minutes["Abara"]) == (41, 0, 55)
    stale = assert_problem(teacher.send("PUT", path, body | {"submission_id": str(uuid4())}), 409, "stale")
    assert stale["current"] == teacher.get(path.removesuffix("marks/")).json()
    assert stale["current"]["meetings"][0]["version"] == 1
    [castillo] = [each for each in stale["current"]["roster"] if each["name"].startswith("Castillo")]
    assert castillo["day"] == {"status": "tardy", "arrived_at": "08:14", "left_at": None}
    unmarked = body | {"submission_id": str(uuid4()), "marks": marks(days, Hollis=None)}
    unmarked["meetings"] = [{"meeting_id": meeting.pk, "version": 1}]
    assert "Hollis, Wade" in assert_problem(teacher.send("PUT", path, unmarked), 422, "refused")["detail"]
    other = f"/sections/{days.sections['W1'].pk}/days/{TODAY}/marks/"
    assert_problem(teacher.send("PUT", other, body), 404, "not-here")
    assert_problem(teacher.get(other.removesuffix("marks/")), 404, "not-here")
    assert_problem(teacher.get(f"/sections/{days.sections['3'].pk}/days/{TODAY}/"), 404, "not-here")


def test_marking_asks_the_database_the_same_as_the_page(days: World, teacher: Caller) -> None:
    meeting = meeting_of(days, "3", TODAY)
    put(teacher, meeting, whole(days))
    with CaptureQueriesContext(connection) as captured:
        assert put(teacher, meeting, whole(days, version=1, Hollis="absent")).status_code == 200
    assert len(captured) <= 30


def test_a_void_class_takes_no_marks(days: World, teacher: Caller) -> None:
    meeting = void(days, "3", TODAY)
    meeting.refresh_from_db()
    problem = assert_problem(put(teacher, meeting, whole(days, version=meeting.version)), 422, "refused")
    assert "This class is void: Fire drill" in problem["detail"]
    assert client_of(days, "whitfield").get(f"/meetings/{meeting.pk}/").status_code == 200
