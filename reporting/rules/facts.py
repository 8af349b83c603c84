"""What is known of a school's month, read from one snapshot: plain values for the checks and the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from reporting.rules.class_facts import (
    FullClass,
    OfficeDisagreement,
    TurnedPresent,
    UnopenedSaves,
    UnplannedMode,
    UntakenMeeting,
)


@dataclass(frozen=True)
class SchoolFacts:
    """A school as the state knows it: `dddd` and `sss`."""

    district_code: str
    district_name: str
    code: str
    name: str

    @property
    def organization(self) -> str:
        """The state's OrganizationIdentifier, `dddd-sss`."""
        return f"{self.district_code}-{self.code}"


@dataclass(frozen=True)
class CalendarFacts:
    """A day of the school's calendar. `minutes_offered` are the instructional minutes of its bells (MS-03),
    `minutes_due` those that the policy of the day asks of every school day (MS-02). A school is in session when any
    grade is; `grades_off` have no school on such a day.
    """

    date: date
    event_type: str
    name: str
    day_kind: str
    attendance_frequency: str
    in_session: bool
    minutes_offered: int = 0
    minutes_due: int = 240
    grades_off: frozenset[str] = frozenset()

    @property
    def is_short(self) -> bool:
        """Whether the bells of a school day offered less than is due."""
        return self.in_session and self.minutes_offered < self.minutes_due


@dataclass(frozen=True, slots=True)
class SessionDays:
    """The days in session of a month: the school's, and those of the grades that have others (RD-10)."""

    school: int
    grades: Mapping[str, int] = field(default_factory=dict)

    def of(self, grade: str) -> int:
        """The days on which a grade had school."""
        return self.grades.get(grade, self.school)


def days_in_session(calendar: Iterable[CalendarFacts]) -> SessionDays:
    """How many days of a calendar are in session, and how many of each grade that has school on fewer (RD-10)."""
    held = [day for day in calendar if day.in_session]
    grades = {grade for day in held for grade in day.grades_off}
    return SessionDays(len(held), {grade: sum(grade not in day.grades_off for day in held) for grade in grades})


class StudentDay(NamedTuple):
    """A ledger row. `status` is present, excused, unexcused or undetermined; minutes are instructional."""

    student_id: int
    date: date
    status: str
    grade: str = ""
    mode: str = ""
    counted_in_ada: bool = True
    minutes_required: int = 0


class EnrollmentFact(NamedTuple):
    """A student's time in the school, as the state is told of it at the end of a month.

    `entered_on` is the first day, `left_on` the last day in session, None for who is still there; the codes are the
    district's own (E1, T2 …), empty where the roster gave none.
    """

    student_id: int
    grade: str
    entered_on: date
    entry_code: str
    left_on: date | None = None
    exit_code: str = ""
    is_primary: bool = True
    counted_in_ada: bool = True


class UntakenMark(NamedTuple):
    """A class meeting without a mark of a student whose day turns on it (RD-03)."""

    meeting_id: int
    student_id: int
    date: date
    class_title: str
    period: str
    teacher: str
    taken: bool


class OpenWork(NamedTuple):
    """A student's day in own time that a class did not enter (MS-26); `turns`: the day is undetermined."""

    section_id: int
    class_title: str
    teacher: str
    student_id: int
    monday: date
    date: date
    turns: bool


class MissedInteractions(NamedTuple):
    """A class's week without an interaction of some students; it is counted by `day`, its last school day (RD-24)."""

    section_id: int
    class_title: str
    teacher: str
    monday: date
    day: date
    students: int


class UnreportedWeek(NamedTuple):
    """A class's week of which the school was not told who completed the work (MS-24b)."""

    class_title: str
    teacher: str
    monday: date
    day: date


class LateEntries(NamedTuple):
    """A teacher's classes and weeks that were entered late, by how many days at most (RD-25)."""

    teacher: str
    classes: int
    days: int


class LmsDay(NamedTuple):
    """What one source recorded of a student's day in own time in one class (MS-24): kinds and counts, no content.

    `recorded_by` is lms_file, lms_api or teacher; `section` is the roster's own id of the class, empty where none is
    named. The instants are on the district's clock, None for what a teacher documented without a time.
    """

    student_id: int
    section: str
    date: date
    recorded_by: str
    mode: str
    logins: int = 0
    activities: int = 0
    contacts: int = 0
    assignments: int = 0
    minutes: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


class TaughtPeriod(NamedTuple):
    """A class in a period of a teacher's schedule, on some days of the rotation or, when empty, on every school day."""

    section: str
    title: str
    period: str
    rotation_days: tuple[str, ...] = ()


class TeacherSchedule(NamedTuple):
    """A teacher's schedule with the planning minutes of a week and those due (MS-40). `staff_id` is the roster's own id
    of the teacher; `level` is elementary or secondary.
    """

    staff_id: str
    given_name: str
    family_name: str
    level: str
    minutes: int
    due: int
    periods: tuple[TaughtPeriod, ...]

    @property
    def name(self) -> str:
        """As people say it."""
        return f"{self.given_name} {self.family_name}".strip()


