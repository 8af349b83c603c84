"""Calendars, class meetings, marks, excuses and the daily ledger."""

from attendance.models.calendar import (
    IN_SESSION,
    BellSchedule,
    CalendarDay,
    CalendarEdit,
    DayKind,
    EventType,
    Mode,
    ModeAssignment,
    Period,
    PeriodKind,
    SchoolDays,
    SectionMeetingTime,
)
from attendance.models.excuses import DocumentKind, Excuse, ExcuseReason
from attendance.models.ledger import AbsenceKind, DailyAttendance, DayStatus
from attendance.models.meetings import ClassMeeting, Mark, MarkStatus, MeetingState, Submission
from attendance.models.policy import AttendancePolicy

__all__ = [
    "IN_SESSION",
    "AbsenceKind",
    "AttendancePolicy",
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
