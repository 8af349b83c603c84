"""The working of a day as rows of a packet, as `explain_day` tells it, but for notes and free reasons (RD-61)."""

from collections.abc import Iterator
from datetime import date

from attendance.selectors.explanation import Explanation, Working, explain_day
from attendance.selectors.meeting_lines import MeetingLine
from attendance.selectors.piece_lines import PieceLine
from attendance.selectors.source_line import SourceLine
from reporting.selectors.packet_slices import Slice
from reporting.selectors.packet_tables import WHO, Row, Table, who
from students.access import Scope

WORKING = Table(
    "working",
    "The working of each day: classes, how it was taught, what the office knew, evidence, rules",
    (*WHO, "date", "part", "what", "happened_at", "counts", "why", "entered_by", "entered_at"),
)


def worked(scope: Scope, student_id: int, day: date) -> Explanation:
    """A day explained as a packet tells it: without notes, whoever reads it. Raises NotInScope."""
    return explain_day(scope, student_id, day, in_public=True)


def working_rows(scope: Scope, part: Slice, explained: Explanation) -> Iterator[Row]:
    """The working of a day, as rows of WORKING."""
    head = [*who(part, explained.student_id), explained.day.isoformat()]
    if explained.disagreement:
        yield [*head, "ledger", "The ledger and the facts disagree", "", "", explained.disagreement, "", ""]
    if explained.working:
        for row in _rows(explained.working):
            yield [*head, *row]


def _rows(working: Working) -> Iterator[Row]:
    for meeting in working.meetings:
        yield _meeting(meeting)
    for piece in working.pieces:
        counts = "" if piece.attended is None else f"{piece.attended} of {piece.offered}"
        yield [
            "work",
            piece.title or piece.kind,
            "",
            counts,
            _joined(piece.why, piece.lack),
            piece.taken_by,
            _at(piece),
        ]
    for line in working.teaching:
        yield ["teaching", line.name, "", "", line.text, "", ""]
    yield from (_told("office", each) for each in working.office)
    yield from (_told("evidence", each) for each in working.evidence)
    for rule in working.rules:
        yield ["rule", rule.number, "", "", rule.text, "", ""]
    if working.too_short:
        why = f"Only {working.verdict.minutes_required} minutes were required; a day has at least {working.too_short}."
        yield ["rule", "MS-02", "", "", why, "", ""]


def _meeting(line: MeetingLine) -> Row:
    counts = "" if line.attended is None else f"{line.attended} of {line.offered}"
    said = _joined(line.state, line.mark, line.why, line.lack, line.void_reason, line.correction)
    on_paper = f"on paper by {line.on_paper_by}" if line.on_paper_by else ""
    by = _joined(line.taken_by or line.voided_by, on_paper, f"changed by {line.marked_by}" if line.marked_by else "")
    at = line.marked_at or line.taken_at
    return ["class", line.title, f"{line.starts_at:%H:%M}", counts, said, by, f"{at:%Y-%m-%d %H:%M}" if at else ""]


def _told(part: str, line: SourceLine) -> Row:
    happened = f"{line.happened_at:%Y-%m-%d %H:%M}" if line.happened_at else ""
    entered = f"{line.entered_at:%Y-%m-%d %H:%M}" if line.entered_at else ""
    what = _joined(line.what, line.source)
    return [part, what, happened, "yes" if line.counts else "no", line.why, line.entered_by, entered]


def _at(piece: PieceLine) -> str:
    return f"{piece.taken_at:%Y-%m-%d %H:%M}" if piece.taken_at else ""


def _joined(*parts: str) -> str:
    return "; ".join(each for each in parts if each)
