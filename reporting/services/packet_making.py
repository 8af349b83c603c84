"""Makes an audit packet as leased work, with the eyes of who asked for it; nothing stands anywhere before all of it."""

import errno
import json
import logging
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from attendance.models import DocumentOpening
from reporting.models import AuditPacket, PacketAct, PacketKind, PacketLog, PacketPart, PacketState, PacketSubject
from reporting.packet_zip import PacketZip
from reporting.rules.packet_asked import last_day_kept, packet_name
from reporting.rules.packet_manifest import MANIFEST, packet_manifest
from reporting.selectors.packet_frame import (
    CALENDAR,
    CALENDAR_CHANGES,
    WAIVED,
    calendar_change_rows,
    calendar_rows,
    policies_in_force,
    waived_rows,
)
from reporting.selectors.packet_list import packet_in_scope
from reporting.selectors.packet_months import (
    ACKNOWLEDGED,
    AMENDED,
    CERTIFIED,
    FINDINGS,
    FROZEN,
    RUNS,
    acknowledged_rows,
    amended_rows,
    certified_rows,
    finding_rows,
    frozen_rows,
    run_rows,
    runs_over,
)
from reporting.selectors.packet_slices import SLICE, packet_student_ids
from reporting.selectors.snapshot import snapshot
from reporting.services.packet_contents import Contents
from reporting.services.packet_reading import Reading
from reporting.services.packets import PACKETS
from students.access import Scope, scope_of, visible_to
from students.refusals import NotInScope, Refused
from students.services import leases
from students.services.leases import Instants, Lease, LeaseLost

log = logging.getLogger(__name__)

PART_BYTES = 1 << 20
NO_RIGHT = "Whoever asked for this packet may no longer see what it is about. Somebody with the right asks anew."
NOBODY = "No student of this packet's days is this person's to see."


def make_packet(scope: Scope, packet_id: int, *, instants: Instants) -> None:
    """Make a packet that waits; nothing where another worker has it. `instants` reads the machine's clock."""
    lease = leases.take_up(scope, PACKETS, packet_id, at=instants())
    if lease is None:
        return
    try:
        _Making(_makers_scope(scope, packet_id), lease, instants).run()
    except LeaseLost:
        log.warning("Packet %s was taken up by another worker; this one wrote nothing.", packet_id)
    except (NotInScope, Refused) as refusal:
        leases.end(lease, at=instants(), problem=str(refusal) or NO_RIGHT)
    except OSError as fault:
        log.exception("Packet %s failed.", packet_id)
        leases.give_back(lease, at=instants(), problem=_disk_words(fault))
    except Exception as fault:
        log.exception("Packet %s failed.", packet_id)
        leases.give_back(lease, at=instants(), problem=f"The last attempt failed ({type(fault).__name__}).")


def _makers_scope(scope: Scope, packet_id: int) -> Scope:
    """The scope of who asked, with the roles held now. Raises NotInScope where the packet is not theirs any more."""
    asked = visible_to(scope, AuditPacket).select_related("requested_by").get(pk=packet_id)
    if not asked.requested_by.is_active:
        raise NotInScope
    maker = scope_of(asked.requested_by, scope.now)
    packet_in_scope(maker, packet_id)
    return maker


def _disk_words(fault: OSError) -> str:
    if fault.errno == errno.ENOSPC:
        return "The worker's disk is full. Nothing of the packet was kept; it is tried again when there is room."
    return f"The worker could not write the packet ({fault.strerror or type(fault).__name__})."


