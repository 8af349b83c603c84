"""State assessments: they add minutes to the day of who learns elsewhere, and take no class away (MS-12, RD-23)."""

from datetime import time
from uuid import uuid4

import pytest

from attendance.models import AssessmentSeat, CalendarDay
from attendance.rules.modes import ModeFact
from attendance.services.assessments import Sitting, list_assessment, take_assessment, withdraw_assessment
from attendance.services.ledger import check
from students.models import Enrollment
from students.refusals import Refused
from tests.attendance.acts import open_both_schools
from tests.attendance.modes.test_individual_days import day_of
from tests.attendance.modes.test_modes import give
from tests.world import TODAY, YESTERDAY, World, at


def sit(world: World, *names: str, **more: object) -> int:
    ids = tuple(world.students[name].pk for name in names)
    sitting = Sitting("Algebra I", YESTERDAY, time(9), time(11), student_ids=ids, **more)
    return list_assessment(world.scope("mayfield", at(17)), world.lincoln.pk, sitting, submission_id=uuid4()).pk


def test_MS12_RD23_an_assessment_adds_minutes_to_a_virtual_students_day_and_takes_no_class_away(world: World) -> None:
    open_both_schools(world)
    give(world, ModeFact("sync_online", YESTERDAY, None), late_reason="Late.")
    assert (day_of(world).mode, day_of(world).minutes_required) == ("sync_online", 330)
    pk = sit(world, "Abara", "Baptiste")
    day = day_of(world)
    assert (day.mode, day.minutes_required, day.meetings_untaken) == ("in_person", 450, 7)
    office, abara, baptiste = (world.scope("mayfield", at(17)), *(world.students[n].pk for n in ("Abara", "Baptiste")))
    with pytest.raises(Refused, match="every student listed"):
        take_assessment(office, pk, {abara: 120})
    with pytest.raises(Refused, match="lasts 120 minutes"):
        take_assessment(office, pk, {abara: 121, baptiste: 0})
    take_assessment(office, pk, {abara: 120, baptiste: 0})
    assert day_of(world).minutes_attended == 120
    # Who is in the building anyway has no more required.
    assert day_of(world, "Baptiste").minutes_required == 330
    withdraw_assessment(office, pk, reason="Moved to spring.")
    assert (day_of(world).mode, day_of(world).minutes_required) == ("sync_online", 330)
    with pytest.raises(Refused, match="is withdrawn"):
        take_assessment(office, pk, {abara: 120, baptiste: 0})
    assert check(world.installation) == []


def test_MS12_an_assessment_is_listed_by_grade_course_or_student_and_from_home_by_kindergarten_alone(
    world: World,
) -> None:
    open_both_schools(world)
    Enrollment.objects.filter(student=world.students["Abara"]).update(grade="KG")
    course = world.sections["1"].course_id
    assert AssessmentSeat.objects.filter(assessment=sit(world, grades=("KG",), may_be_remote=True)).count() == 1
    assert AssessmentSeat.objects.filter(assessment=sit(world, course_ids=(course,))).count() == 9
    for wrong, said in [
        ({"grades": ("09",), "may_be_remote": True}, "kindergarten alone"),
        ({"grades": ("12",)}, "Nobody is listed"),
        ({"student_ids": (world.students["Shah"].pk,)}, "not enrolled in this school"),
    ]:
        sitting = Sitting("Reading", YESTERDAY, time(9), time(11), **wrong)
        with pytest.raises(Refused, match=said):
            list_assessment(world.scope("mayfield", at(17)), world.lincoln.pk, sitting, submission_id=uuid4())
    sitting = Sitting("Reading", YESTERDAY, time(9), time(9), grades=("09",))
    with pytest.raises(Refused, match="before it starts"):
        list_assessment(world.scope("mayfield", at(17)), world.lincoln.pk, sitting, submission_id=uuid4())


def test_RD23_quarantine_goes_before_assessment_own_mode_plan_and_kind_of_day(world: World) -> None:
    CalendarDay.objects.filter(school=world.lincoln, date=YESTERDAY).update(day_kind="virtual")
    open_both_schools(world)
    assert day_of(world).mode == "sync_online"
    late = "Late."
    give(world, ModeFact("in_person", YESTERDAY, None, weekdays=(0,)), late_reason=late)
    assert day_of(world).mode == "sync_online"
    give(world, ModeFact("offline_packets", YESTERDAY, None), late_reason=late)
    assert day_of(world).mode == "offline_packets"
    sit(world, "Abara")
    assert day_of(world).mode == "in_person"
    give(world, ModeFact("async_online", YESTERDAY, TODAY, reason="quarantine"), late_reason=late)
    assert day_of(world).mode == "async_online"
