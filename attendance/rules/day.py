"""The verdict on one student's day (MS-05, RD-01 to RD-04, RD-08). Nothing else decides a day."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.rules.minutes import WHOLE_DAY, MeetingTimes, Span
from attendance.rules.modes import IN_PERSON
from attendance.rules.policy import Policy
from attendance.rules.presence import minutes_needed

PRESENT, ABSENT, UNDETERMINED = "present", "absent", "undetermined"
EXCUSED, UNEXCUSED, SUSPENDED = "excused", "unexcused", "suspended"
CLASS, WORK, ASSESSMENT, HOMEBOUND = "class", "work", "assessment", "homebound"


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """One piece of a student's day, as a rule a non-void class meeting of the own schedule.

    `offered` are its instructional minutes. `attended` is None while it is untaken for this student: nobody took or
    entered it, or the student joined the roster after it was taken (RD-03); then `least` minutes count whatever is
    entered, and `most` at best (None: all). `times` are None for work that has no hour. `id` is that of the meeting of
    a class, of the section for work, of the assessment; `basis` names the rules by which its minutes stand.
    """

    id: int
    times: MeetingTimes | None
    offered: int
    attended: int | None
    mark: str | None = None
    least: int = 0
    most: int | None = None
    kind: str = CLASS
    mode: str = IN_PERSON
    section_id: int = 0
    basis: tuple[str, ...] = ()

    @property
    def at_least(self) -> int:
        """Minutes that count whatever is entered yet."""
        return self.least if self.attended is None else self.attended

    @property
    def at_most(self) -> int:
        """Minutes that may count."""
        if self.attended is not None:
            return self.attended
        return self.offered if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whether something holds for certain, and whether it may hold yet."""

    certain: bool
    possible: bool


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of one student's day; `excused` holds the spans of accepted excuses.

    `exempt_by` names the rule that frees a day on which no minutes are scheduled (MS-04, MS-32); `rescued_by` the one
    that makes the whole day present (MS-20). `every_class` is None but in quarantine: whether all classes were
    attended and their work done (RD-26). `suspended`: out of school by the school's order (RD-07).
    """

    meetings: Sequence[MeetingFact]
    excused: Sequence[Span] = ()
    exempt_by: str = ""
    rescued_by: str = ""
    every_class: Bounds | None = None
    suspended: bool = False


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
    """Decide a day by bounds: it stands when what is untaken, attended as far as it may be or not at all, changes
    nothing. Minutes of several blocks add up (MS-13). Raises ValueError for a piece of fewer than no minutes.
    """
    meetings = facts.meetings
    required = least = most = untaken = 0
    for meeting in meetings:
        offered, surely = meeting.offered, meeting.at_least
        if offered < 0 or surely < 0:
            raise ValueError(f"A piece of a day has 0 minutes or more, not {surely} of {offered}.")
        required += offered
        least += surely
        most += meeting.at_most
        untaken += meeting.attended is None
    needed = minutes_needed(required, percent=policy.presence_percent)
    excused, at_most_excused = _excused(facts, most - least)
    status, kind, rules = _decide(facts, needed, least, most, excused, at_most_excused)
    return DayVerdict(
        status=status,
        absence_kind=kind,
        minutes_required=required,
        minutes_needed=needed,
        minutes_attended=least,
        minutes_excused=excused,
        minutes_untaken=most - least,
        meetings_expected=len(meetings),
        meetings_untaken=untaken,
        tardies=sum(meeting.mark == "tardy" for meeting in meetings),
        early_departures=sum(meeting.mark == "left_early" for meeting in meetings),
        rules=rules,
    )


def _excused(facts: DayFacts, open_minutes: int) -> tuple[int, int]:
    """The minutes that excuses cover if the untaken is missed, and if it is attended as far as it may be."""
    if not facts.excused:
        return 0, 0
    missed = sum(excused_minutes(meeting, facts.excused) for meeting in facts.meetings)
    if not open_minutes:
        return missed, missed
    return missed, sum(_covered(meeting, facts.excused, meeting.at_most) for meeting in facts.meetings)


Decision = tuple[str, str, tuple[str, ...]]


def _decide(facts: DayFacts, needed: int, least: int, most: int, excused: int, at_most_excused: int) -> Decision:
    if not any(meeting.offered for meeting in facts.meetings):
        # RD-02: nothing required is never "0 of 0, so present".
        if facts.exempt_by:
            return PRESENT, "", (facts.exempt_by, "RD-02")
        return UNDETERMINED, "", ("RD-02",)
    if facts.every_class is not None:
        return _in_quarantine(facts, facts.every_class, needed)
    if least >= needed:
        return PRESENT, "", ("MS-05",)
    if facts.rescued_by:
        return PRESENT, "", (facts.rescued_by, "RD-21")
    if most >= needed:
        return UNDETERMINED, "", ("RD-03",)
    if facts.suspended:
        return ABSENT, SUSPENDED, ("MS-05", "RD-07")
    # RD-08: the more is attended the fewer minutes an excuse can cover, so the two bounds are the two extremes.
    at_least_excused = least + excused >= needed
    if at_least_excused != (most + at_most_excused >= needed):
        return UNDETERMINED, "", ("RD-03", "RD-08")
    if at_least_excused:
        return ABSENT, EXCUSED, ("MS-05", "RD-08")
    return ABSENT, UNEXCUSED, ("MS-05", "RD-08") if facts.excused else ("MS-05",)


def _in_quarantine(facts: DayFacts, every_class: Bounds, needed: int) -> Decision:
    """RD-26: all classes attended and the work done, or absent; then an excuse covers the day by its own minutes."""
    if every_class.certain:
        return PRESENT, "", ("RD-26",)
    if every_class.possible:
        return UNDETERMINED, "", ("RD-03", "RD-26")
    if facts.suspended:
        return ABSENT, SUSPENDED, ("RD-26", "RD-07")
    covered = sum(_covered(meeting, facts.excused, 0) for meeting in facts.meetings)
    return ABSENT, EXCUSED if facts.excused and covered >= needed else UNEXCUSED, ("RD-26", "MS-33")


def excused_minutes(meeting: MeetingFact, excused: Sequence[Span]) -> int:
    """Minutes of a meeting that accepted excuses cover, never more than were missed there (RD-08)."""
    return _covered(meeting, excused, meeting.at_least)


def _covered(meeting: MeetingFact, excused: Sequence[Span], attended: int) -> int:
    missed = meeting.offered - attended
    if meeting.times is None:
        # Work without an hour is excused with the whole day, or not.
        return missed if WHOLE_DAY in excused else 0
    return min(missed, meeting.times.instructional_minutes_in(excused))
