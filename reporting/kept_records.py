"""What the tables of months hold, for their retention (MS-31)."""

from reporting.models import (
    Acknowledgement,
    Approval,
    AuditPacket,
    Certification,
    ChronicCount,
    ExportFile,
    Filing,
    Finding,
    MonthRun,
    PacketLog,
    PacketPart,
    PacketSubject,
)
from students.retention import NEVER, Group, Kept, register, register_others

_OF_RUN = "(SELECT of.ends_on FROM reporting_monthrun of WHERE of.id = r.run_id)"
_OF_PACKET = (
    "(SELECT greatest(of.ends_on, of.requested_at::date) FROM reporting_auditpacket of WHERE of.id = r.packet_id)"
)
_OF_YEAR = "(SELECT of.ends_on FROM students_schoolyear of WHERE of.id = r.school_year_id)"

register(
    Kept(PacketLog, Group.DOCUMENTATION, _OF_PACKET),
    Kept(PacketSubject, Group.DOCUMENTATION, _OF_PACKET),
    Kept(AuditPacket, Group.DOCUMENTATION, "greatest(r.ends_on, r.requested_at::date)"),
    Kept(Filing, Group.DOCUMENTATION, _OF_RUN),
    Kept(ExportFile, Group.DOCUMENTATION, _OF_RUN),
    # Found anew by each building.
    Kept(Finding, Group.DOCUMENTATION, _OF_RUN, record=NEVER),
    # Counted anew whenever the ledger moves.
    Kept(ChronicCount, Group.DOCUMENTATION, _OF_YEAR, record=NEVER),
    Kept(MonthRun, Group.DOCUMENTATION, "r.ends_on"),
)
# Figures and signatures name no child, and each link of the chain of certification is needed to prove the next.
register_others(Group.REFERENCE, Acknowledgement, Approval, Certification)
# The bytes of a packet go when their days are over.
register_others(Group.WORK, PacketPart)
