"""A package is what it says, or the difference is named; no archive harms the one who verifies it."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.rules import archives
from reporting.rules.archives import members_of
from reporting.rules.facts import LmsDay, NoticeFact, PersonFacts, StudentDay, TaughtPeriod, TeacherSchedule
from reporting.rules.layouts import LayoutFault
from reporting.rules.package import canonical, sealed, zipped
from reporting.rules.verify import verify_members, verify_zip
from students.rules.csv_text import read_csv
from tests.reporting.rules.worlds import MONDAY, facts, package

STEM = "S_2500_008_102020"
ATTENDANCE, CALENDAR, SUMMARY = f"{STEM}_Attendance.csv", f"{STEM}_Calendar.csv", f"{STEM}_ADA_ADM_Summary.csv"
DAYS_TAUGHT, ENROLLMENT, ABSENCES = (f"{STEM}_{name}.csv" for name in ("Days_Taught", "Enrollment", "Monthly_Absences"))
LMS, SCHEDULES, NOTICES = (f"{STEM}_{name}.csv" for name in ("LMS_Metadata", "Teacher_Schedules", "Truancy_Notices"))
BESIDE = {
    "lms_days": [LmsDay(0, "s1", MONDAY, "lms_api", "async_online", 1, minutes=9, first_at=datetime(2020, 9, 14, 8))],
    "teacher_schedules": [
        TeacherSchedule(
            "u1", "Rosa", "Whitfield", "secondary", 150, 225, tuple(TaughtPeriod("s1", "Art", each) for each in "12")
        )
    ],
    "truancy_notices": [NoticeFact(1, 5, False, date(2020, 9, 10), MONDAY)],
}
WHOLE = package().content
FULL = package(**BESIDE).content


def test_a_package_verifies() -> None:
    assert verify_zip(WHOLE) == []
    assert verify_members(members_of(WHOLE)) == []


def test_RD10_a_package_in_which_seniors_have_fewer_days_verifies() -> None:
    month = facts()
    first = replace(month.calendar[0], grades_off=frozenset({"12"}))
    senior = [day._replace(grade="12") for day in month.days if day.student_id == 2 and day.date != first.date]
    others = [day for day in month.days if day.student_id != 2]
    content = package(calendar=[first, *month.calendar[1:]], days=[*others, *senior]).content
    assert verify_zip(content) == []
    rows = read_csv(members_of(content)[SUMMARY])
    days, ada = rows[0].index("DaysInSession"), rows[0].index("AverageDailyAttendance")
    levels = {(row[2], row[3]): (row[days], row[ada]) for row in rows[1:]}
    assert (levels["School", ""], levels["Grade", "09"], levels["Grade", "12"]) == (
        ("5", "3.00"),
        ("5", "2.00"),
        ("4", "1.00"),
    )


def test_the_same_month_is_the_same_bytes() -> None:
    assert package().content == WHOLE
    assert package().sha256 == sha256(WHOLE).hexdigest()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_found_wherever_it_lies(position: int, bit: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[position] ^= 1 << bit
    assert verify_zip(bytes(damaged))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_package_cut_short_is_found(length: int) -> None:
    assert verify_zip(WHOLE[:length])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_zip_are_named_and_crash_nothing(content: bytes) -> None:
    assert verify_zip(content)[0].file == "zip"


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(max_size=10), st.none() | st.integers() | st.text(max_size=5), max_size=5))
def test_a_manifest_of_any_form_is_named_and_crashes_nothing(content: dict) -> None:
    for written in (canonical(content), canonical(sealed(content)), json.dumps(content).encode()):
        assert verify_members({"manifest.json": written})[0].file == "manifest.json"


@pytest.mark.parametrize("written", [b"[" * 100_000, b"\xff", b"null", b"[]", b"{}", b"", b"1" * 5000])
def test_a_manifest_that_is_none_is_named(written: bytes) -> None:
    assert verify_members({"manifest.json": written})[0].file == "manifest.json"


def test_a_missing_and_an_unexpected_file_are_named() -> None:
    members = members_of(WHOLE)
    del members[CALENDAR]
    members["notes.txt"] = b"hello"
    assert [difference.file for difference in verify_members(members)] == [CALENDAR, "“notes.txt”"]


def test_a_changed_file_is_named_with_its_hash() -> None:
    members = members_of(WHOLE)
    members[ATTENDANCE] = members[ATTENDANCE].replace(b"Present", b"Absents", 1)
    (difference,) = verify_members(members)
    assert difference.file == ATTENDANCE
    assert "SHA-256" in difference.what


def _forged(name: str, change: Callable[[bytes], bytes], whole: bytes = WHOLE, **counts: int) -> list:
    """A file changed by somebody who also mends the manifest: only the sums tell."""
    members = members_of(whole)
    members[name] = change(members[name])
    manifest = json.loads(members["manifest.json"])
    del manifest["seal"]
    for listed in manifest["files"]:
        if listed["name"] == name:
            listed["bytes"], listed["sha256"] = len(members[name]), sha256(members[name]).hexdigest()
            listed["rows"] = members[name].count(b"\r\n") - 1
    manifest["counts"] |= counts
    members["manifest.json"] = canonical(sealed(manifest))
    return verify_zip(zipped(members))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (ATTENDANCE, lambda text: text.replace(b"Present", b"UnexcusedAbsence", 1), "DaysPresent by School adds up"),
        (ATTENDANCE, lambda text: text.replace(b"Present", b"Late", 1), "not in its code set"),
        (ATTENDANCE, lambda text: text.replace(b"2020-09-14", b"2020-09-12", 1), "not in session"),
        (ATTENDANCE, lambda text: text.replace(b"2020-09-15", b"2020-09-14", 1), "stands twice"),
        (ATTENDANCE, lambda text: text.replace(b"000000001", b"00000001", 1), "not of its form"),
        (ATTENDANCE, lambda text: text.replace(b"2500-008", b"2500-009", 1), "rows of 2500-009"),
        (ATTENDANCE, lambda text: text.replace(b"StudentIdentifier", b"StudentName", 1), "columns"),
        (ATTENDANCE, lambda text: text.rsplit(b"\r\n", 2)[0] + b"\r\n", "the manifest counts 3 students with 15 days"),
        (CALENDAR, lambda text: text.replace(b"Holiday", b"InstructionalDay", 1), "5 days in session"),
        (CALENDAR, lambda text: text.replace(b"2020-09-19", b"2020-10-19", 1), "outside the month"),
        (SUMMARY, lambda text: text.replace(b"3.00,3.00", b"3.01,3.00", 1), "15 days make 3.00"),
        (SUMMARY, lambda text: text.replace(b"2020-10", b"2020-11", 1), "another month"),
        (SUMMARY, lambda text: text + b"x\r\n", "row 6 has 1 values"),
        (DAYS_TAUGHT, lambda text: text.replace(b"09,5", b"09,6"), "grade 09 has 6 days taught; the summary has 5"),
        (DAYS_TAUGHT, lambda text: text.replace(b"09,5", b"10,5"), "grade 10 is in no line of the summary"),
        (DAYS_TAUGHT, lambda text: text + text.split(b"\r\n")[1] + b"\r\n", "holds a grade twice"),
        (DAYS_TAUGHT, lambda text: text.replace(b"2020-10", b"2020-11"), "another month than 2020-10"),
        (ABSENCES, lambda text: text.replace(b"15,0,0,0", b"15,1,0,1"), "what the summary says"),
        (ABSENCES, lambda text: text.replace(b"15,0,0,0", b"15,0,0,1"), "DaysAbsent is not the sum of"),
        (ENROLLMENT, lambda text: text.replace(b"2020-08-10", b"2020-09-15", 1), "is not enrolled on 2020-09-14"),
        (ENROLLMENT, lambda text: text.replace(b"01811", b"01814", 1), "contradict each other"),
        (ENROLLMENT, lambda text: text.replace(b"2020-08-10", b"2020-10-10", 1), "a day after the month"),
        (SUMMARY, lambda text: b"\xff" + text, "not CSV in UTF-8"),
    ],
)
def test_a_file_forged_together_with_its_manifest_is_betrayed_by_the_sums(name: str, change, said: str) -> None:
    found = _forged(name, change)
    assert any(said in difference.what for difference in found), found
    assert {difference.file for difference in found} <= {name, SUMMARY, ATTENDANCE}


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (LMS, lambda text: text.replace(b"000000000", b"000000009"), "has no 2020-09-14 in the attendance file"),
        (LMS, lambda text: text.replace(b",2020-09-14,", b",2020-09-19,"), "has no 2020-09-19 in the attendance file"),
        (LMS, lambda text: text.replace(b"2020-09-14T", b"2020-09-15T"), "row 2: an instant is not of its day"),
        (LMS, lambda text: text + text.split(b"\r\n")[1] + b"\r\n", "stands twice on 2020-09-14"),
        (LMS, lambda text: text.replace(b"LearningManagementSystem", b"Friend"), "not in its code set"),
        (SCHEDULES, lambda text: text.replace(b",150,", b",250,", 1), "teacher u1 has more than one planning time"),
        (SCHEDULES, lambda text: text.replace(b"2020-10", b"2020-11", 1), "another month than 2020-10"),
        (NOTICES, lambda text: text.replace(b"000000001", b"000000009"), "000000009 is not in the enrollment file"),
        (NOTICES, lambda text: text.replace(b"2020-09-14", b"2020-09-13"), "neither due nor reported in the month"),
        (NOTICES, lambda text: text.replace(b"2020-09-10", b"2020-09-15"), "older than the absence"),
        (NOTICES, lambda text: text.replace(b"2020-10", b"2020-11"), "another month than 2020-10"),
    ],
)
def test_what_is_told_beside_attendance_fits_the_month_its_students_and_its_days(name: str, change, said: str) -> None:
    assert verify_zip(FULL) == []
    found = _forged(name, change, FULL)
    assert any(said in difference.what for difference in found), found
    assert {difference.file for difference in found} == {name}


def test_a_manifest_that_claims_to_be_certified_is_refused() -> None:
    members = members_of(WHOLE)
    manifest = json.loads(members["manifest.json"]) | {"certified": True}
    del manifest["seal"]
    members["manifest.json"] = canonical(sealed(manifest))
    (difference,) = verify_members(members)
    assert "certification.json alone" in difference.what


def _zip(names: list[str], content: bytes = b"x", method: int = zipfile.ZIP_STORED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return packed.getvalue()


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/passwd", "a/b.csv", "..\\evil.csv", "C:evil", "folder/", ".x"])
def test_a_path_in_an_archive_is_refused(name: str) -> None:
    (difference,) = verify_zip(_zip([name]))
    assert "flat" in difference.what


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_in_an_archive_is_refused() -> None:
    assert "twice" in verify_zip(_zip(["a.csv", "a.csv"]))[0].what


def test_an_archive_of_too_many_files_is_refused() -> None:
    assert "more than 50 files" in verify_zip(_zip([f"{number}.csv" for number in range(51)]))[0].what


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_fills_the_memory(monkeypatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 1_000_000)
    bomb = _zip(["a.csv"], b"0" * 1_000_001, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    assert "unpacks to more" in verify_zip(bomb)[0].what
    assert "missing" in verify_zip(_zip(["a.csv"], b"0" * 1_000_000, zipfile.ZIP_DEFLATED))[0].what


def test_an_archive_that_is_too_large_is_refused_unread(monkeypatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", len(WHOLE) - 1)
    assert "more than" in verify_zip(WHOLE)[0].what


def test_an_archive_in_a_rare_packing_is_refused() -> None:
    assert "unknown manner" in verify_zip(_zip(["a.csv"], b"x" * 100, zipfile.ZIP_LZMA))[0].what


def test_names_from_an_archive_cannot_write_on_the_terminal() -> None:
    assert "\x1b" not in verify_zip(_zip(["\x1b[31m/evil"]))[0].what


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@settings(max_examples=50, deadline=None)
@given(NAMES, st.integers(1, 4), st.integers(1, 9))
def test_whatever_the_calendar_calls_its_days_the_package_is_exact(name: str, students: int, days: int) -> None:
    month = facts(students, days)
    calendar = [day if day.in_session else type(day)(day.date, "H", name, "", "daily", False) for day in month.calendar]
    made = package(students=students, school_days=days, calendar=calendar)
    assert verify_zip(made.content) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"days": [StudentDay(0, MONDAY, "undetermined", "09")]}, "AttendanceStatus: the layout has no code"),
        ({"people": {each: PersonFacts("A", "") for each in range(3)}}, "StudentIdentifier: is empty"),
    ],
)
def test_a_month_that_should_have_been_blocked_makes_no_package(changed: dict, fault: str) -> None:
    with pytest.raises(LayoutFault, match=fault):
        package(**changed)


def test_a_student_who_left_in_the_month_has_rows_for_the_days_enrolled_alone() -> None:
    days = facts().days
    left = [day for day in days if day.student_id != 2 or day.date < date(2020, 9, 16)]
    assert len(days) - len(left) == (MONDAY + timedelta(days=4) - date(2020, 9, 16)).days + 1
    assert verify_zip(package(days=left).content) == []
