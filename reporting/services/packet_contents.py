"""Fills a packet: its tables row by row, its documents, and the PDF that people read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from attendance.models import ContentType, Document
from attendance.rules.document_content import ENDINGS
from attendance.selectors.explanation import Explanation
from attendance.services.document_folder import opened
from reporting.models import AuditPacket, PacketKind
from reporting.packet_zip import PacketZip
from reporting.selectors.packet_cells import Cells
from reporting.selectors.packet_classes import (
    ASSIGNMENTS,
    CLASS_CHANGES,
    CLASSES,
    SAVES,
    assignment_rows,
    class_change_rows,
    class_rows,
    save_rows,
)
from reporting.selectors.packet_days import (
    AGREES,
    DAYS,
    PIECES,
    PacketDay,
    Titles,
    classes_of,
    day_row,
    packet_days,
    piece_rows,
    sentence_of,
    titles_of,
)
from reporting.selectors.packet_frame import school_codes
from reporting.selectors.packet_slices import Slice, packet_slice
from reporting.selectors.packet_sources import DOCUMENTS, SOURCES
from reporting.selectors.packet_tables import (
    CHANGES,
    WHO,
    Row,
    Table,
    change_rows,
    documents_of,
    header_of,
    source_rows,
    who,
)
from reporting.selectors.packet_working import WORKING, worked, working_rows
from reporting.selectors.snapshot import snapshot
from students.access import Scope
from students.models import Student

CHANGED = Table("changes", "Every change of an entry, field by field, as the database kept it", (*WHO, *CHANGES))
MISSING = "missing: restore it from the backup"
# Days that are explained one by one between two signs of life.
BREATH = 20


@dataclass(frozen=True)
class DayLine:
    """A day as the PDF has it: the sentence that explains it, and its classes as letters and minutes."""

    date: date
    sentence: str
    classes: str


@dataclass
class Told:
    """What the PDF says of one student."""

    name: str
    days: list[DayLine] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)


class Contents:
    """The evidence of one packet, some students at a time."""

    def __init__(self, scope: Scope, packet: AuditPacket, made: PacketZip, breathe: Callable[[], None]) -> None:
        """`breathe` is called every few seconds of long work."""
        self.scope, self.packet, self.made, self.breathe = scope, packet, made, breathe
        self.cells = Cells(scope)
        self.schools: dict[int, str] = {}
        self.meetings: set[int] = set()
        self.sections: set[int] = set()
        self.documents: list[int] = []
        self.explained = 0

    @property
    def tables(self) -> list[Table]:
        """The tables of students, in the order in which they are read."""
        listed = [header_of(self.scope, each) for each in SOURCES]
        return [WORKING, *listed, header_of(self.scope, DOCUMENTS), CHANGED]

    def add(self, student_ids: Sequence[int]) -> list[Told]:
        """Put some students' evidence in; what the PDF says of them. Their rows are read at one instant."""
        with snapshot():
            part = packet_slice(self.scope, self.packet, student_ids)
            days = packet_days(self.scope, part)
            titles = titles_of(self.scope, days)
            self._meet_schools(days)
            rows = {each.name: source_rows(self.scope, each, part, self.cells) for each in SOURCES}
            changes = list(change_rows(self.scope, part, self.cells))
            documents = documents_of(self.scope, part)
            listed = source_rows(self.scope, DOCUMENTS, part, self.cells)
        told = {each: Told(_heading(part.students[each])) for each in part.ids}
        self._add_days(part, days, titles, told)
        for source in SOURCES:
            self._fill(header_of(self.scope, source), rows[source.name], told)
        self._fill(CHANGED, [[*who(part, student_id), *row] for student_id, row in changes], told)
        self._add_documents(part, documents, listed, told)
        return list(told.values())

    def _meet_schools(self, days: Iterable[PacketDay]) -> None:
        strange = {each.school_id for each in days} - self.schools.keys()
        if strange:
            self.schools |= school_codes(self.scope, strange)

    def _fill(self, table: Table, rows: Iterable[Row], told: dict[int, Told]) -> None:
        sheet = self.made.sheet(table.name, table.title, table.header)
        for row in rows:
            sheet.add(row)
            told[int(row[0])].tables.setdefault(table.name, []).append(row)

    def _add_days(self, part: Slice, days: Sequence[PacketDay], titles: Titles, told: dict[int, Told]) -> None:
        sheet = self.made.sheet(*_named(DAYS))
        pieces = self.made.sheet(*_named(PIECES))
        for day in days:
            sentence = self._sentence(part, day, titles, told)
            said = sentence if day.agreement == AGREES else f"{sentence} [ledger agrees: {day.agreement}]"
            told[day.student_id].days.append(DayLine(day.date, said, classes_of(day, titles)))
            sheet.add(day_row(self.scope, part, day, sentence, self.schools, self.cells))
            for row in piece_rows(self.scope, part, day, titles, self.cells):
                pieces.add(row)
            self.sections |= set(day.judged.own_time_sections) if day.judged else set()
        self.meetings |= titles.meetings.keys()

    def _sentence(self, part: Slice, day: PacketDay, titles: Titles, told: dict[int, Told]) -> str:
        """Of a month all days that need no more are told from what judged them: thousands at once."""
        if self.packet.kind == PacketKind.MONTH and day.is_told_by_its_classes:
            return sentence_of(self.scope, day, titles, health=day.student_id not in part.hidden)
        self.explained += 1
        if self.explained % BREATH == 0:
            self.breathe()
        explained = worked(self.scope, day.student_id, day.date)
        if self.packet.kind != PacketKind.MONTH:
            self._add_working(part, explained, told)
        return explained.sentence

    def _add_working(self, part: Slice, explained: Explanation, told: dict[int, Told]) -> None:
        self._fill(WORKING, working_rows(self.scope, part, explained), told)

    def _add_documents(
        self, part: Slice, documents: Sequence[Document], listed: Sequence[Row], told: dict[int, Told]
    ) -> None:
        files = {str(each.pk): self._put(each) for each in documents}
        rows = [[*row, files[row[-1]]] for row in listed if row[-1] in files]
        self._fill(header_of(self.scope, DOCUMENTS), rows, told)

    def _put(self, document: Document) -> str:
        """The bytes of a document, under a name that tells nobody's; where they stand in the packet."""
        name = f"documents/{document.pk}.{ENDINGS[ContentType(document.content_type)]}"
        try:
            stream = opened(document.storage_name)
        except FileNotFoundError:
            return MISSING
        with stream:
            member = self.made.copy(name, f"Document of excuse {document.excuse_id}", stream, pack=False)
        self.documents.append(document.pk)
        return name if member.sha256 == document.sha256 else f"{name}: its bytes are not those that were sent"

    def add_classes(self) -> None:
        """Put in the classes behind the students' days, once each."""
        for table, rows in (
            (CLASSES, class_rows(self.scope, self.meetings, self.cells)),
            (SAVES, save_rows(self.scope, self.meetings, self.cells)),
            (CLASS_CHANGES, class_change_rows(self.scope, self.meetings, self.cells)),
            (ASSIGNMENTS, assignment_rows(self.scope, self.packet, self.sections, self.cells)),
        ):
            self.fill(table, rows)

    def fill(self, table: Table, rows: Iterable[Row]) -> list[Row]:
        """Put in a table that is of no student in particular; its rows."""
        sheet, kept = self.made.sheet(*_named(table)), []
        for row in rows:
            sheet.add(row)
            kept.append(row)
        return kept


def _named(table: Table) -> tuple[str, str, tuple[str, ...]]:
    return table.name, table.title, table.header


def _heading(student: Student) -> str:
    return f"{student.listed_name}, state id {student.state_id}" if student.state_id else student.listed_name
