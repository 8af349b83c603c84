"""The district's files of school days, bells, meetings and modes, as data. Both ends of a span are inclusive."""

from students.oneroster.columns import Column, choice, clock_time, day, listed, one_of, sourced_id, text, whole_number
from students.oneroster.findings import Warn
from students.oneroster.tables import FileSpec

_weekday = one_of("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_known_mode = one_of("in_person", "sync_online", "async_online", "offline_digital", "offline_packets")


def _read_mode(cell: str, warn: Warn) -> str:
    mode = _known_mode(cell, warn)
    if mode not in {"in_person", "sync_online"}:
        raise ValueError("This mode is not judged yet. Only in_person and sync_online can be imported so far.")
    return mode


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
        Column("mode", required=True, read=_read_mode),
        listed("weekdays", read=_weekday),
        listed("rotationDays", longest=20),
        choice("reason", "plan", "quarantine", "accommodation"),
    ),
    in_manifest=False,
)
FILES = (BELLS, CALENDAR, MEETINGS, MODES)
