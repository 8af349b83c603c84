"""The days of a packet's students: what the ledger stores, what the facts say, the working and the sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from attendance.models import ClassMeeting, MeetingState
from attendance.rules.day import CLASS, MeetingFact, excused_minutes
from attendance.selectors.day_words import mode_words
from attendance.selectors.judged import JudgedDay, judged_days
from attendance.selectors.ledger_rows import COLUMNS, LedgerRow, row_of, stored_rows
from attendance.selectors.meeting_lines import TAKEN, UNMARKED, UNTAKEN, MeetingLine
from attendance.selectors.verdict_words import verdict_sentence
from reporting.selectors.packet_cells import Cells
from reporting.selectors.packet_slices import Slice
from reporting.selectors.packet_tables import WHO, Row, Table, who
from students.access import Scope
from students.models import Section

DAYS = Table(
    "days",
    "Each day as the ledger stores it and as the facts say, with the sentence that explains it",
    (
        *WHO, "date", "school", "grade", "in_ada", "mode", "status", "absence_kind", "minutes_attended",
        "minutes_required", "minutes_needed", "minutes_excused", "minutes_untaken", "meetings", "meetings_untaken",
        "tardies", "early_departures", "rules", "policy", "ledger_agrees", "explanation",
    ),
)  # fmt: skip
PIECES = Table(
    "pieces",
    "What each day was judged by: classes, work, assessments, each with the minutes that count",
    (
        *WHO, "date", "kind", "period", "what", "mode", "minutes_offered", "minutes_that_count", "minutes_excused",
        "mark", "rules", "meeting",
    ),
)  # fmt: skip
AGREES, NO_ROW, NO_DAY = "yes", "no: the ledger has no row", "no: the ledger has a row and should have none"


@dataclass(frozen=True)
class PacketDay:
    """A student's day. `judged` is None where the ledger has a row and should have none."""

    student_id: int
    date: date
    judged: JudgedDay | None
    stored: LedgerRow | None

    @property
    def school_id(self) -> int:
        """The school that the day belongs to."""
        if self.judged:
            return self.judged.day.school_id
        return int((self.stored or ())[COLUMNS.index("school_id")])

    @property
    def is_told_by_its_classes(self) -> bool:
        """Whether its sentence can name no more than classes: nothing waits of work in own time (RD-25, RD-26)."""
        facts = self.judged.facts if self.judged else None
        if facts is None or facts.every_class is not None:
            return False
        return all(each.kind == CLASS or each.attended is not None for each in facts.meetings)

    @property
    def agreement(self) -> str:
        """Whether the ledger stores what the facts say."""
        if self.judged is None:
            return NO_DAY
        if self.stored is None:
            return NO_ROW
        expected = row_of(self.judged)
        apart = [name for name, was, shall in zip(COLUMNS, self.stored, expected, strict=True) if was != shall]
        return f"no: {' '.join(apart)}" if apart else AGREES


@dataclass(frozen=True)
class Titles:
    """What the pieces of days are called: classes by meeting, work by section."""

    meetings: Mapping[int, ClassMeeting]
    sections: Mapping[int, str]

    def period(self, piece: MeetingFact) -> str:
        """The period of a class; empty for what is none."""
        held = self.meetings.get(piece.id) if piece.kind == CLASS else None
        return held.period if held else ""

    def title(self, piece: MeetingFact) -> str:
        """The class of a piece, or its kind where it has none."""
        return self.sections.get(piece.section_id, piece.kind)


def packet_days(scope: Scope, part: Slice) -> list[PacketDay]:
    """The days of some students that are the packet's, by student and date; as many statements as `judged_days`."""
    stored = {
        (row[0], row[1]): row
        for row in stored_rows(scope, part.ids, part.first, part.last)
        if part.holds(row[0], row[1])
    }
    judged = {
        (each.day.student_id, each.day.date): each
        for each in judged_days(scope, part.ids, part.first, part.last)
        if part.holds(each.day.student_id, each.day.date)
    }
    keys = sorted(stored.keys() | judged.keys(), key=lambda key: (part.ids.index(key[0]), key[1]))
    return [PacketDay(key[0], key[1], judged.get(key), stored.get(key)) for key in keys]


