"""Every kind of finding that a month can have: whether it blocks, by which rule, and where it is mended (RD-71).

What blocks can still be mended; what cannot is a warning, acknowledged by name with a reason. `docs/checks.md` is this
list in a table.
"""

from collections.abc import Iterator, Mapping

from attendance.rules.lawful_calendar import RULE_OF, Code
from reporting.rules.kind import ERROR, WARNING, Kind, MendAt
from reporting.rules.kinds_of_classes import OF_CLASSES, OF_OWN_TIME
from reporting.rules.kinds_of_people import OF_ABSENCES, OF_PEOPLE

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
    kind.code: kind for kind in (*OF_CLASSES, *OF_OWN_TIME, *OF_PEOPLE, *OF_ABSENCES, *_OF_SCHOOLS, *_of_calendars())
}
