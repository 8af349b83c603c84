"""Which of our facts can fill the columns of each record set, and what the sums of a package lean on."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from students.rules.state_codes import ENTRY_CODES, EXIT_CODES

DAYS_TAUGHT, CALENDAR, ENROLLMENT = "Days_Taught", "Calendar", "Enrollment"
ATTENDANCE, MONTHLY_ABSENCES, SUMMARY = "Attendance", "Monthly_Absences", "ADA_ADM_Summary"
LMS_METADATA, TEACHER_SCHEDULES, TRUANCY_NOTICES = "LMS_Metadata", "Teacher_Schedules", "Truancy_Notices"

# Values that are not from a list: dates, names, counts.
ANY: frozenset[str] = frozenset()
YES_NO = frozenset({"yes", "no"})
IN_SESSION = frozenset({"IN", "LAED"})
_EVENTS = IN_SESSION | {"H", "ED", "TD", "PD", "ST", "O"}
_MODES = frozenset({"in_person", "sync_online", "async_online", "offline_digital", "offline_packets", "none"})
# Sources that are summed or compared: every layout writes them alike, or a package could not be verified.
_COUNTS = [
    "session_days",
    "enrolled",
    "present",
    "excused",
    "unexcused",
    "absent",
    "threshold",
    "planning_minutes",
    "planning_due",
]
_DATES = ("date", "entered_on", "left_on", "crossed_on", "due_on", "reported_on")
FIXED_FORMS: Mapping[str, str] = MappingProxyType({**dict.fromkeys(_COUNTS, "count"), **dict.fromkeys(_DATES, "date")})
# Of those, the dates that may be unknown.
OPEN_DATES = frozenset({"left_on", "reported_on"})


@dataclass(frozen=True)
class Filled:
    """What a record set is filled with: each source with its values, and the sources that every layout must carry.

    Without those nobody could add up a package and find the figures it claims. A record set that is not `required` may
    be left out of a layout.
    """

    values: Mapping[str, frozenset[str]]
    needed: frozenset[str]
    required: bool = True


def _filled(needed: str, *, required: bool = True, **others: frozenset[str]) -> Filled:
    """Sources by name: the needed ones without a list of values, unless `others` gives one."""
    values = dict.fromkeys(("organization", *needed.split()), ANY) | others
    return Filled(MappingProxyType(values), frozenset({"organization", *needed.split()}), required)


SOURCES: Mapping[str, Filled] = MappingProxyType(
    {
        DAYS_TAUGHT: _filled("month grade session_days"),
        CALENDAR: _filled(
            "date event_type",
            event_type=_EVENTS,
            # How the day is held (MS-38), and how often attendance is taken (MS-25).
            name=ANY,
            day_kind=frozenset({"traditional", "hybrid", "virtual"}),
            attendance_frequency=frozenset({"daily", "weekly"}),
        ),
        ENROLLMENT: _filled(
            "state_id standing entered_on left_on",
            standing=frozenset({"current", "former", "transferring", "no_show"}),
            grade=ANY,
            entry_code=frozenset(ENTRY_CODES),
            exit_code=frozenset(EXIT_CODES),
            primary=YES_NO,
            counted=YES_NO,
        ),
        ATTENDANCE: _filled(
            "state_id date status",
            status=frozenset({"present", "excused", "unexcused"}),
            event_type=frozenset({"daily"}),
        ),
        MONTHLY_ABSENCES: _filled("month grade counted enrolled excused unexcused absent", counted=YES_NO),
        SUMMARY: _filled(
            "month level grade mode counted session_days enrolled present excused unexcused ada adm",
            level=frozenset({"school", "grade", "mode", "grade_mode"}),
            mode=_MODES,
            counted=YES_NO,
        ),
        LMS_METADATA: _filled(
            "state_id date recorded_by",
            required=False,
            recorded_by=frozenset({"lms_file", "lms_api", "teacher"}),
            section=ANY,
            mode=_MODES,
            **dict.fromkeys(("logins", "activities", "contacts", "assignments", "minutes", "first_at", "last_at"), ANY),
        ),
        TEACHER_SCHEDULES: _filled(
            "month staff_id section period planning_minutes planning_due",
            required=False,
            level=frozenset({"elementary", "secondary"}),
            **dict.fromkeys(("given_name", "family_name", "class_title", "rotation_days"), ANY),
        ),
        TRUANCY_NOTICES: _filled(
            "month state_id threshold crossed_on due_on reported_on", required=False, final=YES_NO, withdrawn_on=ANY
        ),
    }
)
