"""Which class meetings a day is expected to hold, from its calendar, bells and schedule (MS-02, MS-03, MS-07)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from attendance.rules.minutes import MeetingTimes, Span

INSTRUCTIONAL_KINDS = frozenset({"class", "homeroom"})
ALL_GRADES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BellPeriod:
    """A period of a bell schedule; `grades` are those for whom this row rings, none for all without a row."""

    name: str
    kind: str
    times: MeetingTimes
    grades: frozenset[str] = ALL_GRADES

    @property
    def is_instruction(self) -> bool:
        """Whether its minutes count (MS-03)."""
        return self.kind in INSTRUCTIONAL_KINDS


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A day of a school's calendar, with its bells. `dismissal` is a minute from midnight.

    `own` are the days of the grades that have this date otherwise.
    """

    date: date
    in_session: bool
    rotation_day: str
    periods: Sequence[BellPeriod]
    dismissal: int | None = None
    own: Mapping[str, "SchoolDay"] = field(default_factory=dict)

    def of_grade(self, grade: str) -> "SchoolDay":
        """The day as a grade has it."""
        return self.own.get(grade, self)

    def of_class(self, grades: Iterable[str]) -> "SchoolDay":
        """The day as a class of these grades has it: held as long as any of them has school, by the school's own
        bells where one of them keeps those.
        """
        if not self.own or not grades:
            return self
        days = [self.of_grade(grade) for grade in sorted(grades)]
        held = [each for each in days if each.in_session] or days
        return next((each for each in held if each is self), held[0])

    def minutes_offered(self, grade: str = "") -> int:
        """The instructional minutes that the bells offer a student of a grade who has a class in every period."""
        day = self.of_grade(grade)
        if not day.in_session:
            return 0
        grades = frozenset({grade}) if grade else ALL_GRADES
        rung = (rung_for(day.periods, name, grades) for name in {each.name for each in day.periods})
        held = (_held(period, day.dismissal) for period in rung if period)
        return sum(times.instructional_minutes for times in held if times)

    def least_offered(self, grades: Iterable[str]) -> int:
        """The minutes of the grade of a school that is offered the fewest, of those that have school (MS-02)."""
        if not self.own and not any(period.grades for period in self.periods):
            return self.minutes_offered()
        held = (grade for grade in grades if self.of_grade(grade).in_session)
        return min((self.minutes_offered(grade) for grade in held), default=self.minutes_offered())


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """A section meets in a period, both ends of the dates inclusive, on the rotation days named or on all.

    `grades` are the section's.
    """

    section_id: int
    period: str
    starts_on: date
    ends_on: date | None
    rotation_days: tuple[str, ...] = ()
    grades: frozenset[str] = ALL_GRADES

    def falls_on(self, day: SchoolDay) -> bool:
        """Whether the section meets in this period on the day."""
        if day.date < self.starts_on or (self.ends_on is not None and day.date > self.ends_on):
            return False
        return not self.rotation_days or day.rotation_day in self.rotation_days


@dataclass(frozen=True, slots=True)
class ExpectedMeeting:
    """A class meeting that the day should hold."""

    section_id: int
    period: str
    times: MeetingTimes


def expected_meetings(day: SchoolDay, meeting_times: Iterable[MeetingTime]) -> list[ExpectedMeeting]:
    """The class meetings expected of a day; none out of session, none in periods that are no instruction.

    A dismissal cuts the meeting under way short and drops those after it. A late arrival is a bell schedule.
    """
    if not day.in_session and not any(own.in_session for own in day.own.values()):
        return []
    rung: dict[tuple[int, str, frozenset[str]], MeetingTimes | None] = {}
    meetings: dict[tuple[int, str], ExpectedMeeting] = {}
    for time in meeting_times:
        held_on = day.of_class(time.grades)
        if not held_on.in_session or not time.falls_on(held_on):
            continue
        key = (id(held_on), time.period, time.grades)
        if key not in rung:
            period = rung_for(held_on.periods, time.period, time.grades)
            rung[key] = _held(period, held_on.dismissal) if period else None
        if times := rung[key]:
            meetings[(time.section_id, time.period)] = ExpectedMeeting(time.section_id, time.period, times)
    return list(meetings.values())


def rung_for(periods: Iterable[BellPeriod], name: str, grades: frozenset[str]) -> BellPeriod | None:
    """The row of a period by which a class of some grades rings: the one for all its grades, else the one for all."""
    rows = [period for period in periods if period.name == name]
    own = (row for row in rows if grades and grades <= row.grades)
    return next(own, None) or next((row for row in rows if not row.grades), None)


def is_split(periods: Iterable[BellPeriod], name: str, grades: frozenset[str]) -> bool:
    """Whether some of a class's grades have a row of a period that does not hold for all of them."""
    own = [period.grades for period in periods if period.name == name and period.grades & grades]
    return bool(own) and not any(grades <= each for each in own)


def up_to(times: MeetingTimes, dismissal: int | None) -> MeetingTimes | None:
    """What a dismissal (a minute from midnight) leaves of a meeting; None where no instruction is left."""
    cut = _until(times, dismissal) if dismissal is not None and dismissal < times.span.ends else times
    return cut if cut.instructional_minutes > 0 else None


def _held(period: BellPeriod, dismissal: int | None) -> MeetingTimes | None:
    return up_to(period.times, dismissal) if period.is_instruction else None


def _until(times: MeetingTimes, dismissal: int) -> MeetingTimes:
    span = Span(times.span.starts, max(times.span.starts, min(times.span.ends, dismissal)))
    if times.deduction is None or times.deduction.starts >= span.ends:
        return MeetingTimes(span)
    return MeetingTimes(span, Span(times.deduction.starts, min(times.deduction.ends, span.ends)))
