"""Every constraint of audit packets, broken once."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db.models import Model

from reporting.models import AuditPacket, PacketLog, PacketPart, PacketSubject
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, YESTERDAY, World


def packet(world: World, **fields: object) -> AuditPacket:
    """A packet of Chidi Abara's day, asked for by the state's auditor."""
    given = {
        "submission_id": uuid4(),
        "kind": "student",
        "student": world.students["Abara"],
        "starts_on": YESTERDAY,
        "ends_on": TODAY,
        "basis": "audit",
        "recipient": "Office of the State Auditor",
        "requested_by": world.users["hale"],
        "requested_at": NOW,
    }
    return AuditPacket(**{**given, **fields})


def kept(world: World) -> AuditPacket:
    row = packet(world)
    row.save()
    return row


def second_part(world: World) -> Model:
    first = PacketPart.objects.create(packet=kept(world), number=0, content=b"1")
    return PacketPart(packet=first.packet, number=0, content=b"2")


def second_subject(world: World) -> Model:
    first = PacketSubject.objects.create(packet=kept(world), student=world.students["Abara"])
    return PacketSubject(packet=first.packet, student=first.student)


def of_school(world: World, **fields: object) -> AuditPacket:
    return packet(world, student=None, school=world.lincoln, **fields)


BROKEN: list[tuple[str, Callable[[World], Model]]] = [
    ("packet_ends_after_start", lambda world: packet(world, starts_on=TODAY, ends_on=YESTERDAY)),
    ("packet_names_what_it_is_about", lambda world: packet(world, student=None)),
    ("packet_names_what_it_is_about", lambda world: packet(world, school=world.lincoln)),
    ("packet_names_what_it_is_about", lambda world: of_school(world, kind="day")),
    ("packet_names_what_it_is_about", lambda world: of_school(world, kind="month")),
    ("packet_says_to_whom_and_on_which_basis", lambda world: packet(world, recipient="")),
    ("packet_says_to_whom_and_on_which_basis", lambda world: packet(world, basis="curiosity")),
    ("packet_at_work_has_a_lease", lambda world: packet(world, state="running", lease_token=uuid4())),
    ("packet_at_work_has_a_lease", lambda world: packet(world, state="running", leased_until=NOW)),
    ("ready_packet_is_whole", lambda world: packet(world, state="done", finished_at=NOW, as_of=NOW)),
    ("ready_packet_is_whole", lambda world: packet(world, state="removed", sha256="0" * 64)),
    ("one_packet_part_in_each_place", second_part),
    ("one_subject_per_packet_and_student", second_subject),
    ("packet_is_asked_for_and_taken_by_somebody", lambda world: PacketLog(packet=kept(world), act="asked", at=NOW)),
    (
        "packet_is_asked_for_and_taken_by_somebody",
        lambda world: PacketLog(packet=kept(world), act="made", by=world.users["hale"], at=NOW),
    ),
]


@pytest.mark.parametrize(("name", "build"), BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(
    world: World, name: str, build: Callable[[World], Model]
) -> None:
    assert_refused_by(name, build(world))


def test_packets_of_a_student_a_day_and_a_month_stand(world: World) -> None:
    whole = {"state": "done", "finished_at": NOW, "as_of": NOW, "kept_until": date(2020, 11, 26), "sha256": "0" * 64}
    packet(world, **whole).save()
    of_school(world, kind="day", starts_on=TODAY).save()
    of_school(world, kind="month", month=3).save()
    assert AuditPacket.objects.count() == 3
