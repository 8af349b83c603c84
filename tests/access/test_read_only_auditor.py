"""The state's auditor reads, and changes nothing: every address is sent a form, as it stands.

An address that is added is walked by itself. Whatever an auditor may send is named here, with the reason.
"""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.demo.cast import AUDIT_ENDS
from students import clock
from tests.access.addresses import EXAMPLES, Address, addresses_for_programs, private_pages
from tests.attendance.pages.visitors import client_of
from tests.reporting.packets.worlds import ask
from tests.world import TODAY, YESTERDAY, World, at

# What an auditor may send.
MAY = {
    "ask_packet": "asks for a copy of what may be read; logged",
    "audit": "a search, whose words stand in no address",
    "students": "a search, whose words stand in no address",
    "account_logout": "signs out",
    "account_change_password": "the own password",
    "account_set_password": "the own password",
    "account_reauthenticate": "the own password",
    "family_account_end": "ends the own account of a family, if there is one",
    "tokens": "the own tokens for programs, which open what their owner may read",
}
# The form is looked at before the right, or the page just shown again: a full form is refused by the service.
NOTHING_DONE = {
    "end_substitute", "hand_over_cases", "my_outreach_result", "planning", "section_assignments",
    "section_interactions", "section_week", "student_interactions", "week_report",
}  # fmt: skip
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
# Whose row a visit itself may change.
OF_THE_VISIT = re.compile(r'"(django_session|cache|account_)')
CLOSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


def path(world: World, address: Address, packet_id: int) -> str:
    """The address with rows of the world that the auditor may see, where it names some."""
    known = {
        "student_id": world.students["Abara"].pk,
        "section_id": world.sections["1"].pk,
        "meeting_id": world.sections["1"].meetings.earliest("pk").pk,
        "school_id": world.lincoln.pk,
        "packet_id": packet_id,
        "month": 3,
        "day": TODAY,
        "monday": YESTERDAY,
    }
    converters = address.pattern.pattern.converters
    if not hasattr(address.pattern.pattern, "_route"):
        return address.path
    kinds = {name: kind for kind, name in re.findall(r"<(\w+):(\w+)>", str(address.pattern.pattern))}
    given = {name: known.get(name, EXAMPLES[kinds.get(name, "str")]) for name in converters}
    return reverse(address.name, kwargs=given)


@pytest.fixture
def hale(opened_world: World) -> tuple[Client, int]:
    return client_of(opened_world, "hale"), ask(
        opened_world.scope("hale"), student_id=opened_world.students["Abara"].pk
    ).pk


def test_an_auditor_sends_nothing_but_searches_the_own_account_and_requests_for_packets(
    opened_world: World, hale: tuple[Client, int]
) -> None:
    client, packet_id = hale
    taken, written = [], []
    for address in private_pages():
        if address.name in MAY:
            continue
        there = path(opened_world, address, packet_id)
        with CaptureQueriesContext(connection) as statements:
            response = client.post(there, {"reason": "because", "note": "x", "words": "x", "answer": "stands"})
        if response.status_code not in CLOSED and address.name not in NOTHING_DONE:
            taken.append(f"{address.name} {there}: {response.status_code}")
        if _writes(statements):
            written.append(address.name)
    assert written == []
    assert not taken, "\n".join(taken)
    assert len(private_pages()) - len(MAY) >= 120


def _writes(statements: CaptureQueriesContext) -> bool:
    return any(WRITES.match(each["sql"]) and not OF_THE_VISIT.search(each["sql"]) for each in statements)


def test_no_program_of_an_auditors_browser_writes_anything(hale: tuple[Client, int]) -> None:
    for address in addresses_for_programs():
        for method in ("post", "put", "patch", "delete"):
            with CaptureQueriesContext(connection) as statements:
                answer = getattr(hale[0], method)(address.path, "{}", content_type="application/json")
            assert answer.status_code >= HTTPStatus.BAD_REQUEST, address.name
            assert not _writes(statements), address.name


def test_an_auditors_access_ends_on_the_day_after_its_last(opened_world: World, hale: tuple[Client, int]) -> None:
    client, packet_id = hale
    pages = [
        reverse("audit"), reverse("months"), reverse("students"), reverse("packet", args=[packet_id]),
        reverse("student_day", args=[opened_world.students["Abara"].pk, TODAY]),
    ]  # fmt: skip
    with clock.stopped_at(at(23, 59, day=AUDIT_ENDS)):
        assert [client.get(each).status_code for each in pages] == [HTTPStatus.OK] * len(pages)
    with clock.stopped_at(at(0, 0, day=AUDIT_ENDS + timedelta(days=1))):
        gone = {client.get(each).status_code for each in pages if each != reverse("students")}
        assert gone == {HTTPStatus.NOT_FOUND}
        assert "Abara" not in client.get(reverse("students")).content.decode()
        assert client.post(reverse("ask_packet")).status_code == HTTPStatus.NOT_FOUND
