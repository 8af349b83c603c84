"""What the front office knows, as minutes (RD-06, RD-07): its times cap, its activities count, neither marks."""

from collections.abc import Iterable
from dataclasses import dataclass

from attendance.rules.minutes import MIDNIGHT, WHOLE_DAY, MeetingTimes, Span, merged, without

SIGN_IN, SIGN_OUT, REPORTED = "sign_in", "sign_out", "reported_absence"
ACTIVITY, IN_SCHOOL, SUSPENSION = "activity", "in_school_suspension", "suspension"
NURSE, COUNSELOR = "nurse", "counselor"
SUPERVISED = frozenset({ACTIVITY, IN_SCHOOL, NURSE, COUNSELOR})
# One minute of one day each.
DOOR = (SIGN_IN, SIGN_OUT)


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """One thing the office knows of a day; minutes from midnight, the end exclusive, None for the whole day.

    A sign-in or sign-out has the one instant, `starts`, and the school at whose door it was (None: at every one's).
    """

    kind: str
    starts: int | None = None
    ends: int | None = None
    school_id: int | None = None

    @property
    def span(self) -> Span:
        """The minutes it speaks of."""
        if self.starts is None or self.ends is None:
            return WHOLE_DAY
        return Span(self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class OfficeWord:
    """A day as the office has it: when the student was away, and when under supervision elsewhere."""

    away: tuple[Span, ...] = ()
    supervised: tuple[Span, ...] = ()
    suspended: bool = False

    def counted(self, times: MeetingTimes, attended: int, seen: Span | None, *, on_campus: bool) -> int:
        """The minutes of a class that count, of those a teacher saw; `seen` where the mark has its times."""
        more = times.instructional_minutes_in(self.supervised)
        if more and seen is not None and attended == times.instructional_minutes_in([seen]):
            more = times.instructional_minutes_in([*self.supervised, seen]) - attended
        counted = min(times.instructional_minutes, attended + more)
        return min(counted, self.most(times)) if on_campus else counted

    def most(self, times: MeetingTimes) -> int:
        """What can have been attended of a class on campus."""
        return times.instructional_minutes - times.instructional_minutes_in(self.away)


NOTHING = OfficeWord()


def office_word(facts: Iterable[OfficeFact], school_id: int | None = None) -> OfficeWord:
    """The day as its entries have it. Who signs out for a field trip is not away; who is suspended is in any case.

    With a school, as its classes have it: the door of another school, where half of the day is spent, says nothing of
    them (RD-06, RD-09). A suspension and supervised minutes are the student's, in whichever school.
    """
    facts = [each for each in facts if heard(each.kind, each.school_id, school_id)]
    if not facts:
        return NOTHING
    supervised = merged(each.span for each in facts if each.kind in SUPERVISED)
    suspended = [each.span for each in facts if each.kind == SUSPENSION]
    signed_out = [left for span in _signed_out(facts) for left in without(span, supervised)]
    return OfficeWord(tuple(merged([*signed_out, *suspended])), tuple(supervised), bool(suspended))


def heard(kind: str, of_school: int | None, school_id: int | None) -> bool:
    """Whether what one school's office says bears on the classes of a school; None stands for every school."""
    return kind not in DOOR or school_id is None or of_school in (None, school_id)


def _signed_out(facts: Iterable[OfficeFact]) -> list[Span]:
    """The minutes before a sign-in and after a sign-out; of two of a kind running, the one that leaves more counts."""
    passages = sorted((each.starts, each.kind) for each in facts if each.kind in DOOR and each.starts)
    away: list[Span] = []
    there: bool | None = None
    since = 0
    for minute, kind in passages:
        if kind == SIGN_IN and there is not True:
            away.append(Span(since, minute))
        if kind == SIGN_OUT and there is not False:
            since = minute
        there = kind == SIGN_IN
    return [*away, Span(since, MIDNIGHT)] if there is False else away
