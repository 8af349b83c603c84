"""What stands in a packet's tables: of every kind of evidence its columns, and which rows are a student's.

Notes that staff wrote beside an entry, a talk or a call are in no column (RD-61).
"""

from dataclasses import dataclass

from django.db.models import Model, Q

from attendance.models import (
    AbsenceCall,
    AbsenceReport,
    Accommodation,
    AssessmentSeat,
    CorrectionRequest,
    DayReview,
    Document,
    DocumentOpening,
    Engagement,
    Excuse,
    Interaction,
    Mark,
    ModeAssignment,
    OfficeEvent,
    OwnSchedule,
)
from reporting.selectors.packet_slices import Slice
from students.models import Enrollment


@dataclass(frozen=True)
class Source:
    """One kind of evidence. `columns` are headers with paths; a path that ends in "by" leads to a person.

    `day` and `until` are the paths of its first and last day, by which a row is the packet's. `health`: the columns for
    those who may know reasons (RD-60). `private`: fields that are told in no change either. `tracked`: its changes are
    kept by triggers.
    """

    name: str
    title: str
    model: type[Model]
    day: str
    columns: tuple[tuple[str, str], ...]
    until: str = ""
    student: str = "student"
    health: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    tracked: bool = True

    def within(self, part: Slice) -> Q:
        """The rows of some students and days, of the table as of its history."""
        rows = Q(**{f"{self.student}__in": part.ids, f"{self.day}__lte": part.last})
        if not self.until:
            return rows & Q(**{f"{self.day}__gte": part.first})
        return rows & (Q(**{f"{self.until}__gte": part.first}) | Q(**{f"{self.until}__isnull": True}))


