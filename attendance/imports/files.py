"""The district's files of school days, bells, meetings and modes, as data. Both ends of a span are inclusive."""

from attendance.models import Mode
from students.oneroster.columns import choice, clock_time, day, listed, one_of, sourced_id, text, whole_number
from students.oneroster.tables import FileSpec

_weekday = one_of("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALENDAR = FileSpec(
    "calendar",
    (
        day("date", required=True),
        sourced_id("schoolSourcedId", required=False),
        choice("eventType", "IN", "H", "ED", "TD", "PD", "LAED", "ST", "O", required=True),
        text("name", longest=30),
        choice("dayKind", "traditional", "hybrid", "virtual"),
        text("rotationDay", longest=20),
        text("bellSchedule", longest=100),
        choice("attendanceFrequency", "daily", "weekly", empty="daily"),
        whole_number("reportingMonth", 1, 9),
        clock_time("dismissalTime"),
        listed("grades", longest=20),
    ),
    in_manifest=False,
)
BELLS = FileSpec(
    "bells",
    (
        text("bellSchedule", required=True, longest=100),
        sourced_id("schoolSourcedId"),
        text("period", required=True, longest=40),
        clock_time("startTime", required=True),
        clock_time("endTime", required=True),
        choice("kind", "class", "homeroom", "lunch", "recess", "breakfast", required=True),
        clock_time("deductionStart"),
        clock_time("deductionEnd"),
        listed("grades", longest=20),
    ),
    in_manifest=False,
)
MEETINGS = FileSpec(
    "meetings",
    (
        sourced_id("classSourcedId"),
        text("period", required=True, longest=40),
        listed("rotationDays", longest=20),
        day("startDate"),
        day("endDate"),
    ),
    in_manifest=False,
    remembered=True,
)
MODES = FileSpec(
    "modes",
    (
        sourced_id("studentSourcedId"),
        day("startDate", required=True),
        day("endDate"),
        choice("mode", *Mode.values, required=True),
        listed("weekdays", read=_weekday),
        listed("rotationDays", longest=20),
        choice("reason", "plan", "quarantine", "accommodation"),
        sourced_id("classSourcedId", required=False),
    ),
    in_manifest=False,
)
FILES = (BELLS, CALENDAR, MEETINGS, MODES)
