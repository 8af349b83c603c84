"""Every kind of finding that a month can have: whether it blocks, by which rule, and where it is mended (RD-71).

What blocks can still be mended; what cannot is a warning, acknowledged by name with a reason. `docs/checks.md` is this
list in a table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from attendance.rules.lawful_calendar import RULE_OF, Code

ERROR, WARNING = "error", "warning"


class MendAt(StrEnum):
    """A page on which a finding is mended, or looked into."""

    CLASS = auto()
    STUDENT_DAY = auto()
    STUDENT = auto()
    SECTION = auto()
    WEEK = auto()
    INTERACTIONS = auto()
    WEEKLY_LISTS = auto()
    ENTRY_WINDOW = auto()
    BOARD = auto()
    CALENDAR_DAY = auto()
    CALENDAR = auto()
    WAIVERS = auto()
    PLANNING = auto()
    PLAN = auto()
    PAPER_EXCUSES = auto()
    DISAGREEMENTS = auto()
    TRUANCY = auto()
    IMPORTS = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding. `at` are the pages it leads to, the best first: the first that the reader may open is shown.

    `what` and `mended` are its line in the documentation.
    """

    code: str
    severity: str
    rule: str
    what: str
    mended: str
    at: tuple[MendAt, ...] = ()


_ROSTER = (MendAt.IMPORTS, MendAt.STUDENT)
_IN_THE_FILE = "`school_enrollments.csv` of the next roster import"

_OF_CLASSES = (
    Kind(
        "meeting_untaken",
        ERROR,
        "RD-03",
        "a class was not taken, and somebody’s day turns on it",
        "mark the class, or void it with a reason",
        (MendAt.CLASS,),
    ),
    Kind(
        "meeting_unmarked",
        ERROR,
        "RD-03",
        "students on the roster of a class are unmarked, and their days turn on it",
        "mark them, or void the class with a reason",
        (MendAt.CLASS,),
    ),
    Kind(
        "never_taken",
        WARNING,
        "MS-26",
        "classes that were never taken, though nobody’s day turns on them",
        "mark them, late as they are, or void them with a reason",
        (MendAt.CLASS,),
    ),
    Kind(
        "saved_unopened",
        WARNING,
        "",
        "classes that a program or a form saved without their roster having been opened",
        "open the class, look at each student, and save it again",
        (MendAt.CLASS,),
    ),
    Kind(
        "absent_became_present",
        WARNING,
        "",
        "absences that somebody turned into presence after the day, by person and delay",
        "a fact: be ready to show the reason, which the class keeps",
        (MendAt.CLASS,),
    ),
    Kind(
        "nobody_ever_absent",
        WARNING,
        "",
        "a class in which nobody was absent or late the whole month",
        "ask the teacher; a correction of a mark takes it off the list",
        (MendAt.SECTION,),
    ),
    Kind(
        "marks_while_not_enrolled",
        WARNING,
        "RD-11",
        "marks of students who were not enrolled that day; they count for nothing",
        f"correct the dates in {_IN_THE_FILE}, if the student was there",
        _ROSTER,
    ),
    Kind(
        "office_disagrees",
        WARNING,
        "RD-06",
        "a teacher’s mark and the office’s word of a day cannot both be so",
        "correct the mark, or withdraw the entry",
        (MendAt.DISAGREEMENTS,),
    ),
    Kind(
        "nothing_scheduled",
        ERROR,
        "RD-02",
        "an enrolled student without any class to be judged by",
        "put the student on rosters (`enrollments.csv`), or end the enrollment",
        (MendAt.IMPORTS, MendAt.STUDENT_DAY),
    ),
)

