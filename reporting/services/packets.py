"""Asks for audit packets, hands them out and removes them after their time; each of these is logged (RD-61)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from attendance.selectors.school_years import school_year
from reporting.access import audited_students
from reporting.models import AuditPacket, PacketAct, PacketBasis, PacketKind, PacketLog, PacketPart, PacketState
from reporting.models.packets import UNFINISHED
from reporting.rules.packet_asked import span_fault
from reporting.selectors.months import school_month, school_with_months
from reporting.selectors.packet_list import packet_in_scope
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused
from students.services import leases
from students.services.leases import Work

MAKE_TASK = "reporting.make_packet"
PACKETS = Work(
    model=AuditPacket,
    state_field="state",
    waiting=PacketState.WAITING,
    running=PacketState.RUNNING,
    failed=PacketState.FAILED,
    asked_first=("requested_at", "id"),
    named="packet",
    again="ask for the packet again",
    afresh={"step": "", "students_done": 0},
)
# Of one person at a time, so that one impatient click does not keep the workers from everybody's months.
MOST_UNFINISHED = 10


@dataclass(frozen=True)
class AskedPacket:
    """What somebody asks for: a student's span (both ends inclusive), a school's day, or a school's month."""

    kind: str
    student_id: int | None = None
    school_id: int | None = None
    month: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def ask_for_packet(scope: Scope, asked: AskedPacket, *, basis: str, recipient: str, submission_id: UUID) -> AuditPacket:
    """Ask for a packet to be made; the same form sent twice is one packet, and the asking is logged.

    Raises NotInScope (a student or school whose figures are not this person's), Forbidden (the installation asks for
    nothing) or Refused with what is missing: who is given it, the legal basis (RD-61), a span that can be told.
    """
    facts = _about(scope, asked) | _given_to(basis, recipient)
    person = scope.person
    known = AuditPacket.objects.filter(submission_id=submission_id, requested_by=person)
    if before := known.first():
        return before
    if AuditPacket.objects.filter(requested_by=person, state__in=UNFINISHED).count() >= MOST_UNFINISHED:
        raise Refused(f"{MOST_UNFINISHED} packets of yours are being made. Wait until some of them are ready.")
    try:
        with transaction.atomic():
            packet = AuditPacket.objects.create(
                submission_id=submission_id, requested_by_id=person, requested_at=scope.now, **facts
            )
            PacketLog.objects.create(packet=packet, act=PacketAct.ASKED, by_id=person, at=scope.now)
    except IntegrityError:
        # The other half of a double click was first.
        if (first := known.first()) is None:
            raise Refused("This form was sent by somebody else. Open the page again and ask from there.") from None
        return first
    return packet


def _about(scope: Scope, asked: AskedPacket) -> dict[str, Any]:
    if asked.kind == PacketKind.STUDENT:
        return _of_student(scope, asked)
    school = school_with_months(scope, asked.school_id or 0)
    if asked.kind == PacketKind.MONTH:
        held = school_month(scope, school, school_year(scope), asked.month or 0)
        return _span(scope, held.starts_on, min(held.ends_on, scope.today)) | {
            "kind": PacketKind.MONTH,
            "school": school,
            "month": held.month,
        }
    if asked.kind != PacketKind.DAY:
        raise Refused("Say what the packet is about.")
    return _span(scope, asked.starts_on, asked.starts_on) | {"kind": PacketKind.DAY, "school": school}


def _of_student(scope: Scope, asked: AskedPacket) -> dict[str, Any]:
    student = audited_students(scope).filter(pk=asked.student_id or 0).first()
    if student is None:
        raise NotInScope
    return _span(scope, asked.starts_on, asked.ends_on) | {"kind": PacketKind.STUDENT, "student": student}


def _span(scope: Scope, starts_on: date | None, ends_on: date | None) -> dict[str, Any]:
    if starts_on is None or ends_on is None:
        raise Refused("Say which days the packet covers.")
    if fault := span_fault(starts_on, ends_on, scope.today):
        raise Refused(fault)
    return {"starts_on": starts_on, "ends_on": ends_on}


def _given_to(basis: str, recipient: str) -> dict[str, Any]:
    if not recipient.strip():
        raise Refused("Say who is given the packet.")
    if basis not in PacketBasis.values:
        raise Refused("Say on which legal basis it is given (RD-61).")
    return {"basis": basis, "recipient": recipient.strip()[:200]}


@dataclass(frozen=True)
class OpenedPacket:
    """A packet to be sent: its name, its bytes, and those bytes piece by piece."""

    name: str
    size_bytes: int
    chunks: Iterator[bytes]


def open_packet(scope: Scope, packet_id: int) -> OpenedPacket:
    """A packet for who may read it; who took it away, and when, is kept. Raises NotInScope, or Refused."""
    packet = packet_in_scope(scope, packet_id)
    if packet.state != PacketState.DONE:
        raise Refused("The packet is not there: it is still being made, it failed, or its time is over.")
    numbers = list(packet.parts.values_list("number", flat=True))
    PacketLog.objects.create(packet=packet, act=PacketAct.DOWNLOADED, by_id=scope.person, at=scope.now)
    return OpenedPacket(packet.file_name, packet.size_bytes, _chunks(packet.pk, numbers))


def _chunks(packet_id: int, numbers: list[int]) -> Iterator[bytes]:
    for number in numbers:
        yield bytes(PacketPart.objects.values_list("content", flat=True).get(packet=packet_id, number=number))


def waiting_packets(scope: Scope, *, at: datetime) -> list[int]:
    """Packets that nobody makes: those that wait, and those whose worker let the lease run out."""
    return leases.waiting_work(scope, PACKETS, at=at)


def remove_old_packets(scope: Scope) -> int:
    """Remove the bytes of packets whose last day is over; how many. What they were about, and for whom, stays."""
    old = visible_to(scope, AuditPacket).filter(state=PacketState.DONE, kept_until__lt=scope.today)
    return sum(_remove(scope, packet_id) for packet_id in old.values_list("pk", flat=True))


def _remove(scope: Scope, packet_id: int) -> bool:
    with transaction.atomic():
        packet = AuditPacket.objects.select_for_update().filter(pk=packet_id, state=PacketState.DONE).first()
        if packet is None:
            return False
        packet.parts.all().delete()
        packet.state = PacketState.REMOVED
        packet.save(update_fields=["state"])
        PacketLog.objects.create(packet=packet, act=PacketAct.REMOVED, at=scope.now)
        return True
