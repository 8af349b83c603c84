"""Who may ask for which packet, on which basis, what is logged, who takes it away, and when it goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import AuditPacket, PacketLog, PacketPart, PacketState
from reporting.services.packet_making import NO_RIGHT, make_packet
from reporting.services.packets import (
    MOST_UNFINISHED,
    AskedPacket,
    ask_for_packet,
    open_packet,
    remove_old_packets,
    waiting_packets,
)
from students.models import RoleAssignment
from students.refusals import NotInScope, Refused
from students.services.leases import LEASE
from tests.attendance.pages.visitors import client_of
from tests.reporting.months import REAL
from tests.reporting.packets.worlds import ask
from tests.world import NOW, TODAY, YESTERDAY, World, add_person, give_role


def ready(world: World, packet: AuditPacket) -> AuditPacket:
    """As the worker leaves it."""
    packet.state, packet.sha256, packet.file_name, packet.size_bytes = PacketState.DONE, "0" * 64, "packet.zip", 4
    packet.finished_at = packet.as_of = NOW
    packet.kept_until = TODAY + timedelta(days=30)
    packet.save()
    for number, content in enumerate((b"ab", b"cd")):
        PacketPart.objects.create(packet=packet, number=number, content=content)
    return packet


def test_RD61_a_packet_is_asked_for_with_its_basis_and_who_is_given_it_and_the_asking_is_logged(
    opened_world: World,
) -> None:
    hale, chidi = opened_world.scope("hale"), opened_world.students["Abara"].pk
    asked = AskedPacket("student", student_id=chidi, starts_on=YESTERDAY, ends_on=TODAY)
    facts = {"basis": "audit", "recipient": "State auditor", "submission_id": uuid4()}
    for wrong in ({"basis": ""}, {"basis": "curiosity"}, {"recipient": " "}):
        with pytest.raises(Refused):
            ask_for_packet(hale, asked, **facts | wrong)
    for wrong in ({"ends_on": TODAY + timedelta(days=1)}, {"starts_on": None}, {"kind": "district"}):
        with pytest.raises((Refused, NotInScope)):
            ask_for_packet(hale, replace(asked, **wrong), **facts)
    assert not AuditPacket.objects.exists()
    packet = ask_for_packet(hale, asked, **facts)
    assert ask_for_packet(hale, asked, **facts) == packet
    assert [(line.act, line.by) for line in PacketLog.objects.all()] == [("asked", opened_world.users["hale"])]
    with pytest.raises(Refused, match="sent by somebody else"):
        ask_for_packet(opened_world.scope("reyes"), asked, **facts)
    for _ in range(MOST_UNFINISHED - 1):
        ask(hale, student_id=chidi)
    with pytest.raises(Refused, match="being made"):
        ask(hale, student_id=chidi)


@pytest.mark.parametrize("who", ["whitfield", "mayfield", "osei", "tran", "dupree", "novak", "lindqvist"])
def test_nobody_without_the_figures_of_the_school_asks_or_finds_anything(opened_world: World, who: str) -> None:
    scope, chidi, lincoln = opened_world.scope(who), opened_world.students["Abara"].pk, opened_world.lincoln.pk
    given: list[Callable[[], AuditPacket]] = [
        lambda: ask(scope, student_id=chidi),
        lambda: ask(scope, "day", school_id=lincoln),
        lambda: ask(scope, "month", school_id=lincoln, month=3),
    ]
    for asking in given:
        with pytest.raises(NotInScope):
            asking()
    packet = ready(opened_world, ask(opened_world.scope("okafor"), student_id=chidi))
    with pytest.raises(NotInScope):
        open_packet(scope, packet.pk)
    client = client_of(opened_world, who)
    for name, args in (("packet", [packet.pk]), ("packet_file", [packet.pk])):
        assert client.get(reverse(name, args=args)).status_code == HTTPStatus.NOT_FOUND
    if who != "lindqvist":
        assert client.get(reverse("audit")).status_code == HTTPStatus.NOT_FOUND


def test_RD60_a_packet_is_for_its_maker_and_the_districts_administrators_and_each_download_is_logged(
    opened_world: World,
) -> None:
    add_person(opened_world, "second", "Ann", "Second")
    give_role(opened_world, "second", "auditor", None, ends_on=TODAY)
    packet = ready(opened_world, ask(opened_world.scope("hale"), "day", school_id=opened_world.lincoln.pk))
    for who in ("okafor", "second"):
        with pytest.raises(NotInScope):
            open_packet(opened_world.scope(who), packet.pk)
    for who in ("hale", "reyes"):
        response = client_of(opened_world, who).get(reverse("packet_file", args=[packet.pk]))
        assert b"".join(response.streaming_content) == b"abcd"
        assert response.headers["Content-Length"] == "4"
        assert "packet.zip" in response.headers["Content-Disposition"]
    taken = PacketLog.objects.filter(act="downloaded").values_list("by__username", flat=True)
    assert list(taken) == ["hale", "reyes"]
    page = client_of(opened_world, "reyes").get(reverse("packet", args=[packet.pk])).content.decode()
    assert "Judith Hale" in page
    assert "Daniel Reyes" in page
    RoleAssignment.objects.filter(user=opened_world.users["hale"]).update(ends_on=YESTERDAY)
    assert client_of(opened_world, "hale").get(reverse("packet_file", args=[packet.pk])).status_code == 404


def test_a_packet_goes_after_thirty_days_and_what_was_told_of_whom_stays(opened_world: World) -> None:
    packet = ready(opened_world, ask(opened_world.scope("hale"), "day", school_id=opened_world.lincoln.pk))
    installation = opened_world.installation
    assert remove_old_packets(replace(installation, now=NOW + timedelta(days=30))) == 0
    assert remove_old_packets(replace(installation, now=NOW + timedelta(days=31))) == 1
    assert remove_old_packets(replace(installation, now=NOW + timedelta(days=31))) == 0
    packet.refresh_from_db()
    assert (packet.state, packet.parts.count()) == (PacketState.REMOVED, 0)
    assert list(packet.log.values_list("act", flat=True)) == ["asked", "removed"]
    with pytest.raises(Refused, match="its time is over"):
        open_packet(opened_world.scope("hale"), packet.pk)
    page = client_of(opened_world, "hale").get(reverse("packet", args=[packet.pk])).content.decode()
    assert "Removed" in page


def test_whoever_lost_the_right_gets_nothing_made(opened_world: World) -> None:
    packet = ask(opened_world.scope("hale"), student_id=opened_world.students["Abara"].pk)
    RoleAssignment.objects.filter(user=opened_world.users["hale"]).update(ends_on=YESTERDAY)
    make_packet(opened_world.installation, packet.pk, instants=lambda: REAL)
    packet.refresh_from_db()
    assert (packet.state, packet.problem, packet.parts.count()) == (PacketState.FAILED, NO_RIGHT, 0)


def test_a_packet_of_a_killed_worker_is_taken_up_by_the_next_round(opened_world: World) -> None:
    packet = ask(opened_world.scope("hale"), student_id=opened_world.students["Abara"].pk)
    held = {"state": "running", "lease_token": uuid4(), "leased_until": REAL + LEASE}
    AuditPacket.objects.filter(pk=packet.pk).update(**held)
    assert waiting_packets(opened_world.installation, at=REAL) == []
    assert waiting_packets(opened_world.installation, at=REAL + LEASE * 2) == [packet.pk]


def test_the_pages_lead_from_a_search_or_a_choice_to_a_packet(opened_world: World) -> None:
    client = client_of(opened_world, "hale")
    assert reverse("audit") in client.get("/").content.decode()
    found = client.post(reverse("audit"), {"words": "aba"})
    chidi = opened_world.students["Abara"].pk
    assert f"student={chidi}" in found.content.decode()
    assert "No student found" in client.post(reverse("audit"), {"words": "zzz"}).content.decode()
    there = f"{reverse('ask_packet')}?kind=student&student={chidi}"
    form = {"submission_id": str(uuid4()), "starts_on": YESTERDAY, "ends_on": TODAY, "basis": "audit"}
    assert client.post(there, form).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    asked = client.post(there, form | {"recipient": "State auditor"})
    packet = AuditPacket.objects.get()
    assert asked.headers["Location"] == reverse("packet", args=[packet.pk])
    assert (packet.kind, packet.student_id, packet.recipient) == ("student", chidi, "State auditor")
    for query in (
        f"kind=day&school={opened_world.lincoln.pk}&day={YESTERDAY}",
        f"kind=month&school={opened_world.lincoln.pk}&month=3",
    ):
        assert client.get(f"{reverse('ask_packet')}?{query}").status_code == HTTPStatus.OK
    for query in ("", "kind=student&student=0", "kind=day&school=0", "kind=month&school=1&month=77", "kind=day&day=x"):
        assert client.get(f"{reverse('ask_packet')}?{query}").status_code == HTTPStatus.NOT_FOUND
    assert "okafor" not in client_of(opened_world, "okafor").get(reverse("audit")).content.decode()


def test_the_list_takes_the_same_number_of_statements_however_long_it_is(opened_world: World) -> None:
    client, chidi = client_of(opened_world, "hale"), opened_world.students["Abara"].pk
    counts = []
    for packets in (1, 6):
        for _ in range(packets):
            ask(opened_world.scope("hale"), student_id=chidi)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            client.get(reverse("audit"))
        counts.append(len(statements))
    assert counts[0] == counts[1]
