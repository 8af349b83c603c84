"""Calendars, class meetings, marks, excuses and the daily ledger."""

from attendance.models.bells import SINCE_EVER, BellChange, BellSchedule, Period, PeriodKind
from attendance.models.calendar import (
    IN_SESSION,
    CalendarDay,
    CalendarEdit,
    DayKind,
    EventType,
    GradeDay,
    Mode,
    ModeAssignment,
    SchoolDays,
    SectionMeetingTime,
)
from attendance.models.excuses import DocumentKind, Excuse, ExcuseReason
from attendance.models.ledger import AbsenceKind, DailyAttendance, DayStatus
from attendance.models.meetings import ClassMeeting, Mark, MarkStatus, MeetingState, Submission
from attendance.models.policy import AttendancePolicy

__all__ = [
    "IN_SESSION",
    "SINCE_EVER",
    "AbsenceKind",
    "AttendancePolicy",
    "BellChange",
    "BellSchedule",
    "CalendarDay",
    "CalendarEdit",
    "ClassMeeting",
    "DailyAttendance",
    "DayKind",
    "DayStatus",
    "DocumentKind",
    "EventType",
    "Excuse",
    "ExcuseReason",
    "GradeDay",
    "Mark",
    "MarkStatus",
    "MeetingState",
    "Mode",
    "ModeAssignment",
    "Period",
    "PeriodKind",
    "SchoolDays",
    "SectionMeetingTime",
    "Submission",
]
