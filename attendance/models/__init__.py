"""Calendars, class meetings, marks, excuses and the daily ledger."""

from attendance.models.adopted import AdoptedCalendar, StaffHours, WaivedDay, WaiverDocument, WaiverReason
from attendance.models.bells import SINCE_EVER, BellChange, BellSchedule, Period, PeriodKind
from attendance.models.calendar import (
    IN_SESSION,
    CalendarDay,
    CalendarEdit,
    DayKind,
    EventType,
    GradeDay,
    SchoolDays,
    SectionMeetingTime,
)
from attendance.models.calls import AbsenceCall, CallOutcome
from attendance.models.circumstances import (
    Accommodation,
    Assessment,
    AssessmentSeat,
    College,
    CollegeDay,
    CollegeSection,
    OwnSchedule,
    OwnScheduleKind,
)
from attendance.models.documents import ContentType, Document, DocumentOpening
from attendance.models.entry_counts import EntriesCounted, EntryCount, EntryKind, EntryNews
from attendance.models.excuses import Decision, DocumentKind, Excuse, ExcuseReason
from attendance.models.family_notes import LONGEST_NOTE, FamilyNote, NoteThread, ReplyTemplate
from attendance.models.family_reports import AbsenceReport
from attendance.models.family_requests import CorrectionAnswer, CorrectionRequest
from attendance.models.freezing import Amended, AmendedDay, FrozenMonth
from attendance.models.ledger import AbsenceKind, DailyAttendance, DayStatus
from attendance.models.lms import LmsPart, LmsRun, LmsState
from attendance.models.meetings import ClassMeeting, Mark, MarkStatus, MeetingState, Submission
from attendance.models.modes import Mode, ModeAssignment, ModeReason
from attendance.models.office import AT_THE_DOOR, OfficeEntry, OfficeEvent, OfficeKind
from attendance.models.own_time import (
    Assignment,
    DayReview,
    Engagement,
    EngagementSource,
    Interaction,
    InteractionKind,
    WeekReport,
)
from attendance.models.own_time_classes import OwnTimeClass, OwnTimeNews
from attendance.models.plans import Frequency, LearningPlan, Measure, MeasuredBy
from attendance.models.policy import AttendancePolicy
from attendance.models.reviews import WeekSubmission
from attendance.models.sealing import DocumentSeal, SealState
from attendance.models.tallies import STANDINGS, MarkTally, WeekTally

__all__ = [
    "AT_THE_DOOR",
    "IN_SESSION",
    "LONGEST_NOTE",
    "SINCE_EVER",
    "STANDINGS",
    "AbsenceCall",
    "AbsenceKind",
    "AbsenceReport",
    "Accommodation",
    "AdoptedCalendar",
    "Amended",
    "AmendedDay",
    "Assessment",
    "AssessmentSeat",
    "Assignment",
    "AttendancePolicy",
    "BellChange",
    "BellSchedule",
    "CalendarDay",
    "CalendarEdit",
    "CallOutcome",
    "ClassMeeting",
    "College",
    "CollegeDay",
    "CollegeSection",
    "ContentType",
    "CorrectionAnswer",
    "CorrectionRequest",
    "DailyAttendance",
    "DayKind",
    "DayReview",
    "DayStatus",
    "Decision",
    "Document",
    "DocumentKind",
    "DocumentOpening",
    "DocumentSeal",
    "Engagement",
    "EngagementSource",
    "EntriesCounted",
    "EntryCount",
    "EntryKind",
    "EntryNews",
    "EventType",
    "Excuse",
    "ExcuseReason",
    "FamilyNote",
    "Frequency",
    "FrozenMonth",
    "GradeDay",
    "Interaction",
    "InteractionKind",
    "LearningPlan",
    "LmsPart",
    "LmsRun",
    "LmsState",
    "Mark",
    "MarkStatus",
    "MarkTally",
    "Measure",
    "MeasuredBy",
    "MeetingState",
    "Mode",
    "ModeAssignment",
    "ModeReason",
    "NoteThread",
    "OfficeEntry",
    "OfficeEvent",
    "OfficeKind",
    "OwnSchedule",
    "OwnScheduleKind",
    "OwnTimeClass",
    "OwnTimeNews",
    "Period",
    "PeriodKind",
    "ReplyTemplate",
    "SchoolDays",
    "SealState",
    "SectionMeetingTime",
    "StaffHours",
    "Submission",
    "WaivedDay",
    "WaiverDocument",
    "WaiverReason",
    "WeekReport",
    "WeekSubmission",
    "WeekTally",
]