_MARKS = Source(
    "marks",
    "Marks of classes, as they stand",
    Mark,
    "meeting__date",
    (
        ("date", "meeting__date"), ("period", "meeting__period"), ("class", "meeting__section__title"),
        ("status", "status"), ("minutes_attended", "minutes_attended"),
        ("minutes_offered", "meeting__instructional_minutes"), ("arrived_at", "arrived_at"), ("left_at", "left_at"),
        ("marked_by", "marked_by"), ("marked_at", "marked_at"), ("reason", "reason"), ("meeting", "meeting_id"),
        ("mark", "pk"),
    ),
)  # fmt: skip
_REVIEWS = Source(
    "own_time_entries",
    "What was entered of work in own time: measures met, minutes completed",
    DayReview,
    "date",
    (
        ("date", "date"), ("class", "section__title"), ("measure", "measure"), ("minutes", "minutes"),
        ("handed_in_on", "handed_in_on"), ("work_done", "work_done"), ("entered_by", "entered_by"),
        ("entered_at", "entered_at"), ("reason", "reason"), ("entry", "pk"),
    ),
)  # fmt: skip
_ENGAGEMENT = Source(
    "engagement",
    "Events of the learning management system",
    Engagement,
    "day",
    (
        ("date", "day"), ("happened_at", "happened_at"), ("measure", "measure"), ("minutes", "minutes"),
        ("work_of", "work_of"), ("class", "section__title"), ("source", "source"), ("event", "event_id"),
        ("received_by", "received_by"), ("received_at", "received_at"),
    ),
    tracked=False,
)  # fmt: skip
_TALKS = Source(
    "interactions",
    "Talks of teachers with the student",
    Interaction,
    "day",
    (
        ("date", "day"), ("happened_at", "happened_at"), ("kind", "kind"), ("minutes", "minutes"),
        ("class", "section__title"), ("entered_by", "entered_by"), ("entered_at", "entered_at"),
        ("withdrawn_by", "withdrawn_by"), ("withdrawn_at", "withdrawn_at"), ("interaction", "pk"),
    ),
    private=("note", "withdrawn_reason"),
)  # fmt: skip
_OFFICE = Source(
    "office_events",
    "What the office entered: sign-ins, sign-outs, activities, suspensions",
    OfficeEvent,
    "starts_on",
    (
        ("first_day", "starts_on"), ("last_day", "ends_on"), ("kind", "kind"), ("starts_at", "starts_at"),
        ("ends_at", "ends_at"), ("shown_as", "entry__shown_as"), ("entered_by", "entry__entered_by"),
        ("entered_at", "entry__entered_at"), ("withdrawn_by", "withdrawn_by"), ("withdrawn_at", "withdrawn_at"),
        ("withdrawn_reason", "withdrawn_reason"), ("event", "pk"),
    ),
    until="ends_on",
)  # fmt: skip
_CALLS = Source(
    "calls",
    "Calls about absences that nobody had explained",
    AbsenceCall,
    "date",
    (("date", "date"), ("outcome", "outcome"), ("called_by", "called_by"), ("called_at", "called_at"), ("call", "pk")),
    tracked=False,
)
_REPORTS = Source(
    "absences_reported_by_families",
    "Absences that families reported",
    AbsenceReport,
    "starts_on",
    (
        ("first_day", "starts_on"), ("last_day", "ends_on"), ("starts_at", "starts_at"), ("ends_at", "ends_at"),
        ("reason", "reason"), ("reported_by", "reported_by"), ("reported_at", "reported_at"), ("seen_by", "seen_by"),
        ("seen_at", "seen_at"), ("withdrawn_at", "withdrawn_at"), ("excuse", "excuse_id"), ("report", "pk"),
    ),
    until="ends_on",
    health=("reason",),
    private=("words",),
)  # fmt: skip
_REQUESTS = Source(
    "correction_requests",
    "Marks that families asked to be looked at again, and the answers",
    CorrectionRequest,
    "date",
    (
        ("date", "date"), ("period", "meeting__period"), ("stood_as", "stood_as"), ("stood_minutes", "stood_minutes"),
        ("asked_by", "asked_by"), ("asked_at", "asked_at"), ("answer", "answer"), ("answered_by", "answered_by"),
        ("answered_at", "answered_at"), ("request", "pk"),
    ),
    private=("words", "answer_words"),
)  # fmt: skip
_EXCUSES = Source(
    "excuses",
    "Excuses",
    Excuse,
    "starts_on",
    (
        ("first_day", "starts_on"), ("last_day", "ends_on"), ("starts_at", "starts_at"), ("ends_at", "ends_at"),
        ("reason", "reason"), ("document_kind", "document_kind"), ("document_seen_on", "document_seen_on"),
        ("entered_by", "entered_by"), ("entered_at", "entered_at"), ("decision", "decision"),
        ("decided_by", "decided_by"), ("decided_at", "decided_at"), ("decision_reason", "decision_reason"),
        ("withdrawn_by", "withdrawn_by"), ("withdrawn_at", "withdrawn_at"), ("withdrawn_reason", "withdrawn_reason"),
        ("excuse", "pk"),
    ),
    until="ends_on",
    health=("reason", "document_kind", "document_seen_on", "decision_reason", "withdrawn_reason"),
)  # fmt: skip
_OPENINGS = Source(
    "document_openings",
    "Who opened a document before this packet was made",
    DocumentOpening,
    "document__excuse__starts_on",
    (("document", "document_id"), ("opened_by", "opened_by"), ("opened_at", "opened_at")),
    until="document__excuse__ends_on",
    student="document__excuse__student",
    tracked=False,
)
_MODES = Source(
    "modes",
    "How the student was taught",
    ModeAssignment,
    "starts_on",
    (
        ("first_day", "starts_on"), ("last_day", "ends_on"), ("mode", "mode"), ("class", "section__title"),
        ("weekdays", "weekdays"), ("rotation_days", "rotation_days"), ("reason", "reason"), ("source", "source"),
        ("entered_by", "entered_by"), ("entered_at", "entered_at"), ("ended_by", "ended_by"), ("ended_at", "ended_at"),
        ("mode_id", "pk"),
    ),
    until="ends_on",
    health=("reason", "late_reason", "end_reason"),
)  # fmt: skip
_OWN_SCHEDULES = Source(
    "own_schedules",
    "Own schedules: early release, part-time, homebound",
    OwnSchedule,
    "starts_on",
    (
        ("first_day", "starts_on"), ("last_day", "ends_on"), ("kind", "kind"), ("entered_by", "entered_by"),
        ("entered_at", "entered_at"), ("ended_by", "ended_by"), ("ended_at", "ended_at"), ("own_schedule", "pk"),
    ),
    until="ends_on",
    private=("reason", "late_reason", "end_reason"),
)  # fmt: skip
_ACCOMMODATIONS = Source(
    "accommodations",
    "Accommodations on file, by the measures that count",
    Accommodation,
    "starts_on",
    (
        ("first_day", "starts_on"), ("last_day", "ends_on"), ("measures", "measures"), ("entered_by", "entered_by"),
        ("entered_at", "entered_at"), ("ended_by", "ended_by"), ("ended_at", "ended_at"), ("accommodation", "pk"),
    ),
    until="ends_on",
    private=("reason", "late_reason", "end_reason"),
)  # fmt: skip
_SEATS = Source(
    "assessments",
    "State assessments for which the student was listed",
    AssessmentSeat,
    "assessment__date",
    (
        ("date", "assessment__date"), ("assessment", "assessment__name"), ("starts_at", "assessment__starts_at"),
        ("ends_at", "assessment__ends_at"), ("minutes_attended", "minutes_attended"), ("marked_by", "marked_by"),
        ("marked_at", "marked_at"), ("withdrawn_at", "assessment__withdrawn_at"),
        ("listed_by", "listed_by"), ("listed_at", "listed_at"),
        ("taken_off_by", "withdrawn_by"), ("taken_off_at", "withdrawn_at"), ("taken_off_reason", "withdrawn_reason"),
        ("seat", "pk"),
    ),
)  # fmt: skip
_ENROLLMENTS = Source(
    "enrollments",
    "Enrollments",
    Enrollment,
    "starts_on",
    (
        ("first_day", "starts_on"), ("last_day", "ends_on"), ("school", "school__name"),
        ("school_code", "school__code"), ("grade", "grade"), ("primary", "is_primary"), ("in_ada", "ada_included"),
        ("entry_code", "entry_code"), ("exit_code", "exit_code"),
    ),
    until="ends_on",
    tracked=False,
)  # fmt: skip
DOCUMENTS = Source(
    "documents",
    "Documents on file, with the SHA-256 of their bytes",
    Document,
    "excuse__starts_on",
    (
        ("excuse", "excuse_id"), ("kind", "kind"), ("sent_as", "file_name"), ("type", "content_type"),
        ("bytes", "size_bytes"), ("sha256", "sha256"), ("uploaded_by", "uploaded_by"), ("uploaded_at", "uploaded_at"),
        ("document", "pk"),
    ),
    until="excuse__ends_on",
    student="excuse__student",
    tracked=False,
)  # fmt: skip
SOURCES = (
    _ENROLLMENTS, _MARKS, _REVIEWS, _ENGAGEMENT, _TALKS, _SEATS, _OFFICE, _CALLS, _EXCUSES, _OPENINGS, _REPORTS,
    _REQUESTS, _MODES, _OWN_SCHEDULES, _ACCOMMODATIONS,
)  # fmt: skip
