"""What the tables of attendance hold, for their retention (MS-31)."""

from attendance.models import (
    AbsenceCall,
    AbsenceReport,
    Accommodation,
    AdoptedCalendar,
    AmendedDay,
    Assessment,
    AssessmentSeat,
    Assignment,
    AttendancePolicy,
    BellChange,
    BellSchedule,
    CalendarDay,
    CalendarEdit,
    ClassMeeting,
    College,
    CollegeDay,
    CollegeSection,
    CorrectionRequest,
    DailyAttendance,
    DayReview,
    Document,
    DocumentOpening,
    DocumentSeal,
    Engagement,
    EntriesCounted,
    EntryCount,
    EntryNews,
    Excuse,
    FamilyNote,
    FrozenMonth,
    GradeDay,
    Interaction,
    LearningPlan,
    LmsPart,
    LmsRun,
    Mark,
    MarkTally,
    ModeAssignment,
    NoteThread,
    OfficeEntry,
    OfficeEvent,
    OwnSchedule,
    OwnTimeClass,
    OwnTimeNews,
    Period,
    ReplyTemplate,
    SchoolDays,
    SectionMeetingTime,
    StaffHours,
    Submission,
    WaivedDay,
    WaiverDocument,
    WeekReport,
    WeekSubmission,
    WeekTally,
)
from attendance.services.documents_gone import remove_documents
from students.kept_records import TERMS_END
from students.models import Enrollment, SectionEnrollment
from students.retention import NEVER, Files, Group, Kept, register, register_others

_DOCUMENTATION = Group.DOCUMENTATION
_FILES = Files("storage_name", remove_documents)
# A fact without an end holds as long as its student is in some school of the district.
_WHILE_ENROLLED = (
    "coalesce(r.ends_on, (SELECT CASE WHEN bool_and(stay.ends_on IS NOT NULL) THEN max(stay.ends_on) END "
    "FROM students_enrollment stay WHERE stay.student_id = r.student_id))"
)


def _of(table: str, column: str, day: str) -> str:
    return f"(SELECT of.{day} FROM {table} of WHERE of.id = r.{column})"  # noqa: S608 - names of our own tables


_OF_DOCUMENT = (
    "(SELECT of.ends_on FROM attendance_document paper JOIN attendance_excuse of ON of.id = paper.excuse_id "
    "WHERE paper.id = r.document_id)"
)

# Another line of the same student takes the days over; without one, the marks would stand under none.
_MARKED_AND_ALONE = (
    "EXISTS (SELECT FROM attendance_mark mark JOIN attendance_classmeeting met ON met.id = mark.meeting_id "
    "WHERE mark.student_id = r.student_id AND met.{place} = r.{place} AND met.date >= r.starts_on "
    "AND met.date <= coalesce(r.ends_on, 'infinity')) AND NOT EXISTS (SELECT FROM {table} other "
    "WHERE other.student_id = r.student_id AND other.{place} = r.{place} AND other.id <> r.id)"
)

