"""A small month with everything that an auditor may ask about one child, and with what nobody may read in a packet."""

import json
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from attendance.demo.papers import letter
from attendance.models import AbsenceCall, Engagement, Interaction, OfficeEntry, OfficeEvent
from interventions.models import CaseNote
from reporting.models import AuditPacket, PacketPart
from reporting.services.packet_making import make_packet
from reporting.services.packets import AskedPacket, ask_for_packet
from students.access import Scope
from students.rules.csv_text import read_csv
from tests.attendance.acts import excuse, open_both_schools, take, upload
from tests.interventions.a_case import open_case
from tests.reporting.months import REAL
from tests.world import NOW, TODAY, YESTERDAY, World, at

# Words that stand in notes, and so in no byte of a packet.
SECRETS = ("zephyrquartz", "moonlitbadger", "velvetcompass", "copperlantern")
PAPER = letter(["Chidi had a fever."])


def told_world(world: World) -> World:
    """Yesterday and today of Lincoln with corrections, an excuse on paper, the office's word, evidence, and notes."""
    open_both_schools(world)
    for period in "123456":
        take(world, period, Abara="absent")
    take(world, "1", reason="Was in the library")
    excuse(world, "Abara", uploads=(upload("fever of chidi.pdf", PAPER),))
    _office(world)
    _evidence(world)
    _notes(world)
    return world


def _office(world: World) -> None:
    by = {"entered_by": world.users["okafor"], "entered_at": NOW}
    entry = OfficeEntry.objects.create(
        submission_id=uuid4(), school=world.lincoln, kind="reported_absence", note=SECRETS[0], **by
    )
    student = {"student": world.students["Abara"]}
    OfficeEvent.objects.create(entry=entry, kind=entry.kind, starts_on=YESTERDAY, ends_on=YESTERDAY, **student)
    AbsenceCall.objects.create(
        submission_id=uuid4(), school=world.lincoln, date=YESTERDAY, outcome="left_message", note=SECRETS[1],
        called_by=world.users["okafor"], called_at=NOW, **student,
    )  # fmt: skip


def _evidence(world: World) -> None:
    student, section = world.students["Abara"], world.sections["2"]
    Engagement.objects.create(
        event_id="quiz-7", source="lms_api", student=student, section=section, measure="lms_activity",
        happened_at=at(19, day=YESTERDAY), day=YESTERDAY, minutes=40, received_by=world.users["reyes"], received_at=NOW,
    )  # fmt: skip
    Interaction.objects.create(
        submission_id=uuid4(), student=student, section=section, kind="call", happened_at=at(16, day=YESTERDAY),
        day=YESTERDAY, note=SECRETS[2], entered_by=world.users["whitfield"], entered_at=NOW,
    )  # fmt: skip


def _notes(world: World) -> None:
    case = open_case(world, "Abara")
    CaseNote.objects.create(
        submission_id=uuid4(), case=case, text=SECRETS[3], written_by=world.users["osei"], written_at=NOW
    )


def ask(scope: Scope, kind: str = "student", **given: Any) -> AuditPacket:
    """Ask for a packet, by itself one of everything that is known of yesterday and today."""
    facts = {"starts_on": YESTERDAY, "ends_on": TODAY} | given
    asked = AskedPacket(kind, **facts)
    return ask_for_packet(scope, asked, basis="audit", recipient="Office of the State Auditor", submission_id=uuid4())


def make(world: World, packet: AuditPacket) -> AuditPacket:
    """Make it as a worker would."""
    make_packet(world.installation, packet.pk, instants=lambda: REAL)
    packet.refresh_from_db()
    return packet


def content(packet: AuditPacket) -> bytes:
    """Its bytes."""
    return b"".join(bytes(each.content) for each in PacketPart.objects.filter(packet=packet).order_by("number"))


def files(packet: AuditPacket) -> Mapping[str, bytes]:
    """What is inside."""
    with zipfile.ZipFile(BytesIO(content(packet))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def table(inside: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """The rows of a table, by its header."""
    header, *rows = read_csv(inside[f"{name}.csv"].removeprefix(b"\xef\xbb\xbf"))
    return [dict(zip(header, row, strict=True)) for row in rows]


def manifest(inside: Mapping[str, bytes]) -> dict[str, Any]:
    """The manifest, as somebody reads it."""
    loaded: dict[str, Any] = json.loads(inside["manifest.json"])
    return loaded


def later(days: int) -> date:
    """A day after today."""
    return TODAY + timedelta(days=days)