class NoticeFact(NamedTuple):
    """A notice of truancy that was reported, or is due, in the month (ST-02). Dates are local."""

    student_id: int
    threshold: int
    is_final: bool
    crossed_on: date
    due_on: date
    reported_on: date | None = None
    withdrawn_on: date | None = None


class OpenExcuse(NamedTuple):
    """An excuse that holds on unexcused days of the month, and has no document behind it. Both dates inclusive."""

    student_id: int
    starts_on: date
    ends_on: date


class ExcusedDays(NamedTuple):
    """Excused days of a student that rest on one excuse. `rests_on`: a file, paper (seen and not on file), a note that
    the policy allows without a document, or nothing.
    """

    student_id: int
    rests_on: str
    days: tuple[date, ...]


class CalendarFault(NamedTuple):
    """Something unlawful of the school's calendar: of a day of the month, or of the year. In words, with its rule."""

    day: date | None
    code: str
    rule: str
    words: str


class ShortPlanning(NamedTuple):
    """A teacher with fewer minutes of planning time a week than are due (MS-40)."""

    teacher: str
    minutes: int
    due: int


class ShorterDays(NamedTuple):
    """Why a student's own days may be under the minimum (RD-01): early release, part-time, homebound (MS-04), or a
    college's class (MS-32). Both dates inclusive; no last day: still so.
    """

    student_id: int
    starts_on: date
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is meant to be shorter."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class LedgerDifference(NamedTuple):
    """A day on which the ledger is not what the marks say, and of how many students."""

    date: date
    students: int


class StudentOn(NamedTuple):
    """A student on a day: suspended out of school by the office's word, or marked without an enrollment."""

    student_id: int
    day: date


class LateNotice(NamedTuple):
    """A notice of truancy due in the month that was reported after that day; None: not reported by now (ST-02)."""

    student_id: int
    due_on: date
    reported_on: date | None


@dataclass(frozen=True)
class PersonFacts:
    """A student of the month. `state_id` is empty where the roster gave none."""

    name: str
    state_id: str


@dataclass(frozen=True)
class MonthFacts:
    """A school's reporting month, both ends inclusive, on one snapshot.

    `policies` are the policies in force on its days, the first first, each as the manifest prints it;
    `opened_through` is the last day whose ledger rows exist; `first_year` is the year the school year begins in;
    `enrollments` are those of the school year that had begun by the end of the month.
    """

    school: SchoolFacts
    month: int
    first_year: int
    starts_on: date
    ends_on: date
    opened_through: date | None
    policies: list[dict[str, Any]]
    calendar: list[CalendarFacts]
    days: list[StudentDay]
    people: dict[int, PersonFacts]
    untaken: list[UntakenMark] = field(default_factory=list)
    open_work: list[OpenWork] = field(default_factory=list)
    missed_interactions: list[MissedInteractions] = field(default_factory=list)
    unreported_weeks: list[UnreportedWeek] = field(default_factory=list)
    late_entries: list[LateEntries] = field(default_factory=list)
    open_excuses: list[OpenExcuse] = field(default_factory=list)
    excused_days: list[ExcusedDays] = field(default_factory=list)
    enrollments: list[EnrollmentFact] = field(default_factory=list)
    shorter_days: list[ShorterDays] = field(default_factory=list)
    calendar_faults: list[CalendarFault] = field(default_factory=list)
    short_planning: list[ShortPlanning] = field(default_factory=list)
    ledger_differences: list[LedgerDifference] = field(default_factory=list)
    # Students of the school year's enrollments who were seen in some class of the month.
    seen_student_ids: frozenset[int] = frozenset()
    suspended_days: list[StudentOn] = field(default_factory=list)
    stray_marks: list[StudentOn] = field(default_factory=list)
    # Ids of students.
    without_contact: list[int] = field(default_factory=list)
    late_notices: list[LateNotice] = field(default_factory=list)
    turned_present: list[TurnedPresent] = field(default_factory=list)
    full_classes: list[FullClass] = field(default_factory=list)
    lms_days: list[LmsDay] = field(default_factory=list)
    teacher_schedules: list[TeacherSchedule] = field(default_factory=list)
    truancy_notices: list[NoticeFact] = field(default_factory=list)
    untaken_meetings: list[UntakenMeeting] = field(default_factory=list)
    unopened_saves: list[UnopenedSaves] = field(default_factory=list)
    disagreements: list[OfficeDisagreement] = field(default_factory=list)
    unplanned: list[UnplannedMode] = field(default_factory=list)
    # The local days on which the newest roster was taken in, and on which the month is built.
    roster_taken_in_on: date | None = None
    as_of: date | None = None

    @property
    def session_days(self) -> list[date]:
        """The days on which school was held, for some grades at least."""
        return [day.date for day in self.calendar if day.in_session]

    @property
    def days_in_session(self) -> SessionDays:
        """How many they are, and how many of each grade that had school on fewer (RD-10)."""
        return days_in_session(self.calendar)
