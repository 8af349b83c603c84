"""Files for the state as data: record sets, their columns, widths and code sets, with a version.

A district can add another layout as another table; no code follows from it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from students.rules.state_codes import ENTRY_CODES, EXIT_CODES

DAYS_TAUGHT, CALENDAR, ENROLLMENT = "Days_Taught", "Calendar", "Enrollment"
ATTENDANCE, MONTHLY_ABSENCES, SUMMARY = "Attendance", "Monthly_Absences", "ADA_ADM_Summary"


class Form(StrEnum):
    """How a value is written."""

    TEXT = r"(?s).*"
    DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    COUNT = r"0|[1-9][0-9]{0,11}"
    TWO_DECIMALS = r"(0|[1-9][0-9]{0,11})\.[0-9]{2}"
    ORGANIZATION = r"[0-9A-Z]{4}-[0-9A-Z]{3}"
    STATE_ID = r"[0-9]{9}"
    MONTH = r"[0-9]{4}-[0-9]{2}"


class LayoutFault(ValueError):
    """A value that the layout cannot carry. It is never dropped in silence; the message names column and value."""


@dataclass(frozen=True)
class Column:
    """A column: its name at the state, which of our facts fills it, and what it may hold.

    `codes` maps our values to the state's; a value it does not know is a fault. `width` is in characters.
    """

    name: str
    source: str
    form: Form = Form.TEXT
    required: bool = True
    width: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)

    def cell(self, value: str) -> str:
        """The state's form of one of our values. Raises LayoutFault where the column cannot carry it."""
        if self.codes and value and value not in self.codes:
            raise LayoutFault(f"{self.name}: the layout has no code for “{value}”.")
        written = self.codes[value] if self.codes and value else value
        if fault := self.fault(written):
            raise LayoutFault(f"{self.name}: {fault}")
        return written

    def fault(self, written: str) -> str:
        """What is wrong with a written value, in words; empty when nothing is."""
        if not written:
            return "is empty, and is required." if self.required else ""
        if self.codes and written not in self.codes.values():
            return f"“{written[:40]}” is not in its code set."
        if self.width is not None and len(written) > self.width:
            return f"“{written[:40]}” has more than {self.width} characters."
        return "" if re.fullmatch(self.form, written) else f"“{written[:40]}” is not of its form."


