"""Days that are open already follow what an import changes: the ledger equals its facts when the import is done."""

from datetime import date

import pytest

from attendance.models import ClassMeeting, DailyAttendance
from attendance.services.days import open_day
from attendance.services.ledger import check, rebuild
from students import clock
from students.access import installation_scope
from students.models import Enrollment, School
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY = date(2020, 10, 27)
OPENED = 7  # session days from 19 to 27 October


@pytest.fixture
def bring_in(tmp_path):
    def run(files):
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
        assert [str(fault) for fault in report.faults] == []
        assert check(installation_scope(clock.now())) == []

    return run


@pytest.fixture
def files(bring_in):
    files = RosterFiles().with_days()
    bring_in(files)
    for school in School.objects.all():
        open_day(installation_scope(clock.now()), school.pk, TODAY)
    return files


def days_of(who):
    return DailyAttendance.objects.filter(student__source_id=who)


def test_a_student_who_left_has_days_up_to_the_last(files, bring_in):
    assert days_of("p2").count() == OPENED
    files.drop_student("p2")
    bring_in(files)
    assert days_of("p2").count() == OPENED - 1


def test_a_retroactive_transfer_moves_the_days_to_the_receiving_school(files, bring_in):
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="lincoln", entryDate="2020-08-10",
              exitDate="2020-10-21", exitCode="T2", primary="true")  # fmt: skip
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="washington", entryDate="2020-10-22",
              entryCode="E3", primary="true")  # fmt: skip
    for who in ("p2", "p3"):
        files.add("school_enrollments", studentSourcedId=who, schoolSourcedId="lincoln", entryDate="2020-08-10",
                  primary="true")  # fmt: skip
    bring_in(files)
    held = days_of("p1").order_by("date").values_list("school__source_id", flat=True)
    assert list(held) == ["lincoln"] * 3 + ["washington"] * 4


def test_an_enrollment_that_never_was_takes_its_days_along(files, bring_in):
    files.add_person("p9", "student", "lincoln")
    bring_in(files)
    assert days_of("p9").get().date == TODAY
    files.drop_student("p9")
    bring_in(files)
    assert not days_of("p9").exists()
    assert not Enrollment.objects.filter(student__source_id="p9").exists()


def test_a_day_called_off_leaves_no_meetings_and_no_days(files, bring_in):
    files.row("calendar", "2020-10-21", "date").update(eventType="ED", dayKind="", bellSchedule="", reportingMonth="")
    bring_in(files)
    assert days_of("p1").count() == OPENED - 1
    assert not ClassMeeting.objects.filter(date=date(2020, 10, 21)).exists()


def test_longer_bells_ask_for_more_minutes_from_today_on(files, bring_in):
    required = dict.fromkeys(days_of("p1").values_list("date", flat=True), 55)
    assert dict(days_of("p1").values_list("date", "minutes_required")) == required
    for row in files.files["bells"]:
        if row["period"] == "2":
            row["startTime"] = "09:20"
        else:
            row["endTime"] = "09:10"
    bring_in(files)
    assert dict(days_of("p1").values_list("date", "minutes_required")) == required | {TODAY: 70}
    rebuild(installation_scope(clock.now()))
    assert days_of("p1").first().minutes_required == 55, "a past day keeps its bells"


def test_a_mode_from_a_date_on_holds_from_there(files, bring_in):
    files.add(
        "modes",
        studentSourcedId="p1",
        startDate="2020-10-23",
        mode="sync_online",
        reason="quarantine",
        endDate="2020-11-06",
    )
    bring_in(files)
    modes = dict(days_of("p1").values_list("date", "mode"))
    assert (modes[date(2020, 10, 22)], modes[date(2020, 10, 23)]) == ("in_person", "sync_online")


def test_a_class_in_a_second_period_asks_for_its_minutes_from_today(files, bring_in):
    files.row("classes", "algebra")["periods"] = "1,2"
    bring_in(files)
    required = dict(days_of("p1").values_list("date", "minutes_required"))
    assert (required[date(2020, 10, 26)], required[TODAY]) == (55, 110)
