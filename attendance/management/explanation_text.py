"""A day's explanation as plain lines for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attendance.rules.time_words import class_time, time_of_day
from attendance.selectors.excuses import ExcuseLine
from attendance.selectors.explanation import Explanation, Working
from attendance.selectors.meeting_lines import CREDITED, TAKEN, UNMARKED, VOID, MeetingLine
from attendance.selectors.piece_lines import PieceLine
from attendance.selectors.source_line import SourceLine
from attendance.selectors.standing_words import standing_words


def lines(explanation: Explanation) -> Iterator[str]:
    """The lines, in the order of the page."""
    yield f"{explanation.name} · {explanation.state_id or 'no state id'} · {explanation.day:%A} {explanation.day}"
    if place := explanation.place:
        yield f"{place.school} ({place.code}) · grade {place.grade or 'not given'} · {place.calendar}"
    if explanation.working:
        yield from _working(explanation.working)
    yield ""
    yield explanation.sentence
    if explanation.working:
        yield from (f"  {rule.number:<5}  {rule.text}" for rule in explanation.working.rules)
        yield from _told(
            "How the day was taught", [f"{each.name}: {each.text}" for each in explanation.working.teaching]
        )
        yield from _told("What the office knew", map(_source, explanation.working.office))
        yield from _told("Work in own time, and talks", map(_source, explanation.working.evidence))
    yield from _excuses(explanation)
    if explanation.disagreement:
        yield ""
        yield f"LEDGER AND FACTS DISAGREE. {explanation.disagreement} Run: manage.py rebuild_attendance"


def _working(working: Working) -> Iterator[str]:
    yield f"{working.mode} · {working.policy}, in force from {working.policy_from}, {working.percent}%"
    yield ""
    titles = [each.title for each in working.meetings] + [each.title for each in working.pieces]
    width = max(map(len, titles), default=0)
    for meeting in working.meetings:
        yield f"  {_times(meeting):>14}  {meeting.title:<{width}}  {_minutes(meeting):>16}  {_from(meeting)}"
    for piece in working.pieces:
        yield f"  {_times(piece):>14}  {piece.title:<{width}}  {_worth(piece):>16}  {_of(piece)}"
    verdict = working.verdict
    yield f"  Day: {verdict.minutes_attended} of {verdict.minutes_required} minutes attended"
    yield f"  Needed: {working.percent}% of {verdict.minutes_required} = {verdict.minutes_needed} (MS-05)"
    if verdict.minutes_excused:
        yield f"  Excused: {verdict.minutes_excused} minutes (RD-08)"
    if working.too_short:
        yield f"  Fewer than {working.too_short} minutes were required of the student (MS-02)"


def _times(line: MeetingLine | PieceLine) -> str:
    if line.starts_at is None or line.ends_at is None:
        return "own time"
    return f"{class_time(line.starts_at)} to {class_time(line.ends_at)}"


def _worth(piece: PieceLine) -> str:
    return f"{'?' if piece.attended is None else piece.attended} of {piece.offered} min"


def _of(piece: PieceLine) -> str:
    tasks = ", ".join(f"{task.title} ({task.minutes} min, given by {task.entered_by})" for task in piece.tasks)
    excused = f"{piece.excused} excused" if piece.excused else ""
    taken = f"taken by {piece.taken_by} {_at(piece.taken_at)}" if piece.taken_at else ""
    return "; ".join(each for each in (piece.mode, tasks, piece.why.rstrip("."), excused, taken, piece.lack) if each)


def _told(heading: str, told: Iterable[str]) -> Iterator[str]:
    for number, each in enumerate(told):
        if not number:
            yield ""
            yield heading
        yield f"  {each}"


def _source(line: SourceLine) -> str:
    happened = f"{_at(line.happened_at)}  " if line.happened_at else ""
    entered = f", {line.entered_by}" if line.entered_by else ""
    entered += f", {_at(line.entered_at)}" if line.entered_at else ""
    return f"[{'x' if line.counts else ' '}] {happened}{line.what}. {line.why} ({line.source}{entered})"


def _at(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d}, {time_of_day(instant)}" if instant else ""


def _minutes(meeting: MeetingLine) -> str:
    if meeting.state == VOID:
        return "none"
    attended = "?" if meeting.attended is None else meeting.attended
    return f"{attended} of {meeting.offered} min"


def _from(meeting: MeetingLine) -> str:
    if meeting.state == VOID:
        return f"void: {meeting.void_reason} ({meeting.voided_by}); required of nobody"
    why = meeting.why.rstrip(".")
    if meeting.state == CREDITED:
        return why
    taken = _taken(meeting)
    if meeting.state == UNMARKED:
        taken = f"not marked; {taken} (RD-03)"
    elif meeting.state != TAKEN:
        taken = f"{taken} (RD-03)"
    mark = _mark(meeting) if meeting.state == TAKEN else ""
    excused = f"{meeting.excused} excused" if meeting.state == TAKEN and meeting.excused else ""
    parts = (meeting.mode, mark, why, excused, taken, _written(meeting), meeting.lack)
    return "; ".join(each for each in parts if each)


def _written(meeting: MeetingLine) -> str:
    """Who wrote the mark on paper, and who changed it later."""
    paper = f"from paper, written by {meeting.on_paper_by}" if meeting.on_paper_by else ""
    changed = f"marked by {meeting.marked_by} {_at(meeting.marked_at)}" if meeting.marked_at else ""
    return "; ".join(each for each in (paper, changed, meeting.correction) if each)


def _taken(meeting: MeetingLine) -> str:
    return f"taken by {meeting.taken_by} {_at(meeting.taken_at)}" if meeting.taken_at else "not taken"


def _mark(meeting: MeetingLine) -> str:
    arrived = f", arrived {class_time(meeting.arrived_at)}" if meeting.arrived_at else ""
    left = f", left {class_time(meeting.left_at)}" if meeting.left_at else ""
    return meeting.mark.replace("_", " ") + arrived + left


def _excuses(explanation: Explanation) -> Iterator[str]:
    if explanation.excuses:
        yield ""
    for excuse in explanation.excuses:
        yield f"Excuse {_span(excuse)}: {standing_words(excuse, knows_reasons=True)}"


def _span(excuse: ExcuseLine) -> str:
    """The days and times alone: reasons and documents have no business in a terminal's scrollback (RD-60)."""
    if excuse.starts_at and excuse.ends_at:
        return f"{excuse.starts_on} {time_of_day(excuse.starts_at)} to {time_of_day(excuse.ends_at)}"
    return f"{excuse.starts_on}" if excuse.starts_on == excuse.ends_on else f"{excuse.starts_on} to {excuse.ends_on}"
