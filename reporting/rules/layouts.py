"""Files for the state as data: record sets, their columns, widths and code sets, with a version.

A district can add another layout as another table; no code follows from it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ATTENDANCE, CALENDAR, SUMMARY = "Attendance", "Calendar", "ADA_ADM_Summary"


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
    """One file of the package."""

    name: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    def record(self, facts: Mapping[str, str]) -> list[str]:
        """One row of the file. Raises LayoutFault where a fact does not fit its column."""
        return [column.cell(facts[column.source]) for column in self.columns]


@dataclass(frozen=True)
class Layout:
    """A version of the state's layouts."""

    version: str
    record_sets: tuple[RecordSet, ...]

    def record_set(self, name: str) -> RecordSet:
        """One of the record sets by its name. Raises KeyError for a name the layout has not."""
        return {record_set.name: record_set for record_set in self.record_sets}[name]


_ORGANIZATION = Column("OrganizationIdentifier", "organization", Form.ORGANIZATION)

# Public CEDS element names, as MSIS 2.0 uses them.
MSIS_2 = Layout(
    "msis-2",
    (
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
                    codes={"in_person": "InPerson", "sync_online": "SynchronousOnline", "none": "None"},
                ),
                Column("CountedInADA", "counted", codes={"yes": "Yes", "no": "No"}),
                Column("DaysInSession", "session_days", Form.COUNT),
                Column("DaysEnrolled", "enrolled", Form.COUNT),
                Column("DaysPresent", "present", Form.COUNT),
                Column("DaysAbsentExcused", "excused", Form.COUNT),
                Column("DaysAbsentUnexcused", "unexcused", Form.COUNT),
                Column("AverageDailyAttendance", "ada", Form.TWO_DECIMALS),
                Column("AverageDailyMembership", "adm", Form.TWO_DECIMALS),
            ),
        ),
    ),
)

LAYOUTS = {MSIS_2.version: MSIS_2}