_OF_OWN_TIME = (
    Kind(
        "work_not_entered",
        ERROR,
        "MS-26",
        "work in own time that was not entered, and a day turns on it",
        "enter the week of the class",
        (MendAt.WEEK,),
    ),
    Kind(
        "work_not_entered_in_time",
        WARNING,
        "MS-26",
        "work in own time that was not entered; the days stand without it",
        "enter the week of the class, late as it is",
        (MendAt.WEEK,),
    ),
    Kind(
        "missed_interaction",
        WARNING,
        "RD-24",
        "weeks in own time without an interaction, by teacher of record",
        "log the talk with its own day, if there was one",
        (MendAt.INTERACTIONS,),
    ),
    Kind(
        "weeks_not_reported",
        WARNING,
        "MS-24b",
        "weeks of which the school was not told who completed the work",
        "report the weeks",
        (MendAt.WEEKLY_LISTS,),
    ),
    Kind(
        "entered_late",
        WARNING,
        "RD-25",
        "classes and weeks that were entered late, by teacher",
        "a fact: the entries stand, and their lateness with them",
        (MendAt.ENTRY_WINDOW,),
    ),
    Kind(
        "own_time_without_plan",
        ERROR,
        "MS-18",
        "students in own time, and no learning plan holds for them",
        "enter the district’s learning plan from the day it was adopted",
        (MendAt.PLAN,),
    ),
    Kind(
        "own_time_without_measure",
        ERROR,
        "MS-19",
        "students asynchronous online whose learning plan approves no measure",
        "enter a plan with the approved measures",
        (MendAt.PLAN,),
    ),
    Kind(
        "own_time_not_offered",
        WARNING,
        "MS-18",
        "students in a mode of own time that their learning plan does not offer",
        "offer the mode in the plan, or correct the students’ modes",
        (MendAt.PLAN,),
    ),
    Kind(
        "short_own_time_day",
        WARNING,
        "MS-22",
        "days in own time with less work than a school day’s minutes",
        "see whether every class gave its work",
        (MendAt.BOARD,),
    ),
)

_OF_PEOPLE = (
    Kind("no_state_id", ERROR, "MS-37", "a student without a state id", "`users.identifier`", _ROSTER),
    Kind("malformed_state_id", ERROR, "MS-37", "a state id that is not nine digits", "`users.identifier`", _ROSTER),
    Kind("shared_state_id", ERROR, "MS-37", "a state id that two students have", "`users.identifier`", _ROSTER),
    Kind("grade_missing", ERROR, "MS-37", "an enrollment without a grade", _IN_THE_FILE, _ROSTER),
    Kind("entry_code_missing", ERROR, "MS-37", "an enrollment without an entry code", _IN_THE_FILE, _ROSTER),
    Kind("exit_code_missing", ERROR, "MS-37", "an enrollment that ended without an exit code", _IN_THE_FILE, _ROSTER),
    Kind("unknown_entry_code", ERROR, "MS-37", "an entry code that is not the state’s", _IN_THE_FILE, _ROSTER),
    Kind("unknown_exit_code", ERROR, "MS-37", "an exit code that is not the state’s", _IN_THE_FILE, _ROSTER),
    Kind(
        "exit_code_without_value",
        WARNING,
        "MS-37",
        "an exit code whose state value is not public",
        "a fact: ask the state how it wants these reported",
        (MendAt.STUDENT,),
    ),
    Kind("exit_not_in_session", ERROR, "MS-37", "an exit on a day without school", _IN_THE_FILE, _ROSTER),
    Kind("no_show_was_seen", ERROR, "MS-37", "a no-show who was marked in class", _IN_THE_FILE, _ROSTER),
    Kind(
        "nobody_to_tell",
        WARNING,
        "RD-50",
        "students without anybody who may be told of an absence and can be reached",
        "`guardians.csv` and `users.csv` of the next roster import",
        (MendAt.STUDENT, MendAt.IMPORTS),
    ),
    Kind(
        "old_roster",
        WARNING,
        "",
        "the last roster is older than a week",
        "take in the newest files",
        (MendAt.IMPORTS,),
    ),
)

_OF_ABSENCES = (
    Kind(
        "notice_without_enrollment",
        ERROR,
        "ST-02",
        "a notice of truancy about a student who has no enrollment in the file",
        "give the student’s enrollment again in `school_enrollments.csv`",
        (MendAt.IMPORTS, MendAt.STUDENT),
    ),
    Kind(
        "excuse_without_document",
        ERROR,
        "RD-71",
        "an excuse on an unexcused day without any document",
        "add the document, refuse the excuse, or withdraw it",
        (MendAt.STUDENT_DAY,),
    ),
    Kind(
        "excused_without_document",
        ERROR,
        "RD-71",
        "a day that is excused, with no document behind it",
        "add the document, or refuse the excuse",
        (MendAt.STUDENT_DAY,),
    ),
    Kind(
        "excused_on_paper",
        WARNING,
        "RD-71",
        "days excused by documents seen on paper and not on file",
        "put the papers on file",
        (MendAt.PAPER_EXCUSES,),
    ),
    Kind(
        "suspension_not_unexcused",
        ERROR,
        "ST-02",
        "a day of suspension that is not reported as unexcused",
        "withdraw what else is entered of the day, or the suspension",
        (MendAt.STUDENT_DAY,),
    ),
    Kind(
        "truancy_notice_late",
        WARNING,
        "ST-02",
        "notices of truancy that reached the officer late",
        "a fact: be ready to say why",
        (MendAt.TRUANCY,),
    ),
    Kind(
        "truancy_notice_not_sent",
        WARNING,
        "ST-02",
        "notices of truancy that were due and are not reported",
        "report them, late as they are",
        (MendAt.TRUANCY,),
    ),
)

