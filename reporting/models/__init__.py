"""Months, findings, files, and who answers for them."""

from reporting.models.certifications import Acknowledgement, Approval, Certification
from reporting.models.chronic import ChronicCount
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
    "Acknowledgement",
    "Approval",
    "AuditPacket",
    "Certification",
    "ChronicCount",
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
