from datetime import date

import pytest

from attendance.models import CalendarDay, Period, SectionMeetingTime
from students import clock
from students.access import installation_scope
from students.models import (
    District,
    Enrollment,
    RoleAssignment,
    RosterImport,
    School,
    SchoolYear,
    Section,
    SectionEnrollment,
    SectionTeacher,
    Student,
    User,
)
from students.services.roster_import import run_import
from tests.students.oneroster.sets import SECRET, RosterFiles

pytestmark = pytest.mark.django_db
AUGUST = date(2020, 8, 10)


def imported(files: RosterFiles, tmp_path, **options):
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"), **options)
    assert [str(fault) for fault in report.faults] == []
    return report


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_first_import_writes_places_people_and_rosters(tmp_path, version):
    imported(RosterFiles(version), tmp_path)
    assert District.objects.get().code == "2500"
    assert {school.state_code for school in School.objects.all()} == {"2500-008", "2500-012"}
    assert SchoolYear.objects.get().ends_on == date(2021, 5, 21)
    assert Section.objects.get().terms.get().source_id == "term"
    assert Student.objects.count() == 3
    assert SectionEnrollment.objects.filter(starts_on=AUGUST, ends_on=None).count() == 3
    teacher = SectionTeacher.objects.get()
    assert (teacher.user.username, teacher.is_primary) == ("t1", True)
    assert RoleAssignment.objects.get().school.source_id == "lincoln"
    enrollment = Enrollment.objects.filter(student__source_id="p1").get()
    assert (enrollment.starts_on, enrollment.is_primary, enrollment.grade) == (AUGUST, True, "09")


def test_staff_come_in_without_a_password_and_students_without_an_account(tmp_path):
    imported(RosterFiles(), tmp_path)
    user = User.objects.get()
    assert not user.has_usable_password()
    assert not user.check_password(SECRET)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_the_same_set_twice_changes_nothing(tmp_path, version):
    files = RosterFiles(version).with_days()
    files.add("modes", studentSourcedId="p1", startDate="2020-08-10", mode="sync_online", weekdays="mon,tue")
    imported(files, tmp_path)
    report = imported(files, tmp_path)
    assert not report.written
    for kind, counts in report.counts.items():
        assert (kind, counts["created"], counts["changed"], counts["ended"]) == (kind, 0, 0, 0)
    assert RosterImport.objects.count() == 1


def test_bells_calendar_and_meeting_times_come_in_with_the_roster(tmp_path):
    imported(RosterFiles().with_days(), tmp_path)
    assert CalendarDay.objects.count() == 20
    assert Period.objects.count() == 4
    time = SectionMeetingTime.objects.get()
    assert (time.period, time.starts_on, time.ends_on) == ("1", AUGUST, date(2021, 5, 21))


def test_a_zip_reads_as_a_folder_does(tmp_path):
    report = run_import(installation_scope(clock.now()), RosterFiles().zip(tmp_path / "set.zip"))
    assert report.written
    assert Student.objects.count() == 3


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    report = imported(RosterFiles().with_days(), tmp_path, dry_run=True)
    assert report.counts["students"]["created"] == 3
    assert not District.objects.exists()
    assert not RosterImport.objects.exists()