class _Making:
    """One worker's attempt at one packet."""

    def __init__(self, maker: Scope, lease: Lease, instants: Instants) -> None:
        self.scope, self.lease, self.instants = maker, lease, instants
        self.packet = packet_in_scope(maker, lease.run_id)
        self.student_ids = packet_student_ids(maker, self.packet)
        if not self.student_ids:
            raise Refused(NOBODY)

    def run(self) -> None:
        self._tell(0)
        with TemporaryFile() as out:
            with TemporaryFile() as pdf, PacketZip(out) as made:
                contents = Contents(self.scope, self.packet, made, partial(self._tell, None))
                self._fill(contents, pdf)
                made.put(MANIFEST, packet_manifest(self._about(contents), made.members))
            self._keep(out, contents)

    def _fill(self, contents: Contents, pdf: IO[bytes]) -> None:
        reading = Reading(self.scope, self.packet, pdf, contents.cells)
        for start in range(0, len(self.student_ids), SLICE):
            self._tell(start)
            for told in contents.add(self.student_ids[start : start + SLICE]):
                reading.student(told, contents.tables)
        self._tell(len(self.student_ids))
        contents.add_classes()
        self._frame(contents, reading)
        reading.close()
        contents.made.close_sheets()
        pdf.seek(0)
        contents.made.copy("packet.pdf", "This packet for people to read", pdf)

    def _frame(self, contents: Contents, reading: Reading) -> None:
        scope, packet, schools, cells = self.scope, self.packet, contents.schools, contents.cells
        with snapshot():
            runs = runs_over(scope, packet, schools)
            tables = [
                (table, contents.fill(table, rows))
                for table, rows in (
                    (CALENDAR, calendar_rows(scope, packet, schools, cells)),
                    (CALENDAR_CHANGES, calendar_change_rows(scope, packet, schools, cells)),
                    (WAIVED, waived_rows(scope, packet, schools, cells)),
                    (RUNS, run_rows(scope, runs, schools, cells)),
                    (FINDINGS, finding_rows(scope, packet, runs, cells)),
                    (ACKNOWLEDGED, acknowledged_rows(scope, runs, schools, cells)),
                    (CERTIFIED, certified_rows(scope, runs, schools, cells)),
                    (FROZEN, frozen_rows(scope, packet, schools, cells)),
                    (AMENDED, amended_rows(scope, packet, schools, cells)),
                )
            ]
            policies = policies_in_force(scope, packet)
        reading.frame(tables, policies)
        content = json.dumps(policies, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder).encode()
        with TemporaryFile() as file:
            file.write(content)
            file.seek(0)
            contents.made.copy("policies.json", "The policies and learning plans in force, every figure of them", file)

    def _about(self, contents: Contents) -> dict[str, Any]:
        packet = self.packet
        return {
            "packet": packet.pk,
            "kind": packet.kind,
            "about": {
                "school": packet.school.state_code if packet.school else "",
                "month": packet.month,
                "student": packet.student.state_id if packet.student else "",
                "starts_on": packet.starts_on.isoformat(),
                "ends_on": packet.ends_on.isoformat(),
                "students": len(self.student_ids),
                "schools": sorted(contents.schools.values()),
            },
            "asked_for": {
                "by": packet.requested_by.full_name,
                "at": packet.requested_at.isoformat(),
                "given_to": packet.recipient,
                "legal_basis": packet.get_basis_display(),
            },
            "as_of": self.scope.now.isoformat(),
            "as_of_means": "Each student's rows were read at one instant, not before this one.",
        }

    def _tell(self, done: int | None) -> None:
        facts = {} if done is None else {"students_done": done, "students_total": len(self.student_ids)}
        leases.renew(self.lease, at=self.instants(), step="evidence", **facts)

    def _keep(self, out: IO[bytes], contents: Contents) -> None:
        """Publish all of it in one transaction, with who is told of and whose papers went along."""
        with transaction.atomic():
            packet: AuditPacket = leases.locked(self.lease)
            packet.size_bytes, packet.sha256 = _store(packet, out)
            packet.members = [each.listed for each in contents.made.members]
            PacketSubject.objects.bulk_create(
                [PacketSubject(packet=packet, student_id=each) for each in self.student_ids], batch_size=1000
            )
            DocumentOpening.objects.bulk_create(
                [
                    DocumentOpening(document_id=each, opened_by_id=packet.requested_by_id, opened_at=self.scope.now)
                    for each in contents.documents
                ]
            )
            PacketLog.objects.create(packet=packet, act=PacketAct.MADE, at=self.scope.now)
            packet.file_name = _name(self.packet)
            packet.kept_until = last_day_kept(self.scope.today)
            packet.as_of, packet.finished_at, packet.state = self.scope.now, self.instants(), PacketState.DONE
            packet.students_done = packet.students_total = len(self.student_ids)
            packet.step, packet.problem, packet.lease_token, packet.leased_until = "", "", None, None
            packet.save()


def _name(packet: AuditPacket) -> str:
    place = packet.school.state_code if packet.school and packet.kind != PacketKind.STUDENT else ""
    return packet_name(packet.kind, packet.pk, place, packet.starts_on, packet.ends_on)


def _store(packet: AuditPacket, out: IO[bytes]) -> tuple[int, str]:
    """Keep the bytes in pieces; how many, and their SHA-256."""
    out.seek(0)
    digest, size = sha256(), 0
    for number, content in enumerate(iter(lambda: out.read(PART_BYTES), b"")):
        PacketPart.objects.create(packet=packet, number=number, content=content)
        digest.update(content)
        size += len(content)
    return size, digest.hexdigest()
