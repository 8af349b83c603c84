"""Months, findings and files."""

from reporting.models.filings import Filing, FilingEvent
from reporting.models.months import ExportFile, Finding, MonthRun, RunState, Severity
from reporting.models.packets import (
    AuditPacket,
    PacketAct,
    PacketBasis,
    PacketKind,
    PacketLog,
    PacketPart,
    PacketState,
    PacketSubject,
)

__all__ = [
    "AuditPacket",
    "ExportFile",
    "Filing",
    "FilingEvent",
    "Finding",
    "MonthRun",
    "PacketAct",
    "PacketBasis",
    "PacketKind",
    "PacketLog",
    "PacketPart",
    "PacketState",
    "PacketSubject",
    "RunState",
    "Severity",
]
