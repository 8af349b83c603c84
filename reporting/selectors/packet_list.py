"""Audit packets as pages list them: whose they are, where each stands, and what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from attendance.selectors.local_times import local_time
from reporting.models import AuditPacket, PacketAct, PacketKind, PacketLog, PacketState
from students.access import Scope, visible_to
from students.refusals import NotInScope

PAGE_SIZE = 25


@dataclass(frozen=True)
class LogLine:
    """Something that was done with a packet; the time is local."""

    act: str
    by: str
    at: datetime


@dataclass(frozen=True)
class PacketPage:
    """One packet, of how many children it tells, and what was done with it."""

    packet: AuditPacket
    about: str
    children: int
    log: Sequence[LogLine]

    @property
    def members(self) -> Sequence[dict[str, Any]]:
        """What is inside: first what people read, then the tables, then the documents."""
        return sorted(self.packet.members, key=lambda each: (each["name"] != "packet.pdf", "/" in each["name"]))


def packet_in_scope(scope: Scope, packet_id: int) -> AuditPacket:
    """A packet that this person may see. Raises NotInScope."""
    found = visible_to(scope, AuditPacket).select_related("student", "school__district", "requested_by")
    packet = found.filter(pk=packet_id).first()
    if packet is None:
        raise NotInScope
    return packet


def packets_asked_for(scope: Scope, page: str) -> Page:
    """The packets that somebody may see, the newest first; the same number of statements however many."""
    found = visible_to(scope, AuditPacket).select_related("student", "school", "requested_by").defer("members")
    return Paginator(found, PAGE_SIZE).get_page(page)


def packets_to_read(scope: Scope) -> tuple[int, date | None, int]:
    """How many packets that somebody asked for are ready and were not taken away by them, the last day on which the
    first of them is there, and its id (0 for none); one statement.
    """
    taken = PacketLog.objects.filter(packet=OuterRef("pk"), act=PacketAct.DOWNLOADED, by=scope.user_id)
    ready = visible_to(scope, AuditPacket).filter(~Exists(taken), requested_by=scope.user_id, state=PacketState.DONE)
    found = list(ready.order_by("kept_until", "pk").values_list("kept_until", "pk"))
    first = found[0] if found else (None, 0)
    return len(found), *first


def packet_page(scope: Scope, packet_id: int) -> PacketPage:
    """One packet with its log. Raises NotInScope."""
    packet = packet_in_scope(scope, packet_id)
    log = packet.log.select_related("by")
    lines = [
        LogLine(each.get_act_display(), each.by.full_name if each.by else "", local_time(scope, each.at))
        for each in log
    ]
    return PacketPage(packet, packet_about(scope, packet), packet.subjects.count(), lines)


def packet_about(scope: Scope, packet: AuditPacket) -> str:
    """What a packet is about, in words, but for its days. The packet is from the scope."""
    if packet.kind == PacketKind.STUDENT and packet.student:
        return packet.student.listed_name
    school = packet.school.name if packet.school else ""
    return f"{school}, month {packet.month}" if packet.kind == PacketKind.MONTH else school
