"""A day's explanation as plain lines for a terminal."""

from collections.abc import Iterator

from attendance.rules.time_words import class_time, time_of_day
from attendance.selectors.excuses import ExcuseLine
from attendance.selectors.explanation import Explanation, Working
from attendance.selectors.meeting_lines import TAKEN, UNMARKED, VOID, MeetingLine
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
        yield from (f"  {rule.number}  {rule.text}" for rule in explanation.working.rules)
    yield from _excuses(explanation)
    if explanation.disagreement:
        yield ""
        yield f"LEDGER AND FACTS DISAGREE. {explanation.disagreement} Run: manage.py rebuild_attendance"


def _working(working: Working) -> Iterator[str]:
    yield f"{working.mode} · {working.policy}, {working.percent}%"
    yield ""
    width = max((len(meeting.title) for meeting in working.meetings), default=0)
    for meeting in working.meetings:
        times = f"{class_time(meeting.starts_at)} to {class_time(meeting.ends_at)}"
        yield f"  {times:>14}  {meeting.title:<{width}}  {_minutes(meeting):>16}  {_from(meeting)}"
    verdict = working.verdict
    yield f"  Day: {verdict.minutes_attended} of {verdict.minutes_required} minutes attended"
    yield f"  Needed: {working.percent}% of {verdict.minutes_required} = {verdict.minutes_needed} (MS-05)"
    if verdict.minutes_excused:
        yield f"  Excused: {verdict.minutes_excused} minutes (RD-08)"
    if working.too_short:
        yield f"  Fewer than {working.too_short} minutes were required of the student (MS-02)"


def _minutes(meeting: MeetingLine) -> str:
    if meeting.state == VOID:
        return "none"
    attended = "?" if meeting.attended is None else meeting.attended
    return f"{attended} of {meeting.offered} min"


def _from(meeting: MeetingLine) -> str:
    if meeting.state == VOID:
        return f"void: {meeting.void_reason} ({meeting.voided_by}); required of nobody"
    taken = _taken(meeting)
    if meeting.state == UNMARKED:
        return f"not marked; {taken} (RD-03)"
    if meeting.state != TAKEN:
        return f"{taken} (RD-03)"
    excused = [f"{meeting.excused} excused"] if meeting.excused else []
    return "; ".join([_mark(meeting), *excused, taken])


def _taken(meeting: MeetingLine) -> str:
    at = meeting.taken_at
    return f"taken by {meeting.taken_by} {at:%Y-%m-%d}, {time_of_day(at)}" if at else "not taken"


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
