"""State assessments: they add minutes to the day of who learns elsewhere, and take no class away (MS-12, RD-23)."""

from datetime import time
from uuid import uuid4

import pytest
from django.db import transaction

from attendance.models import AmendedDay, AssessmentSeat, CalendarDay
from attendance.rules.modes import ModeFact
from attendance.services.assessment_lists import add_seats, withdraw_seats
from attendance.services.assessments import Sitting, list_assessment, take_assessment, withdraw_assessment
from attendance.services.ledger import check
from students.models import Enrollment
from students.refusals import Forbidden, FrozenDays, NotInScope, Refused
from tests.attendance.acts import open_both_schools
from tests.attendance.modes.test_individual_days import day_of
from tests.attendance.modes.test_modes import give
from tests.attendance.test_freezing import freeze_days
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


def test_MS12_students_are_added_to_a_list_and_taken_off_it_and_their_days_follow(world: World) -> None:
    open_both_schools(world)
    for name in ("Abara", "Baptiste", "Castillo"):
        give(world, ModeFact("sync_online", YESTERDAY, None), name, late_reason="Late.")
    office, abara, baptiste = (world.scope("mayfield", at(17)), *(world.students[n].pk for n in ("Abara", "Baptiste")))
    pk = sit(world, "Abara", "Castillo")
    take_assessment(office, pk, {abara: 120, world.students["Castillo"].pk: 120})
    assert add_seats(office, pk, student_ids=[abara, baptiste]) == [baptiste]
    assert add_seats(office, pk, student_ids=[baptiste]) == []
    assert (day_of(world, "Baptiste").minutes_required, day_of(world, "Baptiste").mode) == (450, "in_person")
    seat = AssessmentSeat.objects.get(student=baptiste)
    assert (seat.listed_by, seat.minutes_attended) == (world.users["mayfield"], None)
    with pytest.raises(Refused, match="Say why"):
        withdraw_seats(office, pk, [abara], reason=" ")
    assert withdraw_seats(office, pk, [abara], reason="Sits it in spring") == [abara]
    day = day_of(world)
    assert (day.minutes_required, day.minutes_attended, day.mode) == (330, 0, "sync_online")
    seat = AssessmentSeat.objects.get(student=abara)
    assert (seat.withdrawn_by, seat.withdrawn_reason, seat.minutes_attended) == (
        world.users["mayfield"],
        "Sits it in spring",
        120,
    )
    take_assessment(office, pk, {baptiste: 0, world.students["Castillo"].pk: 120})
    # Whom it was a slip to take off sits again, and nothing of it is taken yet.
    assert add_seats(office, pk, student_ids=[abara]) == [abara]
    assert (day_of(world).minutes_required, day_of(world).meetings_untaken) == (450, 7)
    everybody = [abara, baptiste, world.students["Castillo"].pk]
    for wrong, said in [([], "Choose whom"), (everybody, "Withdraw the assessment instead")]:
        with pytest.raises(Refused, match=said):
            withdraw_seats(office, pk, wrong, reason="Ice")
    with pytest.raises(Refused, match="not enrolled in this school"):
        add_seats(office, pk, student_ids=[world.students["Shah"].pk])
    for who, refused in [("lindqvist", NotInScope), ("hale", Forbidden)]:
        with pytest.raises(refused):
            add_seats(world.scope(who, at(17)), pk, student_ids=[baptiste])
        with pytest.raises(refused):
            withdraw_seats(world.scope(who, at(17)), pk, [abara], reason="Ice")
    assert check(world.installation) == []


def test_MS12_what_may_be_taken_from_home_lists_nobody_but_kindergarten_later_either(world: World) -> None:
    open_both_schools(world)
    Enrollment.objects.filter(student=world.students["Abara"]).update(grade="KG")
    pk = sit(world, grades=("KG",), may_be_remote=True)
    with pytest.raises(Refused, match="kindergarten alone"):
        add_seats(world.scope("mayfield", at(17)), pk, grades=["09"])


def test_a_certified_days_list_changes_only_with_a_reason_and_the_change_is_noted(world: World) -> None:
    open_both_schools(world)
    give(world, ModeFact("sync_online", YESTERDAY, None), late_reason="Late.")
    give(world, ModeFact("sync_online", YESTERDAY, None), "Baptiste", late_reason="Late.")
    pk, abara = sit(world, "Abara", "Baptiste"), world.students["Abara"].pk
    freeze_days(world)
    office = world.scope("mayfield", at(17))
    with pytest.raises(FrozenDays), transaction.atomic():
        withdraw_seats(office, pk, [abara], reason="Sits it in spring")
    assert day_of(world).minutes_required == 450
    withdraw_seats(office.amending("The list was wrong."), pk, [abara], reason="Sits it in spring")
    assert day_of(world).minutes_required == 330
    assert AmendedDay.objects.filter(student=abara, reason="The list was wrong.").exists()


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
