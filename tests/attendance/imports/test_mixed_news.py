"""One import that changes one whole school and students of another: the ledger of both is right when it is done."""

from datetime import date

import pytest

from attendance.models import DailyAttendance
from attendance.services.days import open_day
from students import clock
from students.access import Scope, installation_scope
from students.models import School
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY = date(2020, 10, 27)


def installation() -> Scope:
    return installation_scope(clock.now())


@pytest.fixture
def files(bring_in) -> RosterFiles:
    """Algebra at Lincoln for p1 to p3, a class of the second period at Washington for q1; days opened through today."""
    files = RosterFiles().with_days()
    files.add_class("wash", "washington", "2")
    files.add_student("q1", "200000001", "washington", "wash")
    bring_in(files)
    for school in School.objects.order_by("pk"):
        open_day(installation(), school.pk, TODAY)
    return files


def days_of(who: str) -> dict[date, int]:
    held = DailyAttendance.objects.filter(student__source_id=who)
    return dict(held.values_list("date", "minutes_required"))


def washingtons_bells_change(files: RosterFiles) -> None:
    for row in files.files["bells"]:
        if (row["schoolSourcedId"], row["period"]) == ("washington", "2"):
            row["endTime"] = "09:50"


def learns_in_washington_too(files: RosterFiles, who: str) -> None:
    files.add("enrollments", sourcedId=f"w-{who}", classSourcedId="wash", schoolSourcedId="washington",
              userSourcedId=who, role="student", beginDate="2020-08-10")  # fmt: skip


def test_bells_of_one_school_and_a_student_of_the_other_who_left_a_class_days_ago(files, bring_in):
    washingtons_bells_change(files)
    files.row("enrollments", "e-p1")["endDate"] = "2020-10-22"
    bring_in(files)
    assert (days_of("q1")[date(2020, 10, 26)], days_of("q1")[TODAY]) == (55, 50)
    assert (days_of("p1")[date(2020, 10, 21)], days_of("p1")[date(2020, 10, 22)]) == (55, 0)


def test_bells_of_one_school_and_a_student_of_the_other_in_another_mode(files, bring_in):
    washingtons_bells_change(files)
    files.add(
        "modes",
        studentSourcedId="p1",
        startDate="2020-10-23",
        mode="sync_online",
        reason="quarantine",
        endDate="2020-11-06",
    )
    bring_in(files)
    modes = dict(DailyAttendance.objects.filter(student__source_id="p1").values_list("date", "mode"))
    assert (modes[date(2020, 10, 22)], modes[date(2020, 10, 23)]) == ("in_person", "sync_online")


def test_bells_of_one_school_and_a_student_who_left_the_other(files, bring_in):
    washingtons_bells_change(files)
    files.drop_student("p2")
    bring_in(files)
    assert TODAY not in days_of("p2")


def test_a_student_who_joins_a_roster_of_a_second_school_is_asked_for_its_minutes(files, bring_in):
    learns_in_washington_too(files, "p1")
    bring_in(files)
    assert set(days_of("p1").values()) == {110}
    assert set(days_of("p2").values()) == {55}


def test_bells_of_a_second_school_reach_a_student_who_is_only_on_its_roster(files, bring_in):
    learns_in_washington_too(files, "p1")
    bring_in(files)
    washingtons_bells_change(files)
    bring_in(files)
    assert (days_of("p1")[date(2020, 10, 26)], days_of("p1")[TODAY]) == (110, 105)


def test_a_day_called_off_in_the_second_school_leaves_the_minutes_of_the_first(files, bring_in):
    learns_in_washington_too(files, "p1")
    bring_in(files)
    files.add("calendar", date="2020-10-21", schoolSourcedId="washington", eventType="ED", name="Water main")
    bring_in(files)
    assert (days_of("p1")[date(2020, 10, 20)], days_of("p1")[date(2020, 10, 21)]) == (110, 55)
    assert date(2020, 10, 21) not in days_of("q1")
