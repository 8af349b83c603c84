"""From the ledger to the warnings of a night and their record, and back to a proof of both."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import DailyAttendance
from interventions.models import EarlyWarning, PassState, Standing, TierPass, WarningRecord
from interventions.services.early_warnings import write_warnings, wrong_warnings
from interventions.services.passes import ask_for_passes, run_pass
from students.access import visible_to, why_can_view
from students.clock import real_now
from students.models import Enrollment, Student
from tests.attendance.acts import open_both_schools
from tests.interventions.acts import days_of
from tests.interventions.warned import SEEN, calendar, night, seen, warnings
from tests.world import TODAY, YESTERDAY, World


@pytest.fixture
def fall(world: World) -> World:
    calendar(world)
    return world


def record(world: World, threshold: str, sign: str = "") -> tuple[int, int, int, int]:
    row = WarningRecord.objects.get(school=world.lincoln, threshold=threshold, sign=sign)
    return row.judged, row.came_true, row.still_open, row.crossings


def test_a_night_writes_each_warning_with_its_figures_and_its_reasons(fall: World) -> None:
    seen(fall, "Abara", "x..x. x..x. .")
    seen(fall, "Shah", "x.... x.... x.... .....  .")
    assert night(fall) == [3, 0]
    found = warnings(fall, "Abara")
    assert set(found) == {"tier_1", "tier_2", "truancy_5"}
    fifth = found["tier_1"]
    assert (fifth.absences, fifth.away, fifth.since, fifth.as_of) == (4, 1, SEEN[-3], YESTERDAY)
    assert fifth.by == TODAY + timedelta(days=6)
    assert fifth.last_absences == [SEEN[-8], SEEN[-6], SEEN[-3]]
    assert fifth.reasons == [{"sign": "rate", "absent": 4, "among": 20, "patterns": []}]
    assert (fifth.school, fifth.grade) == (fall.lincoln, "")


def test_a_weekday_and_a_streak_are_reasons_of_their_own(fall: World) -> None:
    seen(fall, "Shah", "x.... x.... ..... x.... x")
    seen(fall, "Grant", "exxx")
    night(fall)
    [mondays] = [each for each in warnings(fall, "Shah")["tier_1"].reasons if each["sign"] == "weekday"]
    assert mondays["patterns"] == [[0, 3, 4, 2]]
    grant = warnings(fall, "Grant")
    assert {each["sign"] for each in grant["tier_1"].reasons} == {"rate", "streak"}
    assert grant["tier_1"].absences == 4
    assert grant["truancy_5"].absences == 3


def test_today_is_the_first_of_the_days_ahead_and_says_nothing_yet(fall: World) -> None:
    seen(fall, "Abara", "xxxx")
    days_of(fall, "Abara", [TODAY], "absent")
    night(fall)
    assert (warnings(fall, "Abara")["tier_1"].away, warnings(fall, "Abara")["tier_1"].by) == (1, TODAY)


def test_the_record_tells_what_came_true_and_what_nobody_warned_of(fall: World) -> None:
    seen(fall, "Abara", "x.x.x x.x.. ..... .....")
    seen(fall, "Grant", "x.x.x x.... ..... .....")
    seen(fall, "Hollis", "x.......... x.............. x...................... xx")
    seen(fall, "Nguyen", "x.x.x .x")
    night(fall)
    # Of Abara and Grant came true Abara's; Grant's goes on and Nguyen's is young; nobody foresaw what Hollis did.
    assert record(fall, "tier_1") == (2, 1, 2, 2)
    assert record(fall, "tier_1", "rate") == (2, 1, 2, 0)
    row = WarningRecord.objects.filter(school=fall.lincoln).first()
    assert row is not None
    assert (row.first_on, row.as_of) == (SEEN[0], YESTERDAY)


def test_twice_is_once_and_the_check_tells_what_stands_otherwise(fall: World) -> None:
    seen(fall, "Abara", "x..x. x..x. .")
    night(fall)
    assert wrong_warnings(fall.installation, fall.lincoln.pk) == 0
    first = list(EarlyWarning.objects.order_by("student", "threshold").values_list("student", "threshold", "by"))
    night(fall)
    assert (
        list(EarlyWarning.objects.order_by("student", "threshold").values_list("student", "threshold", "by")) == first
    )
    EarlyWarning.objects.filter(threshold="tier_1").update(away=2)
    assert wrong_warnings(fall.installation, fall.lincoln.pk) == 2
    days_of(fall, "Abara", SEEN[-8:], "present")
    night(fall)
    assert (warnings(fall, "Abara"), wrong_warnings(fall.installation, fall.lincoln.pk)) == ({}, 0)


def test_of_whom_the_law_does_not_oblige_and_of_who_left_nothing_is_said(fall: World) -> None:
    for name in ("Abara", "Grant", "Hollis"):
        seen(fall, name, "x..x. x..x. .")
    Student.objects.filter(pk=fall.students["Abara"].pk).update(birth_date="2003-08-31")
    Enrollment.objects.filter(student=fall.students["Grant"]).update(ends_on=YESTERDAY)
    DailyAttendance.objects.filter(student=fall.students["Hollis"], date__gt=SEEN[-3]).delete()
    night(fall)
    assert set(warnings(fall, "Abara")) == {"tier_1", "tier_2"}
    assert warnings(fall, "Grant") == warnings(fall, "Hollis") == {}
    assert record(fall, "tier_1")[2] == 3


def test_a_student_who_moves_is_warned_of_once_at_the_new_school(fall: World) -> None:
    seen(fall, "Abara", "x..x. x..x. .")
    night(fall)
    days = DailyAttendance.objects.filter(student=fall.students["Abara"], date=SEEN[-1])
    days.update(school=fall.washington)
    Enrollment.objects.filter(student=fall.students["Abara"]).update(school=fall.washington)
    write_warnings(fall.installation, fall.washington.pk)
    assert {each.school for each in warnings(fall, "Abara").values()} == {fall.washington}
    assert night(fall)[0] == 0
    assert {each.school for each in warnings(fall, "Abara").values()} == {fall.washington}


def test_the_nightly_pass_and_the_command_write_them(fall: World, capsys: pytest.CaptureFixture[str]) -> None:
    open_both_schools(fall)
    seen(fall, "Abara", "x..x. x..x. .")
    for run in ask_for_passes(fall.installation):
        run_pass(fall.installation, run, instants=real_now)
    assert set(TierPass.objects.values_list("state", flat=True)) == {PassState.DONE}
    assert set(warnings(fall, "Abara")) == {"tier_1", "tier_2", "truancy_5"}
    assert Standing.objects.get(student=fall.students["Abara"]).absences == 4
    call_command("evaluate_tiers", school="008")
    assert "3 early warnings." in capsys.readouterr().out


def test_a_school_is_looked_at_by_the_same_statements_for_many_students_as_for_one(fall: World) -> None:
    seen(fall, "Abara", "x..x. x..x. .")
    with CaptureQueriesContext(connection) as one:
        write_warnings(fall.installation, fall.lincoln.pk)
    for name in ("Grant", "Hollis", "Nguyen", "Castillo"):
        seen(fall, name, "x..x. x..x. .")
    with CaptureQueriesContext(connection) as many:
        assert write_warnings(fall.installation, fall.lincoln.pk) == 15
    assert len(many) == len(one)


def test_warnings_are_for_the_care_team_of_the_school(fall: World) -> None:
    seen(fall, "Abara", "x..x. x..x. .")
    night(fall)
    one, told = EarlyWarning.objects.first(), WarningRecord.objects.first()
    assert one is not None
    assert told is not None
    for name, sees in [("osei", True), ("okafor", True), ("reyes", True), ("lindqvist", False), ("whitfield", False),
                       ("mayfield", False), ("hale", False)]:  # fmt: skip
        scope = fall.scope(name)
        assert visible_to(scope, EarlyWarning).exists() is sees
        assert visible_to(scope, WarningRecord).exists() is sees
        assert bool(why_can_view(scope, one)) is bool(why_can_view(scope, told)) is sees
