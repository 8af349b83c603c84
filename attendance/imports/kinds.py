"""The kinds of record that attendance adds to an import."""

from attendance.models import BellSchedule, CalendarDay, GradeDay, ModeAssignment, Period, SectionMeetingTime
from students.models import FactSource
from students.oneroster.kinds import CLASSES, SCHOOLS, STUDENTS, Kind

BELL_SCHEDULES = Kind("bell schedules", BellSchedule, ("school", "name"), references={"school": SCHOOLS})
PERIODS = Kind(
    "periods",
    Period,
    ("bell_schedule", "name", "grades"),
    ("kind", "starts_at", "ends_at", "deduction_starts_at", "deduction_ends_at"),
    {"bell_schedule": BELL_SCHEDULES},
    dated=True,
)
CALENDAR_DAYS = Kind(
    "calendar days",
    CalendarDay,
    ("school", "date"),
    (
        "event_type",
        "name",
        "day_kind",
        "rotation_day",
        "bell_schedule",
        "attendance_frequency",
        "reporting_month",
        "dismissal_time",
    ),
    {"school": SCHOOLS, "bell_schedule": BELL_SCHEDULES},
    removable=True,
)
GRADE_DAYS = Kind(
    "calendar days of some grades",
    GradeDay,
    ("calendar_day", "grade"),
    ("event_type", "name", "day_kind", "rotation_day", "bell_schedule", "dismissal_time"),
    {"calendar_day": CALENDAR_DAYS, "bell_schedule": BELL_SCHEDULES},
    removable=True,
)
MEETING_TIMES = Kind(
    "class meeting times",
    SectionMeetingTime,
    ("section", "period"),
    ("rotation_days",),
    {"section": CLASSES},
    dated=True,
)
MODES = Kind(
    "modes of instruction",
    ModeAssignment,
    ("student", "section", "mode", "weekdays", "rotation_days", "reason"),
    references={"student": STUDENTS, "section": CLASSES},
    dated=True,
    # What people entered on pages is ended there.
    imported={"source": FactSource.ROSTER},
)