_OF_SCHOOLS = (
    Kind("no_state_code", ERROR, "MS-37", "a school without its state code", "`orgs.identifier`", (MendAt.IMPORTS,)),
    Kind(
        "virtual_school_code",
        ERROR,
        "MS-11",
        "a school by the name of a virtual one, in which nobody was in person the whole month",
        "enroll its students at the campus they would attend, or give the campus its own name",
        (MendAt.IMPORTS,),
    ),
    Kind(
        "nobody_in_person",
        WARNING,
        "MS-11",
        "a school in which nobody was in person the whole month, though its calendar is not virtual",
        "see whether it is a campus; its students’ modes may be wrong",
        (MendAt.CALENDAR,),
    ),
    Kind("days_not_opened", ERROR, "RD-10", "days of the month that were not opened", "see that the worker runs"),
    Kind(
        "ledger_differs",
        ERROR,
        "",
        "the ledger is not what the marks say",
        "`manage.py rebuild_attendance`, as the finding says",
        (MendAt.BOARD,),
    ),
    Kind(
        "layout",
        ERROR,
        "MS-37",
        "a value that the state’s file cannot carry",
        "correct it in the roster or calendar files",
        (MendAt.IMPORTS,),
    ),
    Kind(
        "short_day",
        WARNING,
        "MS-02",
        "a school day under the minutes due",
        "a fact: the day is over",
        (MendAt.CALENDAR_DAY,),
    ),
    Kind(
        "short_student_day",
        WARNING,
        "RD-01",
        "students’ own days under the minutes due, with no reason on file",
        "complete their schedules, or enter early release, part-time or homebound instruction",
        (MendAt.BOARD,),
    ),
    Kind(
        "teacher_without_id",
        ERROR,
        "MS-40",
        "a teacher without an id of the roster",
        "`users.csv` of the next roster import",
        (MendAt.IMPORTS, MendAt.PLANNING),
    ),
    Kind(
        "planning_time",
        WARNING,
        "MS-40",
        "teachers with less planning time than is due",
        "free a period, or say when the teachers work",
        (MendAt.PLANNING,),
    ),
)

# A waiver can be completed or withdrawn at any time; what was held, and how long, cannot be changed any more. Days
# under the minutes due are found one by one, as `short_day`.
_OF_CALENDARS: Mapping[Code, tuple[str, str, str]] = {
    Code.TOO_FEW_DAYS: (WARNING, "fewer days than are due, held and waived", "make days up, or waive them"),
    Code.NOT_ADOPTED: (ERROR, "a waived day that is no day of the adopted calendar", "withdraw the waiver"),
    Code.SCHOOL_WAS_HELD: (ERROR, "a waived day on which school was held", "withdraw the waiver"),
    Code.WITHOUT_REASON: (ERROR, "a waived day without a reason", "withdraw the waiver, and waive the day anew"),
    Code.WITHOUT_DOCUMENT: (ERROR, "a waived day without its document", "name the document, or withdraw the waiver"),
    Code.END_OF_YEAR: (ERROR, "a day waived at the end of the year", "withdraw the waiver"),
    Code.TOO_MANY: (ERROR, "a day waived beyond those that may be", "withdraw a waiver"),
    Code.WITHOUT_KIND: (WARNING, "a day neither traditional, hybrid nor virtual", "say on the calendar how it is held"),
    Code.THIRD_SHORTENED: (WARNING, "a third shortened day", "a fact, once the day is over"),
    Code.CUT_TOO_FAR: (WARNING, "a day cut under 60% of a normal one", "a fact, once the day is over"),
}
OF_WAIVERS = frozenset(code for code, (severity, _, _) in _OF_CALENDARS.items() if severity == ERROR)


def calendar_code(code: str) -> str:
    """The code of a finding about a fault of the calendar."""
    return f"calendar_{code}"


def _of_calendars() -> Iterator[Kind]:
    for code, (severity, what, mended) in _OF_CALENDARS.items():
        page = MendAt.WAIVERS if code in OF_WAIVERS else MendAt.CALENDAR_DAY
        at = (MendAt.CALENDAR,) if code == Code.TOO_FEW_DAYS else (page,)
        yield Kind(calendar_code(code), severity, RULE_OF[code], what, mended, at)


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (*_OF_CLASSES, *_OF_OWN_TIME, *_OF_PEOPLE, *_OF_ABSENCES, *_OF_SCHOOLS, *_of_calendars())
}
