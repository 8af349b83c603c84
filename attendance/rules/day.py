"""The verdict on one student's day (MS-05, RD-01 to RD-04, RD-08). Nothing else decides a day."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.policy import Policy
from attendance.rules.presence import minutes_needed

PRESENT, ABSENT, UNDETERMINED = "present", "absent", "undetermined"
EXCUSED, UNEXCUSED = "excused", "unexcused"


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """One non-void class meeting of the student's own schedule.

    `offered` are its instructional minutes. `attended` is None while it is untaken for this student: nobody took
    it, or the student joined the roster after it was taken (RD-03).
    """

    id: int
    times: MeetingTimes
    offered: int
    attended: int | None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of one student's day; `excused` holds the spans of accepted excuses.

    `exempt_by` names the rule that frees a day on which no minutes are scheduled (MS-04, MS-32).
    """

    meetings: Sequence[MeetingFact]
    excused: Sequence[Span] = ()
    exempt_by: str = ""


@dataclass(frozen=True, slots=True)
class DayVerdict:
    """What the day is, with its figures in minutes and the rules that decided."""

    status: str
    absence_kind: str
    minutes_required: int
    minutes_needed: int
    minutes_attended: int
    minutes_excused: int
    minutes_untaken: int
    meetings_expected: int
    meetings_untaken: int
    tardies: int
    early_departures: int
    rules: tuple[str, ...]


def judge(facts: DayFacts, policy: Policy) -> DayVerdict:
    """Decide a day by bounds: it stands when the untaken meetings, attended wholly or not at all, change nothing."""
    required = sum(meeting.offered for meeting in facts.meetings)
    needed = minutes_needed(required, percent=policy.presence_percent)
    taken = [meeting for meeting in facts.meetings if meeting.attended is not None]
    attended = sum(meeting.attended or 0 for meeting in taken)
    untaken = required - sum(meeting.offered for meeting in taken)
    excused = sum(excused_minutes(meeting, facts.excused) for meeting in taken) if facts.excused else 0
    excused_untaken = 0
    if facts.excused and untaken:
        excused_untaken = sum(excused_minutes(each, facts.excused) for each in facts.meetings if each.attended is None)
    status, kind, rules = _decide(facts, needed, attended, untaken, excused, excused_untaken)
    return DayVerdict(
        status=status,
        absence_kind=kind,
        minutes_required=required,
        minutes_needed=needed,
        minutes_attended=attended,
        minutes_excused=excused + excused_untaken,
        minutes_untaken=untaken,
        meetings_expected=len(facts.meetings),
        meetings_untaken=len(facts.meetings) - len(taken),
        tardies=sum(meeting.mark == "tardy" for meeting in taken),
        early_departures=sum(meeting.mark == "left_early" for meeting in taken),
        rules=rules,
    )


def _decide(
    facts: DayFacts, needed: int, attended: int, untaken: int, excused: int, excused_untaken: int
) -> tuple[str, str, tuple[str, ...]]:
    if not any(meeting.offered for meeting in facts.meetings):
        # RD-02: nothing required is never "0 of 0, so present".
        if facts.exempt_by:
            return PRESENT, "", (facts.exempt_by, "RD-02")
        return UNDETERMINED, "", ("RD-02",)
    if attended >= needed:
        return PRESENT, "", ("MS-05",)
    if attended + untaken >= needed:
        return UNDETERMINED, "", ("RD-03",)
    # RD-08: the more is attended the fewer minutes an excuse can cover, so the two bounds are the two extremes.
    at_least_excused = attended + excused + excused_untaken >= needed
    at_most_excused = attended + untaken + excused >= needed
    if at_least_excused != at_most_excused:
        return UNDETERMINED, "", ("RD-03", "RD-08")
    if at_least_excused:
        return ABSENT, EXCUSED, ("MS-05", "RD-08")
    return ABSENT, UNEXCUSED, ("MS-05", "RD-08") if facts.excused else ("MS-05",)


def excused_minutes(meeting: MeetingFact, excused: Sequence[Span]) -> int:
    """Minutes of a meeting that accepted excuses cover, never more than were missed there (RD-08)."""
    missed = meeting.offered - (meeting.attended or 0)
    return min(missed, meeting.times.instructional_minutes_in(excused))
