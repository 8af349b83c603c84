"""Whatever a month holds, its files add up to the ledger's days: by student, day, grade and mode, and ADA exactly."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.rules.archives import members_of
from reporting.rules.facts import (
    EnrollmentFact,
    LmsDay,
    MonthFacts,
    NoticeFact,
    StudentDay,
    TaughtPeriod,
    TeacherSchedule,
)
from reporting.rules.figures import figures, tallied
from reporting.rules.package import build_package
from reporting.rules.verify import verify_zip
from students.rules.csv_text import read_csv
from tests.reporting.rules.worlds import AS_OF, MONDAY, MSIS_2, facts

GRADES = {"09": True, "10": True, "PK": False}
MODES = ["in_person", "async_online", "offline_packets", ""]
STATUSES = ["present", "excused", "unexcused"]
WRITTEN = {"present": "Present", "excused": "ExcusedAbsence", "unexcused": "UnexcusedAbsence"}
MODE_CODES = {
    "in_person": "InPerson",
    "async_online": "AsynchronousOnline",
    "offline_packets": "AsynchronousOfflinePackets",
    "": "None",
}


@st.composite
def months(draw: st.DrawFn) -> MonthFacts:
    """A month of up to 8 students over up to 6 school days, some of which a grade has off."""
    month = facts(draw(st.integers(1, 8)), draw(st.integers(1, 6)))
    off = st.frozensets(st.sampled_from(sorted(GRADES)), max_size=2)
    calendar = [replace(day, grades_off=draw(off)) if day.in_session else day for day in month.calendar]
    days, enrollments = [], []
    for student in range(len(month.people)):
        grade = draw(st.sampled_from(sorted(GRADES)))
        entered = draw(st.integers(0, len(month.session_days) - 1))
        here = [day.date for day in calendar[entered:] if day.in_session and grade not in day.grades_off]
        enrollments.append(EnrollmentFact(student, grade, calendar[entered].date, "E1", counted_in_ada=GRADES[grade]))
        for day in here:
            status, mode = draw(st.sampled_from(STATUSES)), draw(st.sampled_from(MODES))
            days.append(StudentDay(student, day, status, grade, mode, GRADES[grade]))
    return replace(
        month,
        calendar=calendar,
        days=days,
        enrollments=enrollments,
        lms_days=draw(st.lists(st.sampled_from(days), unique=True, max_size=5).map(_recorded)) if days else [],
        truancy_notices=[
            NoticeFact(0, 5, False, MONDAY - timedelta(days=3), draw(st.sampled_from(month.session_days)))
        ],
        teacher_schedules=[
            TeacherSchedule("u1", "Rosa", "Whitfield", "secondary", 150, 225, (TaughtPeriod("s1", "=1+1", "1"),))
        ],
    )


def _recorded(days: list[StudentDay]) -> list[LmsDay]:
    at = [datetime(day.date.year, day.date.month, day.date.day, 8, 15) for day in days]
    return [
        LmsDay(day.student_id, "s1", day.date, "lms_file", day.mode, 1, 2, 0, 0, 35, first, first)
        for day, first in zip(days, at, strict=True)
    ]


def _files(content: bytes) -> dict[str, list[dict[str, str]]]:
    files = {}
    for name, member in members_of(content).items():
        if name.endswith(".csv"):
            header, *rows = read_csv(member)
            files[name[len("S_2500_008_102020_") : -len(".csv")]] = [
                dict(zip(header, row, strict=True)) for row in rows
            ]
    return files


@settings(max_examples=60, deadline=None)
@given(months())
def test_RD10_the_files_of_any_month_sum_to_the_ledgers_figures(month: MonthFacts) -> None:
    made = build_package(month, MSIS_2, as_of=AS_OF, warnings=0)
    assert verify_zip(made.content) == []
    files = _files(made.content)
    _sums_by_student_and_day(month, files)
    _sums_by_grade_and_mode(month, files)
    _averages(month, files)
    assert [(row["StudentIdentifier"], row["EngagementDate"]) for row in files["LMS_Metadata"]] == sorted(
        (month.people[each.student_id].state_id, each.date.isoformat()) for each in month.lms_days
    )
    assert [row["CourseTitle"] for row in files["Teacher_Schedules"]] == ["=1+1"]
    assert [row["NoticeDueDate"] for row in files["Truancy_Notices"]] == [
        each.due_on.isoformat() for each in month.truancy_notices
    ]


def _sums_by_student_and_day(month: MonthFacts, files: dict[str, list[dict[str, str]]]) -> None:
    exported = Counter(
        (row["StudentIdentifier"], date.fromisoformat(row["AttendanceEventDate"]), row["AttendanceStatus"])
        for row in files["Attendance"]
    )
    assert exported == Counter(
        (month.people[day.student_id].state_id, day.date, WRITTEN[day.status]) for day in month.days
    )


def _sums_by_grade_and_mode(month: MonthFacts, files: dict[str, list[dict[str, str]]]) -> None:
    columns = {"DaysPresent": "present", "DaysAbsentExcused": "excused", "DaysAbsentUnexcused": "unexcused"}
    exported: Counter[tuple[str, ...]] = Counter()
    for row in files["ADA_ADM_Summary"]:
        for column, status in columns.items():
            exported[row["SummaryLevel"], row["CountedInADA"], row["GradeLevel"], row["InstructionMode"], status] += (
                int(row[column])
            )
    ledger: Counter[tuple[str, ...]] = Counter()
    for day in month.days:
        counted, mode = "Yes" if day.counted_in_ada else "No", MODE_CODES[day.mode]
        for level in (("School", "", ""), ("Grade", day.grade, ""), ("Mode", "", mode), ("GradeMode", day.grade, mode)):
            ledger[level[0], counted, level[1], level[2], day.status] += 1
    assert +exported == ledger
    by_grade = Counter(
        {(row["GradeLevel"], row["CountedInADA"]): int(row["DaysAbsent"]) for row in files["Monthly_Absences"]}
    )
    assert +by_grade == Counter(
        (day.grade, "Yes" if day.counted_in_ada else "No") for day in month.days if day.status != "present"
    )


def _averages(month: MonthFacts, files: dict[str, list[dict[str, str]]]) -> None:
    """ADA and ADM as exact fractions, from the files alone: each grade's days over its own days taught, then summed."""
    taught = {row["GradeLevel"]: int(row["DaysTaught"]) for row in files["Days_Taught"]}
    grades = [row for row in files["ADA_ADM_Summary"] if (row["SummaryLevel"], row["CountedInADA"]) == ("Grade", "Yes")]
    own = figures(tallied(month.days), month.days_in_session)
    for column, exact in (("DaysPresent", own.ada), ("DaysEnrolled", own.adm)):
        assert sum((Fraction(int(row[column]), taught[row["GradeLevel"]]) for row in grades), Fraction(0)) == exact
    schools = [row for row in files["ADA_ADM_Summary"] if row["SummaryLevel"] == "School"]
    for row in (row for row in schools if row["CountedInADA"] == "Yes"):
        assert (row["AverageDailyAttendance"], row["AverageDailyMembership"]) == (own.printed_ada, own.printed_adm)
