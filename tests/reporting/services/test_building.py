"""A school's month, built from real marks and verified."""

import json
import zipfile
from datetime import date, time
from io import BytesIO
from uuid import uuid4

import pytest

from attendance.models import AdoptedCalendar, DailyAttendance, Excuse, StaffHours
from attendance.services.ledger import rebuild
from reporting.models import Finding, MonthRun, RunState, Severity
from reporting.rules.verify import verify_zip
from students.access import installation_scope
from students.models import Enrollment, Student
from students.refusals import Refused
from students.rules.csv_text import read_csv
from tests.reporting.months import AFTER, FIRST, LAST, after_the_month, ask, build, let_be_absent, take_month
from tests.world import World, add_student, at, put_on_roster

DAY = date(2020, 10, 21)


def _members(run: MonthRun) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(bytes(run.package.content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _errors(run: MonthRun) -> list[Finding]:
    return list(run.findings.filter(severity=Severity.ERROR))


def test_a_month_without_errors_becomes_a_package_that_verifies(taken_month: World) -> None:
    let_be_absent(taken_month, ("Abara", DAY), ("Grant", DAY), ("Grant", LAST))
    run = build(taken_month.lincoln)
    assert (run.state, run.problem, _errors(run)) == (RunState.DONE, "", [])
    assert verify_zip(bytes(run.package.content)) == []
    assert run.package.name == "S_2500_008_112020.zip"
    assert (run.days_present, run.days_enrolled, run.days_total) == (9 * 15 - 3, 9 * 15, 15)


def test_RD70_the_files_are_named_by_district_school_and_the_months_name(taken_month: World) -> None:
    assert list(_members(build(taken_month.lincoln))) == [
        "S_2500_008_112020_Days_Taught.csv",
        "S_2500_008_112020_Calendar.csv",
        "S_2500_008_112020_Enrollment.csv",
        "S_2500_008_112020_Attendance.csv",
        "S_2500_008_112020_Monthly_Absences.csv",
        "S_2500_008_112020_ADA_ADM_Summary.csv",
        "S_2500_008_112020_LMS_Metadata.csv",
        "S_2500_008_112020_Teacher_Schedules.csv",
        "S_2500_008_112020_Truancy_Notices.csv",
        "layout.toml",
        "manifest.json",
    ]


def test_MS25_the_attendance_file_has_a_row_for_each_student_and_school_day(taken_month: World) -> None:
    let_be_absent(taken_month, ("Abara", DAY))
    rows = read_csv(_members(build(taken_month.lincoln))["S_2500_008_112020_Attendance.csv"])
    assert len(rows) == 1 + 9 * 15
    assert rows[1] == ["2500-008", "100000000", "DailyAttendance", "2020-10-19", "Present"]
    assert [row[1:] for row in rows if row[4] == "UnexcusedAbsence"] == [
        ["100000000", "DailyAttendance", "2020-10-21", "UnexcusedAbsence"]
    ]


def test_MS38_the_calendar_file_says_how_each_day_was_held_and_how_often_attendance_is_taken(
    taken_month: World,
) -> None:
    rows = read_csv(_members(build(taken_month.lincoln))["S_2500_008_112020_Calendar.csv"])
    assert len(rows) == 16
    assert rows[1] == ["2500-008", "2020-10-19", "", "InstructionalDay", "Traditional", "Daily"]


def test_RD10_those_outside_ADA_stand_apart_in_the_summary(committed_world: World) -> None:
    abara = committed_world.students["Abara"]
    Enrollment.objects.filter(student=abara).update(ada_included=False, grade="PK")
    take_month(committed_world, committed_world.lincoln, absent=[("Abara", DAY)])
    run = build(committed_world.lincoln)
    rows = read_csv(_members(run)["S_2500_008_112020_ADA_ADM_Summary.csv"])
    schools = [row for row in rows if row[2] == "School"]
    assert [row[5:] for row in schools] == [
        ["Yes", "15", "120", "120", "0", "0", "8.00", "8.00"],
        ["No", "15", "15", "14", "0", "1", "0.93", "1.00"],
    ]
    assert (run.days_present, run.days_enrolled) == (120, 120)


def test_the_manifest_says_policy_and_counts_and_where_a_certification_would_stand(taken_month: World) -> None:
    manifest = json.loads(_members(build(taken_month.lincoln))["manifest.json"])
    assert "certified" not in manifest
    assert manifest["standing"].startswith("As built.")
    assert "certification.json" in manifest["standing"]
    assert manifest["layout"] == "msis-2"
    assert manifest["month"] == {"number": 3, "named": "2020-11", "starts_on": "2020-10-19", "ends_on": "2020-11-06"}
    assert manifest["counts"] == {"days_in_session": 15, "students": 9, "student_days": 135, "warnings": 0}
    assert [policy["presence_percent"] for policy in manifest["policies"]] == [63]
    assert manifest["as_of"] == AFTER.isoformat()


def test_the_same_month_built_twice_is_the_same_bytes(taken_month: World) -> None:
    first, second = build(taken_month.lincoln), build(taken_month.lincoln)
    assert first.pk != second.pk
    assert bytes(first.package.content) == bytes(second.package.content)


def test_RD03_an_untaken_class_on_which_days_turn_is_one_finding_for_all_its_students(committed_world: World) -> None:
    # Three attended and three untaken leave the day open; the day before, one untaken changes nothing.
    turning = [(key, DAY) for key in ("2", "4", "6")]
    take_month(committed_world, committed_world.lincoln, untaken=[*turning, ("1", FIRST)])
    run = build(committed_world.lincoln)
    found = _errors(run)
    assert run.state == RunState.BLOCKED
    assert not hasattr(run, "package")
    assert [(each.code, each.students, each.date, each.meeting.section_id) for each in found] == [
        ("meeting_untaken", 9, DAY, committed_world.sections[key].pk) for key in ("2", "4", "6")
    ]
    assert "not taken" in found[0].message
    assert "Rosa Whitfield" in found[0].mend


def test_RD03_a_student_left_unmarked_in_a_taken_class_is_named_as_such(taken_month: World) -> None:
    late = add_student(taken_month, "Late Lee", "300000001", taken_month.lincoln, starts_on=DAY)
    Enrollment.objects.filter(student=late).update(ends_on=DAY, exit_code="T2")
    put_on_roster(late, taken_month.sections["3"], DAY)
    rebuild(after_the_month())
    found = {each.code: each for each in _errors(build(taken_month.lincoln))}
    assert found["meeting_unmarked"].students == 1
    assert found["meeting_unmarked"].meeting.section == taken_month.sections["3"]


def test_RD02_a_student_without_classes_is_found_and_the_import_that_mends_it_is_named(committed_world: World) -> None:
    add_student(committed_world, "Idle Ida", "300000000", committed_world.lincoln)
    take_month(committed_world, committed_world.lincoln)
    (found,) = _errors(build(committed_world.lincoln))
    assert (found.code, found.student.family_name, found.date) == ("nothing_scheduled", "Idle", FIRST)
    assert "15 school days" in found.message
    assert "roster import" in found.mend


def test_a_student_without_a_state_id_is_found_and_the_import_that_mends_it_is_named(committed_world: World) -> None:
    Student.objects.filter(family_name="Grant").update(state_id="")
    take_month(committed_world, committed_world.lincoln)
    (found,) = _errors(build(committed_world.lincoln))
    assert (found.code, found.student.family_name) == ("no_state_id", "Grant")
    assert "users.identifier" in found.mend


def test_RD71_an_excuse_without_a_document_blocks_until_it_has_one_or_is_withdrawn(taken_month: World) -> None:
    world = taken_month
    excuse = Excuse.objects.create(
        submission_id="8e0f4a94-7c1b-4a3e-9a56-0242ac120002",
        student=world.students["Grant"],
        starts_on=DAY,
        ends_on=DAY,
        reason="illness",
        entered_by=world.users["okafor"],
        entered_at=AFTER,
    )
    let_be_absent(world, ("Grant", DAY))
    (found,) = _errors(build(world.lincoln))
    assert (found.code, found.student.family_name, found.date) == ("excuse_without_document", "Grant", DAY)
    Excuse.objects.filter(pk=excuse.pk).update(
        withdrawn_at=AFTER, withdrawn_by=world.users["okafor"], withdrawn_reason="no document came"
    )
    assert build(world.lincoln).state == RunState.DONE


def test_a_ledger_that_differs_from_its_marks_blocks_the_month(taken_month: World) -> None:
    DailyAttendance.objects.filter(student=taken_month.students["Grant"], date=DAY).update(minutes_attended=1)
    (found,) = _errors(build(taken_month.lincoln))
    assert (found.code, found.date, found.students) == ("ledger_differs", DAY, 1)
    assert "rebuild_attendance --school 2500-008 --from 2020-10-21" in found.mend


def test_MS02_RD71_a_past_day_under_240_minutes_is_a_warning_and_blocks_nothing(taken_month: World) -> None:
    lincoln = taken_month.lincoln
    lincoln.calendar_days.filter(date=DAY).update(dismissal_time=time(11, 55))
    rebuild(taken_month.installation)
    run = build(lincoln)
    assert run.state == RunState.DONE
    (found,) = run.findings.filter(code="short_day")
    assert (found.severity, found.rule, found.date) == (Severity.WARNING, "MS-02", DAY)
    # Three periods of 55 and the first 20 minutes of the fourth.
    assert found.message.startswith("Wednesday, October 21, 2020 offered 185 instructional minutes")


@pytest.mark.parametrize("day", [date(2020, 10, 27), date(2020, 11, 5)])
def test_RD10_a_month_that_is_not_over_is_refused_as_provisional(world: World, day: date) -> None:
    with pytest.raises(Refused, match=r"ends on Friday, November 6, 2020.*provisional"):
        ask(world.lincoln, installation_scope(at(10, day=day)))
    assert not MonthRun.objects.exists()


def test_RD10_a_month_may_be_built_from_its_last_school_day_on(world: World) -> None:
    assert ask(world.lincoln, installation_scope(at(16, day=LAST))).state == RunState.WAITING


def test_RD71_an_unlawful_calendar_and_too_little_time_to_plan_are_warnings_that_block_nothing(
    taken_month: World,
) -> None:
    StaffHours.objects.update(starts_at=time(8))
    lost = {
        "recorded_by": taken_month.users["reyes"],
        "recorded_at": AFTER,
        "document": "Minutes",
        "adopted_on": FIRST,
    }
    AdoptedCalendar.objects.create(
        submission_id=uuid4(), school=taken_month.lincoln, first_year=2020, session_days=[FIRST], **lost
    )
    run = build(taken_month.lincoln)
    assert _errors(run) == []
    assert run.package
    assert [(each.severity, each.code, each.rule) for each in run.findings.all()] == [
        (Severity.WARNING, "calendar_too_few_days", "MS-01"),
        (Severity.WARNING, "planning_time", "MS-40"),
    ]
    planning = run.findings.get(code="planning_time")
    assert "Rosa Whitfield (150 of 225 minutes)" in planning.message