def titles_of(scope: Scope, days: Iterable[PacketDay]) -> Titles:
    """What the pieces of days are called; two statements. The days are from the scope."""
    pieces = [piece for day in days if day.judged for piece in day.judged.facts.meetings]
    meetings = {piece.id for piece in pieces if piece.kind == CLASS}
    sections = {piece.section_id for piece in pieces}
    return Titles(
        ClassMeeting.objects.in_bulk(meetings), dict(Section.objects.filter(pk__in=sections).values_list("pk", "title"))
    )


def day_row(scope: Scope, part: Slice, day: PacketDay, sentence: str, schools: Mapping[int, str], cells: Cells) -> Row:
    """A day as a row of DAYS. Where the facts give no day, its figures are those that the ledger stores."""
    figures = dict(zip(COLUMNS, row_of(day.judged) if day.judged else day.stored or (), strict=False))
    rules = str(figures["rules"])
    return [
        *who(part, day.student_id),
        day.date.isoformat(),
        schools.get(figures["school_id"], ""),
        *(
            cells.cell(figures[name])
            for name in (
                "grade", "ada_included", "mode", "status", "absence_kind", "minutes_attended", "minutes_required",
                "minutes_needed", "minutes_excused", "minutes_untaken", "meetings_expected", "meetings_untaken",
                "tardies", "early_departures",
            )
        ),
        rules,
        day.judged.policy.name if day.judged else "",
        day.agreement,
        sentence,
    ]  # fmt: skip


def piece_rows(scope: Scope, part: Slice, day: PacketDay, titles: Titles, cells: Cells) -> Iterator[Row]:
    """What a day was judged by, as rows of PIECES."""
    if day.judged is None:
        return
    for piece in day.judged.facts.meetings:
        yield [
            *who(part, day.student_id),
            day.date.isoformat(),
            piece.kind,
            titles.period(piece),
            titles.title(piece),
            mode_words(piece.mode),
            str(piece.offered),
            cells.cell(piece.attended),
            str(excused_minutes(piece, day.judged.facts.excused)),
            piece.mark or "",
            " ".join(piece.basis),
            str(piece.id) if piece.kind == CLASS else "",
        ]


def sentence_of(scope: Scope, day: PacketDay, titles: Titles, *, health: bool) -> str:
    """The sentence of a day that is told by its classes; of any other it takes the working of the day itself."""
    if day.judged is None:
        return ""
    lines = [_line(titles.meetings[each.id], each) for each in day.judged.facts.meetings if each.kind == CLASS]
    return verdict_sentence(day.judged.verdict, lines, (), health=health)


def _line(meeting: ClassMeeting, piece: MeetingFact) -> MeetingLine:
    """What the sentence asks of a class: its period, and whether it is known."""
    unknown = UNMARKED if meeting.state == MeetingState.TAKEN else UNTAKEN
    return MeetingLine(
        id=meeting.pk, title="", period=meeting.period, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        state=unknown if piece.attended is None else TAKEN, offered=piece.offered, attended=piece.attended,
        falls_short=False, excused=0, mark="", arrived_at=None, left_at=None, taken_by="", taken_at=None,
        void_reason="", voided_by="", may_open=False,
    )  # fmt: skip


def classes_of(day: PacketDay, titles: Titles) -> str:
    """The pieces of a day as letters and minutes, as the PDF explains them."""
    pieces = day.judged.facts.meetings if day.judged else ()
    return ", ".join(f"{titles.period(each) or titles.title(each)} {_letter(each)}" for each in pieces)


def _letter(piece: MeetingFact) -> str:
    if piece.attended is None:
        return "?"
    letter = {"tardy": "T", "left_early": "L"}.get(piece.mark or "", "P" if piece.attended else "A")
    return letter if piece.attended in (0, piece.offered) else f"{letter} {piece.attended}/{piece.offered}"
