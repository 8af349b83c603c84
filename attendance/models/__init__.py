"""Calendars, class meetings, marks, excuses and the daily ledger."""

from attendance.models.adopted import AdoptedCalendar, StaffHours, WaivedDay, WaiverReason
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
from attendance.models.calls import AbsenceCall, CallOutcome
from attendance.models.excuses import Decision, DocumentKind, Excuse, ExcuseReason
from attendance.models.ledger import AbsenceKind, DailyAttendance, DayStatus
from attendance.models.meetings import ClassMeeting, Mark, MarkStatus, MeetingState, Submission
from attendance.models.office import AT_THE_DOOR, OfficeEntry, OfficeEvent, OfficeKind
from attendance.models.policy import AttendancePolicy

__all__ = [
    "AT_THE_DOOR",
    "IN_SESSION",
    "SINCE_EVER",
    "AbsenceCall",
    "AbsenceKind",
    "AdoptedCalendar",
    "AttendancePolicy",
    "BellChange",
    "BellSchedule",
    "CalendarDay",
    "CalendarEdit",
    "CallOutcome",
    "ClassMeeting",
    "DailyAttendance",
    "DayKind",
    "DayStatus",
    "Decision",
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
    "OfficeEntry",
    "OfficeEvent",
    "OfficeKind",
    "Period",
    "PeriodKind",
    "SchoolDays",
    "SectionMeetingTime",
    "StaffHours",
    "Submission",
    "WaivedDay",
    "WaiverReason",
]