register(
    Kept(FamilyNote, Group.SUPPORT, "r.written_at::date"),
    Kept(NoteThread, Group.SUPPORT, "r.last_at::date"),
    Kept(AmendedDay, _DOCUMENTATION, "r.date"),
    Kept(CorrectionRequest, _DOCUMENTATION, "r.date"),
    Kept(AbsenceReport, _DOCUMENTATION, "r.ends_on"),
    Kept(AbsenceCall, _DOCUMENTATION, "r.date"),
    Kept(DocumentOpening, _DOCUMENTATION, _OF_DOCUMENT),
    Kept(DocumentSeal, _DOCUMENTATION, _OF_DOCUMENT),
    Kept(Document, _DOCUMENTATION, _of("attendance_excuse", "excuse_id", "ends_on"), files=_FILES),
    Kept(Excuse, _DOCUMENTATION, "r.ends_on"),
    Kept(OfficeEvent, _DOCUMENTATION, "coalesce(r.ends_on, r.starts_on)"),
    Kept(OfficeEntry, _DOCUMENTATION, "r.entered_at::date"),
    Kept(Submission, _DOCUMENTATION, _of("attendance_classmeeting", "meeting_id", "date")),
    Kept(Mark, _DOCUMENTATION, _of("attendance_classmeeting", "meeting_id", "date")),
    # Rebuilt from the marks at will; a certified month holds its own.
    Kept(DailyAttendance, _DOCUMENTATION, "r.date", record=NEVER),
    # What nobody took goes when a schedule drops it.
    Kept(ClassMeeting, _DOCUMENTATION, "r.date", record="r.state <> 'expected'"),
    Kept(WeekSubmission, _DOCUMENTATION, "r.monday + 6"),
    Kept(WeekReport, _DOCUMENTATION, "r.week_starts_on + 6"),
    Kept(DayReview, _DOCUMENTATION, "r.date", history_keeps=True),
    Kept(Assignment, _DOCUMENTATION, "r.date"),
    Kept(Interaction, _DOCUMENTATION, "r.day"),
    Kept(Engagement, _DOCUMENTATION, "r.day"),
    Kept(AssessmentSeat, _DOCUMENTATION, _of("attendance_assessment", "assessment_id", "date"), history_keeps=True),
    Kept(Assessment, _DOCUMENTATION, "r.date"),
    Kept(LmsRun, _DOCUMENTATION, "r.received_at::date"),
    Kept(ModeAssignment, _DOCUMENTATION, _WHILE_ENROLLED, history_keeps=True),
    Kept(OwnSchedule, _DOCUMENTATION, _WHILE_ENROLLED, history_keeps=True),
    Kept(Accommodation, _DOCUMENTATION, _WHILE_ENROLLED, history_keeps=True),
    Kept(WaiverDocument, _DOCUMENTATION, _of("attendance_waivedday", "waiver_id", "date"), files=_FILES),
    Kept(WaivedDay, _DOCUMENTATION, "r.date"),
    # Rewritten with the calendar day that it belongs to, whose history stands.
    Kept(GradeDay, _DOCUMENTATION, _of("attendance_calendarday", "calendar_day_id", "date"), record=NEVER),
    Kept(CalendarDay, _DOCUMENTATION, "r.date", history_keeps=True),
    Kept(CalendarEdit, _DOCUMENTATION, "r.edited_at::date"),
    Kept(AdoptedCalendar, _DOCUMENTATION, "(SELECT max(day) FROM unnest(r.session_days) day)"),
    # Rewritten by each import; what was met stands in the meetings.
    Kept(SectionMeetingTime, _DOCUMENTATION, "r.ends_on", record=NEVER),
    Kept(
        SectionEnrollment,
        _DOCUMENTATION,
        f"coalesce(r.ends_on, ({TERMS_END}))",
        record=_MARKED_AND_ALONE.format(place="section_id", table="students_sectionenrollment"),
    ),
    Kept(
        Enrollment,
        _DOCUMENTATION,
        "r.ends_on",
        record=_MARKED_AND_ALONE.format(place="school_id", table="students_enrollment"),
        frees_students=True,
    ),
)
register_others(Group.REFERENCE, AttendancePolicy, LearningPlan, ReplyTemplate, StaffHours)
register_others(Group.REFERENCE, BellSchedule, Period, BellChange, College, CollegeDay, CollegeSection)
# It names no child, and says which days were certified.
register_others(Group.REFERENCE, FrozenMonth)
# Counted anew from the meetings and reviews at will, and about staff, not about a child.
register_others(Group.WORK, EntriesCounted, EntryCount, EntryNews)
# Found anew from rosters and ledger at will: of a class, not of a child.
register_others(Group.WORK, OwnTimeClass, OwnTimeNews)
register_others(Group.WORK, SchoolDays, WeekTally, MarkTally, LmsPart)
