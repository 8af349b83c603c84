"""The difference file: what an amended package says otherwise than the certified one."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.differences import HEADER, difference_file
from reporting.rules.facts import MonthFacts, StudentDay
from reporting.rules.package import build_package
from students.rules.csv_text import read_csv
from tests.reporting.rules.worlds import AS_OF, MONDAY, MSIS_2, facts

TUESDAY = MONDAY + timedelta(days=1)


def packed(month: MonthFacts) -> bytes:
    return build_package(month, MSIS_2, as_of=AS_OF, warnings=0).content


def told(before: MonthFacts, after: MonthFacts, reasons: dict[tuple[str, str], str] | None = None) -> list[list[str]]:
    header, *lines = read_csv(difference_file(packed(before), packed(after), reasons or {}))
    assert tuple(header) == HEADER
    return lines


def with_statuses(statuses: dict[tuple[int, int], str]) -> MonthFacts:
    """The month of three students and five days, otherwise than present where said."""
    month = facts()
    days = [
        StudentDay(*day[:2], statuses.get((day.student_id, (day.date - MONDAY).days), "present"), *day[3:])
        for day in month.days
    ]
    return replace(month, days=days)


def test_a_day_that_turned_is_told_with_its_reason_and_the_figures_that_turned_with_it() -> None:
    why = {("000000001", TUESDAY.isoformat()): "The bus list came late."}
    lines = told(with_statuses({(1, 1): "unexcused"}), facts(), why)
    row = f"000000001; {TUESDAY.isoformat()}"
    turned = ["AttendanceStatus", "UnexcusedAbsence", "Present", "The bus list came late."]
    assert ["Attendance", "Changed", row, *turned] in lines
    assert ["Monthly_Absences", "Changed", "09; yes", "DaysAbsent", "1", "0", ""] in lines
    assert ["ADA_ADM_Summary", "Changed", "school; ; ; yes", "DaysPresent", "14", "15", ""] in lines


def test_a_student_who_was_never_enrolled_goes_with_every_row() -> None:
    lines = told(facts(), facts(students=2))
    gone = [line for line in lines if line[1] == "Removed"]
    assert [line[2] for line in gone if line[0] == "Enrollment"] == ["000000002; 2020-08-10"]
    assert len([line for line in gone if line[0] == "Attendance"]) == 5
    assert "AttendanceStatus=Present" in gone[1][4]


def test_an_amended_day_that_no_file_shows_is_noted() -> None:
    reasons = {("000000001", TUESDAY.isoformat()): "Came at nine, not at ten.", ("", MONDAY.isoformat()): "Fog."}
    assert told(facts(), facts(), reasons) == [
        ["Calendar", "NotedOnly", MONDAY.isoformat(), "", "", "", "Fog."],
        ["Attendance", "NotedOnly", f"000000001; {TUESDAY.isoformat()}", "", "", "", "Came at nine, not at ten."],
    ]


def test_nothing_changed_is_an_empty_file() -> None:
    assert told(facts(), facts()) == []


STATUSES = st.dictionaries(
    st.tuples(st.integers(0, 2), st.integers(0, 4)), st.sampled_from(["present", "excused", "unexcused"])
)


@given(before=STATUSES, after=STATUSES)
def test_the_certified_attendance_and_its_differences_make_the_amended_one(
    before: dict[tuple[int, int], str], after: dict[tuple[int, int], str]
) -> None:
    words = {"present": "Present", "excused": "ExcusedAbsence", "unexcused": "UnexcusedAbsence"}
    changed = {
        line[2]: line[4:6] for line in told(with_statuses(before), with_statuses(after)) if line[0] == "Attendance"
    }
    for student in range(3):
        for day in range(5):
            was, becomes = (words[each.get((student, day), "present")] for each in (before, after))
            row = f"{student:09d}; {(MONDAY + timedelta(days=day)).isoformat()}"
            assert changed.get(row, [was, was]) == [was, becomes]