@dataclass(frozen=True)
class RecordSet:
    """One file of the package. The state takes it only once it has accepted the record sets named in `after`."""

    name: str
    columns: tuple[Column, ...]
    after: tuple[str, ...] = ()

    @property
    def header(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    def record(self, facts: Mapping[str, str]) -> list[str]:
        """One row of the file. Raises LayoutFault where a fact does not fit its column."""
        return [column.cell(facts[column.source]) for column in self.columns]


@dataclass(frozen=True)
class Layout:
    """A version of the state's layouts; its record sets stand in the order in which they are filed."""

    version: str
    record_sets: tuple[RecordSet, ...]

    def record_set(self, name: str) -> RecordSet:
        """One of the record sets by its name. Raises KeyError for a name the layout has not."""
        return {record_set.name: record_set for record_set in self.record_sets}[name]


_YES_NO = {"yes": "Yes", "no": "No"}
ENROLLMENT_STATUSES = {"current": "01811", "former": "01810", "transferring": "01813", "no_show": "01814"}


def _stated(codes: Mapping[str, str | None]) -> dict[str, str]:
    """The state's values by the district's codes; empty where a value is not public."""
    return {code: value or "" for code, value in codes.items()}


_ORGANIZATION = Column("OrganizationIdentifier", "organization", Form.ORGANIZATION)

# Public CEDS element names, as MSIS 2.0 uses them.
MSIS_2 = Layout(
    "msis-2",
    (
        RecordSet(
            DAYS_TAUGHT,
            (
                _ORGANIZATION,
                Column("ReportingMonth", "month", Form.MONTH),
                Column("GradeLevel", "grade", width=20),
                Column("DaysTaught", "session_days", Form.COUNT),
            ),
        ),
        RecordSet(
            CALENDAR,
            (
                _ORGANIZATION,
                Column("CalendarEventDate", "date", Form.DATE),
                Column("CalendarEventDayName", "name", required=False, width=30),
                Column(
                    "CalendarEventType",
                    "event_type",
                    codes={
                        "IN": "InstructionalDay",
                        "H": "Holiday",
                        "ED": "EmergencyDay",
                        "TD": "TeacherOnlyDay",
                        "PD": "ProfessionalDevelopmentDay",
                        "LAED": "LateArrivalEarlyDismissal",
                        "ST": "Strike",
                        "O": "Other",
                    },
                ),
                # MS-38 and MS-25 ask for these two; CEDS has no element of their names.
                Column(
                    "InstructionalDayKind",
                    "day_kind",
                    required=False,
                    codes={"traditional": "Traditional", "hybrid": "Hybrid", "virtual": "Virtual"},
                ),
                Column(
                    "AttendanceFrequency",
                    "attendance_frequency",
                    required=False,
                    codes={"daily": "Daily", "weekly": "Weekly"},
                ),
            ),
        ),
        RecordSet(
            ENROLLMENT,
            (
                _ORGANIZATION,
                Column("StudentIdentifier", "state_id", Form.STATE_ID),
                Column("GradeLevel", "grade", width=20),
                Column("EnrollmentStatus", "standing", codes=ENROLLMENT_STATUSES),
                Column("EnrollmentEntryDate", "entered_on", Form.DATE),
                Column("EntryType", "entry_code", codes=_stated(ENTRY_CODES)),
                Column("EnrollmentExitDate", "left_on", Form.DATE, required=False),
                # Empty for the codes whose state value is not public; the district's own code stands beside it.
                Column("ExitOrWithdrawalType", "exit_code", required=False, codes=_stated(EXIT_CODES)),
                Column("LocalExitCode", "exit_code", required=False, codes={code: code for code in EXIT_CODES}),
                Column("PrimarySchool", "primary", codes=_YES_NO),
                Column("CountedInADA", "counted", codes=_YES_NO),
            ),
            after=(DAYS_TAUGHT,),
        ),
        RecordSet(
            ATTENDANCE,
            (
                _ORGANIZATION,
                Column("StudentIdentifier", "state_id", Form.STATE_ID),
                Column("AttendanceEventType", "event_type", codes={"daily": "DailyAttendance"}),
                Column("AttendanceEventDate", "date", Form.DATE),
                Column(
                    "AttendanceStatus",
                    "status",
                    codes={"present": "Present", "excused": "ExcusedAbsence", "unexcused": "UnexcusedAbsence"},
                ),
            ),
            after=(DAYS_TAUGHT,),
        ),
        RecordSet(
            MONTHLY_ABSENCES,
            (
                _ORGANIZATION,
                Column("ReportingMonth", "month", Form.MONTH),
                Column("GradeLevel", "grade", width=20),
                Column("CountedInADA", "counted", codes=_YES_NO),
                Column("DaysEnrolled", "enrolled", Form.COUNT),
                Column("DaysAbsentExcused", "excused", Form.COUNT),
                Column("DaysAbsentUnexcused", "unexcused", Form.COUNT),
                Column("DaysAbsent", "absent", Form.COUNT),
            ),
            after=(DAYS_TAUGHT,),
        ),
        RecordSet(
            SUMMARY,
            (
                _ORGANIZATION,
                Column("ReportingMonth", "month", Form.MONTH),
                Column(
                    "SummaryLevel",
                    "level",
                    codes={"school": "School", "grade": "Grade", "mode": "Mode", "grade_mode": "GradeMode"},
                ),
                Column("GradeLevel", "grade", required=False, width=20),
                Column(
                    "InstructionMode",
                    "mode",
                    required=False,
                    codes={
                        "in_person": "InPerson",
                        "sync_online": "SynchronousOnline",
                        "async_online": "AsynchronousOnline",
                        "offline_digital": "AsynchronousOfflineDigital",
                        "offline_packets": "AsynchronousOfflinePackets",
                        "none": "None",
                    },
                ),
                Column("CountedInADA", "counted", codes=_YES_NO),
                Column("DaysInSession", "session_days", Form.COUNT),
                Column("DaysEnrolled", "enrolled", Form.COUNT),
                Column("DaysPresent", "present", Form.COUNT),
                Column("DaysAbsentExcused", "excused", Form.COUNT),
                Column("DaysAbsentUnexcused", "unexcused", Form.COUNT),
                Column("AverageDailyAttendance", "ada", Form.TWO_DECIMALS),
                Column("AverageDailyMembership", "adm", Form.TWO_DECIMALS),
            ),
            after=(DAYS_TAUGHT,),
        ),
    ),
)

LAYOUTS = {MSIS_2.version: MSIS_2}
