"""The PDF of a packet: what somebody reads, or prints and lays before somebody else. The tables carry the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import IO, Any

from django.utils.translation import gettext as _

from reporting.models import AuditPacket, PacketKind
from reporting.packet_pdf import Paper
from reporting.rules.packet_manifest import LEFT_OUT
from reporting.selectors.packet_cells import Cells
from reporting.selectors.packet_list import packet_about
from reporting.selectors.packet_tables import WHO, Row, Table
from reporting.services.packet_contents import Told
from students.access import Scope

# Of a month's packet the PDF tells these of each student; the tables beside it carry everything.
_OF_A_MONTH = ("excuses", "documents", "office_events", "changes")
_ENGLISH = "en"
# What a line of the policy tells; what is a table of its own stands in policies.json.
_PLAIN = (str, int, date)
_NUMBERS = {
    "mark", "meeting", "entry", "interaction", "call", "report", "request", "mode_id", "own_schedule", "accommodation",
    "seat", "row",
}  # fmt: skip
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d):\d\d[+-]\d\d:\d\d")


class Reading:
    """The PDF in the making."""

    def __init__(self, scope: Scope, packet: AuditPacket, file: IO[bytes], cells: Cells) -> None:
        """Begin with what the packet is."""
        self.packet, self.cells = packet, cells
        title = _("Audit packet %(number)s") % {"number": packet.pk}
        self.paper = Paper(file, title=title, language=_ENGLISH, page_words=_("Page {number} of {pages}"))
        self.paper.title(title)
        for name, value in self._about(scope):
            self.paper.text(f"{name}: {value}")
        self.paper.heading(_("What is left out"))
        for line in LEFT_OUT:
            self.paper.text(line)
        self.paper.heading(_("How to read it"))
        self.paper.text(
            _(
                "Each class of a day is its period with a letter and minutes: P present, T tardy, L left early, "
                "A absent, ? not taken; 41/55 are the minutes that count of those offered. Rules are numbered as in "
                "the district's rule book. The tables (CSV) beside this file carry every mark, entry and change with "
                "who made it and when; manifest.json carries the SHA-256 of every file, of this one too."
            )
        )

    def _about(self, scope: Scope) -> Iterable[tuple[str, str]]:
        packet = self.packet
        yield _("About"), packet_about(scope, packet)
        yield _("Days"), f"{packet.starts_on} – {packet.ends_on}"
        yield _("Asked for by"), f"{packet.requested_by.full_name}, {self.cells.cell(packet.requested_at)}"
        yield _("Given to"), packet.recipient
        yield _("Legal basis (RD-61)"), packet.get_basis_display()
        yield _("As of"), self.cells.cell(scope.now)

    def frame(
        self, tables: Sequence[tuple[Table, Sequence[Row]]], policies: Mapping[str, Sequence[Mapping[str, Any]]]
    ) -> None:
        """What the days stand in: policy, calendars, months."""
        self.paper.heading(_("Policy in force"))
        for name, held in policies.items():
            for each in held:
                told = [(key, value) for key, value in each.items() if isinstance(value, _PLAIN) and value != ""]
                said = "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in told if not key.endswith("id"))
                self.paper.text(f"{name.replace('_', ' ').capitalize()}: {said}")
        for table, rows in tables:
            if rows:
                self.paper.heading(table.title)
                self._table(table.header, rows)

    def student(self, told: Told, tables: Sequence[Table]) -> None:
        """One student: the days, then what they rest on."""
        self.paper.heading(told.name, running=told.name)
        if not told.days:
            self.paper.text(_("No day of these has a row: not in session, or not opened yet."))
        else:
            self.paper.header([_("Date"), _("What the day is, and why"), _("Classes")], [76, 265, 170])
            for day in told.days:
                self.paper.row([f"{day.date:%a} {day.date.isoformat()}", day.sentence, day.classes])
        for table in tables:
            rows = told.tables.get(table.name)
            if rows and self._is_told(table.name):
                self.paper.subheading(table.title)
                self._table(table.header[len(WHO) :], [row[len(WHO) :] for row in rows])

    def _is_told(self, name: str) -> bool:
        return self.packet.kind != PacketKind.MONTH or name in _OF_A_MONTH

    def _table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table without our own numbers of rows, which the tables beside the PDF carry, and with shorter instants."""
        told = [place for place, name in enumerate(header) if name not in _NUMBERS]
        self.paper.table(
            [header[place].replace("_", " ") for place in told],
            [[_INSTANT.sub(r"\1", row[place]) for place in told] for row in rows],
        )

    def close(self) -> int:
        """Write the end; how many pages it has."""
        return self.paper.close()
